import type { Telling } from "../events/outbox.ts";
import {
  type Agenda,
  type AgendaEntry,
  COMPLETION_KEY,
  type DuePlace,
  duePlace,
  isMailKey,
  LESSON_KEY,
  type MailName,
  mailKey,
  RESUME_KEY,
  readKey,
  WELCOME_KEY,
  withoutEntry,
} from "../sending/agenda.ts";
import { CLAIM_LIFE, type Claim } from "../sending/claim.ts";
import type { AgendaKey } from "../sending/dispatch.ts";
import { type DispatchKind, mailKind } from "../sending/mail-kinds.ts";
import type { Instant } from "../time.ts";
import { foresee } from "./branches.ts";
import type { Cadence } from "./cadence.ts";
import { type Course, type Lesson, lessonsBehind, nextLesson } from "./course.ts";
import type { Answers } from "./questions.ts";
import {
  completionTime,
  firstLessonTime,
  letterTime,
  nextLessonTime,
  resumedLessonTime,
} from "./schedule.ts";
import { type PersonFacts, readFacts } from "./whom.ts";

/**
 * A subscriber in a course. `inert` until consent was checked once more; then `active ⇄ paused`,
 * `active → completed`, `active` or `paused → left`; back by `left → active` and, as a new run, `completed → active`.
 */
export interface Enrolment extends Telling {
  kind: "enrolment";
  subscriber: string;
  course: string;
  version: number;
  status: "inert" | "active" | "paused" | "completed" | "left";
  run: number;
  cadence: Cadence;
  /** Slugs of the lessons that were sent in this run, in that order. Progress is this set, never a number. */
  done: string[];
  /** The lesson that the owner has put them before: it comes next, until it was had. */
  movedTo?: string;
  /** When the latest lesson left. */
  lastLessonAt?: Instant;
  /** To the sign-up form's questions, in whichever run; absent of who was asked none. */
  answers?: Answers;
  /** Which reflection each lesson's one automatic answer went to. */
  prompted: Record<string, string>;
  ratings: { before?: Rating; after?: Rating };
  /** What became of the moves of this run, by the slugs of their lessons; absent until the first is told. */
  moves?: Record<string, MoveOutcome>;
  /** The latest reflections whose command was carried out: a second delivery of one does nothing. */
  obeyed?: string[];
  /** Which reflection the look-back of each part, and each letter (by its key), quoted: its answer is kept beside that one. */
  lookedBack?: Record<string, string>;
  /** The latest wait for a reader who was away; kept when it is over. */
  hold?: Hold;
  startedAt: Instant;
  completedAt?: Instant;
  /** They want no letters of this course, in whichever run. What is planned rests. */
  noLetters?: true;
  /** They want the lessons that the course gets after its end. */
  laterLessons?: true;
  /** Left only: what it was before, so that a slip can be taken back. */
  leftFrom?: "active" | "paused" | "completed";
  /** What "start again" put aside, until it is pressed once more. */
  earlier?: EarlierRun;
  /** Lessons that were sent since the last sign of life; absent right after one. */
  silent?: number;
  /** How many that were when a mail announced that the course will pause for it. */
  toldOfSilence?: number;
  /** The latest form that its reader sent, so that sending it twice is sending it once. */
  lastForm?: { once: string; undo: string };
  agenda: Agenda;
  claim?: Claim;
}

/** How an enrolment stood before it was started again. */
type EarlierRun = Pick<
  Enrolment,
  | "run"
  | "status"
  | "done"
  | "movedTo"
  | "lastLessonAt"
  | "lookedBack"
  | "prompted"
  | "ratings"
  | "moves"
  | "startedAt"
  | "completedAt"
  | "agenda"
>;

export type Rating = 1 | 2 | 3 | 4 | 5;

/** What a reader can say of a lesson's move, in the order in which it is offered. */
export const MOVE_OUTCOMES = ["made", "notYet", "noMoment"] as const;
export type MoveOutcome = (typeof MOVE_OUTCOMES)[number];

