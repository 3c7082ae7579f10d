import { type Course, lessonBySlug, ownLessons } from "../course/course.ts";
import type { Enrolment } from "../course/enrolment.ts";
import type { Telling } from "../events/outbox.ts";
import type { Subscriber } from "../people/subscriber.ts";
import type { Dispatch } from "../sending/dispatch.ts";
import type { Instant } from "../time.ts";
import type { LeaveRequest, Request } from "./asks/asks.ts";
import type { Command } from "./command.ts";
import { learnSignatures, withoutSignature } from "./signature.ts";

/** What a reply turned out to be. Reflection, very short and question stand in the journal. */
export type ReplyKind =
  | "reflection"
  | "very-short"
  | "question"
  | "unsubscribe"
  | "command"
  | "grave"
  | "unclear-leaving"
  | "unclear-command"
  | "auto-reply"
  | "out-of-office"
  | "delivery-report"
  | "loop"
  | "virus"
  | "spam"
  | "foreign-sender"
  | "owner-answer"
  | "unmatched"
  | "unparsed";

/** A reader's own words in reply to a lesson. */
export interface Reflection extends Telling {
  kind: "reflection";
  /** Hash of the reply's RFC Message-ID: the same mail, however often it comes, is the same reflection. */
  id: string;
  subscriber: string;
  course: string;
  run: number;
  /** The lesson, or the slug of whatever dispatch was replied to. */
  lesson: string;
  /** The dispatch that was replied to. */
  inReplyTo: string;
  /** The owner's answers only: the reflection that it answers. */
  answers?: string;
  receivedAt: Instant;
  /** Its Date field, as written: mails are signed with it, and not always with their Message-ID. */
  dated?: string;
  replyKind: ReplyKind;
  /** Why it was taken for that kind, in words. */
  reason: string;
  /** Whole: what is a signature is left out only where they are quoted. */
  ownWords: string;
  /** What it asked for, and what was carried out. */
  asked?: Request[];
  /** What stands beside what it asked for: these words are a reply like any other. */
  besides?: string;
  /** What it is once its reader has said, by a press, that it is theirs. Until then nothing follows from it. */
  awaits?: Awaited;
  /** DMARC did not pass: From may be forged. */
  isUnproven?: true;
  /** It was written on the lesson's page: by whoever has the link, which may have been passed on. */
  isFromPage?: true;
  /** Besides a request it brings grave news. A reply that brings nothing else is of that kind. */
  isGrave?: true;
  /** Of an answer to a look-back or to a letter: the reflection that it had quoted. */
  follows?: string;
  /** What stood there before the reader changed their words. */
  wordsBefore?: string;
  /** When the owner last answered it. */
  answeredAt?: Instant;
  /** When the owner put it aside: nothing is to be done about it any more. */
  doneAt?: Instant;
  /** Counts its changes; absent before the first. */
  version?: number;
  subject: string;
  /** Of the reader's mail, with angle brackets: our answer threads by them (RFC 5322 §3.6.4). */
  messageId: string;
  references: string[];
  attachments: { name: string; type: string; size: number }[];
  /** Key of the raw mail in the inbox bucket; absent for what the owner wrote at the console. */
  raw?: string;
}

export type Awaited = Pick<Reflection, "replyKind" | "reason" | "asked" | "besides" | "isGrave">;

/**
 * The same mail under another Message-ID, which few servers sign and anybody can change: written in the same second, with
 * the same words. Not by the mail that it answers: the envelope says that, and it is not signed. The one that came first is
 * the reader's.
 */
export const isSameMail = (one: Reflection, other: Reflection): boolean =>
  one.id !== other.id &&
  one.dated !== undefined &&
  one.dated === other.dated &&
  one.ownWords === other.ownWords;

/** The reply, once its reader has said that it is theirs. */
export function confirmedReply({ awaits, ...reflection }: Reflection): Reflection {
  if (!awaits) return reflection;
  const { isUnproven: _, ...kept } = reflection;
  return { ...kept, ...awaits };
}

/** Nobody proves that its reader wrote it: From may be forged, or the link of a page may be in other hands. */
export const isByAnybody = ({ isUnproven, isFromPage }: Pick<Reflection, "isUnproven" | "isFromPage">) =>
  isUnproven === true || isFromPage === true;

/** Whose reply it is, and to which mail. */
export interface RepliedTo {
  subscriber: Subscriber;
  dispatch: Dispatch;
}

