import { listOffered } from "../../consent/voices.ts";
import {
  findCourseFor,
  findLanguage,
  isNewsletter,
  newsletterAsCourse,
  requestedCourse,
} from "../../domain/content.ts";
import type { Cadence } from "../../domain/course/cadence.ts";
import { startAwaited } from "../../domain/course/cohort.ts";
import { type Course, type Lesson, lessonBySlug, nextLesson, wasHad } from "../../domain/course/course.ts";
import { datesInWords } from "../../domain/course/dates-in-words.ts";
import {
  type Enrolment,
  MOVE_OUTCOMES,
  type MoveOutcome,
  type Rating,
} from "../../domain/course/enrolment.ts";
import { plannedLetters } from "../../domain/course/letters.ts";
import { findMove } from "../../domain/course/moves.ts";
import { progressInWords } from "../../domain/course/progress.ts";
import { defaultCadence, localDate } from "../../domain/course/schedule.ts";
import { inLanguage } from "../../domain/course/translations.ts";
import { UNDO_LIFE, type Undo, writeUndo } from "../../domain/course/undo.ts";
import { readFacts } from "../../domain/course/whom.ts";
import { maskAddress } from "../../domain/people/address.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { readDispatchId } from "../../domain/sending/dispatch.ts";
import { DAY, type Instant } from "../../domain/time.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { EVERYTHING, undoToken, unsubscribeToken } from "../../links/links.ts";
import type { Services, WebResponse } from "../../ports.ts";
import { pageInLanguages } from "../languages.ts";
import { pageAnswer } from "../page.ts";
import { cadenceChoices, ratingChoices } from "../sign-up/choices.ts";
import { zoneGroups } from "../sign-up/zones.ts";
import type { Said } from "./act.ts";
import { answerFields, choiceCard } from "./change-answers.ts";
import { ratingMoment } from "./reader-acts.ts";

/** What a link in a mail has chosen already; it takes a press on the page to do it. */
export interface Preselected {
  act: string;
  rating?: Rating | undefined;
  /** Of whose lesson the move is asked about. */
  lesson?: string | undefined;
  move?: MoveOutcome | undefined;
  /** What a lesson asked at its end, and which of its options. */
  question?: string | undefined;
  answer?: string | undefined;
}

const PAUSES = [1, 2, 4] as const;
const ONCE_BYTES = 10;

/** The course that the page is about, and the others that the reader is in. */
interface Current {
  course: Course;
  /** Undefined for someone who has only the newsletter. */
  enrolment: Enrolment | undefined;
  others: Course[];
}

/**
 * The enrolment that the page is about: the one that was asked for, or that of the latest sign-up, or the first.
 * @param slug as the address of the page names it
 */
export async function currentEnrolment(
  services: Services,
  subscriber: Subscriber,
  slug: string | undefined,
): Promise<Current> {
  const enrolments = await services.store.enrolments(subscriber.id);
  const of = (name: string | undefined) => enrolments.find(({ course }) => course === name);
  const enrolment = of(slug) ?? of(subscriber.asksFor.course) ?? enrolments[0];
  const known = services.content.courses.filter((course) => of(course.slug));
  const course = known.find((one) => one.slug === enrolment?.course);
  return {
    course: course ? inLanguage(course, subscriber.language) : courseWithoutEnrolment(services, subscriber),
    enrolment: course && enrolment,
    others: known.filter((other) => other !== course),
  };
}

/** Who takes no course sees the page of what they get. */
function courseWithoutEnrolment(services: Services, subscriber: Subscriber): Course {
  const newsletter = subscriber.newsletter ? newsletterAsCourse(services.content) : undefined;
  return newsletter ?? requestedCourse(services, subscriber);
}

/** A reader's own page. The address is masked, and nothing on it is theirs alone: mails with this link get forwarded. */
export async function readerView(
  services: Services,
  subscriber: Subscriber,
  { token, slug }: { token: string; slug: string | undefined },
  said: Said,
  preselected: Preselected,
): Promise<WebResponse> {
  const { course, enrolment, others } = await currentEnrolment(services, subscriber, slug);
  const { words } = findLanguage(services.content, course);
  const cadence = cadenceValues(subscriber, course, enrolment);
  const sentAt = enrolment ? await lessonsSent(services, enrolment) : undefined;
  return pageAnswer(services, {
    name: "reader",
    title: say(words, isNewsletter(course) ? "reader.headingNewsletter" : "reader.heading"),
    course,
    values: {
      action: `/reader/${token}`,
      slug: course.slug,
      once: services.random(ONCE_BYTES),
      notice: said.notice ?? "",
      problem: said.problem ?? "",
      undo: said.undo ? await readerUndo(services, subscriber, said.undo) : "",
      masked: maskAddress(subscriber.address),
      isStopped: subscriber.status === "stopped",
      isCut: subscriber.stoppedBy === "bounce" || subscriber.stoppedBy === "complaint",
      newsletter: subscriber.newsletter,
      course: enrolment ? courseValues({ words, course, enrolment, subscriber }, sentAt, preselected) : false,
      voices: await voiceValues(services, subscriber, words),
      others: others.map(({ slug: other, title }) => ({ href: `/reader/${token}/${other}`, title })),
      dates: pauseDates(cadence, services.clock.now()),
      cadence: cadenceChoices(words, course, cadence),
      languages: pageInLanguages(course, ""),
      zoneGroups: zoneGroups(words, cadence.zone),
      leave: await leaveLinks(services, subscriber, course),
    },
  });
}