/** Written before consent is read once more; nothing is sent for it. */
export function inertEnrolment(
  subscriber: string,
  course: string,
  cadence: Cadence,
  now: Instant,
): Enrolment {
  return {
    kind: "enrolment",
    subscriber,
    course,
    version: 0,
    status: "inert",
    run: 1,
    cadence,
    done: [],
    prompted: {},
    ratings: {},
    startedAt: now,
    agenda: {},
  };
}

/**
 * The course begins: the welcome at once, lesson 1 on the next day on which lessons come, at the reader's hour.
 * Someone who had left goes on where they were; someone who had completed, or had left before lesson 1, starts a
 * new run.
 * @param start the day on which a cohort begins: lesson 1 comes then
 */
export function withActivation(enrolment: Enrolment, now: Instant, start?: string): Enrolment {
  if (enrolment.status === "active" || enrolment.status === "paused") return enrolment;
  if (enrolment.status === "left" && enrolment.done.length > 0 && enrolment.completedAt === undefined) {
    const lesson = enrolment.agenda[LESSON_KEY] ?? { dueAt: now, doubts: 0 };
    const { leftFrom: _, silent: __, toldOfSilence: ___, ...back } = enrolment;
    return withResumption({ ...back, status: "paused", agenda: { [LESSON_KEY]: lesson } }, now);
  }
  const run = enrolment.status === "inert" ? enrolment.run : nextRun(enrolment);
  return withBeginning(enrolment, run, now, start);
}

/**
 * The course from lesson 1, as a new run, so that it sends again. What stood before is put aside for an undo.
 * While a mail is on its way nothing changes: it belongs to the run that it was claimed in.
 */
export function withNewRun(enrolment: Enrolment, now: Instant): Enrolment {
  const { claim, status } = enrolment;
  if (claim || status === "inert" || status === "left") return enrolment;
  return { ...withBeginning(enrolment, nextRun(enrolment), now), earlier: enrolmentRun(enrolment) };
}

/** Takes "start again" back. Its run stays used, so that another start sends under names of its own. */
export function withEarlierRun(enrolment: Enrolment): Enrolment {
  const { earlier, movedTo, lastLessonAt, completedAt, lookedBack, moves, ...rest } = enrolment;
  if (!earlier || enrolment.claim || earlier.run >= enrolment.run) return enrolment;
  return { ...rest, ...earlier, earlier: enrolmentRun(enrolment) };
}

/** Only what is there: an item holds no field without a value. */
export function enrolmentRun(enrolment: Enrolment): EarlierRun {
  const { run, status, done, prompted, ratings, startedAt, agenda } = enrolment;
  const { movedTo, lastLessonAt, lookedBack, completedAt, moves } = enrolment;
  return {
    ...{ run, status, done, prompted, ratings, startedAt, agenda },
    ...(movedTo !== undefined && { movedTo }),
    ...(lastLessonAt !== undefined && { lastLessonAt }),
    ...(lookedBack && { lookedBack }),
    ...(moves && { moves }),
    ...(completedAt !== undefined && { completedAt }),
  };
}

/** No run is used twice: the ledger knows a mail by its run. */
export const nextRun = ({ run, earlier }: Enrolment): number => Math.max(run, earlier?.run ?? 0) + 1;

function withBeginning(enrolment: Enrolment, run: number, now: Instant, start?: string): Enrolment {
  const started: Enrolment = {
    ...enrolment,
    status: "active",
    run,
    done: [],
    prompted: {},
    ratings: {},
    startedAt: now,
    agenda: {
      [WELCOME_KEY]: { dueAt: now, doubts: 0 },
      [LESSON_KEY]: {
        dueAt: firstLessonTime(enrolment.cadence, now, start),
        doubts: 0,
        ...(start !== undefined && { notBefore: start }),
      },
    },
  };
  delete started.completedAt;
  delete started.lastLessonAt;
  delete started.movedTo;
  delete started.hold;
  delete started.lookedBack;
  delete started.moves;
  delete started.leftFrom;
  delete started.silent;
  delete started.toldOfSilence;
  return started;
}

