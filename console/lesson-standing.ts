import {
  type Course,
  type Lesson,
  lessonBySlug,
  lessonsAhead,
  lessonsBehind,
  wasHad,
} from "../functions/domain/course/course.ts";
import type { Enrolment } from "../functions/domain/course/enrolment.ts";
import { nextLessonTime } from "../functions/domain/course/schedule.ts";
import { type Facts, readFacts } from "../functions/domain/course/whom.ts";
import type { StopReason, Subscriber } from "../functions/domain/people/subscriber.ts";
import { LESSON_KEY } from "../functions/domain/sending/agenda.ts";
import {
  type DispatchId,
  dispatchId,
  type LedgerEntry,
  readDispatchId,
} from "../functions/domain/sending/dispatch.ts";
import type { Instant } from "../functions/domain/time.ts";
import type { Person } from "./table/people.ts";

/** What became of a lesson for one reader, in words: the first are those that it reached. */
export const STANDINGS = {
  delivered: "it was delivered",
  complained: "it was delivered, and they called it spam",
  sent: "SES has taken it, and their mail server has not said that it has it",
  bounced: "it bounced",
  rejected: "SES would not take it",
  "in-doubt": "SES's answer was lost: it waits for a word of what became of it",
  parked: "it was parked: look at it with “parked list”",
  "behind-parked": "a lesson before it was parked or is in doubt, and holds it",
  due: "it comes next",
  ahead: "other lessons come before it",
  "not-theirs": "it is for others, by what is known of them now",
  paused: "the course is paused",
  passed: "they are past its place: it was put there later, or you placed them behind it",
  completed: "they had completed the course before it was there",
  left: "they left the course",
  "left-everything": "they left everything",
  "stopped-by-bounce": "all mail to them was stopped by a bounce",
  "stopped-by-complaint": "all mail to them was stopped: they called one spam",
  "stopped-by-owner": "you stopped all mail to them",
  lifted: "all mail to them was stopped, and you have lifted that: they come back by signing up",
  unconfirmed: "they have not confirmed their address",
  "not-begun": "the course has not begun for them",
} as const;
export type LessonStandingKind = keyof typeof STANDINGS;

export interface LessonStanding {
  is: LessonStandingKind;
  /** When it was last heard of, or when it is to come as things stand. */
  at?: Instant;
}

export const wasReceived = ({ is }: LessonStanding): boolean => is === "delivered" || is === "complained";

const OF_STOP: Record<StopReason, LessonStandingKind> = {
  reader: "left-everything",
  never: "left-everything",
  bounce: "stopped-by-bounce",
  complaint: "stopped-by-complaint",
  owner: "stopped-by-owner",
};

/** Under which names the ledger may know the lesson: those of before a rename, in every run. */
export function lessonDispatches(
  { subscriber, enrolments }: Person,
  course: Course,
  lesson: Lesson,
): DispatchId[] {
  const enrolment = enrolments.find((one) => one.course === course.slug);
  const runs = Math.max(enrolment?.run ?? 0, enrolment?.earlier?.run ?? 0);
  return Array.from({ length: runs }, (_, before) => runs - before).flatMap((run) =>
    [lesson.slug, ...lesson.was].map((slug) =>
      dispatchId({ subscriber: subscriber.id, list: course.slug, run, kind: "lesson", slug }),
    ),
  );
}

/**
 * How a lesson stands with a person; undefined for someone who has nothing to do with the course.
 * @param entries what the ledger has of their `dispatchesOf`
 */
export function lessonStanding(
  person: Person,
  course: Course,
  lesson: Lesson,
  entries: readonly LedgerEntry[],
): LessonStanding | undefined {
  const { subscriber } = person;
  const enrolment = person.enrolments.find((one) => one.course === course.slug);
  const entry = entries.find(({ state }) => state === "delivered" || state === "complained") ?? entries[0];
  if (entry) return { is: entry.state === "delayed" ? "sent" : entry.state, at: entry.stateAt };
  if (!enrolment) return outsideStanding(course, subscriber);
  if (subscriber.status === "stopped") return { is: standingOfStop(subscriber) };
  if (subscriber.status === "unconfirmed") return { is: "unconfirmed" };
  if (enrolment.status === "inert") return { is: "not-begun" };
  if (enrolment.status === "left") return { is: "left" };
  return inCourse(enrolment, course, lesson, readFacts(enrolment, subscriber));
}

const standingOfStop = ({ stoppedBy = "reader", liftedFrom }: Subscriber): LessonStandingKind =>
  liftedFrom ? "lifted" : OF_STOP[stoppedBy];

function outsideStanding(course: Course, { status, asksFor }: Subscriber): LessonStanding | undefined {
  return status === "unconfirmed" && asksFor.course === course.slug ? { is: "unconfirmed" } : undefined;
}

function inCourse(enrolment: Enrolment, course: Course, lesson: Lesson, facts: Facts): LessonStanding {
  const { done, claim, agenda, status } = enrolment;
  const claimed = claim && readDispatchId(claim.dispatch);
  const isClaimed = claimed?.kind === "lesson" && lessonBySlug(course, claimed.slug) === lesson;
  if (isClaimed) return { is: "in-doubt", at: claim?.until };
  const ahead = lessonsAhead(course, enrolment, facts);
  const place = ahead.indexOf(lesson);
  if (place < 0 && lessonsBehind(course, enrolment).includes(lesson)) return { is: "not-theirs" };
  if (place < 0) return { is: status === "completed" && !wasHad(lesson, done) ? "completed" : "passed" };
  const entry = agenda[LESSON_KEY];
  if (entry?.parked) return { is: place === 0 ? "parked" : "behind-parked" };
  if (entry && entry.doubts > 0) return { is: place === 0 ? "in-doubt" : "behind-parked", at: entry.dueAt };
  if (status === "completed") return { is: "completed" };
  if (status === "paused") return { is: "paused", at: agenda.resume?.dueAt };
  return {
    is: place === 0 ? "due" : "ahead",
    at: entry && followingSlot(enrolment, entry.dueAt, ahead.slice(1, place + 1)),
  };
}

/** When the last of these lessons comes, if nothing changes. @param first when the one before them does */
const followingSlot = ({ cadence }: Enrolment, first: Instant, lessons: readonly Lesson[]): Instant =>
  lessons.reduce((at, { after }) => nextLessonTime(cadence, at, after), first);
