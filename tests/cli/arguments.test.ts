import { describe, expect, it } from "vitest";
import { readArguments, readMoment } from "../../cli/arguments.ts";

const FLAGS = {
  state: { value: "FOLDER", says: "keep state" },
  json: { says: "one JSON line an event" },
};
const read = (...given: string[]) => readArguments("npm start", FLAGS, given);

describe("a command line", () => {
  it("takes a value behind a space or an equals sign", () => {
    expect(read("--state", "kept", "--json")).toEqual({ state: "kept", json: true });
    expect(read("--state=kept")).toEqual({ state: "kept" });
    expect(read()).toEqual({});
  });

  it("that names an unknown flag is answered with the flag that was meant and what there is", () => {
    expect(() => read("--sate", "x")).toThrow(/does not know "--sate"\. Did you mean --state\?$/);
    expect(() => read("kept")).toThrow('does not know "kept". It takes --state FOLDER, --json.');
    expect(() => read("-j")).toThrow('does not know "-j"');
  });

  it("that leaves out a value, or gives one too many, is told so", () => {
    expect(() => read("--state")).toThrow("--state needs a value: --state FOLDER.");
    expect(() => read("--state", "--json")).toThrow("--state needs a value");
    expect(() => read("--json=yes")).toThrow("--json takes no value.");
  });
});

describe("a moment on a command line", () => {
  it("is UTC unless it says otherwise", () => {
    expect(readMoment("start-at", "2026-03-24T07:30")).toBe(Date.parse("2026-03-24T07:30Z"));
    expect(readMoment("start-at", "2026-03-24")).toBe(Date.parse("2026-03-24T00:00Z"));
    expect(readMoment("start-at", "2026-03-24T07:30+01:00")).toBe(Date.parse("2026-03-24T06:30Z"));
  });

  it.each(["tomorrow", "2026-13-01", "24.3.2026", ""])(
    "of the form %j is refused with the right form",
    (text) => {
      expect(() => readMoment("start-at", text)).toThrow("Write it like 2026-03-24T07:30Z.");
    },
  );
});
