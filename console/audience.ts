import { type Course, lessonPlace } from "../functions/domain/course/course.ts";
import type { Enrolment } from "../functions/domain/course/enrolment.ts";
import { canonicalZone } from "../functions/domain/course/zones.ts";
import { findArrival } from "../functions/domain/people/arrival.ts";
import { getsIssues } from "../functions/domain/people/subscriber.ts";
import type { Instant } from "../functions/domain/time.ts";
import { findAnswers } from "./answers.ts";
import type { Person } from "./table/people.ts";

export const COURSE_STATES = ["never-enrolled", "mid-course", "paused", "finished", "left"] as const;
export type CourseState = (typeof COURSE_STATES)[number];

/** Which people are meant. What is left out narrows nothing. */
export interface Selection {
  states?: CourseState[];
  /** Slug of a part: those who have had a lesson of it. */
  part?: string;
  /** IANA names; `Europe/*` for a region. */
  zones?: string[];
  joinedBefore?: Instant;
  joinedFrom?: Instant;
  /** Those who have all of these. */
  tags?: string[];
  /** Those who came by one of these: the word of a link, or the host of a site. */
  origins?: string[];
  /** By the lessons that were sent to them since their last sign of life: at least this many, or fewer. */
  silentFrom?: number;
  silentBelow?: number;
  /** Those who answer a question so, in whichever course; without an answer named, those who have none. */
  answer?: { question: string; is: string[] };
  /** Only these subscribers, by id. */
  ids?: ReadonlySet<string>;
  /** What else must hold. */
  where?: Where;
}

/** Conditions, joined. */
export type Where = Selection | { every: Where[] } | { some: Where[] } | { not: Where };

/**
 * Which of those who asked for the newsletter an issue goes to. Where no states are named it is all but `mid-course`:
 * a reader of lessons has mail enough.
 */
export type Audience = Selection;

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
  const states = audience.states ?? COURSE_STATES.filter((state) => state !== "mid-course");
  return getsIssues(person.subscriber) && isSelected({ ...audience, states }, person, courses);
}

/** Whether all that narrows the selection holds for this person. */
export function isSelected(selection: Selection, person: Person, courses: readonly Course[]): boolean {
  const { subscriber, enrolments } = person;
  const { states, part, zones, tags, ids } = selection;
  const silent = countSilentLessons(enrolments);
  return (
    (states?.includes(courseState(enrolments)) ?? true) &&
    (part === undefined || hasReached(part, enrolments, courses)) &&
    (zones?.some((zone) => matchesZone(subscriber.zone, zone)) ?? true) &&
    subscriber.createdAt < (selection.joinedBefore ?? Number.POSITIVE_INFINITY) &&
    subscriber.createdAt >= (selection.joinedFrom ?? 0) &&
    (tags?.every((tag) => subscriber.tags?.includes(tag)) ?? true) &&
    (selection.origins?.some((origin) => isOfOrigin(subscriber, origin)) ?? true) &&
    silent >= (selection.silentFrom ?? 0) &&
    silent < (selection.silentBelow ?? Number.POSITIVE_INFINITY) &&
    (selection.answer === undefined || isAnsweredSo(enrolments, selection.answer)) &&
    (ids?.has(subscriber.id) ?? true) &&
    (selection.where === undefined || holds(selection.where, person, courses))
  );
}

/** Texts are compared as an owner would: whatever the case. */
function isAnsweredSo(
  enrolments: readonly Enrolment[],
  { question, is }: { question: string; is: string[] },
): boolean {
  const given = findAnswers(enrolments, question).map((answer) => answer.toLowerCase());
  return is.some((one) => (one === NO_ANSWER ? given.length === 0 : given.includes(one)));
}
/** No option is called so. */
export const NO_ANSWER = "none";

function holds(where: Where, person: Person, courses: readonly Course[]): boolean {
  if ("every" in where) return where.every.every((one) => holds(one, person, courses));
  if ("some" in where) return where.some.some((one) => holds(one, person, courses));
  return "not" in where ? !holds(where.not, person, courses) : isSelected(where, person, courses);
}

/** Why somebody whom the conditions name gets no issue; undefined for who gets it, and for who is not named. */
export function whyLeftOut(
  audience: Audience,
  person: Person,
  courses: readonly Course[],
): LeftOut | undefined {
  const { subscriber } = person;
  if (isInAudience(audience, person, courses)) return undefined;
  if (!isSelected({ ...audience, states: [...COURSE_STATES] }, person, courses)) return undefined;
  if (subscriber.status === "stopped") return "stopped";
  if (subscriber.status === "unconfirmed") return "unconfirmed";
  return subscriber.newsletter ? "mid-course" : "not asked for";
}

export type LeftOut = "stopped" | "unconfirmed" | "mid-course" | "not asked for";

/** In the course in which they were heard of last. A person who was sent no lesson is not silent. */
const countSilentLessons = (enrolments: readonly Enrolment[]): number =>
  Math.min(...(enrolments.length > 0 ? enrolments.map(({ silent = 0 }) => silent) : [0]));

function hasReached(part: string, enrolments: readonly Enrolment[], courses: readonly Course[]): boolean {
  return enrolments.some(({ course: slug, done }) => {
    const course = courses.find((candidate) => candidate.slug === slug);
    return (
      course !== undefined &&
      done.some((lesson) => course.lessons[lessonPlace(course, lesson)]?.part === part)
    );
  });
}

const matchesZone = (zone: string, pattern: string): boolean => {
  const name = todaysName(zone);
  return pattern.endsWith("/*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
};

/** Readers have few zones; some were written down by names that are no longer used. */
const names = new Map<string, string>();
function todaysName(zone: string): string {
  const known = names.get(zone);
  if (known !== undefined) return known;
  const name = canonicalZone(zone) ?? zone;
  names.set(zone, name);
  return name;
}

function isOfOrigin(subscriber: Person["subscriber"], origin: string): boolean {
  const { from, referrer } = findArrival(subscriber);
  return from === origin || referrer === origin;
}