/**
 * "Send the next lesson now", also out of a pause, which it ends. It asks for one lesson: pressed again while that
 * one is due or on its way, it changes nothing. The offer names the lesson, so that a form that is sent
 * twice does not ask for the one behind it as well. Before a cohort begins nothing can be asked for.
 */
export function wantsLessonNow(enrolment: Enrolment, now: Instant): Enrolment {
  const entry = enrolment.agenda[LESSON_KEY];
  const runs = enrolment.status === "active" || enrolment.status === "paused";
  if (
    !runs ||
    !entry ||
    entry.notBefore !== undefined ||
    (enrolment.status === "active" && entry.dueAt <= now)
  )
    return enrolment;
  const others = withoutEntry(enrolment.agenda, (key) => key === RESUME_KEY);
  const dueAt = Math.min(entry.dueAt, now);
  return { ...enrolment, status: "active", agenda: { ...others, [LESSON_KEY]: { ...entry, dueAt } } };
}

/** Lessons and look-backs stop until `until`, or until the reader resumes. Answers to their replies go on. */
export function withPause(enrolment: Enrolment, until?: Instant): Enrolment {
  if (enrolment.status !== "active" && enrolment.status !== "paused") return enrolment;
  const agenda = withoutEntry(enrolment.agenda, (key) => key === RESUME_KEY);
  if (until !== undefined) agenda[RESUME_KEY] = { dueAt: until, doubts: 0 };
  return { ...enrolment, status: "paused", agenda };
}

/** Goes on at the reader's next slot. A lesson that became due during the pause does not leave the same minute. */
export function withResumption(enrolment: Enrolment, now: Instant): Enrolment {
  if (enrolment.status !== "paused") return enrolment;
  const agenda = withoutEntry(enrolment.agenda, (key) => key === RESUME_KEY);
  const active: Enrolment = { ...enrolment, status: "active", agenda };
  return withNewSchedule(active, now);
}

/** The reader chose another day, hour, zone or pace. Never brings a lesson nearer than the pace allows. */
export function withCadence(enrolment: Enrolment, cadence: Cadence, now: Instant): Enrolment {
  return withNewSchedule({ ...enrolment, cadence }, now);
}

export function withNewSchedule(enrolment: Enrolment, now: Instant): Enrolment {
  const entry = enrolment.agenda[LESSON_KEY];
  if (!entry) return enrolment;
  const dueAt = nextSlot(enrolment, now);
  return { ...enrolment, agenda: { ...enrolment.agenda, [LESSON_KEY]: { ...entry, dueAt } } };
}

function nextSlot(enrolment: Enrolment, now: Instant): Instant {
  const { cadence, lastLessonAt } = enrolment;
  const entry = enrolment.agenda[LESSON_KEY];
  if (lastLessonAt === undefined) return firstLessonTime(cadence, now, entry?.notBefore);
  const slot = nextLessonTime(cadence, lastLessonAt, entry?.after);
  return slot >= now ? slot : resumedLessonTime(cadence, now);
}

/**
 * The reader left this course. What has been claimed may still leave within its minute; nothing else does. The
 * agenda stays as it is and rests, so that a slip can be taken back whole.
 */
export function withLeft(enrolment: Enrolment): Enrolment {
  const { status } = enrolment;
  if (status === "left") return enrolment;
  return status === "inert"
    ? { ...enrolment, status: "left" }
    : { ...enrolment, status: "left", leftFrom: status };
}

/** Takes the leaving back: everything is as it was, and what became due meanwhile is sent. */
export function withReturn(enrolment: Enrolment): Enrolment {
  const { leftFrom, ...back } = enrolment;
  return enrolment.status === "left" && leftFrom ? { ...back, status: leftFrom } : enrolment;
}

/** What the entry would send, or undefined if there is nothing left of it to send, or nothing for this reader. */
export function nextSlug(
  enrolment: Enrolment,
  key: AgendaKey,
  course: Course,
  person: PersonFacts,
): string | undefined {
  if (key === LESSON_KEY) return nextLesson(course, enrolment, readFacts(enrolment, person))?.slug;
  return readKey(key)?.slug;
}

