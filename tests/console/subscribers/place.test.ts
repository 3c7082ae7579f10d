import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Placement, withPlace } from "../../../console/subscribers/place.ts";
import { lessonsAhead } from "../../../functions/domain/course/course.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withAdvance,
  withLeft,
  withPause,
} from "../../../functions/domain/course/enrolment.ts";
import { NOTHING_KNOWN } from "../../../functions/domain/course/whom.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";
import { CADENCE } from "../../support/services.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const COURSE = aCourse("one", "two", "three", "four", "five");
const lesson = (slug: string) => COURSE.lessons.find((one) => one.slug === slug) ?? COURSE.lessons[0];
const begun = withActivation(inertEnrolment("s", "course", CADENCE, NOW), NOW);
/** Having had this many lessons, the last one just now. */
const having = (count: number): Enrolment =>
  COURSE.lessons
    .slice(0, count)
    .reduce((enrolment, { slug }) => withAdvance(enrolment, "lesson", slug, COURSE, NOW, {}), begun);
const move = (enrolment: Enrolment, slug: string, again = false): Placement => {
  const outcome = withPlace(enrolment, COURSE, lesson(slug) as never, {}, NOW, again);
  if (typeof outcome === "string") throw new Error(outcome);
  return outcome;
};
const slugs = (lessons: { slug: string }[]) => lessons.map(({ slug }) => slug);

describe("an owner who moves a reader to a lesson", () => {
  it("forward: it comes next at the slot that stood, and what lies between does not come", () => {
    const before = having(1);
    const { enrolment, ahead, passedOver, again } = move(before, "four");
    expect(slugs(ahead)).toEqual(["four", "five"]);
    expect(slugs(passedOver)).toEqual(["two", "three"]);
    expect(again).toEqual([]);
    expect(enrolment.agenda.lesson).toEqual(before.agenda.lesson);
    const sent = withAdvance(enrolment, "lesson", "four", COURSE, NOW + DAY, {});
    expect(slugs(lessonsAhead(COURSE, { done: sent.done, movedTo: sent.movedTo }, NOTHING_KNOWN))).toEqual([
      "five",
    ]);
  });

  it("back to one that was passed over: it comes, and then what was not had", () => {
    const { enrolment } = move(having(1), "four");
    const sent = withAdvance(enrolment, "lesson", "four", COURSE, NOW, {});
    expect(slugs(move(sent, "two").ahead)).toEqual(["two", "three", "five"]);
  });

  it("to one that was had: refused, or meant, and then a new run from there", () => {
    const before = having(3);
    expect(withPlace(before, COURSE, lesson("two") as never, {}, NOW, false)).toBe("was-had");
    const { enrolment, ahead, again } = move(before, "two", true);
    expect(enrolment).toMatchObject({ run: 2, done: ["one"], status: "active" });
    expect(slugs(ahead)).toEqual(["two", "three", "four", "five"]);
    expect(slugs(again)).toEqual(["two", "three"]);
  });

  it("a completed course goes on, a paused one stays paused, a left one stays left", () => {
    const all = withAdvance(having(5), "completion", "completion", COURSE, NOW, {});
    expect(all.status).toBe("completed");
    const { enrolment } = move(all, "five", true);
    expect(enrolment).toMatchObject({ status: "active", agenda: { lesson: { doubts: 0 } } });
    expect(enrolment.agenda.lesson?.dueAt).toBeGreaterThan(NOW);
    expect(enrolment.agenda.completion).toBeUndefined();
    expect(move(withPause(having(1)), "three").enrolment.status).toBe("paused");
    expect(withPlace(withLeft(having(1)), COURSE, lesson("three") as never, {}, NOW, true)).toBe("has-left");
  });

  it("changes nothing while a mail is on its way", () => {
    const claim = { dispatch: "s_course_1_lesson_two", key: "lesson", by: "x", until: NOW + 1 };
    expect(withPlace({ ...having(1), claim }, COURSE, lesson("three") as never, {}, NOW, false)).toBe(
      "mail-on-its-way",
    );
  });

  it("whatever the order of moves, nothing had comes again unless it is meant", () => {
    const step = fc.oneof(
      fc.record({ to: fc.constantFrom(...slugs(COURSE.lessons)) }),
      fc.constant({ send: true as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let enrolment = begun;
        const sent: string[] = [];
        for (const one of steps) {
          if ("to" in one) {
            const outcome = withPlace(enrolment, COURSE, lesson(one.to) as never, {}, NOW, false);
            if (typeof outcome !== "string") enrolment = outcome.enrolment;
            continue;
          }
          const [next] = lessonsAhead(
            COURSE,
            { done: enrolment.done, movedTo: enrolment.movedTo },
            NOTHING_KNOWN,
          );
          if (!next) continue;
          sent.push(next.slug);
          enrolment = withAdvance(enrolment, "lesson", next.slug, COURSE, NOW, {});
        }
        expect(new Set(sent).size).toBe(sent.length);
      }),
    );
  });
});
