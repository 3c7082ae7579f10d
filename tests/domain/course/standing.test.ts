import { describe, expect, it } from "vitest";
import { isPace } from "../../../functions/domain/course/cadence.ts";
import {
  findPart,
  lessonBySlug,
  lessonNumber,
  lessonsAhead,
  nextLesson,
} from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withNewRun,
  withPause,
} from "../../../functions/domain/course/enrolment.ts";
import { holdToTell, pausedForAbsence } from "../../../functions/domain/course/hold.ts";
import { progressInWords } from "../../../functions/domain/course/progress.ts";
import { nextClockTime } from "../../../functions/domain/course/schedule.ts";
import { silenceToTell, silenceWithLesson } from "../../../functions/domain/course/silence.ts";
import { keepSchedule, UNDO_LIFE, withEnrolmentUndone } from "../../../functions/domain/course/undo.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import { aCourse, aLesson } from "../../support/course.ts";
import { english } from "../../support/words.ts";

const NOW = Date.UTC(2026, 10, 24, 9);
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const course = {
  ...aCourse("one", "two"),
  parts: [
    { slug: "up", title: "Up" },
    { slug: "down", title: "Down" },
  ],
  lessons: [
    aLesson("one"),
    { ...aLesson("two"), part: "down" },
    { ...aLesson("three"), was: ["old"], part: "down" },
  ],
};
const begun = withActivation(inertEnrolment("s", "course", cadence, NOW), NOW);
const midway: Enrolment = {
  ...{ ...begun, done: ["one"], lastLessonAt: NOW },
  agenda: { lesson: { dueAt: NOW + 7 * DAY, doubts: 0 } },
};

describe("a place in a course", () => {
  it("is counted from 1, belongs to a part, and is found by an old name too", () => {
    expect(course.lessons.map((lesson) => lessonNumber(course, lesson))).toEqual([1, 2, 3]);
    expect(course.lessons.map((lesson) => findPart(course, lesson).title)).toEqual(["Up", "Down", "Down"]);
    expect(lessonBySlug(course, "old")?.slug).toBe("three");
    expect(() => findPart(course, { ...aLesson("four"), part: "across" })).toThrow(
      "lesson four names the part across, which the course does not have",
    );
  });

  it("is where the owner moved the reader, until they have had that lesson", () => {
    expect(nextLesson(course, { done: ["one"], movedTo: "three" }, NOTHING_KNOWN)?.slug).toBe("three");
    expect(nextLesson(course, { done: ["one", "three"], movedTo: "three" }, NOTHING_KNOWN)).toBeUndefined();
    expect(nextLesson(course, { done: ["one", "two"], movedTo: "one" }, NOTHING_KNOWN)?.slug).toBe("three");
    expect(lessonsAhead(course, { done: ["one"] }, NOTHING_KNOWN).map(({ slug }) => slug)).toEqual([
      "two",
      "three",
    ]);
    expect(
      lessonsAhead(course, { done: [], movedTo: "three" }, NOTHING_KNOWN).map(({ slug }) => slug),
    ).toEqual(["three"]);
  });

  it("is not lost where the latest lesson was removed: the next is the one behind the one before it", () => {
    expect(nextLesson(course, { done: ["one", "removed"] }, NOTHING_KNOWN)?.slug).toBe("two");
    expect(nextLesson(course, { done: ["removed"] }, NOTHING_KNOWN)?.slug).toBe("one");
  });
});

