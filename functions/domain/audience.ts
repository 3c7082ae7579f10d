import { getsIssues } from "./broadcast.ts";
import { type Course, placeOf } from "./course.ts";
import type { Enrolment } from "./enrolment.ts";
import type { Subscriber } from "./subscriber.ts";
import type { Instant } from "./time.ts";

/** A person with all courses that they were ever in. */
export interface Person {
  subscriber: Subscriber;
  enrolments: Enrolment[];
}

export const COURSE_STATES = ["never-enrolled", "mid-course", "paused", "finished", "left"] as const;
export type CourseState = (typeof COURSE_STATES)[number];

/** Which of those who asked for the newsletter an issue goes to. What is left out narrows nothing. */
export interface Audience {
  /** Everybody's state but `mid-course` if none are named: a reader of lessons has mail enough. */
  states?: CourseState[];
  /** Slug of a part: those who have had a lesson of it. */
  part?: string;
  /** IANA names; `Europe/*` for a region. */
  zones?: string[];
  joinedBefore?: Instant;
  joinedFrom?: Instant;
  /** Only these subscribers, by id. */
  ids?: ReadonlySet<string>;
}

/** How a person stands with courses; what is going on counts before what is over. */
export function courseState(enrolments: readonly Enrolment[]): CourseState {
  const isAny = (status: Enrolment["status"]) => enrolments.some((enrolment) => enrolment.status === status);
  if (isAny("active")) return "mid-course";
  if (isAny("paused")) return "paused";
  if (isAny("completed")) return "finished";
  return isAny("left") ? "left" : "never-enrolled";
}

/** Whether an issue goes to this person: they asked for it, nothing has stopped them, and all that narrows holds. */
export function isInAudience(audience: Audience, person: Person, courses: readonly Course[]): boolean {
  const { subscriber, enrolments } = person;
  const states = audience.states ?? COURSE_STATES.filter((state) => state !== "mid-course");
  return (
    getsIssues(subscriber) &&
    states.includes(courseState(enrolments)) &&
    (audience.part === undefined || hasReached(audience.part, enrolments, courses)) &&
    (audience.zones === undefined || audience.zones.some((zone) => isZoneIn(subscriber.zone, zone))) &&
    subscriber.createdAt < (audience.joinedBefore ?? Number.POSITIVE_INFINITY) &&
    subscriber.createdAt >= (audience.joinedFrom ?? 0) &&
    (audience.ids?.has(subscriber.id) ?? true)
  );
}

function hasReached(part: string, enrolments: readonly Enrolment[], courses: readonly Course[]): boolean {
  return enrolments.some(({ course: slug, done }) => {
    const course = courses.find((candidate) => candidate.slug === slug);
    return (
      course !== undefined && done.some((lesson) => course.lessons[placeOf(course, lesson)]?.part === part)
    );
  });
}

const isZoneIn = (zone: string, pattern: string): boolean =>
  pattern.endsWith("/*") ? zone.startsWith(pattern.slice(0, -1)) : zone === pattern;
