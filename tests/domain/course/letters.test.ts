import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withPlace } from "../../../console/subscribers/place.ts";
import type { Course, Lesson } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  mayEnrolment,
  withActivation,
  withAdvance,
  withEarlierRun,
  withLeft,
  withNewRun,
  withReturn,
} from "../../../functions/domain/course/enrolment.ts";
import {
  lettersToAnnounce,
  plannedLetters,
  withLettersAgain,
  withoutLetters,
} from "../../../functions/domain/course/letters.ts";
import { letterTime, toReadersTime } from "../../../functions/domain/course/schedule.ts";
import { withEnrolmentUndone } from "../../../functions/domain/course/undo.ts";
import { chooseForLetter, type Reflection } from "../../../functions/domain/replies/reflection.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import { aCourse, aLetter } from "../../support/course.ts";

const START = Date.UTC(2026, 10, 24, 6, 30);
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const course: Course = {
  ...aCourse("one", "two", "three"),
  letters: [aLetter("soon", 90), aLetter("late", 365)],
};
/** All lessons had; the completion announces both letters. */
const atTheEnd: Enrolment = {
  ...withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, START), START),
  done: ["one", "two", "three"],
  lastLessonAt: START - 7 * DAY,
  agenda: { completion: { dueAt: START, doubts: 0, announces: ["soon", "late"] } },
};
const completed = withAdvance(atTheEnd, "completion", "completion", course, START, {});
const localTime = (moment: number) => toReadersTime(cadence, moment).toPlainDateTime().toString();

describe("when a letter comes", () => {
  it("is the reader's hour, so many days after the course's last mail, on a working day", () => {
    // 22 February 2027 is a Monday; the summer of 2027 moves no hour of theirs.
    expect(localTime(letterTime(cadence, START, 90))).toBe("2027-02-22T07:30:00");
    expect(localTime(letterTime(cadence, START, 365))).toBe("2027-11-24T07:30:00");
    expect(localTime(letterTime(cadence, START, 200))).toBe("2027-06-14T07:30:00");
  });

  it("is never sooner, never on a weekend, and never on another clock", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 30, max: 1_100 }),
        fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
        (after, days, zone) => {
          const completedAt = START + after * DAY;
          const theirs = { ...cadence, zone };
          const at = toReadersTime(theirs, letterTime(theirs, completedAt, days));
          const since = toReadersTime(theirs, completedAt).toPlainDate().until(at.toPlainDate()).days;
          expect([at.hour, at.minute]).toEqual([7, 30]);
          expect(at.dayOfWeek).toBeLessThanOrEqual(5);
          expect([days, days + 1, days + 2]).toContain(since);
        },
      ),
    );
  });
});

describe("the letters of an enrolment", () => {
  it("are those that its completion announced, as far as the course still has them", () => {
    expect(plannedLetters(completed, course).map(({ letter }) => letter.slug)).toEqual(["soon", "late"]);
    const announced = (announces?: string[]) => {
      const agenda = { completion: { dueAt: START, doubts: 0, ...(announces && { announces }) } };
      return Object.keys(
        withAdvance({ ...atTheEnd, agenda }, "completion", "completion", course, START, {}).agenda,
      );
    };
    expect(announced(["late", "gone"])).toEqual(["letter_late"]);
    expect([announced([]), announced()]).toEqual([[], []]);
  });

  it("leave while it is complete, and in no other state", () => {
    const may = (status: Enrolment["status"]) => mayEnrolment({ ...completed, status }, "letter_soon");
    expect((["active", "paused", "completed", "left", "inert"] as const).filter(may)).toEqual(["completed"]);
    expect(mayEnrolment(withoutLetters(completed), "letter_soon")).toBe(false);
    expect(mayEnrolment(withoutLetters(completed), "look-back_up")).toBe(true);
  });

  it("go when the course begins again, are there again when that is taken back, and wait while it is left", () => {
    const again = withNewRun(completed, START + DAY);
    expect(Object.keys(again.agenda)).toEqual(["welcome", "lesson"]);
    expect(withEarlierRun(again).agenda).toEqual(completed.agenda);
    expect(withReturn(withLeft(completed))).toEqual(completed);
    // A new sign-up after leaving is a new run.
    expect(Object.keys(withActivation(withLeft(completed), START + DAY).agenda)).toEqual([
      "welcome",
      "lesson",
    ]);
  });

  it.each([
    ["go when the owner places its reader before a lesson that they had: the next end announces them", true],
    ["stay when the owner places its reader before one that was added since", false],
  ])("%s", (_, isAgain) => {
    const reader = isAgain ? completed : { ...completed, done: ["one", "two"] };
    const placed = withPlace(reader, course, course.lessons[2] as Lesson, {}, START + DAY, isAgain);
    const keys = typeof placed === "string" ? [placed] : Object.keys(placed.enrolment.agenda);
    expect(keys).toEqual(isAgain ? ["lesson"] : ["letter_soon", "letter_late", "lesson"]);
  });
});

