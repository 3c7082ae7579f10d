import { findRefusal } from "../../functions/consent/answer-reader.ts";
import { findCourse } from "../../functions/domain/content.ts";
import {
  type Course,
  type Lesson,
  lessonBySlug,
  lessonNumber,
} from "../../functions/domain/course/course.ts";
import { type Enrolment, isQuoting, quotedName } from "../../functions/domain/course/enrolment.ts";
import { waitsForOwner } from "../../functions/domain/desk-place.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { answerKey } from "../../functions/domain/replies/conversation.ts";
import { bringsGraveNews, type Reflection } from "../../functions/domain/replies/reflection.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import {
  type DeliveryState,
  dispatchId,
  type LedgerEntry,
  readDispatchId,
} from "../../functions/domain/sending/dispatch.ts";
import type { Holder } from "../../functions/domain/sending/holder.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { KIND_IN_WORDS } from "./kind-in-words.ts";
import { type ReplyKey, replyName } from "./reply-name.ts";

/** A reply, and all that was said about it, by whomever. */
export interface Conversation {
  name: string;
  reader: Subscriber;
  enrolment?: Enrolment;
  reply: Reflection;
  /** The lesson that was replied to, as the course has it now. */
  lesson?: Lesson;
  /** Oldest first. */
  turns: Turn[];
  isWaiting: boolean;
  /** Why no answer can be written; absent where one can. */
  refusal?: string;
}

export interface Turn {
  at: Instant;
  who: "course" | "reader" | "machine" | "owner";
  /** What it is, in a line. */
  says: string;
  /** Of a reply: by which of its words it was taken for that. */
  because?: string;
  words?: string;
  /** Of a mail: how far it has come. */
  state?: "waits" | DeliveryState;
  /** The reply that the conversation was asked for. */
  isAsked?: true;
}

/** All that is kept of a reader, for their conversations. */
interface ReaderRecords {
  reader: Subscriber;
  enrolments: Enrolment[];
  ledger: LedgerEntry[];
  replies: Reflection[];
}

/** The whole conversation around a reply; undefined if it or its reader is not there any more. */
export async function readConversation(
  { services }: Pick<Deployment, "services">,
  key: ReplyKey,
): Promise<Conversation | undefined> {
  const { store } = services;
  const reader = await store.subscriber(key.subscriber);
  if (!reader) return undefined;
  const [enrolments, ledger, replies] = await Promise.all([
    store.enrolments(reader.id),
    store.ledger(reader.id),
    store.reflections(reader.id),
  ]);
  const reply = replies.find(({ id }) => id === key.id);
  if (!reply) return undefined;
  const enrolment = enrolments.find(({ course }) => course === reply.course);
  const course = findCourse(services, reply.course);
  const lesson = course && lessonBySlug(course, reply.lesson);
  const refusal = findRefusal(reader, enrolments, reply);
  const kept = { reader, enrolments, ledger, replies };
  return {
    name: replyName(reply),
    reader,
    ...(enrolment && { enrolment }),
    reply,
    ...(lesson && { lesson }),
    turns: listTurns(kept, reply, course).sort((one, other) => one.at - other.at),
    isWaiting: waitsForOwner(reply),
    ...(refusal !== undefined && { refusal }),
  };
}

function listTurns(kept: ReaderRecords, asked: Reflection, course: Course | undefined): Turn[] {
  const thread = findThread(kept.replies, asked);
  const first = thread.find(({ inReplyTo }) => readDispatchId(inReplyTo)?.kind !== "answer") ?? asked;
  return [
    ...mailThatWasAnswered(kept, first, course),
    ...thread.flatMap((reply) => [
      replyTurn(reply, asked),
      ...promptTurns(kept, reply, course),
      ...kept.replies.filter(({ answers }) => answers === reply.id).map((one) => answerTurn(kept, one)),
      ...lookBackTurns(kept, reply, course),
    ]),
  ];
}

/** Replies to the same mail, to what quoted one of them, and to each answer of the owner's to one of them. */
function findThread(replies: readonly Reflection[], asked: Reflection): Reflection[] {
  const written = replies.filter(({ replyKind }) => replyKind !== "owner-answer");
  const thread = new Set([asked]);
  for (let before = 0; before !== thread.size; ) {
    before = thread.size;
    for (const one of written)
      if ([...thread].some((other) => isBeside(one, other) || isFollowUp(replies, one, other)))
        thread.add(one);
  }
  return [...thread];
}

const isBeside = (one: Reflection, other: Reflection): boolean =>
  one.inReplyTo === other.inReplyTo ||
  one.follows === other.id ||
  other.follows === one.id ||
  (one.course === other.course && one.run === other.run && one.lesson === other.lesson);

/** One of the two is in reply to the owner's answer to the other. */
const isFollowUp = (replies: readonly Reflection[], one: Reflection, other: Reflection): boolean =>
  replies.some(
    ({ id, answers }) =>
      (answers === other.id && isToAnswer(one, id)) || (answers === one.id && isToAnswer(other, id)),
  );

