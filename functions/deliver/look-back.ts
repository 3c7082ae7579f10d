import { lessonBefore } from "../domain/course/branches.ts";
import { type Course, lessonBySlug, ownLessons } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { lookBackTime } from "../domain/course/schedule.ts";
import { findLongest } from "../domain/replies/reflection.ts";
import { type AgendaEntry, COMPLETION_KEY, LESSON_KEY, mailKey } from "../domain/sending/agenda.ts";
import type { AgendaKey } from "../domain/sending/dispatch.ts";
import type { Instant } from "../domain/time.ts";
import type { Services } from "../ports.ts";

/** An entry of an agenda whose dispatch has left. */
export interface SentEntry {
  key: AgendaKey;
  slug: string;
  at: Instant;
}

/** A look-back to be planned: one a part, when the part is over. */
interface PlannedLookBack {
  key: AgendaKey;
  entry: AgendaEntry;
}

/**
 * When the first lesson of the next part has left (for the last part: the completion), the reader's longest
 * reflection in the part that ended is chosen, to be quoted to them on a Thursday at least 14 days after they
 * wrote it. Undefined where no part ended, or nothing was written in it.
 */
export async function planLookBack(
  services: Services,
  enrolment: Enrolment,
  course: Course,
  sent: SentEntry,
): Promise<PlannedLookBack | undefined> {
  const part = endedPart(course, enrolment.done, sent);
  if (part === undefined) return undefined;
  const reflections = await services.store.reflections(enrolment.subscriber);
  const longest = findLongest(reflections, enrolment, course, part);
  if (!longest) return undefined;
  const dueAt = lookBackTime(enrolment.cadence, longest.receivedAt, sent.at);
  return { key: mailKey("look-back", part), entry: { dueAt, doubts: 0, reflection: longest.id } };
}

function endedPart(course: Course, done: readonly string[], { key, slug }: SentEntry): string | undefined {
  if (key === COMPLETION_KEY) return ownLessons(course, done).at(-1)?.part;
  const lesson = key === LESSON_KEY ? lessonBySlug(course, slug) : undefined;
  const before = lesson && lessonBefore(course, lesson, done);
  return before && before.part !== lesson.part ? before.part : undefined;
}
