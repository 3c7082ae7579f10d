import type { Course } from "../course/course.ts";
import { type Enrolment, isInCourse } from "../course/enrolment.ts";
import { type AgendaEntry, mailKey } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import type { Commands } from "../words/command-phrases.ts";
import { foldCase, readCommand } from "./command.ts";
import { deliveryReport, type MailFacts, machine, outOfOffice } from "./machine.ts";
import type { ReplyKind } from "./reflection.ts";

type Verdict = "PASS" | "FAIL" | "GRAY" | "PROCESSING_FAILED" | "DISABLED";

/** All that the kind of a reply is decided by. */
export interface ReplyFacts extends MailFacts {
  /** From is the address of the subscriber whom the reply is bound to. */
  isFromSubscriber: boolean;
  /** From's domain is that of the subscriber's address, and not one that strangers share. */
  isFromSubscribersDomain: boolean;
  /** It came to the address that only the mail's recipient was told. */
  isByToken: boolean;
  mailDomain: string;
  /** How commands are written in the language of what was replied to. */
  commands: Commands;
  /** The mail that was replied to asked for a rating: only there is a bare figure one. */
  asksForRating: boolean;
  verdicts: Record<"spam" | "virus" | "spf" | "dkim" | "dmarc", Verdict>;
}

export interface Classification {
  kind: ReplyKind;
  /** Why, in words for the owner. Holds no words of the reader's. */
  reason: string;
}

/** A reply of fewer words is very short. */
const FEW_WORDS = 15;
const LONGEST_REQUEST_WORDS = 5;

/**
 * What a reply is: the first rule that applies decides. Machines come before people, so that none is ever
 * answered; leaving comes before trust, so that no reader is held against their will.
 */
export function classify(facts: ReplyFacts): Classification {
  for (const [kind, applies] of rules()) {
    const reason = applies(facts);
    if (reason !== undefined) return { kind, reason };
  }
  return { kind: "reflection", reason: "Own words of a person" };
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
  ["foreign-sender", foreignSender],
  ["spam", spam],
  ["unparsed", empty],
  ["command", command],
  ["question", question],
  ["very-short", veryShort],
];

/** Ours, come back: our own mail is From our domain, and so is an answer of ours to an answer of ours. */
function loop({ from, mailDomain }: ReplyFacts): string | undefined {
  return readDomain(from) === mailDomain.toLowerCase() ? "From is an address of ours" : undefined;
}

// ---- Trust ----

/** It may change what its reader gets: it is from their address, and SES saw nothing against it. */
export const isTrusted = (facts: ReplyFacts): boolean =>
  foreignSender(facts) === undefined && spam(facts) === undefined && virus(facts) === undefined;

const virus = ({ verdicts }: ReplyFacts): string | undefined =>
  verdicts.virus === "FAIL" ? "SES found a virus" : undefined;

/** A sender with the token, from the reader's domain, may leave for them: DMARC is not asked then. */
function unsubscribeRequest(facts: ReplyFacts): string | undefined {
  const isTheirs = facts.isFromSubscriber || facts.isFromSubscribersDomain;
  const isProven = facts.isByToken || foreignSender(facts) === undefined;
  if (!isTheirs || !isProven || !asksToLeave(facts.ownWords)) return undefined;
  return "The whole reply asks to leave, from the subscriber's own address or domain";
}

function foreignSender({ isFromSubscriber, verdicts }: ReplyFacts): string | undefined {
  if (!isFromSubscriber) return "It came from another address than the mail went to";
  return verdicts.dmarc === "FAIL" ? "DMARC failed: From may be forged" : undefined;
}

const spam = ({ verdicts }: ReplyFacts): string | undefined =>
  verdicts.spam === "FAIL" ? "SES took it for spam" : undefined;

// ---- People ----

/** Whole texts, folded; never looked for inside a longer one. */
const LEAVE = new Set(
  [
    "stop|stop it|stop please|please stop|stop this|stop emails|stop mails|stop emailing me|end|quit|cancel|cancel please|unsubscribe|unsubscribe me|unsubscribe please|please unsubscribe|please unsubscribe me|remove|remove me|please remove me|remove me please|take me off|take me off this list|take me off the list|opt out|optout",
    "abmelden|bitte abmelden|abbestellen|bitte abbestellen|kündigen|stopp|austragen|bitte austragen|bitte löschen",
    "désinscrire|désinscription|me désinscrire|me désabonner|désabonner|désabonnement|arrêter|arrêt",
    "baja|darme de baja|dar de baja|dame de baja|cancelar|cancelar suscripción|parar|alto",
    "cancelar inscrição|cancelar subscrição|descadastrar|remover|sair|pare",
    "cancellami|disiscrivimi|disiscrivermi|annulla iscrizione|rimuovimi|cancellazione|basta",
    "afmelden|uitschrijven|graag afmelden|graag uitschrijven|stoppen",
    "avsluta|avprenumerera|avregistrera|sluta|avmeld|avmelding|meld meg av|afmeld|frameld|peruuta|peru tilaus|lopeta",
    "wypisz|wypisz mnie|rezygnuję|anuluj|odhlásit|zrušit|odhlásiť|leiratkozás|leiratkozom|dezabonare|dezabonează|отписаться|отпишите меня|стоп|відписатися|відписати|çıkar|abonelikten çık|iptal|κατάργηση εγγραφής|διαγραφή",
    "退订|取消订阅|退訂|取消訂閱|停止|配信停止|解除|退会|수신거부|구독취소|구독 취소|그만|הסר|הסירו אותי|إلغاء الاشتراك|إلغاء|توقف",
  ].flatMap((words) => words.split("|")),
);

export function asksToLeave(ownWords: string): boolean {
  const words = foldCase(ownWords);
  return words.split(" ").length <= LONGEST_REQUEST_WORDS && LEAVE.has(words);
}

const empty = ({ ownWords }: ReplyFacts): string | undefined =>
  wordCount(ownWords) === 0 ? "No words of the reader's own were found" : undefined;

function command({ ownWords, commands, asksForRating }: ReplyFacts): string | undefined {
  const found = readCommand(ownWords, commands);
  if (found?.name === "rate" && !asksForRating) return undefined;
  return found && `The first line is the command "${found.name}"`;
}

const QUESTION = /[\p{L}\p{N}\p{M})"'”’»] ?[?؟\u037e][!?؟]{0,3}["'”’»)\]]{0,3}(?:\s|$)|[\p{L}\p{N}]？/u;

/** A question mark of any script at a sentence's end; French puts a space before it. Links are not sentences. */
function question({ ownWords }: ReplyFacts): string | undefined {
  return QUESTION.test(withoutLinks(ownWords)) ? "A sentence of it ends in a question mark" : undefined;
}

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