function isToAnswer({ inReplyTo }: Reflection, answer: string): boolean {
  const read = readDispatchId(inReplyTo);
  return read?.kind === "answer" && read.slug === answer;
}

function mailThatWasAnswered(
  { ledger }: ReaderRecords,
  reply: Reflection,
  course: Course | undefined,
): Turn[] {
  const entry = ledger.find(({ dispatch }) => dispatch === reply.inReplyTo);
  if (!entry) return [];
  const lesson = course && lessonBySlug(course, reply.lesson);
  const kind = readDispatchId(reply.inReplyTo)?.kind ?? "mail";
  const says =
    course && lesson ? `Lesson ${lessonNumber(course, lesson)}: ${lesson.title}` : `${kind} ${reply.lesson}`;
  const isLesson = kind === "lesson";
  return [
    {
      at: entry.sentAt,
      who: "course",
      says: isLesson || kind === "issue" ? says : `${kind} of ${says}`,
      ...(isLesson && lesson && { words: lesson.question }),
      state: entry.state,
    },
  ];
}

function replyTurn(one: Reflection, asked: Reflection): Turn {
  const grave = bringsGraveNews(one) && one.replyKind !== "grave" ? ", with grave news" : "";
  return {
    at: one.receivedAt,
    who: "reader",
    says: `${KIND_IN_WORDS[one.replyKind]}${grave}`,
    because: one.reason,
    words: one.ownWords,
    ...(one.id === asked.id && { isAsked: true as const }),
  };
}

/** The one automatic answer, if it went to this reply, or is about to. */
function promptTurns(kept: ReaderRecords, reply: Reflection, course: Course | undefined): Turn[] {
  const { enrolments, ledger, reader } = kept;
  const enrolment = enrolments.find((one) => one.course === reply.course);
  if (!enrolment || enrolment.prompted[reply.lesson] !== reply.id) return [];
  const key = mailKey("prompt", reply.lesson);
  const id = dispatchId({
    ...{ subscriber: reader.id, list: reply.course, run: reply.run },
    ...({ kind: "prompt", slug: reply.lesson } as const),
  });
  const prompts = course && lessonBySlug(course, reply.lesson)?.prompts;
  const words = prompts && findPrompt(reply, prompts, course.answersQuestions);
  return mailTurn({
    entry: ledger.find(({ dispatch }) => dispatch === id),
    waits: enrolment.agenda[key],
  }).map((mail) => ({ ...mail, who: "machine", says: "The automatic answer", ...(words && { words }) }));
}

function findPrompt(
  { replyKind }: Reflection,
  prompts: Lesson["prompts"],
  answersQuestions: boolean,
): string {
  if (replyKind === "very-short") return prompts.veryShort;
  return replyKind === "question" && answersQuestions ? prompts.question : prompts.substantial;
}

/** It has left, waits, or went nowhere. */
function answerTurn({ reader, enrolments, ledger }: ReaderRecords, answer: Reflection): Turn {
  const holders: Holder[] = [reader, ...enrolments];
  const waits = holders.some(({ agenda }) => agenda[answerKey(answer.id)] !== undefined);
  const entry = ledger.find(({ dispatch }) => {
    const read = readDispatchId(dispatch);
    return read?.kind === "answer" && read.slug === answer.id;
  });
  const state = entry?.state ?? (waits ? "waits" : undefined);
  return {
    at: answer.receivedAt,
    who: "owner",
    says: state === undefined ? "You wrote this, and it went nowhere" : "You answered",
    words: answer.ownWords,
    ...(state !== undefined && { state }),
  };
}

/** The mails that quoted these words to their reader. */
function lookBackTurns(kept: ReaderRecords, reply: Reflection, course: Course | undefined): Turn[] {
  const enrolment = kept.enrolments.find((one) => one.course === reply.course);
  const names = Object.entries(enrolment?.lookedBack ?? {}).filter(([, quoted]) => quoted === reply.id);
  return names.flatMap(([name]) => {
    const entry = kept.ledger.find(({ dispatch }) => {
      const read = readDispatchId(dispatch);
      return read && isQuoting(read.kind) && quotedName(read) === name && read.list === reply.course;
    });
    const title = course ? quotedTitle(course, name) : name;
    return mailTurn({ entry }).map(
      (mail): Turn => ({ ...mail, who: "machine", says: `These words were quoted to them again: ${title}` }),
    );
  });
}

/** The part that was looked back on, or the letter after the course. */
const quotedTitle = ({ parts, letters = [] }: Course, name: string): string =>
  parts.find(({ slug }) => slug === name)?.title ??
  letters.find(({ slug }) => mailKey("letter", slug) === name)?.subject ??
  name;

function mailTurn({
  entry,
  waits,
}: {
  entry: LedgerEntry | undefined;
  waits?: { dueAt: Instant } | undefined;
}): Pick<Turn, "at" | "state">[] {
  if (entry) return [{ at: entry.sentAt, state: entry.state }];
  return waits ? [{ at: waits.dueAt, state: "waits" }] : [];
}
