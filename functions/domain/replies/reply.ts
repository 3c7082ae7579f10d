import type { Course } from "../course/course.ts";
import { type Enrolment, isInCourse } from "../course/enrolment.ts";
import { type AgendaEntry, mailKey } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import type { Asks } from "./asks/asks.ts";
import { readRating } from "./command.ts";
import { FOLLOWS } from "./follows.ts";
import { deliveryReport, type MailFacts, machine, outOfOffice } from "./machine.ts";
import type { ReplyKind } from "./reflection.ts";

/** What SES says of a mail that came in. */
export type Verdict = "PASS" | "FAIL" | "GRAY" | "PROCESSING_FAILED" | "DISABLED";

/** All that the kind of a reply is decided by. */
export interface ReplyFacts extends MailFacts {
  /** From is the address of the subscriber whom the reply is bound to. */
  isFromSubscriber: boolean;
  /** From's domain is that of the subscriber's address, and not one that strangers share. */
  isFromSubscribersDomain: boolean;
  /** It came to the address that only the mail's recipient was told. */
  isByToken: boolean;
  /** It was typed into the box of a lesson's page: no machine wrote it, and no mail provider proves who did. */
  isFromPage?: boolean;
  /** Its reader is a rehearsal's: their address is one of ours. */
  isRehearsal?: boolean;
  mailDomain: string;
  /** What it asks for. */
  asks: Asks;
  /** The mail that was replied to asked for a rating: only there is a bare figure one. */
  asksForRating: boolean;
  verdicts: Record<"spam" | "virus" | "spf" | "dkim" | "dmarc", Verdict>;
}

export interface Classification {
  kind: ReplyKind;
  /** Why, in words for the owner. Holds no words of the reader's. */
  reason: string;
}

/** A reply of fewer words is very short: a line is what a lesson asks for. */
const FEW_WORDS = 4;

/**
 * What a reply is: the first rule that applies decides. Machines come before people, so that none is ever
 * answered; leaving comes before trust, so that no reader is held against their will.
 */
export function classify(facts: ReplyFacts): Classification {
  const open = rules().filter(([kind]) => !facts.isFromPage || FOLLOWS[kind] !== "machine");
  for (const [kind, applies] of open) {
    const reason = applies(facts);
    if (reason !== undefined) return { kind, reason: withProof(reason, facts) };
  }
  return { kind: "reflection", reason: withProof("Own words of a person", facts) };
}

function withProof(reason: string, facts: ReplyFacts): string {
  if (facts.isFromPage) return `${reason} (written on the page)`;
  return isProven(facts) ? reason : `${reason} (not proven)`;
}

/** Kinds that a prompt may answer. */
export type Answerable = "reflection" | "very-short" | "question";
export const isAnswerable = (kind: ReplyKind): kind is Answerable =>
  kind === "reflection" || kind === "very-short" || kind === "question";

type Rule = (facts: ReplyFacts) => string | undefined;

/** In this order. */
const rules = (): [ReplyKind, Rule][] => [
  ["delivery-report", deliveryReport],
  ["out-of-office", outOfOffice],
  ["auto-reply", machine],
  ["loop", loop],
  ["virus", virus],
  ["unsubscribe", unsubscribeRequest],
  ["spam", spam],
  ["foreign-sender", foreignSender],
  ["command", command],
  ["unparsed", empty],
  ["grave", grave],
  ["unclear-leaving", unclearLeaving],
  ["unclear-command", unclearCommand],
  ["question", question],
  ["very-short", veryShort],
];

/** Ours, come back: our own mail is From our domain, and so is an answer of ours to an answer of ours. */
function loop({ from, mailDomain, ...facts }: ReplyFacts): string | undefined {
  // What goes to a rehearsal's reader comes back to nobody: it is stored, and no queue is told.
  if (facts.isRehearsal && facts.isFromSubscriber && facts.isByToken) return undefined;
  return readDomain(from) === mailDomain.toLowerCase() ? "From is an address of ours" : undefined;
}

// ---- Trust ----

/** DMARC has passed. Without it From may be anybody: what cannot be undone is confirmed first. */
export const isProven = ({ verdicts }: Pick<ReplyFacts, "verdicts">): boolean => verdicts.dmarc === "PASS";

/** It may change what its reader gets: it is from their address, and SES saw nothing against it. */
export const isTrusted = (facts: ReplyFacts): boolean =>
  foreignSender(facts) === undefined && spam(facts) === undefined && virus(facts) === undefined;

const virus = ({ verdicts }: ReplyFacts): string | undefined =>
  verdicts.virus === "FAIL" ? "SES found a virus" : undefined;

