import { LESSON_KEY, withoutEntry } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import type { Enrolment } from "./enrolment.ts";
import { letterTime } from "./schedule.ts";

/*
 * A course may get another lesson after somebody has finished it. It reaches those who asked to hear of such, and
 * nobody else. Their enrolment keeps an entry for a lesson, which looks once a week whether there is one: so no deploy
 * has to find them.
 */

/** They asked for it. Without a second press nothing changes. */
export function withLaterLessons(enrolment: Enrolment, now: Instant): Enrolment {
  if (enrolment.status !== "completed" || enrolment.laterLessons) return enrolment;
  const look = { dueAt: letterTime(enrolment.cadence, now, 1), doubts: 0 };
  return { ...enrolment, laterLessons: true, agenda: { ...enrolment.agenda, [LESSON_KEY]: look } };
}

/** None comes from now on, but one that was claimed. */
export function withoutLaterLessons(enrolment: Enrolment): Enrolment {
  const { laterLessons, ...rest } = enrolment;
  if (!laterLessons) return enrolment;
  const isLook = (key: string): boolean => key === LESSON_KEY && enrolment.status === "completed";
  return { ...rest, agenda: withoutEntry(enrolment.agenda, isLook) };
}
