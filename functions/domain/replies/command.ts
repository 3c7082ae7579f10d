import { Temporal } from "temporal-polyfill";
import { withAnswer } from "../course/answers.ts";
import { findRhythm, type Rhythm, withRhythm } from "../course/cadence.ts";
import { startAwaited } from "../course/cohort.ts";
import { type Course, type Lesson, lessonBySlug, ownLessons } from "../course/course.ts";
import {
  type Enrolment,
  isInCourse,
  type MoveOutcome,
  type Rating,
  wantsLessonNow,
  withCadence,
  withPause,
  withResumption,
} from "../course/enrolment.ts";
import { withLaterLessons } from "../course/later-lessons.ts";
import { withoutLetters } from "../course/letters.ts";
import { withMove } from "../course/moves.ts";
import { findQuestion, isOption, type Question } from "../course/questions.ts";
import { timeTomorrow, wasToday } from "../course/schedule.ts";
import { isMailKey, LESSON_KEY, mailKey } from "../sending/agenda.ts";
import type { Dispatch } from "../sending/dispatch.ts";
import { DAY, type Instant } from "../time.ts";
import type { PlainCommand } from "../words/command-phrases.ts";

/** What a reader may ask of the course in a reply. */
export type Command =
  | { name: "pause"; weeks: number | undefined; until?: string }
  | { name: "rate"; rating: Rating }
  | { name: "move"; outcome: MoveOutcome }
  /** What a lesson asked at its end, by the slugs of the question and of one of its options. */
  | { name: "choose"; question: string; option: string }
  /** No letters of the course, long after its end. */
  | { name: "no-letters" }
  | { name: "later-lessons" }
  /** Others may read their answer; or not any more. */
  | { name: "offer" }
  | { name: "take-back" }
  | { name: PlainCommand };
/** What is answered by how to ask: leaving was spoken of, or steering, and what is wanted is not certain. */
export type Unsure = { name: "unsure-leaving" } | { name: "unsure-steering" };
const LONGEST_PAUSE_WEEKS = 52;

/** The figure that a reply is, with nothing beside it but a name. */
export function readRating(ownWords: string): Rating | undefined {
  const [first = "", ...below] = ownWords.split("\n").filter((line) => line.trim() !== "");
  const isAlone = below.length <= MOST_LINES_BELOW && below.every((line) => line.length <= LONGEST_LINE);
  const [figure] = (isAlone && /^\s*([1-5])\s*[.!]?\s*$/.exec(first)?.slice(1)) || [];
  return figure === undefined ? undefined : (Number(figure) as Rating);
}
const MOST_LINES_BELOW = 4;
const LONGEST_LINE = 120;

/**
 * Which of the two ratings a mail asks for, if it does: the welcome the first, the last lesson the second.
 * @param done lessons that its reader has had
 */
export function readRatingRequest(
  course: Course,
  done: readonly string[],
  { kind, slug }: Pick<Dispatch, "kind" | "slug">,
): "before" | "after" | undefined {
  if (kind === "welcome") return "before";
  const isLastLesson = kind === "lesson" && lessonBySlug(course, slug) === ownLessons(course, done).at(-1);
  return isLastLesson || kind === "completion" ? "after" : undefined;
}

/** What became of a command; each has its notice. */
export type Occasion =
  | "paused"
  | "resumed"
  | "running"
  | "next"
  | "tomorrow"
  /** A lesson was asked for before the day on which its cohort begins. */
  | "waits"
  | "slower"
  | "faster"
  | "slowest"
  | "fastest"
  | "over"
  | "rated"
  | "move"
  | "chosen"
  | "noletters"
  | "later"
  /** Others may read an answer, once the owner has chosen it; the word was not proven to be its reader's; not any more. */
  | "offered"
  | "offerproof"
  | "takenback"
  | "journal"
  | "help"
  /** A lesson was asked for by someone who may be anybody: a button asks once more. */
  | "confirm"
  | "unsure"
  | "how";

/** Commands in a reader's mail. */
export interface Order {
  commands: readonly (Command | Unsure)[];
  /** The mail that it came in: what was obeyed once is not obeyed again, however often it is delivered. */
  reflection: string;
  receivedAt: Instant;
  now: Instant;
  /** The rating that the mail asked for which was replied to. */
  asks: "before" | "after" | undefined;
  /** The lesson whose move it asked about. */
  asksMoveOf?: Lesson | undefined;
  /** All of the course. */
  questions: readonly Question[];
  /** That the course offers. */
  paces: readonly Rhythm[];
  /** False for someone who has had their answers for today: they are obeyed in silence. */
  isConfirmed: boolean;
  /** False where From may be forged: what cannot be undone is not done before a button was pressed. */
  isProven: boolean;
  /** Grave news stand beside it: it is confirmed by one line. */
  isPlain: boolean;
}

/** Longer than anybody gives orders while one of their mails is still on its way. */
const OBEYED_KEPT = 20;

/**
 * The enrolment with commands obeyed, in their order, and one confirmation of all of them on the agenda, in one change. Unchanged if it was obeyed
 * before, or if the reader has left: nobody is answered who went.
 */
