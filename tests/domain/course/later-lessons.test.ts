import { describe, expect, it } from "vitest";
import { type Placement, withPlace } from "../../../console/subscribers/place.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  enrolmentDue,
  inertEnrolment,
  planNext,
  withActivation,
  withAdvance,
  withLeft,
  withNewRun,
  withReturn,
} from "../../../functions/domain/course/enrolment.ts";
import { withLaterLessons, withoutLaterLessons } from "../../../functions/domain/course/later-lessons.ts";
import { toReadersTime } from "../../../functions/domain/course/schedule.ts";
import { silenceToTell } from "../../../functions/domain/course/silence.ts";
import { withEnrolmentUndone } from "../../../functions/domain/course/undo.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aCourse, aLesson, aLetter } from "../../support/course.ts";

/** A Tuesday, at the reader's hour. */
const START = Date.UTC(2026, 10, 24, 6, 30);
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const course: Course = { ...aCourse("one", "two"), letters: [aLetter("soon", 90)] };
const longer: Course = { ...course, lessons: [...course.lessons, aLesson("three"), aLesson("four")] };
const completed: Enrolment = withAdvance(
  {
    ...withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, START), START),
    ...{ done: ["one", "two"], lastLessonAt: START - 7 * DAY },
    agenda: { completion: { dueAt: START, doubts: 0, announces: ["soon"] } },
  },
  ...(["completion", "completion", course, START, {}] as const),
);
const asking = withLaterLessons(completed, START);
const lessonAt = ({ agenda }: Enrolment) =>
  agenda.lesson && toReadersTime(cadence, agenda.lesson.dueAt).toPlainDateTime().toString().slice(0, 16);
/** The lesson is due, and leaves. */
const had = (enrolment: Enrolment, slug: string, by = longer) =>
  withAdvance(enrolment, "lesson", slug, by, enrolment.agenda.lesson?.dueAt ?? 0, {});

describe("who has finished, and asked for lessons that are added later", () => {
  it("is looked after the day after, and once a week from then on, as long as there is none", () => {
    expect(lessonAt(asking)).toBe("2026-11-25T07:30");
    const looked = planNext(asking, course, {}, START + DAY);
    expect([lessonAt(looked), looked.status]).toEqual(["2026-12-02T07:30", "completed"]);
    expect(lessonAt(planNext(looked, course, {}, START + 8 * DAY))).toBe("2026-12-09T07:30");
  });

  it("gets them in their order, at their own pace, and the completion no second time", () => {
    expect(enrolmentDue(asking)?.dueAt).toBe(asking.agenda.lesson?.dueAt);
    const third = had(asking, "three");
    expect([lessonAt(third), third.status]).toEqual(["2026-12-01T07:30", "completed"]);
    const fourth = had(third, "four");
    expect(fourth).toMatchObject({ status: "completed", done: ["one", "two", "three", "four"], run: 1 });
    expect(Object.keys(fourth.agenda).sort()).toEqual(["lesson", "letter_soon"]);
    expect(lessonAt(fourth)).toBe("2026-12-08T07:30");
  });

  it("gets none any more once they want none, have left, or began anew", () => {
    const ended = withoutLaterLessons(asking);
    expect([ended.laterLessons, ended.agenda.lesson]).toEqual([undefined, undefined]);
    expect(enrolmentDue(withLeft(asking))).toBeUndefined();
    expect(withReturn(withLeft(asking))).toEqual(asking);
    const again = withNewRun(asking, START + DAY);
    expect(again).toMatchObject({ status: "active", run: 2, laterLessons: true });
    expect(withoutLaterLessons(again).agenda.lesson).toEqual(again.agenda.lesson);
  });

  it("has that taken back within the half hour, both ways", () => {
    const undo = { act: "later", course: "course" } as const;
    expect(withEnrolmentUndone(asking, { ...undo, isWanted: false }, START).agenda).toEqual(completed.agenda);
    const ended = withoutLaterLessons(asking);
    expect(withEnrolmentUndone(ended, { ...undo, isWanted: true }, START)).toEqual(asking);
  });

  it("asks once: a second press, or one in mid-course, changes nothing", () => {
    expect(withLaterLessons(asking, START + DAY)).toBe(asking);
    const running = withActivation(inertEnrolment("r", "course", cadence, START), START);
    expect(withLaterLessons(running, START)).toBe(running);
  });

  it("is not asked whether they are still there", () => {
    const silent = { ...asking, silent: 6 };
    expect(silenceToTell(silent, { pauseSilentReaders: true })).toBeUndefined();
    expect(silenceToTell({ ...silent, status: "active" }, { pauseSilentReaders: true })).toBe("asks");
  });
});

describe("who has finished, and did not ask", () => {
  it("has nothing due but what was announced, whatever is added", () => {
    expect(enrolmentDue(completed)?.dueAt).toBe(completed.agenda.letter_soon?.dueAt);
    const stray = { ...completed, agenda: { lesson: { dueAt: START, doubts: 0 } } };
    expect(enrolmentDue(stray)).toBeUndefined();
    expect(enrolmentDue({ ...stray, laterLessons: true })?.dueAt).toBe(START);
  });
});

describe("who is placed before a lesson that was added behind the end", () => {
  const [third] = longer.lessons.slice(2);
  const placed = withPlace(completed, longer, third as never, {}, START + DAY, false) as Placement;

  it("completes once in that run: what they had announced comes all the same", () => {
    expect(placed.enrolment).toMatchObject({ status: "active", run: 1 });
    const atTheEnd = had(had(placed.enrolment, "three"), "four");
    expect(atTheEnd.status).toBe("completed");
    expect(Object.keys(atTheEnd.agenda)).toEqual(["letter_soon"]);
  });

  it("completes once more in a run of its own, where what was had comes again", () => {
    const [first] = longer.lessons;
    const again = withPlace(completed, longer, first as never, {}, START + DAY, true) as Placement;
    expect(again.enrolment).toMatchObject({ status: "active", run: 2 });
    const atTheEnd = ["one", "two", "three", "four"].reduce((one, slug) => had(one, slug), again.enrolment);
    expect(Object.keys(atTheEnd.agenda)).toEqual(["completion"]);
  });
});
