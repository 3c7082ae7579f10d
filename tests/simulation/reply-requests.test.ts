import { describe, expect, it } from "vitest";
import {
  type Asking,
  chooseStop,
  FAREWELLS,
  MOVE_WORDS,
  REQUESTS,
  RETURNS,
  STOPS,
  type Stopping,
} from "../../local/simulation/reply-requests.ts";
import { asksOf } from "../support/asks.ts";

const STEERING = [...REQUESTS.active, ...REQUESTS.paused];

/** As the course reads it, in the table's terms. */
function readRequest(words: string): Omit<Asking, "words"> {
  const { commands, unclear, isGrave } = asksOf(words);
  const named = commands.map(({ name }) => name);
  const says = named.find((name) => name === "help" || name === "journal") ?? (unclear && "unclear");
  const weeks = commands.find((command) => command.name === "pause")?.weeks;
  return {
    does: named.filter((name) => name !== "help" && name !== "journal") as Asking["does"],
    ...(says && { says: says as "help" | "journal" | "unclear" }),
    ...(weeks === 2 && { weeks }),
    ...(isGrave && { isGrave }),
  };
}

const KEEPING = { course: "newsletter", newsletter: "course" } as const;
function readStop(words: string): Omit<Stopping, "words"> | undefined {
  const { leave } = asksOf(words);
  if (!leave) return undefined;
  const one = leave.keeps && KEEPING[leave.keeps];
  return { leaves: leave.isAll ? "everything" : (one ?? "both"), isExact: leave.isExact };
}

describe("what the simulation's readers write", () => {
  it.each(STEERING)("asks for what they mean by it: $words", ({ words, ...means }) => {
    const { does, ...rest } = readRequest(words);
    expect({ does: [...does].sort(), ...rest }).toEqual({ ...means, does: [...means.does].sort() });
  });

  it.each(STOPS)("leaves what they mean to leave, in silence or not: $words", ({ words, ...means }) => {
    expect(readStop(words)).toEqual(means);
  });

  it.each(MOVE_WORDS)("tells of a move as they mean it: $words", ({ words, outcome }) => {
    expect(asksOf(words, { asksForMove: true }).commands).toEqual([{ name: "move", outcome }]);
    expect(asksOf(words).commands).toEqual([]);
  });

  it.each(RETURNS)("brings them back: %s", (words) => {
    expect(asksOf(words, { isToFarewell: true }).commands).toEqual([{ name: "resume" }]);
  });

  it.each(FAREWELLS)("asks for nothing when they say goodbye: %s", (words) => {
    expect(asksOf(words, { isToFarewell: true })).toMatchObject({ commands: [], leave: undefined });
  });

  it("asks for nothing where it only speaks of a pause or of stopping", () => {
    expect(readRequest("The pause in the meeting was the best part.")).toEqual({ does: [] });
    expect(readStop("I told my team to stop guessing.")).toBeUndefined();
  });

  it("has three ways or more of saying each", () => {
    const named = [
      ...STEERING.flatMap(({ does, says }) => [...does, ...(says ? [says] : [])]),
      ...STOPS.map(({ leaves }) => `leaves ${leaves}`),
      ...MOVE_WORDS.map(({ outcome }) => outcome),
    ];
    const rare = [...new Set(named)].filter((name) => named.filter((each) => each === name).length < 3);
    expect(rare).toEqual(["unclear"]);
  });

  it("keeps nothing where there are not both to choose from", () => {
    const first = { one: <Item>(items: readonly Item[]) => items.at(-1) as Item };
    expect(chooseStop(first as Parameters<typeof chooseStop>[0], false).leaves).toBe("everything");
    expect(chooseStop(first as Parameters<typeof chooseStop>[0], true).leaves).toBe("newsletter");
  });
});
