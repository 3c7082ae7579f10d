import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cadence } from "../../../functions/domain/course/cadence.ts";
import {
  type Enrolment,
  enrolmentDue,
  inertEnrolment,
  mayEnrolment,
  nextSlug,
  wantsLessonNow,
  withActivation,
  withAdvance,
  withCadence,
  withLeft,
  withPause,
  withResumption,
} from "../../../functions/domain/course/enrolment.ts";
import { earliest, LESSON_KEY } from "../../../functions/domain/sending/agenda.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { aCourse, aLesson } from "../../support/course.ts";

const cadence: Cadence = { zone: "America/New_York", weekday: 2, time: "07:30", pace: "weekly" };
const START = Date.UTC(2026, 9, 1);
const course = aCourse("one", "two", "three", "four");
const begun = () => withActivation(inertEnrolment("s", "course", cadence, START), START);

/** Sends whatever may go at `now`, as a deliverer would; returns what was sent. */
function deliverAt(
  enrolment: Enrolment,
  now: number,
  taught = course,
): { enrolment: Enrolment; sent?: string } {
  const next = earliest(enrolment.agenda, (key) => mayEnrolment(enrolment, key));
  if (!next || next.entry.dueAt > now) return { enrolment };
  if (next.key === "resume") return { enrolment: withResumption(enrolment, now) };
  const slug = nextSlug(enrolment, next.key, taught, {}) as string;
  return { enrolment: withAdvance(enrolment, next.key, slug, taught, now, {}), sent: `${next.key}:${slug}` };
}

type Step = { wait: number } | "pause" | "pause a week" | "resume" | "leave" | "return" | "new cadence";
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ wait: fc.integer({ min: HOUR, max: 9 * DAY }) }) },
  fc.constantFrom<Step>("pause", "pause a week", "resume", "leave", "return", "new cadence"),
);

function live(enrolment: Enrolment, step: Step, now: number): Enrolment {
  if (step === "pause") return withPause(enrolment);
  if (step === "pause a week") return withPause(enrolment, now + 7 * DAY);
  if (step === "resume") return withResumption(enrolment, now);
  if (step === "leave") return withLeft(enrolment);
  if (step === "return") return withActivation(enrolment, now);
  if (step === "new cadence") return withCadence(enrolment, { ...cadence, weekday: 4, time: "18:00" }, now);
  return enrolment;
}

describe("an enrolment", () => {
  it("sends the welcome, every lesson in order, and the completion, each once", () => {
    let enrolment = begun();
    const sent: string[] = [];
    for (let now = START; now < START + 60 * DAY; now += HOUR) {
      const result = deliverAt(enrolment, now);
      enrolment = result.enrolment;
      if (result.sent) sent.push(result.sent);
    }
    expect(sent).toEqual([
      "welcome:welcome",
      "lesson:one",
      "lesson:two",
      "lesson:three",
      "lesson:four",
      "completion:completion",
    ]);
    expect(enrolment.status).toBe("completed");
    expect(enrolmentDue(enrolment)).toBeUndefined();
  });

  it("never sends a lesson twice, out of order, too soon, or while paused or left, whatever its reader does", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), (life) => {
        let enrolment = begun();
        let now = START;
        let run = enrolment.run;
        let lessons: string[] = [];
        for (const step of life) {
          if (typeof step === "object") now += step.wait;
          else enrolment = live(enrolment, step, now);
          if (enrolment.run !== run) lessons = [];
          run = enrolment.run;
          const { status, lastLessonAt } = enrolment;
          const result = deliverAt(enrolment, now);
          enrolment = result.enrolment;
          if (!result.sent?.startsWith("lesson:")) continue;
          expect(status).toBe("active");
          if (lastLessonAt !== undefined) expect(now - lastLessonAt).toBeGreaterThan(3 * DAY);
          lessons.push(result.sent.slice("lesson:".length));
          expect(lessons).toEqual(["one", "two", "three", "four"].slice(0, lessons.length));
        }
      }),
    );
  });

  it("control: a reader who stays and waits does get every lesson", () => {
    let enrolment = begun();
    for (let day = 0; day < 60; day++) enrolment = deliverAt(enrolment, START + day * DAY).enrolment;
    expect(enrolment.done).toEqual(["one", "two", "three", "four"]);
  });

  it("keeps a pause that was made while a lesson was on its way", () => {
    const sending = begun();
    const after = withAdvance(withPause(sending), LESSON_KEY, "one", course, START + DAY, {});
    expect(after.status).toBe("paused");
    expect(after.done).toEqual(["one"]);
    expect(enrolmentDue({ ...after, agenda: { lesson: after.agenda.lesson as never } })).toBeUndefined();
  });

  it("sends the next lesson at once when asked to, out of a pause too, and only that one", () => {
    const started = wantsLessonNow(begun(), START + HOUR);
    expect(started.agenda.lesson?.dueAt).toBe(START + HOUR);
    expect(wantsLessonNow(started, START + 2 * HOUR)).toBe(started);
    const taught = withAdvance(started, LESSON_KEY, "one", course, START + HOUR, {});
    const waiting = withPause(taught, START + 30 * DAY);
    const woken = wantsLessonNow(waiting, START + DAY);
    expect(woken).toMatchObject({ status: "active", agenda: { lesson: { dueAt: START + DAY } } });
    expect(woken.agenda.resume).toBeUndefined();
    expect(wantsLessonNow(withLeft(taught), START + DAY).status).toBe("left");
  });

  it("starts a new run for somebody who had completed, and goes on where somebody had left", () => {
    const completed: Enrolment = { ...begun(), status: "completed", done: ["one"], agenda: {} };
    expect(withActivation(completed, START)).toMatchObject({ run: 2, done: [], status: "active" });
    const gone = withLeft({ ...begun(), done: ["one"], lastLessonAt: START });
    expect(withActivation(gone, START + 30 * DAY)).toMatchObject({ run: 1, done: ["one"], status: "active" });
  });
});

describe("a course that changes under its readers", () => {
  it("gives an inserted lesson only to those who have not passed its place", () => {
    const longer = { ...course, lessons: [...course.lessons] };
    longer.lessons.splice(1, 0, aLesson("new"));
    expect(nextSlug({ ...begun(), done: ["one"] }, LESSON_KEY, longer, {})).toBe("new");
    expect(nextSlug({ ...begun(), done: ["one", "two"] }, LESSON_KEY, longer, {})).toBe("three");
  });

  it("does not send a renamed lesson again, and skips a removed one", () => {
    const renamed = { ...course, lessons: course.lessons.map((one) => ({ ...one })) };
    renamed.lessons[1] = aLesson("second", { was: ["two"] });
    expect(nextSlug({ ...begun(), done: ["one", "two"] }, LESSON_KEY, renamed, {})).toBe("three");
    const shorter = { ...course, lessons: course.lessons.filter((one) => one.slug !== "two") };
    expect(nextSlug({ ...begun(), done: ["one"] }, LESSON_KEY, shorter, {})).toBe("three");
  });

  it("completes when what was to come is gone", () => {
    const shorter = { ...course, lessons: course.lessons.slice(0, 2) };
    const enrolment = withAdvance({ ...begun(), done: ["one"] }, LESSON_KEY, "two", shorter, START, {});
    expect(enrolment.agenda.completion?.dueAt).toBeGreaterThan(START);
    expect(enrolment.agenda.lesson).toBeUndefined();
  });
});