/** A sender with the token, from the reader's domain, may leave for them: DMARC is not asked then. */
function unsubscribeRequest(facts: ReplyFacts): string | undefined {
  const isTheirs = facts.isFromSubscriber || facts.isFromSubscribersDomain;
  const isProven = facts.isByToken || foreignSender(facts) === undefined;
  if (!isTheirs || !isProven || !facts.asks.leave) return undefined;
  return `It asks to leave${facts.asks.leave.isAll ? " everything" : ""}, from the subscriber's own address or domain`;
}

function foreignSender({ isFromSubscriber, verdicts }: ReplyFacts): string | undefined {
  if (!isFromSubscriber) return "It came from another address than the mail went to";
  return verdicts.dmarc === "FAIL" ? "DMARC failed: From may be forged" : undefined;
}

const spam = ({ verdicts }: ReplyFacts): string | undefined =>
  verdicts.spam === "FAIL" ? "SES took it for spam" : undefined;

// ---- People ----

const empty = ({ ownWords }: ReplyFacts): string | undefined =>
  wordCount(ownWords) === 0 ? "No words of the reader's own were found" : undefined;

function command({ ownWords, asks, asksForRating }: ReplyFacts): string | undefined {
  const names = asks.commands.map(({ name }) => `"${name}"`);
  if (names.length > 0) return `It asks for ${names.join(" and ")}`;
  return asksForRating && readRating(ownWords) !== undefined
    ? "It is a figure, and one was asked for"
    : undefined;
}

/** What was nearly asked for is answered by how to ask, and is no reflection. */
const unclearLeaving = ({ asks }: ReplyFacts): string | undefined =>
  asks.unclear === "leaving" ? "It speaks of leaving, and what is wanted is not certain" : undefined;
const unclearCommand = ({ asks }: ReplyFacts): string | undefined =>
  asks.unclear === "steering"
    ? "It speaks of when lessons come, and what is wanted is not certain"
    : undefined;

const grave = ({ asks }: ReplyFacts): string | undefined =>
  asks.isGrave ? "Its words speak of something grave: no machine answers" : undefined;

const QUESTION = /[\p{L}\p{N}\p{M})"'”’»] ?[?؟\u037e][!?؟]{0,3}["'”’»)\]]{0,3}(?:\s|$)|[\p{L}\p{N}]？/u;

/** A question mark of any script at a sentence's end; French puts a space before it. Links are not sentences. */
export const asksQuestion = (words: string): boolean => QUESTION.test(withoutLinks(words));

const question = ({ ownWords }: ReplyFacts): string | undefined =>
  asksQuestion(ownWords) ? "A sentence of it ends in a question mark" : undefined;

const withoutLinks = (text: string): string => text.replace(/https?:\/\/\S{1,2000}/gi, " ");

function veryShort({ ownWords }: ReplyFacts): string | undefined {
  const count = wordCount(ownWords);
  return count < FEW_WORDS ? `It has ${count} words` : undefined;
}

/** Words; two characters of a script without spaces count as one. */
export function wordCount(text: string): number {
  const dense = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0;
  const spaced = text.replace(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu, " ");
  return (spaced.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0) + Math.ceil(dense / 2);
}

// ---- What follows from it ----

interface PromptFor {
  lesson: string;
  reflection: string;
  kind: Answerable;
  dueAt: Instant;
}

/**
 * The enrolment with the one automatic answer to a lesson planned. Unchanged if the lesson has had its answer,
 * or if the reader has left: readers who left get no answer.
 */
export function promptPlanned(enrolment: Enrolment, prompt: PromptFor, course: Course): Enrolment {
  if (!isInCourse(enrolment) || enrolment.prompted[prompt.lesson] !== undefined) return enrolment;
  const entry: AgendaEntry = {
    dueAt: prompt.dueAt,
    doubts: 0,
    reflection: prompt.reflection,
    answers: promptKind(prompt.kind, course),
  };
  return {
    ...enrolment,
    prompted: { ...enrolment.prompted, [prompt.lesson]: prompt.reflection },
    agenda: { ...enrolment.agenda, [mailKey("prompt", prompt.lesson)]: entry },
  };
}

/** A question is told to have gone to someone only where someone answers. */
function promptKind(kind: Answerable, course: Course): NonNullable<AgendaEntry["answers"]> {
  if (kind === "question" && course.answersQuestions) return "question";
  return kind === "very-short" ? "very-short" : "substantial";
}

const readDomain = (address: string | undefined): string =>
  (address ?? "").slice((address ?? "").lastIndexOf("@") + 1).toLowerCase();