describe("a pace", () => {
  it("is one of three names", () => {
    expect(["weekly", "twice-weekly", "workdays", "daily", ""].map(isPace)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("the owner's own hour", () => {
  it("is today where it is still to come, and tomorrow where it is past", () => {
    const seven = Date.UTC(2026, 10, 24, 6);
    expect(nextClockTime("Europe/Berlin", "07:00", seven - MINUTE)).toBe(seven);
    expect(nextClockTime("Europe/Berlin", "07:00", seven)).toBe(seven);
    expect(nextClockTime("Europe/Berlin", "07:00", seven + 1)).toBe(seven + DAY);
  });
});

describe("progress in words", () => {
  const sentence = (enrolment: Enrolment) =>
    progressInWords(english, course, enrolment, NOTHING_KNOWN).sentence;

  it("counts none, some, and all", () => {
    expect(sentence(begun)).toMatch(/^Your first lesson is still ahead of you\. Next: /);
    expect(sentence(midway)).toMatch(
      /^You have had 1 of 3 lessons\. Next: Tuesday, 10:00 \(1 December 2026\)/,
    );
    expect(sentence({ ...midway, agenda: {} })).toBe("You have had 1 of 3 lessons. ");
    const all = { ...midway, done: ["one", "two", "old"] };
    expect(sentence({ ...all, agenda: {} })).toBe(
      "You have had all 3 lessons. Your journal, all together, comes a week after the last one.",
    );
    expect(sentence({ ...all, status: "completed" })).toBe(
      "You have had all 3 lessons. The course is complete.",
    );
  });

  it("says why a course waits: its reader's wish, or silence", () => {
    expect(sentence(withPause(midway))).toContain("Paused until you resume.");
    expect(sentence({ ...withPause(midway), toldOfSilence: 7 })).toContain("nothing was heard from you");
  });

  it("lists each part's own lessons, the day of each that was sent, and the next of a course that runs or waits", () => {
    const sentAt = new Map([["one", NOW]]);
    const { parts } = progressInWords(english, course, midway, NOTHING_KNOWN, sentAt);
    const rows = parts.map(({ title, lessons }) => [
      title,
      ...lessons.map((one) => [one.slug, one.date, one.next]),
    ]);
    expect(rows).toEqual([
      ["Up", ["one", "24 November 2026", false]],
      ["Down", ["two", "", true], ["three", "", false]],
    ]);
    const next = (enrolment: Enrolment) =>
      progressInWords(english, course, enrolment, NOTHING_KNOWN).parts.flatMap(({ lessons }) =>
        lessons.filter((one) => one.next),
      );
    expect(next(withPause(midway))).toHaveLength(1);
    expect(next({ ...midway, status: "left" })).toEqual([]);
  });
});

describe("an undo", () => {
  const rated: Enrolment = { ...midway, ratings: { before: 4 } };

  it("works for thirty minutes", () => expect(UNDO_LIFE).toBe(30 * 60_000));

  it("puts back the rating of its own run, or takes it away where there was none", () => {
    const undo = { act: "rating", course: "course", run: 1, moment: "before" } as const;
    expect(withEnrolmentUndone(rated, { ...undo, rating: 2 }, NOW).ratings).toEqual({ before: 2 });
    expect(withEnrolmentUndone(rated, undo, NOW).ratings).toEqual({});
    expect(rated.ratings).toEqual({ before: 4 });
    expect(withEnrolmentUndone({ ...rated, run: 2 }, undo, NOW).ratings).toEqual({ before: 4 });
  });

  it("takes back only the start that it was made for", () => {
    const again = withNewRun(midway, NOW);
    expect(withEnrolmentUndone(again, { act: "again", course: "course", run: 2 }, NOW).done).toEqual(["one"]);
    expect(withEnrolmentUndone(again, { act: "again", course: "course", run: 3 }, NOW)).toBe(again);
  });

  it("of what is no enrolment's business changes none", () => {
    expect(withEnrolmentUndone(midway, { act: "newsletter", newsletter: true }, NOW)).toBe(midway);
  });

  it("of a pause keeps to what is there: a course without a next lesson, or with one that nobody had planned", () => {
    const bare: Enrolment = { ...midway, agenda: {} };
    const before = keepSchedule(bare);
    if (!before) throw new Error("an active course has a schedule");
    expect(before).toMatchObject({ lessonAt: undefined, resumeAt: undefined });
    const undo = { act: "schedule", course: "course", before } as const;
    expect(withEnrolmentUndone(withPause(bare, NOW + DAY), undo, NOW)).toMatchObject({
      status: "active",
      agenda: {},
    });
    const planned = withEnrolmentUndone(withPause(midway), undo, NOW).agenda.lesson?.dueAt;
    expect(planned).toBe(Date.UTC(2026, 11, 1, 6, 30));
    expect(keepSchedule(withPause(midway))?.status).toBe("paused");
    expect(keepSchedule({ ...midway, status: "completed" })).toBeUndefined();
  });
});

describe("a wait for somebody who is away", () => {
  const midnight = Date.UTC(2026, 10, 30, 23);

  it("is not begun where its end is just now, nor where a pause lasts as long already", () => {
    expect(pausedForAbsence(midway, "2026-11-30", midnight)).toBe(midway);
    const long = withPause(midway, midnight);
    expect(pausedForAbsence(long, "2026-11-30", NOW)).toBe(long);
    expect(pausedForAbsence(withPause(midway, midnight - 1), "2026-11-30", NOW).agenda.resume?.dueAt).toBe(
      midnight,
    );
  });

  it("is told of from its end on", () => {
    const hold = { until: midnight, since: NOW };
    expect(holdToTell({ ...midway, hold }, midnight)).toBe(hold);
    expect(holdToTell({ ...midway, hold }, midnight - 1)).toBeUndefined();
  });
});

describe("silence", () => {
  const [asks, pauses] = [{ pauseSilentReaders: false }, { pauseSilentReaders: true }];
  const quiet: Enrolment = { ...midway, silent: 7 };

  it("pauses nothing where the owner does not want it, or where no mail has announced it", () => {
    expect(silenceToTell({ ...quiet, silent: 8, toldOfSilence: 7 }, pauses)).toBe("pauses");
    expect(silenceToTell({ ...quiet, silent: 8, toldOfSilence: 7 }, asks)).toBeUndefined();
    expect(silenceToTell({ ...quiet, silent: 8 }, pauses)).toBeUndefined();
  });

  it("is counted by lessons alone, and followed by one notice, in a course that goes on", () => {
    expect(silenceWithLesson(quiet, "prompt_one", NOW, pauses)).toBe(quiet);
    const told = silenceWithLesson(quiet, "lesson", NOW, pauses);
    expect(Object.keys(told.agenda)).toEqual(["lesson", `notice_silence-${NOW}`]);
    const twice = silenceWithLesson(told, "lesson", NOW + DAY, pauses);
    expect(Object.keys(twice.agenda)).toEqual(Object.keys(told.agenda));
    for (const still of [withPause(quiet), { ...quiet, agenda: {} }])
      expect(silenceWithLesson(still, "lesson", NOW, pauses)).toEqual({ ...still, silent: 8 });
    const other = { ...quiet, agenda: { ...quiet.agenda, "notice_help-1": { dueAt: NOW, doubts: 0 } } };
    expect(Object.keys(silenceWithLesson(other, "lesson", NOW, pauses).agenda)).toHaveLength(3);
    expect(silenceWithLesson(quiet, "notice_help-1", NOW, pauses)).toBe(quiet);
  });
});