export function withCommands(enrolment: Enrolment, order: Order): Enrolment {
  const { reflection, now, isConfirmed, isPlain } = order;
  if (!isInCourse(enrolment) || enrolment.obeyed?.includes(reflection)) return enrolment;
  let changed = enrolment;
  const occasions: Occasion[] = [];
  for (const command of order.commands) {
    const [next, occasion] = outcome(changed, command, order);
    changed = next;
    if (!occasions.includes(occasion)) occasions.push(occasion);
  }
  const key = mailKey("notice", [...occasions, ...(isPlain ? [PLAINLY] : []), reflection].join("-"));
  const notice = { [key]: { dueAt: now, doubts: 0, reflection } };
  return {
    ...changed,
    agenda: { ...changed.agenda, ...(isConfirmed && notice) },
    obeyed: [...(enrolment.obeyed ?? []), reflection].slice(-OBEYED_KEPT),
  };
}

/** In the slug of a notice: it is one line, and no more. */
export const PLAINLY = "plainly";
/** In the slug of the mail after leaving: another course of theirs goes on. */
export const ALSO = "also";

/** Who sent a command is waiting to hear of it. */
export const isToBeTold = (enrolment: Enrolment, reflection: string): boolean =>
  Object.entries(enrolment.agenda).some(
    ([key, entry]) => isMailKey("notice", key) && entry.reflection === reflection,
  );

type CarriedOut = [Enrolment, Occasion];

function outcome(enrolment: Enrolment, command: Command | Unsure, order: Order): CarriedOut {
  const { now } = order;
  if (command.name === "unsure-leaving") return [enrolment, "unsure"];
  if (command.name === "unsure-steering") return [enrolment, "how"];
  if (command.name === "journal" || command.name === "help") return [enrolment, command.name];
  if (command.name === "rate") return withRating(enrolment, command.rating, order);
  if (command.name === "move")
    return order.asksMoveOf
      ? [withMove(enrolment, order.asksMoveOf, command.outcome), "move"]
      : [enrolment, "help"];
  if (command.name === "choose") return withChoice(enrolment, command, order);
  if (command.name === "no-letters") return [withoutLetters(enrolment), "noletters"];
  if (command.name === "later-lessons")
    return enrolment.status === "completed"
      ? [withLaterLessons(enrolment, now), "later"]
      : [enrolment, "help"];
  if (command.name === "offer") return [enrolment, order.isProven ? "offered" : "offerproof"];
  if (command.name === "take-back") return [enrolment, "takenback"];
  if (enrolment.status === "completed") return [enrolment, "over"];
  if (command.name === "pause")
    return [withPause(enrolment, pauseEnd(command, order.receivedAt, enrolment.cadence.zone)), "paused"];
  if (command.name === "next")
    return order.isProven || startAwaited(enrolment) !== undefined
      ? withNextNow(enrolment, now)
      : [enrolment, "confirm"];
  if (command.name === "resume")
    return enrolment.status === "paused"
      ? [withResumption(enrolment, now), "resumed"]
      : [enrolment, "running"];
  return withPace(enrolment, command.name, order);
}

/**
 * When a pause by reply ends; undefined: when the reader resumes. A year at the most. A day ends it at its beginning
 * on the reader's clock.
 */
export function pauseEnd(
  { weeks, until }: { weeks: number | undefined; until?: string },
  now: Instant,
  zone: string,
): Instant | undefined {
  if (until !== undefined) return Temporal.PlainDate.from(until).toZonedDateTime(zone).epochMilliseconds;
  return weeks === undefined ? undefined : now + Math.min(weeks, LONGEST_PAUSE_WEEKS) * 7 * DAY;
}

function withRating(enrolment: Enrolment, rating: Rating, { asks }: Order): CarriedOut {
  if (!asks) return [enrolment, "help"];
  return [{ ...enrolment, ratings: { ...enrolment.ratings, [asks]: rating } }, "rated"];
}

/** A question, or an option, that a deploy has taken away meanwhile cannot be chosen any more. */
function withChoice(
  enrolment: Enrolment,
  { question: slug, option }: { question: string; option: string },
  order: Order,
): CarriedOut {
  const question = findQuestion(order, slug);
  if (!question || !isOption(question, option)) return [enrolment, "help"];
  return [withAnswer(enrolment, question, option), "chosen"];
}

/** The next lesson now, whichever it is; not a second one on one day of the reader's. Ends a pause. */
function withNextNow(enrolment: Enrolment, now: Instant): CarriedOut {
  if (startAwaited(enrolment) !== undefined) return [enrolment, "waits"];
  const going = wantsLessonNow(enrolment, now);
  const entry = going.agenda[LESSON_KEY];
  if (!entry) return [enrolment, "over"];
  const { cadence, lastLessonAt } = going;
  if (lastLessonAt === undefined || !wasToday(cadence, lastLessonAt, now)) return [going, "next"];
  const planned = enrolment.agenda[LESSON_KEY]?.dueAt ?? 0;
  const tomorrow = timeTomorrow(cadence, now);
  const dueAt = planned > now ? Math.min(planned, tomorrow) : tomorrow;
  return [{ ...going, agenda: { ...going.agenda, [LESSON_KEY]: { ...entry, dueAt } } }, "tomorrow"];
}

function withPace(enrolment: Enrolment, to: "slower" | "faster", { paces, now }: Order): CarriedOut {
  const { cadence } = enrolment;
  const rhythm = findRhythm(paces, cadence, to);
  if (!rhythm) return [enrolment, to === "faster" ? "fastest" : "slowest"];
  return [withCadence(enrolment, withRhythm(cadence, rhythm), now), to];
}