/**
 * The agenda after the dispatch for `key` has left (or is known to have left): the entry is gone, a lesson is
 * done, and what follows it is planned. Applied to the item as it is now, so a pause made meanwhile survives.
 * @param sentAt when SES accepted it
 * @param person whose enrolment it is: some lessons are for some of them
 */
export function withAdvance(
  enrolment: Enrolment,
  key: AgendaKey,
  slug: string,
  course: Course,
  sentAt: Instant,
  person: PersonFacts,
): Enrolment {
  const { claim: _, hold: __, ...rest } = enrolment;
  const hold = withHoldTold(enrolment);
  const free: Enrolment = { ...rest, ...(hold && { hold }) };
  const agenda = withoutEntry(free.agenda, (other) => other === key);
  if (key === COMPLETION_KEY)
    return {
      ...free,
      agenda: { ...agenda, ...planLetters(free, course, sentAt), ...planLaterLook(free, sentAt) },
      status: withCompletion(free.status),
      completedAt: sentAt,
    };
  if (key !== LESSON_KEY) return { ...free, agenda, ...withQuoted(free, key, slug) };
  // Where the owner had put them counts for one lesson: if it was not theirs, or is gone, it does not come once it is.
  const { movedTo: ___, ...onward } = free;
  const taught: Enrolment = {
    ...onward,
    agenda,
    done: free.done.includes(slug) ? free.done : [...free.done, slug],
    lastLessonAt: sentAt,
  };
  return planNext(taught, course, person, sentAt);
}

/** The letters that the completion announced, as far as the course still has them. */
function planLetters({ agenda, cadence }: Enrolment, { letters = [] }: Course, completedAt: Instant): Agenda {
  const announced = agenda[COMPLETION_KEY]?.announces ?? [];
  const planned = letters
    .filter(({ slug }) => announced.includes(slug))
    .map(({ slug, days }) => [
      mailKey("letter", slug),
      { dueAt: letterTime(cadence, completedAt, days), doubts: 0 },
    ]);
  return Object.fromEntries(planned);
}

function withQuoted(
  { agenda, lookedBack }: Enrolment,
  key: AgendaKey,
  slug: string,
): Pick<Enrolment, "lookedBack"> {
  const kind = readKey(key)?.kind;
  const quoted = kind && isQuoting(kind) ? agenda[key]?.reflection : undefined;
  if (kind === undefined || quoted === undefined) return {};
  return { lookedBack: { ...lookedBack, [quotedName({ kind, slug })]: quoted } };
}

/** A mail that quotes one reply to its reader, and whose answer is kept beside that one. */
export const isQuoting = (kind: DispatchKind): boolean => kind === "look-back" || kind === "letter";

/** What a mail that quoted the reader stands under in `lookedBack`. A part's slug may be a letter's. */
export const quotedName = ({ kind, slug }: MailName): string =>
  kind === "letter" ? mailKey(kind, slug) : slug;

/** Once a week, for who wants the lessons that the course gets after its end, it is looked whether there is one. */
const LOOKS_EVERY_DAYS = 7;
const planLaterLook = ({ laterLessons, cadence }: Enrolment, before: Instant): Agenda =>
  laterLessons ? { [LESSON_KEY]: { dueAt: letterTime(cadence, before, LOOKS_EVERY_DAYS), doubts: 0 } } : {};

/**
 * What comes after the latest lesson: the next one, or the completion. Also mends an agenda that a deploy outdated, and one
 * whose lesson is for this reader no more. A run has one completion: who had it, and has had what was added since, is at
 * the end again.
 */