describe("who wants no letters", () => {
  const unwanted = withoutLetters(completed);

  it("gets none, also of a run that begins later; pressed twice, it is written once", () => {
    expect(withoutLetters(unwanted)).toBe(unwanted);
    expect(withNewRun(unwanted, START).noLetters).toBe(true);
    expect(lettersToAnnounce(unwanted, course, true, undefined)).toEqual([]);
    // The press came before the completion was known to have left.
    const early = withAdvance(withoutLetters(atTheEnd), "completion", "completion", course, START, {});
    expect(mayEnrolment(early, "letter_soon")).toBe(false);
  });

  it("gets them after all, but none that should have come before that", () => {
    expect(withLettersAgain(unwanted, START)).toEqual(completed);
    expect(withLettersAgain(completed, START)).toBe(completed);
    const later = withLettersAgain(unwanted, START + 100 * DAY);
    expect(Object.keys(later.agenda)).toEqual(["letter_late"]);
  });

  it("takes a press back, either of the two, within the half hour", () => {
    const undo = (noLetters: boolean) => ({ act: "letters", course: "course", noLetters }) as const;
    const due = plannedLetters(completed, course)[0]?.dueAt as number;
    expect(withEnrolmentUndone(unwanted, undo(false), due + 29 * MINUTE)).toEqual(completed);
    expect(withEnrolmentUndone(completed, undo(true), START)).toEqual(unwanted);
  });
});

describe("what a completion announces", () => {
  const slugs = (...asked: Parameters<typeof lettersToAnnounce>) =>
    lettersToAnnounce(...asked).map(({ slug }) => slug);

  it("is every letter of the course, to who wrote something that can be quoted", () => {
    expect(slugs(atTheEnd, course, true, undefined)).toEqual(["soon", "late"]);
    expect(slugs(atTheEnd, course, false, undefined)).toEqual([]);
    expect(slugs(atTheEnd, aCourse("one"), true, undefined)).toEqual([]);
  });

  it("is no more than at the first try, which may have left", () => {
    const tried = { dueAt: START, doubts: 1 };
    expect(slugs(atTheEnd, course, true, { ...tried, announces: ["late"] })).toEqual(["late"]);
    expect(slugs(atTheEnd, course, true, tried)).toEqual([]);
    expect(slugs(atTheEnd, course, true, { ...tried, doubts: 0, announces: ["late"] })).toHaveLength(2);
  });
});

describe("what a letter quotes", () => {
  const wrote = (lesson: string, ownWords: string, more: Partial<Reflection> = {}) =>
    ({
      ...({
        kind: "reflection",
        id: `${lesson}-${ownWords.length}`,
        course: "course",
        run: 1,
        lesson,
      } as const),
      ...({ replyKind: "reflection", ownWords, ...more } as const),
    }) as Reflection;
  const chosen = (...reflections: Reflection[]) => chooseForLetter(reflections, completed, course)?.ownWords;
  const LONG = "Much longer words, to a lesson in the middle of the course.";

  it("is the answer to the last lesson, else the longest of all", () => {
    expect(chosen(wrote("one", LONG), wrote("three", "When it rains, I will."))).toBe(
      "When it rains, I will.",
    );
    expect(chosen(wrote("one", LONG), wrote("two", "Short."))).toBe(LONG);
    expect(chosen()).toBeUndefined();
  });

  it("is never grave, a request, of another run or course, nor an answer to a look-back or a letter", () => {
    const grave = wrote("three", "My father died on Monday.", { replyKind: "grave" });
    expect(chosen(grave, wrote("one", LONG))).toBe(LONG);
    for (const no of [
      grave,
      wrote("three", "Pause. My father died.", {
        replyKind: "command",
        isGrave: true,
        besides: "My father died.",
      }),
      wrote("three", "pause", { replyKind: "command" }),
      wrote("three", LONG, { run: 2 }),
      wrote("three", LONG, { course: "other" }),
      wrote("up", LONG),
      wrote("soon", LONG),
    ])
      expect(chosen(no)).toBeUndefined();
  });
});
