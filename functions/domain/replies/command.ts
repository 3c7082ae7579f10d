import { PACES } from "../course/cadence.ts";
import { type Course, lessonBySlug } from "../course/course.ts";
import {
  type Enrolment,
  isInCourse,
  type Rating,
  wantsLessonNow,
  withCadence,
  withPause,
  withResumption,
} from "../course/enrolment.ts";
import { timeTomorrow, wasToday } from "../course/schedule.ts";
import { isKeyOf, LESSON_KEY, mailKey } from "../sending/agenda.ts";
import type { AgendaKey, Dispatch } from "../sending/dispatch.ts";
import { DAY, type Instant } from "../time.ts";
import { type Commands, PLAIN, type PlainCommand } from "../words/command-phrases.ts";

/** What a reader may tell the course by a line of its own. */
export type Command =
  | { name: "pause"; weeks: number | undefined }
  | { name: "rate"; rating: Rating }
  | { name: PlainCommand };
const MOST_LINES_BELOW = 4;
const LONGEST_LINE = 120;
const LONGEST_PAUSE_WEEKS = 52;

/** The command in the first line; what follows it may be four short lines (a name, a greeting), not a text. */
export function readCommand(ownWords: string, commands: Commands): Command | undefined {
  const [first = "", ...below] = ownWords.split("\n").filter((line) => line.trim() !== "");
  const isAlone = below.length <= MOST_LINES_BELOW && below.every((line) => line.length <= LONGEST_LINE);
  if (!isAlone || first.length > LONGEST_LINE) return undefined;
  const words = foldCase(first);
  const weeks = commands.pauseWeeks.flatMap((phrase) => readWeeks(words, phrase) ?? [])[0];
  if (weeks !== undefined || commands.pause.includes(words)) return { name: "pause", weeks };
  if (/^\s*[1-5]\s*[.!]?\s*$/.test(first)) return { name: "rate", rating: Number(words) as Rating };
  const name = PLAIN.find((candidate) => commands[candidate].includes(words));
  return name && { name };
}

/** The number in the place of `{weeks}`, if the rest is the phrase. */
function readWeeks(words: string, phrase: string): number | undefined {
  const [before = "", after = ""] = phrase.split("{weeks}");
  const count = words.slice(before.length, words.length - after.length);
  return /^[1-9]\d?$/.test(count) && words === before + count + after ? Number(count) : undefined;
}

/** The words of a text in lower case, one space between them. */
export const foldCase = (text: string): string =>
  (
    text
      .slice(0, 500)
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).join(" ");

/** Which of the two ratings a mail asks for, if it does: the welcome the first, the last lesson the second. */
export function readRatingRequest(
  course: Course,
  { kind, slug }: Pick<Dispatch, "kind" | "slug">,
): "before" | "after" | undefined {
  if (kind === "welcome") return "before";
  const isLastLesson = kind === "lesson" && lessonBySlug(course, slug) === course.lessons.at(-1);
  return isLastLesson || kind === "completion" ? "after" : undefined;
}

/** What became of a command; each has its notice. */
export type Occasion =
  | "paused"
  | "resumed"
  | "running"
  | "next"
  | "tomorrow"
  | "slower"
  | "faster"
  | "slowest"
  | "fastest"
  | "over"
  | "rated"
  | "journal"
  | "help";

/** A command in a reader's mail. */
export interface Order {
  command: Command;
  /** The mail that it came in: what was obeyed once is not obeyed again, however often it is delivered. */
  reflection: string;
  receivedAt: Instant;
  now: Instant;
  /** The rating that the mail asked for which was replied to. */
  asks: "before" | "after" | undefined;
  /** False for someone who has had their answers for today: they are obeyed in silence. */
  isConfirmed: boolean;
}

/** Longer than anybody gives orders while one of their mails is still on its way. */
const OBEYED_KEPT = 20;

/**
 * The enrolment with a command obeyed and its confirmation on the agenda, in one change. Unchanged if it was obeyed
 * before, or if the reader has left: readers who left get no answer.
 */
export function withCommand(enrolment: Enrolment, order: Order): Enrolment {
  const { reflection, now, isConfirmed } = order;
  if (!isInCourse(enrolment) || enrolment.obeyed?.includes(reflection)) return enrolment;
  const [changed, occasion] = outcome(enrolment, order);
  const notice = { [noticeKey(occasion, reflection)]: { dueAt: now, doubts: 0, reflection } };
  return {
    ...changed,
    agenda: { ...changed.agenda, ...(isConfirmed && notice) },
    obeyed: [...(enrolment.obeyed ?? []), reflection].slice(-OBEYED_KEPT),
  };
}

const noticeKey = (occasion: Occasion, reflection: string): AgendaKey =>
  mailKey("notice", `${occasion}-${reflection}`);

/** Who sent a command is waiting to hear of it. */
export const isToBeTold = (enrolment: Enrolment, reflection: string): boolean =>
  Object.entries(enrolment.agenda).some(
    ([key, entry]) => isKeyOf("notice", key) && entry.reflection === reflection,
  );

type CarriedOut = [Enrolment, Occasion];

function outcome(enrolment: Enrolment, order: Order): CarriedOut {
  const { command, now } = order;
  if (command.name === "journal" || command.name === "help") return [enrolment, command.name];
  if (command.name === "rate") return withRating(enrolment, command.rating, order);
  if (enrolment.status === "completed") return [enrolment, "over"];
  if (command.name === "pause")
    return [withPause(enrolment, pauseEnd(command.weeks, order.receivedAt)), "paused"];
  if (command.name === "next") return withNextNow(enrolment, now);
  if (command.name === "resume")
    return enrolment.status === "paused"
      ? [withResumption(enrolment, now), "resumed"]
      : [enrolment, "running"];
  return withPace(enrolment, command.name, now);
}

/** How long a pause by reply lasts; undefined: until the reader resumes. A year at the most. */
export const pauseEnd = (weeks: number | undefined, now: Instant): Instant | undefined =>
  weeks === undefined ? undefined : now + Math.min(weeks, LONGEST_PAUSE_WEEKS) * 7 * DAY;

function withRating(enrolment: Enrolment, rating: Rating, { asks }: Order): CarriedOut {
  if (!asks) return [enrolment, "help"];
  return [{ ...enrolment, ratings: { ...enrolment.ratings, [asks]: rating } }, "rated"];
}

/** The next lesson now, whichever it is; not a second one on one day of the reader's. Ends a pause. */
function withNextNow(enrolment: Enrolment, now: Instant): CarriedOut {
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

function withPace(enrolment: Enrolment, to: "slower" | "faster", now: Instant): CarriedOut {
  const { cadence } = enrolment;
  const pace = PACES[PACES.indexOf(cadence.pace) + (to === "faster" ? 1 : -1)];
  if (!pace) return [enrolment, to === "faster" ? "fastest" : "slowest"];
  return [withCadence(enrolment, { ...cadence, pace }, now), to];
}