export function planNext(enrolment: Enrolment, course: Course, person: PersonFacts, now: Instant): Enrolment {
  const { cadence, lastLessonAt, agenda } = enrolment;
  const next = nextLesson(course, enrolment, readFacts(enrolment, person));
  const others = withoutEntry(agenda, (key) => key === LESSON_KEY);
  // Who has had no lesson has finished nothing.
  if (lastLessonAt === undefined) return next ? enrolment : { ...enrolment, agenda: others };
  if (!next && enrolment.completedAt !== undefined) {
    const look = planLaterLook(enrolment, agenda[LESSON_KEY]?.dueAt ?? lastLessonAt);
    return { ...enrolment, status: withCompletion(enrolment.status), agenda: { ...others, ...look } };
  }
  const lesson = next ? lessonEntry(cadence, lastLessonAt, next) : planLook(enrolment, course, person, now);
  const follows: Agenda = lesson
    ? { [LESSON_KEY]: lesson }
    : { [COMPLETION_KEY]: { dueAt: completionTime(cadence, lastLessonAt), doubts: 0 } };
  return { ...enrolment, agenda: { ...others, ...follows } };
}

/**
 * Where no lesson is for this reader by what is known now, and others are ahead: on the days on which one could come, until
 * the course would end, it is looked at whether one has become theirs.
 */
function planLook(
  enrolment: Enrolment,
  course: Course,
  person: PersonFacts,
  now: Instant,
): AgendaEntry | undefined {
  const { cadence, lastLessonAt } = enrolment;
  if (lastLessonAt === undefined || lessonsBehind(course, enrolment).length === 0) return undefined;
  const first = nextLessonTime(cadence, lastLessonAt);
  const dueAt = first > now ? first : resumedLessonTime(cadence, now + 1);
  const { isCertain } = foresee(course, enrolment, readFacts(enrolment, person));
  const isInTime = dueAt <= completionTime(cadence, lastLessonAt) || (dueAt === first && !isCertain);
  return isInTime ? { dueAt, doubts: 0 } : undefined;
}

/** What its author lets it wait is kept beside it: a change of day, hour or pace keeps to that. */
const lessonEntry = (cadence: Cadence, lastLessonAt: Instant, { after }: Lesson): AgendaEntry => ({
  dueAt: nextLessonTime(cadence, lastLessonAt, after),
  doubts: 0,
  ...(after !== undefined && { after }),
});

const withCompletion = (status: Enrolment["status"]): Enrolment["status"] =>
  status === "left" ? "left" : "completed";

/** What of an enrolment's agenda may act in its present status. */
export function mayEnrolment({ status, noLetters, laterLessons }: Enrolment, key: AgendaKey): boolean {
  if (isMailKey("letter", key)) return status === "completed" && !noLetters;
  if (key === LESSON_KEY && status === "completed") return laterLessons === true;
  if (status === "active") return true;
  if (status === "inert" || status === "left") return false;
  if (key === RESUME_KEY) return status === "paused";
  const mail = readKey(key);
  return mail !== undefined && mailKind(mail.kind).leavesAlsoWhile.includes(status);
}

/** A reader of the course, whether it runs, waits or is over: they are answered and written to. */
export const isInCourse = ({ status }: Pick<Enrolment, "status">): boolean =>
  status === "active" || status === "paused" || status === "completed";

/** Lessons come, or come again when a pause ends. */
export const isGoingOn = ({ status }: Pick<Enrolment, "status">): boolean =>
  status === "active" || status === "paused";

export function enrolmentDue(enrolment: Enrolment): DuePlace | undefined {
  return duePlace(enrolment.agenda, sendable(enrolment), (key) => mayEnrolment(enrolment, key));
}

/** A claim on an enrolment that was left is resolved when its reader returns, not by the index. */
const sendable = (enrolment: Enrolment): Claim | undefined =>
  enrolment.status === "left" || enrolment.status === "inert" ? undefined : enrolment.claim;

/** The course waits because the reader's mailbox said that they are away. */
export interface Hold {
  /** The beginning of the day after, on the reader's clock. */
  until: Instant;
  /** When we heard of it. */
  since: Instant;
  /** A mail has told the reader how to undo it. */
  isTold?: boolean;
}

/** The hold, after a mail left that was composed when the claim was taken. */
function withHoldTold({ hold, claim }: Enrolment): Hold | undefined {
  const composedAt = claim ? claim.until - CLAIM_LIFE : undefined;
  const isIn = hold && composedAt !== undefined && composedAt >= hold.since;
  return isIn ? { ...hold, isTold: true } : hold;
}