/** What others may read of theirs, by its lessons: none of the words stand here. */
async function voiceValues(services: Services, subscriber: Subscriber, words: Words) {
  const voices = await listOffered(services, subscriber);
  return voices.map(({ id, course: slug, lesson, standing, shown }) => {
    const course = findCourseFor(services, slug, subscriber);
    const title = (course && lessonBySlug(course, lesson)?.title) ?? course?.title ?? slug;
    const state = standing === "withdrawn" ? "refused" : standing;
    return { id, title, standing: say(words, `reader.voice.${state}`, { count: shown }) };
  });
}

/** @returns the token of the button that takes back what was just done */
export async function readerUndo(services: Services, { id }: Subscriber, undo: Undo): Promise<string> {
  const expiresAt = services.clock.now() + UNDO_LIFE;
  return undoToken(await services.keyring.keys(), { subscriber: id, expiresAt }, writeUndo(undo));
}

/** When the lessons of this run left, by their slugs. */
async function lessonsSent({ store }: Services, enrolment: Enrolment): Promise<Map<string, Instant>> {
  const sent = new Map<string, Instant>();
  for (const entry of await store.ledger(enrolment.subscriber)) {
    const dispatch = readDispatchId(entry.dispatch);
    const isOfRun = dispatch?.list === enrolment.course && dispatch.run === enrolment.run;
    if (isOfRun && dispatch.kind === "lesson") sent.set(dispatch.slug, entry.sentAt);
  }
  return sent;
}

interface Shown {
  words: Words;
  course: Course;
  enrolment: Enrolment;
  subscriber: Subscriber;
}

function courseValues(
  { words, course, enrolment, subscriber }: Shown,
  sentAt: Map<string, Instant> | undefined,
  preselected: Preselected,
) {
  const { status, run } = enrolment;
  const moment = ratingMoment(enrolment, course, subscriber);
  const runs = status === "active" || status === "paused";
  const facts = readFacts(enrolment, subscriber);
  const lesson = nextLesson(course, enrolment, facts);
  return {
    title: course.title,
    progress: progressInWords(words, course, enrolment, facts, sentAt),
    isPaused: status === "paused",
    isLeft: status === "left",
    runs,
    next:
      runs && lesson && startAwaited(enrolment) === undefined
        ? { slug: lesson.slug, title: lesson.title }
        : false,
    asksForNext: preselected.act === "next-lesson",
    asksIfHere: runs && preselected.act === "here",
    asksToPause: preselected.act === "pause",
    asksForSettings: preselected.act === "settings",
    pauses: PAUSES.map((weeks) => ({ weeks, says: say(words, `reader.weeks${weeks}`) })),
    canStartAgain: status === "completed" || (runs && enrolment.done.length > 0),
    run,
    move: moveValues(words, course, enrolment, preselected),
    asksForMove: preselected.act === "move" && findMoveMeant(course, enrolment, preselected) !== undefined,
    questions: status === "left" ? [] : answerFields(words, course, enrolment),
    choice:
      status !== "left" && preselected.act === "choose" && choiceCard(words, course, enrolment, preselected),
    letters: lettersValues(words, course, enrolment),
    later: status === "completed" && { areWanted: enrolment.laterLessons === true },
    asksForLater: status === "completed" && preselected.act === "later",
    mayLeave: runs || status === "completed",
    rates: status !== "left",
    isSecondRating: moment === "after",
    asksToRate: status !== "left" && (preselected.act === "rating" || preselected.rating !== undefined),
    rating: ratingChoices(course, preselected.rating ?? enrolment.ratings[moment]),
  };
}

/** The lesson that a link names, if its reader has had it; else the one that they had last. */
function findMoveMeant(
  course: Course,
  { done, status }: Enrolment,
  { lesson }: Preselected,
): Lesson | undefined {
  if (status === "left") return undefined;
  const named = lesson === undefined ? undefined : lessonBySlug(course, lesson);
  if (named && wasHad(named, done)) return named;
  const latest = done.at(-1);
  return latest === undefined ? undefined : lessonBySlug(course, latest);
}

function moveValues(words: Words, course: Course, enrolment: Enrolment, preselected: Preselected) {
  const lesson = findMoveMeant(course, enrolment, preselected);
  if (!lesson) return false;
  const chosen = preselected.move ?? findMove(enrolment, lesson);
  const options = MOVE_OUTCOMES.map((value) => ({
    value,
    says: say(words, `moves.${value}`),
    chosen: value === chosen,
  }));
  return { slug: lesson.slug, title: lesson.title, says: lesson.move, options };
}

/** The letters that are announced, or were until their reader wanted none. */
function lettersValues(words: Words, course: Course, enrolment: Enrolment) {
  const planned = plannedLetters(enrolment, course);
  if (planned.length === 0) return false;
  const dates = planned.map(({ dueAt }) => dueAt);
  return {
    dates: datesInWords(words, enrolment.cadence, dates),
    areWanted: enrolment.noLetters !== true,
  };
}

/** From tomorrow on, for half a year, by the reader's calendar. */
const pauseDates = (cadence: Cadence, now: Instant) => ({
  first: localDate(cadence, now + DAY),
  last: localDate(cadence, now + 25 * 7 * DAY),
});

const cadenceValues = (subscriber: Subscriber, course: Course, enrolment: Enrolment | undefined): Cadence =>
  enrolment?.cadence ?? defaultCadence(course, subscriber.zone);

async function leaveLinks({ keyring }: Services, { id }: Subscriber, course: Course) {
  const keys = await keyring.keys();
  const link = (list: string) => `/unsubscribe/${unsubscribeToken(keys, { subscriber: id, list })}`;
  return { course: link(course.slug), everything: link(EVERYTHING) };
}
