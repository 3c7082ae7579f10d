import { LESSON_KEY, RESUME_KEY, WELCOME_KEY, withoutEntry } from "../sending/agenda.ts";
import { type Instant, MINUTE } from "../time.ts";
import type { Cadence } from "./cadence.ts";
import {
  type Enrolment,
  type MoveOutcome,
  type Rating,
  withEarlierRun,
  withNewSchedule,
  withReturn,
} from "./enrolment.ts";
import { withLaterLessons, withoutLaterLessons } from "./later-lessons.ts";
import { withLettersAgain, withoutLetters } from "./letters.ts";
import { withMove } from "./moves.ts";

/** How long after an act of a reader it can be taken back. */
export const UNDO_LIFE = 30 * MINUTE;

/**
 * What takes an act on a reader's page back: what stood there before, and as much of the enrolment as tells whether
 * it is still the one that was changed. It is small enough to travel in the button that undoes the act.
 */
export type Undo =
  | { act: "schedule"; course: string; before: ScheduleBefore }
  | { act: "rating"; course: string; run: number; moment: "before" | "after"; rating?: Rating }
  | { act: "move"; course: string; run: number; lesson: string; outcome?: MoveOutcome }
  | { act: "again"; course: string; run: number }
  | { act: "letters"; course: string; noLetters: boolean }
  | { act: "later"; course: string; isWanted: boolean }
  | { act: "leave"; list: string }
  | { act: "newsletter"; newsletter: boolean }
  | { act: "name"; name?: string }
  | { act: "words"; reflection: string };

/** When and whether lessons came. */
interface ScheduleBefore {
  run: number;
  status: "active" | "paused";
  cadence: Cadence;
  /** How many lessons had been sent. */
  had: number;
  lessonAt?: Instant;
  resumeAt?: Instant;
}

/** Taken before a pause, a resume, a change of the cadence, or a lesson that was asked for at once. */
export function keepSchedule(enrolment: Enrolment): ScheduleBefore | undefined {
  const { run, status, cadence, done, agenda } = enrolment;
  if (status !== "active" && status !== "paused") return undefined;
  const { [LESSON_KEY]: lesson, [RESUME_KEY]: resume } = agenda;
  return { run, status, cadence, had: done.length, lessonAt: lesson?.dueAt, resumeAt: resume?.dueAt };
}

/** The schedule as it was. A lesson that has left meanwhile has left; then the next one is planned anew. */
function withScheduleRestored(enrolment: Enrolment, before: ScheduleBefore, now: Instant): Enrolment {
  const { status, run, agenda, done } = enrolment;
  if (run !== before.run || (status !== "active" && status !== "paused")) return enrolment;
  const others = withoutEntry(agenda, (key) => key === RESUME_KEY);
  if (before.resumeAt !== undefined) others[RESUME_KEY] = { dueAt: before.resumeAt, doubts: 0 };
  const restored = { ...enrolment, status: before.status, cadence: before.cadence, agenda: others };
  const lesson = others[LESSON_KEY];
  if (!lesson) return restored;
  if (done.length !== before.had || before.lessonAt === undefined) return withNewSchedule(restored, now);
  others[LESSON_KEY] = { ...lesson, dueAt: before.lessonAt };
  return restored;
}

/** An enrolment with an act taken back; the same one if there is nothing of it to take back any more. */
export function withEnrolmentUndone(enrolment: Enrolment, undo: Undo, now: Instant): Enrolment {
  switch (undo.act) {
    case "schedule":
      return withScheduleRestored(enrolment, undo.before, now);
    case "rating":
      return withRatingRestored(enrolment, undo);
    case "move":
      return enrolment.run === undo.run
        ? withMove(enrolment, { slug: undo.lesson, was: [] }, undo.outcome)
        : enrolment;
    case "letters":
      return undo.noLetters ? withoutLetters(enrolment) : withLettersAgain(enrolment, now - UNDO_LIFE);
    case "later":
      return undo.isWanted ? withLaterLessons(enrolment, now) : withoutLaterLessons(enrolment);
    case "again":
      return enrolment.run === undo.run ? withEarlierRun(enrolment) : enrolment;
    case "leave":
      return withReturn(enrolment);
    default:
      return enrolment;
  }
}

/** Whether mail of what is taken back has left: that cannot be called back, and whoever takes it back is told. */
export function isPartlySent({ run, done, agenda }: Enrolment, undo: Undo): boolean {
  if (undo.act === "schedule") return run === undo.before.run && done.length > undo.before.had;
  return undo.act === "again" && run === undo.run && (done.length > 0 || !agenda[WELCOME_KEY]);
}

function withRatingRestored(enrolment: Enrolment, undo: Undo & { act: "rating" }): Enrolment {
  if (enrolment.run !== undo.run) return enrolment;
  const ratings = { ...enrolment.ratings };
  if (undo.rating) ratings[undo.moment] = undo.rating;
  else delete ratings[undo.moment];
  return { ...enrolment, ratings };
}

/** As the token carries it. It is signed, so what is read back is what was written here. */
export const writeUndo = (undo: Undo): string => JSON.stringify(undo);
export const readUndo = (text: string): Undo => JSON.parse(text) as Undo;
