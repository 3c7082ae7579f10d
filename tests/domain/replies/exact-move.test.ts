import { describe, expect, it } from "vitest";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
} from "../../../functions/domain/course/enrolment.ts";
import { type Order, withCommands } from "../../../functions/domain/replies/command.ts";
import { asksOf } from "../../support/asks.ts";
import { aLesson } from "../../support/course.ts";
import { german } from "../../support/words.ts";

const inReply = (words: string, commands = german.commands) => asksOf(words, { commands, asksForMove: true });
const outcomeOf = (words: string) => {
  const [first] = inReply(words).commands;
  return first?.name === "move" ? first.outcome : undefined;
};

describe("a reply to a mail that asks what became of a move", () => {
  it.each([
    ["made it", "made"],
    ["Made it!", "made"],
    ["I made it.", "made"],
    ["Hi,\n\nMADE IT\n\nBest regards,\nJane", "made"],
    ["not yet", "notYet"],
    ["Not yet…", "notYet"],
    ["The moment did not come.", "noMoment"],
    ["The moment didn’t come", "noMoment"],
    ["gemacht", "made"],
    ["Noch nicht.", "notYet"],
    ["Der Moment kam nicht", "noMoment"],
  ])("that is only the words, as people write them, says so: %j", (words, outcome) => {
    expect(outcomeOf(words)).toBe(outcome);
    expect(inReply(words)).toMatchObject({ unclear: undefined, besides: "", leave: undefined });
  });

  it.each([
    "Made it. My boss read it twice.",
    "Not yet, because the meeting was moved to Thursday",
    "Made it through the budget round",
    "made it?",
    "Nobody has made it",
    "The moment did not come. The customer called off.",
    "Hat sie gemacht",
    "It was not yet the day",
    "yes",
    "",
  ])("that says more, or asks, is a reflection as ever: %j", (words) => {
    expect(outcomeOf(words)).toBeUndefined();
  });

  it("is heard as what else it asks for first", () => {
    expect(inReply("pause 3 weeks").commands).toEqual([{ name: "pause", weeks: 3 }]);
    expect(inReply("unsubscribe").leave).toBeDefined();
  });
});

describe("the same words to a mail that asks about no move", () => {
  it.each(["made it", "not yet", "the moment did not come"])("are a reader's answer: %j", (words) => {
    expect(asksOf(words).commands).toEqual([]);
  });
});

describe("what became of a move, told by reply", () => {
  const now = Date.UTC(2026, 10, 24);
  const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const active: Enrolment = {
    ...withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, now), now),
    done: ["one", "two"],
    agenda: {},
  };
  const order = (
    reflection: string,
    outcome: "made" | "notYet",
    asksMoveOf?: Order["asksMoveOf"],
  ): Order => ({
    commands: [{ name: "move", outcome }],
    ...{ reflection, receivedAt: now, now, asks: undefined, asksMoveOf },
    ...{ paces: [], questions: [], isConfirmed: true, isProven: true, isPlain: false },
  });

  it("is kept for the lesson that was asked about, answered once, and changed by the next reply", () => {
    const one = withCommands(active, order("r1", "notYet", aLesson("one")));
    expect(one.moves).toEqual({ one: "notYet" });
    expect(Object.keys(one.agenda)).toEqual(["notice_move-r1"]);
    expect(withCommands(one, order("r1", "notYet", aLesson("one")))).toBe(one);
    expect(withCommands(one, order("r2", "made", aLesson("one"))).moves).toEqual({ one: "made" });
  });

  it("is kept also when the course is over, and of no lesson where the mail asked about none", () => {
    const over: Enrolment = { ...active, status: "completed" };
    expect(withCommands(over, order("r1", "made", aLesson("two"))).moves).toEqual({ two: "made" });
    const none = withCommands(active, order("r1", "made"));
    expect(none.moves).toBeUndefined();
    expect(Object.keys(none.agenda)).toEqual(["notice_help-r1"]);
  });
});
