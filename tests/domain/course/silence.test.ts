import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withAdvance,
} from "../../../functions/domain/course/enrolment.ts";
import {
  silenceToTell,
  silenceWithLesson,
  withSignOfLife,
} from "../../../functions/domain/course/silence.ts";
import { LESSON_KEY } from "../../../functions/domain/sending/agenda.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";
import { CADENCE } from "../../support/services.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const SLUGS = Array.from({ length: 14 }, (_, place) => `lesson-${place + 1}`);
const COURSE = aCourse(...SLUGS);
const [ONLY_ASKS, PAUSES] = [{ pauseSilentReaders: false }, { pauseSilentReaders: true }];
const started = withActivation(inertEnrolment("a", "course", CADENCE, NOW), NOW);
const NOTICE = /^notice_silence-\d+$/;
const noticeOf = ({ agenda }: Enrolment) => Object.keys(agenda).find((key) => NOTICE.test(key));

type Policy = typeof PAUSES;
const leaves = (enrolment: Enrolment, key: string, policy: Policy): Enrolment => {
  const at = enrolment.agenda[key]?.dueAt ?? NOW;
  const slug = key === LESSON_KEY ? (SLUGS[enrolment.done.length] as string) : "x";
  return silenceWithLesson(withAdvance(enrolment, key, slug, COURSE, at, {}), key, at, policy);
};
function lessons(count: number, policy: Policy, from = started): Enrolment {
  let enrolment = from;
  for (let sent = 0; sent < count; sent++) enrolment = leaves(enrolment, LESSON_KEY, policy);
  return enrolment;
}

describe("a reader of whom nothing is heard", () => {
  it("is asked in the seventh lesson whether it is useful, in no other of the first twelve", () => {
    const asked = Array.from({ length: 12 }, (_, had) => silenceToTell(lessons(had, ONLY_ASKS), ONLY_ASKS));
    expect(asked.map((asks, had) => (asks ? had + 1 : 0)).filter(Boolean)).toEqual([7]);
  });

  it("is never paused or written to for it, unless the owner's settings say so", () => {
    const all = lessons(SLUGS.length, ONLY_ASKS);
    expect([all.status, noticeOf(all)]).toEqual(["active", undefined]);
  });

  it("is asked anew six lessons after a sign of life", () => {
    const back = withSignOfLife(lessons(4, ONLY_ASKS));
    expect(silenceToTell(lessons(5, ONLY_ASKS, back), ONLY_ASKS)).toBeUndefined();
    expect(silenceToTell(lessons(6, ONLY_ASKS, back), ONLY_ASKS)).toBe("asks");
  });
});

describe("where the owner lets the course pause", () => {
  it("what was announced while a reply came is forgotten with the next sign of life", () => {
    // The mail was on its way when the reader wrote: it leaves after their sign of life.
    const crossed = leaves(withSignOfLife(lessons(7, PAUSES)), "notice_silence-1", PAUSES);
    expect(crossed).toMatchObject({ toldOfSilence: 0 });
    expect(withSignOfLife(crossed)).not.toHaveProperty("toldOfSilence");
  });

  it("one mail comes on the day after the seventh lesson, at the reader's hour", () => {
    expect(noticeOf(lessons(6, PAUSES))).toBeUndefined();
    const seven = lessons(7, PAUSES);
    const key = noticeOf(seven) as string;
    expect(seven.agenda[key]?.dueAt).toBe((seven.lastLessonAt as number) + DAY);
  });

  it("two more lessons come after it, the second says that the course pauses, and it does, with its place kept", () => {
    const seven = lessons(7, PAUSES);
    const told = leaves(seven, noticeOf(seven) as string, PAUSES);
    const eight = lessons(1, PAUSES, told);
    expect([eight.status, silenceToTell(told, PAUSES), silenceToTell(eight, PAUSES)]).toEqual([
      "active",
      undefined,
      "pauses",
    ]);
    const nine = lessons(1, PAUSES, eight);
    expect([nine.status, nine.done.length, noticeOf(nine)]).toEqual(["paused", 9, undefined]);
    expect(nine.agenda[LESSON_KEY]).toBeDefined();
  });

  it("no pause comes without the mail before it, nor for the last lesson", () => {
    expect(lessons(11, PAUSES).status).toBe("active");
    const told = { ...lessons(SLUGS.length - 1, PAUSES), toldOfSilence: 2 };
    expect(lessons(1, PAUSES, { ...told, status: "active" }).status).toBe("active");
  });

  it("a sign of life takes the mail and the pause back", () => {
    const seven = lessons(7, PAUSES);
    expect(noticeOf(withSignOfLife(seven))).toBeUndefined();
    const told = leaves(seven, noticeOf(seven) as string, PAUSES);
    expect(lessons(3, PAUSES, withSignOfLife(told)).status).toBe("active");
    expect(withSignOfLife(withSignOfLife(told))).toEqual(withSignOfLife(told));
    expect(withSignOfLife(started)).toBe(started);
  });

  it("whatever is heard and when, the mail comes before a pause, and a pause only after nine silent lessons", () => {
    let paused = 0;
    // Nine lessons in silence are reached where something is heard seldom.
    const event = fc.oneof(
      { weight: 30, arbitrary: fc.constant("lesson") },
      { weight: 5, arbitrary: fc.constant("notice") },
      { weight: 1, arbitrary: fc.constant("heard") },
    );
    fc.assert(
      fc.property(fc.array(event, { minLength: 10, maxLength: 40 }), (events) => {
        let enrolment = started;
        let quiet = 0;
        for (const event of events) {
          const key = event === "notice" ? noticeOf(enrolment) : LESSON_KEY;
          if (event === "heard") [enrolment, quiet] = [withSignOfLife(enrolment), 0];
          else if (key && enrolment.status === "active" && enrolment.agenda[key]) {
            enrolment = leaves(enrolment, key, PAUSES);
            if (event === "lesson") quiet++;
          }
          if (enrolment.status !== "paused") continue;
          paused++;
          expect(quiet).toBeGreaterThanOrEqual(9);
          expect(enrolment.toldOfSilence).toBeGreaterThanOrEqual(7);
          return;
        }
      }),
      { numRuns: 300 },
    );
    expect(paused, "courses that paused").toBeGreaterThan(30);
  });
});
