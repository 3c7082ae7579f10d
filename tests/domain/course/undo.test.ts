import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cadence, PACES } from "../../../functions/domain/course/cadence.ts";
import {
  type Enrolment,
  inertEnrolment,
  mayEnrolment,
  nextSlug,
  wantsLessonNow,
  withActivation,
  withAdvance,
  withCadence,
  withLeft,
  withNewRun,
  withPause,
  withResumption,
} from "../../../functions/domain/course/enrolment.ts";
import {
  keepSchedule,
  readUndo,
  type Undo,
  withEnrolmentUndone,
  writeUndo,
} from "../../../functions/domain/course/undo.ts";
import { earliest } from "../../../functions/domain/sending/agenda.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";

const START = Date.UTC(2026, 9, 1);
const course = aCourse("one", "two", "three", "four");
const cadence: Cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" };
const begun = () => withActivation(inertEnrolment("s", "course", cadence, START), START);

type Act = "pause" | "pause a week" | "resume" | "lesson now" | "again" | "leave" | (typeof PACES)[number];
const ACTS: Act[] = ["pause", "pause a week", "resume", "lesson now", "again", "leave", ...PACES];
type Step = { wait: number } | { act: Act } | "undo";
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ wait: fc.integer({ min: MINUTE, max: 3 * DAY }) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom(...ACTS) }) },
  { weight: 1, arbitrary: fc.constant("undo" as const) },
);

function acted(enrolment: Enrolment, act: Act, now: number): Enrolment {
  if (act === "pause") return withPause(enrolment);
  if (act === "pause a week") return withPause(enrolment, now + 7 * DAY);
  if (act === "resume") return withResumption(enrolment, now);
  if (act === "lesson now") return wantsLessonNow(enrolment, now);
  if (act === "again") return withNewRun(enrolment, now);
  if (act === "leave") return withLeft(enrolment);
  return withCadence(enrolment, { ...cadence, pace: act, time: "18:00" }, now);
}

function undoOf(before: Enrolment, after: Enrolment, act: Act): Undo | undefined {
  if (act === "leave") return { act, list: "course" };
  if (act === "again") return { act, course: "course", run: after.run };
  const schedule = keepSchedule(before);
  return schedule && { act: "schedule", course: "course", before: schedule };
}

describe("what takes an act back", () => {
  it("takes it back whole at once, whatever the reader did before", () => {
    let undone = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ACTS), { maxLength: 8 }),
        fc.constantFrom(...ACTS),
        (life, act) => {
          const now = START + (life.length + 1) * HOUR;
          const enrolment = life.reduce(
            (current, one, place) => acted(current, one, START + (place + 1) * HOUR),
            begun(),
          );
          const after = acted(enrolment, act, now);
          if (after === enrolment) return;
          const undo = undoOf(enrolment, after, act);
          if (!undo) return;
          undone++;
          const { earlier: _, ...back } = withEnrolmentUndone(after, readUndo(writeUndo(undo)), now + MINUTE);
          const { earlier: __, ...before } = enrolment;
          expect(back).toEqual(before);
        },
      ),
    );
    // Some acts change nothing: a pause of what is paused.
    expect(undone, "acts that were taken back").toBeGreaterThan(25);
  });

  it("changes nothing that it was not made for: another run, or somebody who left", () => {
    const before = begun();
    const undo = undoOf(before, withPause(before), "pause") as Undo;
    const gone = withLeft(before);
    expect(withEnrolmentUndone(gone, undo, START)).toBe(gone);
    const again = withNewRun({ ...before, done: ["one"] }, START);
    expect(withEnrolmentUndone(again, undo, START)).toBe(again);
  });

  it("takes one rating back, to what it was or to none, and leaves the other", () => {
    const rated: Enrolment = { ...begun(), ratings: { before: 2, after: 4 } };
    const taken = (moment: "before" | "after", rating?: 1 | 5) =>
      withEnrolmentUndone(
        rated,
        { act: "rating", course: "course", run: 1, moment, ...(rating && { rating }) },
        START,
      ).ratings;
    expect(taken("after", 1)).toStrictEqual({ before: 2, after: 1 });
    // An item holds no field without a value.
    expect(taken("after")).toStrictEqual({ before: 2 });
    expect(taken("before")).toStrictEqual({ after: 4 });
  });

  it("brings no lesson to a course that has none left", () => {
    const before = keepSchedule(begun());
    if (!before) throw new Error("no schedule");
    const over: Enrolment = { ...begun(), agenda: { completion: { dueAt: START + DAY, doubts: 0 } } };
    const back = withEnrolmentUndone(over, { act: "schedule", course: "course", before }, START);
    expect(back.agenda).toEqual(over.agenda);
  });

  it("never brings a lesson twice, out of order, or within a day of another that nobody asked for", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 80 }), (life) => {
        let now = START;
        let enrolment = begun();
        let undo: Undo | undefined;
        let isAsked = false;
        let sentAt = Number.NEGATIVE_INFINITY;
        const sent = new Map<number, string[]>();
        for (const step of life) {
          if (step === "undo") {
            if (undo) enrolment = withEnrolmentUndone(enrolment, undo, now);
            isAsked ||= undo?.act === "again";
          } else if ("wait" in step) now += step.wait;
          else {
            const after = acted(enrolment, step.act, now);
            if (after !== enrolment) undo = undoOf(enrolment, after, step.act);
            isAsked ||= step.act === "lesson now" || step.act === "again";
            enrolment = after;
          }
          const next = earliest(enrolment.agenda, (key) => mayEnrolment(enrolment, key));
          if (!next || next.entry.dueAt > now) continue;
          if (next.key === "resume") {
            enrolment = withResumption(enrolment, now);
            continue;
          }
          const slug = nextSlug(enrolment, next.key, course, {}) as string;
          const { run, status } = enrolment;
          enrolment = withAdvance(enrolment, next.key, slug, course, now, {});
          if (next.key !== "lesson") continue;
          expect(status).toBe("active");
          const had = [...(sent.get(run) ?? []), slug];
          sent.set(run, had);
          expect(had).toEqual(["one", "two", "three", "four"].slice(0, had.length));
          if (!isAsked) expect(now - sentAt).toBeGreaterThanOrEqual(20 * HOUR);
          isAsked = false;
          sentAt = now;
        }
      }),
      { numRuns: 300 },
    );
  });
});
