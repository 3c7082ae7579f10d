import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Enrolment,
  inertEnrolment,
  mayEnrolment,
  withActivation,
  withAdvance,
  withLeft,
  withPause,
  withResumption,
} from "../../../functions/domain/course/enrolment.ts";
import { holdToTell, pausedForAbsence } from "../../../functions/domain/course/hold.ts";
import { earliest } from "../../../functions/domain/sending/agenda.ts";
import { CLAIM_LIFE } from "../../../functions/domain/sending/claim.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";

const NOW = Date.UTC(2026, 10, 24, 12);
const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
const active: Enrolment = {
  ...withActivation(inertEnrolment("abcdefgh234567ab", "course", cadence, NOW - 9 * DAY), NOW - 9 * DAY),
  done: ["one"],
  lastLessonAt: NOW - HOUR,
  agenda: { lesson: { dueAt: Date.UTC(2026, 11, 1, 6, 30), doubts: 0 } },
};
/** Midnight in Berlin, after 2 December. */
const THIRD = Date.UTC(2026, 11, 2, 23);

describe("the course of a reader who is away", () => {
  it("waits until the day after, and goes on at the next slot", () => {
    const waiting = pausedForAbsence(active, "2026-12-02", NOW);
    expect(waiting).toMatchObject({ status: "paused", agenda: { resume: { dueAt: THIRD } } });
    expect(earliest(waiting.agenda, (key) => mayEnrolment(waiting, key))?.key).toBe("resume");
    expect(withResumption(waiting, THIRD).agenda.lesson?.dueAt).toBe(Date.UTC(2026, 11, 8, 6, 30));
  });

  it("is held once by the same note, and longer by a later day", () => {
    const waiting = pausedForAbsence(active, "2026-12-02", NOW);
    expect(pausedForAbsence(waiting, "2026-12-02", NOW + HOUR)).toBe(waiting);
    expect(pausedForAbsence(waiting, "2026-12-01", NOW + HOUR)).toBe(waiting);
    expect(pausedForAbsence(waiting, "2026-12-03", NOW + HOUR).agenda.resume?.dueAt).toBe(THIRD + DAY);
  });

  it("is not held again by the same note once the reader went on", () => {
    const undone = withResumption(pausedForAbsence(active, "2026-12-02", NOW), NOW + HOUR);
    expect(pausedForAbsence(undone, "2026-12-02", NOW + 2 * HOUR)).toBe(undone);
    expect(holdToTell(undone, NOW + 2 * HOUR)).toBeUndefined();
  });

  it("is not held where there is nothing to hold, or for a day that is over", () => {
    for (const other of [withLeft(active), { ...active, status: "completed" as const }])
      expect(pausedForAbsence(other, "2026-12-02", NOW)).toBe(other);
    expect(pausedForAbsence(active, "2026-11-23", NOW)).toBe(active);
  });

  it("never waits less than a pause that the reader made", () => {
    const day = fc.integer({ min: 1, max: 31 }).map((date) => `2026-12-${String(date).padStart(2, "0")}`);
    const until = fc.option(fc.integer({ min: NOW, max: NOW + 60 * DAY }), { nil: undefined });
    fc.assert(
      fc.property(day, until, (lastDay, pauseUntil) => {
        const before = withPause(active, pauseUntil);
        const after = pausedForAbsence(before, lastDay, NOW);
        const ends = ({ agenda }: Enrolment) => agenda.resume?.dueAt ?? Number.POSITIVE_INFINITY;
        expect(after.status).toBe("paused");
        expect(ends(after)).toBeGreaterThanOrEqual(ends(before));
      }),
    );
  });

  it("control: a hold does lengthen a pause that ends sooner", () => {
    const after = pausedForAbsence(withPause(active, NOW + DAY), "2026-12-02", NOW);
    expect(after.agenda.resume?.dueAt).toBe(THIRD);
  });
});

describe("how the reader hears of it", () => {
  const waiting = pausedForAbsence(active, "2026-12-02", NOW);
  const course = aCourse("one", "two", "three");
  const sentAt = (enrolment: Enrolment, at: number): Enrolment => {
    const claim = { dispatch: "d", key: "lesson", by: "b", until: at + CLAIM_LIFE };
    return withAdvance({ ...enrolment, claim }, "lesson", "two", course, at, {});
  };

  it("is told by the next mail, and by no later one", () => {
    expect(holdToTell(waiting, NOW)).toMatchObject({ until: THIRD });
    const on = withResumption(waiting, THIRD);
    expect(holdToTell(on, THIRD + DAY)).toMatchObject({ until: THIRD });
    expect(holdToTell(sentAt(on, THIRD + DAY), THIRD + 2 * DAY)).toBeUndefined();
  });

  it("is still to be told if the mail had been composed before the note came", () => {
    const claim = { dispatch: "d", key: "lesson", by: "b", until: NOW - 1 + CLAIM_LIFE };
    const advancedAfter = withAdvance({ ...waiting, claim }, "lesson", "two", course, NOW + 1_000, {});
    expect(holdToTell(advancedAfter, NOW)).toMatchObject({ until: THIRD });
  });
});
