import { describe, expect, it } from "vitest";
import {
  inertEnrolment,
  withActivation,
  withEarlierRun,
  withNewRun,
} from "../../../functions/domain/course/enrolment.ts";
import {
  findMove,
  findMoveAsked,
  lessonsByMove,
  readMoveOutcome,
  withMove,
} from "../../../functions/domain/course/moves.ts";
import { readUndo, withEnrolmentUndone, writeUndo } from "../../../functions/domain/course/undo.ts";
import { aCourse, aLesson } from "../../support/course.ts";

const START = Date.UTC(2026, 9, 1);
const course = aCourse("one", "two", "three", "four");
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const begun = withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, START), START);
const midway = { ...begun, done: ["one", "two"] };
const [one, two] = [aLesson("one"), aLesson("two")];
const asked = (done: string[], slug: string, of = course, kind = "lesson" as const) =>
  findMoveAsked(of, done, { kind, slug })?.slug;

describe("the move that a lesson asks about", () => {
  it("is none with a reader's first lesson, wherever in the course it stands", () => {
    expect(asked([], "one")).toBeUndefined();
    expect(asked([], "three")).toBeUndefined();
    expect(asked(["three"], "three")).toBeUndefined();
  });

  it("is that of the lesson that this reader had before, not of the one that stands before it now", () => {
    expect(asked(["one"], "two")).toBe("one");
    expect(asked(["one", "four"], "two")).toBe("four");
    const inserted = aCourse("one", "new", "two", "three");
    expect(asked(["one", "two"], "three", inserted)).toBe("two");
    const turned = aCourse("two", "one", "three");
    expect(asked(["one", "two"], "three", turned)).toBe("two");
  });

  it("is the same when the mail is composed again later, to tell what a reply quotes", () => {
    expect(asked(["one", "two", "three"], "two")).toBe("one");
  });

  it("is known under the lesson's new name, and is none where it is gone from the course", () => {
    const renamed = { ...course, lessons: [aLesson("first", { was: ["one"] }), two] };
    expect(asked(["one"], "two", renamed)).toBe("first");
    expect(asked(["gone"], "two")).toBeUndefined();
  });

  it("is that of the last lesson in the completion, and none in any other mail", () => {
    expect(findMoveAsked(course, ["one", "four"], { kind: "completion", slug: "completion" })?.slug).toBe(
      "four",
    );
    for (const kind of ["prompt", "look-back", "welcome", "notice"] as const)
      expect(findMoveAsked(course, ["one", "two"], { kind, slug: "two" })).toBeUndefined();
  });
});

describe("what became of a move", () => {
  it("is what was said last, and is found under the lesson's later name", () => {
    const told = withMove(withMove(midway, one, "notYet"), one, "made");
    expect(told.moves).toEqual({ one: "made" });
    const renamed = aLesson("first", { was: ["one"] });
    expect(findMove(told, renamed)).toBe("made");
    expect(withMove(told, renamed, "noMoment").moves).toEqual({ first: "noMoment" });
    expect(withMove(told, one, "made")).toBe(told);
    expect(withMove(told, one, undefined)).toEqual(midway);
  });

  it("is nothing on an item from before it was asked, for a lesson of any name", () => {
    expect(findMove(midway, one)).toBeUndefined();
    expect(findMove(withMove(midway, one, "made"), aLesson("constructor"))).toBeUndefined();
    expect(readMoveOutcome("constructor")).toBeUndefined();
    expect(lessonsByMove(course, midway, "made")).toEqual([]);
  });

  it("belongs to its run: starting again begins without it, and taking that back brings it back", () => {
    const told = withMove({ ...midway, agenda: {} }, one, "made");
    const again = withNewRun(told, START);
    expect(again.moves).toBeUndefined();
    expect(withEarlierRun(again).moves).toEqual({ one: "made" });
    const toldAgain = withMove(again, two, "notYet");
    expect(withEarlierRun(toldAgain).moves).toEqual({ one: "made" });
    const never = withEarlierRun(withMove(withNewRun({ ...midway, agenda: {} }, START), two, "made"));
    expect(never.moves).toBeUndefined();
  });

  it("can be taken back by the button, in its run alone", () => {
    const told = withMove(withMove(midway, one, "made"), two, "made");
    const undo = { act: "move", course: "course", run: 1, lesson: "two" } as const;
    expect(withEnrolmentUndone(told, readUndo(writeUndo(undo)), START).moves).toEqual({ one: "made" });
    const before = { ...undo, outcome: "noMoment" } as const;
    expect(withEnrolmentUndone(told, before, START).moves).toEqual({ one: "made", two: "noMoment" });
    expect(withEnrolmentUndone({ ...told, run: 2 }, undo, START).moves).toEqual(told.moves);
  });
});
