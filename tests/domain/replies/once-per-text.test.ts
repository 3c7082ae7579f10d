import { describe, expect, it } from "vitest";
import { oncePerText } from "../../../functions/domain/replies/asks/once-per-text.ts";

describe("what is read once per text", () => {
  it("is read again for another text, and not for the same, whatever the answer", () => {
    const texts: string[] = [];
    const isLong = oncePerText((text) => texts.push(text) > 0 && text.length > 3);
    expect(["stop", "go", "stop", "go"].map(isLong)).toEqual([true, false, true, false]);
    expect(texts).toEqual(["stop", "go"]);
  });

  it("is kept of the last texts alone", () => {
    const texts: string[] = [];
    const read = oncePerText((text) => texts.push(text));
    for (let count = 0; count < 1_000; count++) read(`text ${count}`);
    read("text 999");
    expect(texts).toHaveLength(1_000);
    read("text 0");
    expect(texts).toHaveLength(1_001);
  });
});
