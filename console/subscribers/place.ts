import {
  type Course,
  type Lesson,
  lessonPlace,
  lessonsAhead,
  wasHad,
} from "../../functions/domain/course/course.ts";
import {
  type Enrolment,
  enrolmentRun,
  nextRun,
  withNewSchedule,
} from "../../functions/domain/course/enrolment.ts";
import { isFor, type PersonFacts, readFacts } from "../../functions/domain/course/whom.ts";
import {
  COMPLETION_KEY,
  isMailKey,
  LESSON_KEY,
  withoutEntry,
} from "../../functions/domain/sending/agenda.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** What it comes to, to put a reader before a lesson. */
export interface Placement {
  enrolment: Enrolment;
  /** In the order in which they come from now on. */
  ahead: Lesson[];
  /** Would have come, and does not any more. */
  passedOver: Lesson[];
  /** Comes though it was had. */
  again: Lesson[];
}

export type NoPlace = "has-left" | "not-begun" | "mail-on-its-way" | "was-had" | "not-theirs";

/**
 * Puts a reader before a lesson: it comes next, at their own hour, and then those behind it that they have not had.
 * What was had comes again only if that is meant, and then all from there on, in a run of its own, because the
 * ledger knows a mail by its run. While a mail is on its way nothing changes: it belongs where it was claimed. Nobody is put
 * before a lesson that is for others.
 */
export function withPlace(
  enrolment: Enrolment,
  course: Course,
  lesson: Lesson,
  person: PersonFacts,
  now: Instant,
  isAgainMeant: boolean,
): Placement | NoPlace {
  const { status, claim, done } = enrolment;
  if (status === "left") return "has-left";
  if (status === "inert") return "not-begun";
  if (claim) return "mail-on-its-way";
  if (!isAgainMeant && wasHad(lesson, done)) return "was-had";
  const placed = isAgainMeant ? asNewRun(enrolment, course, lesson) : { ...enrolment, movedTo: lesson.slug };
  const facts = readFacts(placed, person);
  if (!isFor(lesson, facts)) return "not-theirs";
  const ahead = lessonsAhead(course, placed, facts);
  const before = lessonsAhead(course, enrolment, readFacts(enrolment, person));
  return {
    enrolment: withPlan(placed, now, isAgainMeant),
    ahead,
    passedOver: before.filter((one) => !ahead.includes(one)),
    again: ahead.filter((one) => wasHad(one, done)),
  };
}

function asNewRun(enrolment: Enrolment, course: Course, lesson: Lesson): Enrolment {
  const { lookedBack: _, ...kept } = enrolment;
  const done = enrolment.done.filter((slug) => lessonPlace(course, slug) < lessonPlace(course, lesson.slug));
  return {
    ...kept,
    ...{
      run: nextRun(enrolment),
      done,
      movedTo: lesson.slug,
      prompted: {},
      earlier: enrolmentRun(enrolment),
    },
  };
}

/**
 * At the slot that stands already, or at the reader's next one. A pause goes on; what was complete goes on as well. Its
 * completion has left, and a run has one: the letters that it announced stay planned.
 */
function withPlan(enrolment: Enrolment, now: Instant, isNewRun: boolean): Enrolment {
  const { completedAt, ...rest } = enrolment;
  const open = { ...rest, ...(!isNewRun && completedAt !== undefined && { completedAt }) };
  const stands = enrolment.agenda[LESSON_KEY];
  // In a new run letters are announced anew at its end.
  const isOfEnd = (key: string): boolean =>
    key === COMPLETION_KEY || key === LESSON_KEY || (isNewRun && isMailKey("letter", key));
  const agenda = withoutEntry(enrolment.agenda, isOfEnd);
  const status = enrolment.status === "paused" ? "paused" : "active";
  const lesson = { dueAt: stands?.dueAt ?? now, doubts: 0 };
  const waiting: Enrolment = { ...open, status, agenda: { ...agenda, [LESSON_KEY]: lesson } };
  return stands && stands.dueAt >= now ? waiting : withNewSchedule(waiting, now);
}
