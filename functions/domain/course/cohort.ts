import { type Agenda, LESSON_KEY } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import type { Cadence } from "./cadence.ts";
import type { Course } from "./course.ts";
import { defaultCadence, slotOnDay } from "./schedule.ts";

/*
 * A cohort begins on one day: all who have confirmed before its first lesson leaves, by their own clock, get lesson 1 on
 * that day. Until then the welcome is all that they have. The day is kept beside the planned lesson, so that a change of hour
 * or zone keeps to it, and so that whoever was promised a day keeps it when the course names another.
 */

type Starting = Pick<Course, "starts">;

/** The day on which someone begins who confirms now; undefined: at once. */
export const findStart = ({ starts }: Starting, cadence: Cadence, now: Instant): string | undefined =>
  starts?.dates.find((date) => slotOnDay(cadence, date) > now);

/** When a course begins for someone with its own hour who signs up now; undefined: at once. */
export function nextStart(course: Starting & Pick<Course, "defaults">, zone: string, now: Instant) {
  const cadence = defaultCadence(course, zone);
  const date = findStart(course, cadence, now);
  return date === undefined ? undefined : { cadence, at: slotOnDay(cadence, date) };
}

/** It takes no sign-ups any more: the last day on which it begins is over, by the owner's clock. */
export const isClosed = (course: Starting & Pick<Course, "defaults">, zone: string, now: Instant): boolean =>
  course.starts?.afterTheLast === "closed" && !nextStart(course, zone, now);

/** When the course begins for a reader who waits for its day; undefined where it has begun. */
export function startAwaited({ agenda }: { agenda: Agenda }): Instant | undefined {
  const entry = agenda[LESSON_KEY];
  return entry?.notBefore === undefined ? undefined : entry.dueAt;
}
