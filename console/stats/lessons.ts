import { type Course, lessonBySlug } from "../../functions/domain/course/course.ts";
import { inJournal } from "../../functions/domain/replies/reflection.ts";
import { type LedgerEntry, readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import type { PersonRecord } from "../table/people.ts";

import { Times } from "./times.ts";

/** What became of a lesson's mails, all runs of all readers together. */
export interface LessonCount {
  slug: string;
  title: string;
  sent: number;
  delivered: number;
  bounced: number;
  complained: number;
  /** Mails that were answered at least once in the reader's own words. */
  replied: number;
  /** Readers who made its move, and who said anything of it; in the run that they are in. */
  movesMade: number;
  movesTold: number;
  /** Who left the course with this as their latest lesson. */
  leftAfter: number;
  /** Who is in the course, or pauses, with this as their latest lesson. */
  standing: number;
  /** From sending to the first reply; null if there is none. */
  medianMinutesToReply: number | null;
}

export interface Lessons {
  add(personRecord: PersonRecord): void;
  all(): LessonCount[];
}

/** Counts by lesson, in the order of the course as it is now. What was sent under an old slug counts; what is gone does not. */
export function openLessons(course: Course): Lessons {
  const counts = new Map(
    course.lessons.map(({ slug, title }) => [
      slug,
      {
        count: {
          slug,
          title,
          sent: 0,
          delivered: 0,
          bounced: 0,
          complained: 0,
          replied: 0,
          movesMade: 0,
          movesTold: 0,
          leftAfter: 0,
          standing: 0,
        },
        times: new Times(),
      },
    ]),
  );
  const findCount = (slug: string | undefined) =>
    counts.get((slug !== undefined && lessonBySlug(course, slug)?.slug) || "");
  return {
    add({ enrolments, ledger, reflections }) {
      for (const entry of ledger) {
        const { kind, list, slug } = readDispatchId(entry.dispatch) ?? {};
        const lesson = kind === "lesson" && list === course.slug ? findCount(slug) : undefined;
        if (!lesson) continue;
        note(lesson.count, entry);
        const replies = reflections.filter((one) => one.inReplyTo === entry.dispatch && inJournal(one));
        if (replies.length === 0) continue;
        lesson.count.replied++;
        lesson.times.add(Math.min(...replies.map(({ receivedAt }) => receivedAt)) - entry.sentAt);
      }
      for (const { course: slug, moves = {} } of enrolments) {
        if (slug !== course.slug) continue;
        for (const [told, outcome] of Object.entries(moves)) {
          const lesson = findCount(told);
          if (!lesson) continue;
          lesson.count.movesTold++;
          if (outcome === "made") lesson.count.movesMade++;
        }
      }
      for (const { course: slug, status, done } of enrolments) {
        const lesson = slug === course.slug ? findCount(done.at(-1)) : undefined;
        if (!lesson) continue;
        if (status === "left") lesson.count.leftAfter++;
        if (status === "active" || status === "paused") lesson.count.standing++;
      }
    },
    all: () =>
      [...counts.values()].map(({ count, times }) => ({
        ...count,
        medianMinutesToReply: times.median() ?? null,
      })),
  };
}

function note(count: Omit<LessonCount, "medianMinutesToReply">, { state }: LedgerEntry): void {
  count.sent++;
  if (state === "delivered" || state === "complained") count.delivered++;
  if (state === "bounced" || state === "rejected") count.bounced++;
  if (state === "complained") count.complained++;
}