/** What was asked of the course. */
export const listCommands = ({ asked = [] }: Pick<Reflection, "asked">): Command[] =>
  asked.filter((one): one is Command => one.name !== "leave");

export const findLeaveRequest = ({ asked = [] }: Pick<Reflection, "asked">): LeaveRequest | undefined =>
  asked.find((one): one is LeaveRequest => one.name === "leave");

/** How to quote a reader: their words without the signature that their replies teach. */
export function quotable(reflections: readonly Reflection[]): (reflection: Reflection) => string {
  const signatures = learnSignatures(reflections.filter(inJournal).map(journalWords));
  return (reflection) => withoutSignature(journalWords(reflection), signatures);
}

/** It stands in its reader's journal: words of theirs, or the words beside a request. */
export const inJournal = ({ replyKind, besides }: Pick<Reflection, "replyKind" | "besides">): boolean =>
  ["reflection", "very-short", "question", "grave"].includes(replyKind) || besides !== undefined;

/** Grave news stands in the reader's own journal, and nowhere else. */
export const bringsGraveNews = ({ replyKind, isGrave }: Pick<Reflection, "replyKind" | "isGrave">): boolean =>
  replyKind === "grave" || isGrave === true;

/** What a journal shows of a reply: without what it asked for. */
const journalWords = ({ besides, ownWords }: Reflection): string => besides ?? ownWords;

/** A reader's longest reflection in a part of a course, in the present run; undefined if they wrote none. */
export function findLongest(
  reflections: readonly Reflection[],
  { course: slug, run }: Pick<Enrolment, "course" | "run">,
  course: Course,
  part: string,
): Reflection | undefined {
  const words = quotable(reflections);
  const ofPart = reflections
    .filter((one) => one.course === slug && one.run === run && inJournal(one) && !bringsGraveNews(one))
    .filter((one) => lessonBySlug(course, one.lesson)?.part === part);
  return longest(ofPart, words);
}

/** Undefined where nothing is left of any without its signature. */
const longest = (reflections: readonly Reflection[], words: (one: Reflection) => string) =>
  reflections.reduce<Reflection | undefined>(
    (best, one) => (words(one).length > (best ? words(best).length : 0) ? one : best),
    undefined,
  );

/**
 * What a letter quotes: the answer to their last lesson of the course, else the longest reflection of the present run; undefined of
 * who wrote neither. Grave words never.
 */
export function chooseForLetter(
  reflections: readonly Reflection[],
  { course: slug, run, done }: Pick<Enrolment, "course" | "run" | "done">,
  course: Course,
): Reflection | undefined {
  const words = quotable(reflections);
  const theirs = reflections.filter(
    (one) => one.course === slug && one.run === run && inJournal(one) && !bringsGraveNews(one),
  );
  const ofLessons = theirs.filter((one) => lessonBySlug(course, one.lesson) !== undefined);
  const last = ownLessons(course, done).at(-1);
  const ofLast = ofLessons.filter((one) => lessonBySlug(course, one.lesson) === last);
  return longest(ofLast, words) ?? longest(ofLessons, words);
}

/** The reader put it otherwise. */
export function withWords(reflection: Reflection, words: string): Reflection {
  const { besides, ...kept } = reflection;
  if (besides === undefined) return { ...kept, ownWords: words, wordsBefore: reflection.ownWords };
  return { ...kept, besides: words, wordsBefore: besides };
}

/** The words as they stood before the latest change. */
export function restoredWords(reflection: Reflection): Reflection {
  const { wordsBefore, ...kept } = reflection;
  if (wordsBefore === undefined) return reflection;
  return kept.besides === undefined ? { ...kept, ownWords: wordsBefore } : { ...kept, besides: wordsBefore };
}

/** The owner answered it; the latest answer counts. */
export const withAnswer = (reflection: Reflection, at: Instant): Reflection =>
  (reflection.answeredAt ?? 0) >= at ? reflection : { ...reflection, answeredAt: at };

/** The owner put it aside. */
export const withDone = (reflection: Reflection, at: Instant): Reflection =>
  reflection.doneAt === undefined ? { ...reflection, doneAt: at } : reflection;

/** It waits again, also where it was answered. */
export function withoutDone(reflection: Reflection): Reflection {
  const { doneAt, answeredAt, ...waiting } = reflection;
  return doneAt === undefined && answeredAt === undefined ? reflection : waiting;
}
