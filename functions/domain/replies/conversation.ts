import { type Enrolment, isInCourse } from "../course/enrolment.ts";
import { NEWSLETTER } from "../newsletter/issue.ts";
import type { Subscriber } from "../people/subscriber.ts";
import { isKeyOf, mailKey, withoutEntry } from "../sending/agenda.ts";
import type { Dispatch } from "../sending/dispatch.ts";
import { mailKind } from "../sending/mail-kinds.ts";
import type { Instant } from "../time.ts";
import type { Reflection } from "./reflection.ts";

/** A reader asks, the owner answers: what goes to whom. */

const ANSWERABLE = ["reflection", "very-short", "question"];

/**
 * What a person must see: a question, wherever it was asked; a mail from another address than ours went to, which is
 * also how someone asks to leave from elsewhere; and whatever a reader writes in answer to the owner, or to an issue of
 * the newsletter, which no prompt answers.
 */
export function isForOwner({ replyKind }: Pick<Reflection, "replyKind">, { kind }: Dispatch): boolean {
  if (replyKind === "question" || replyKind === "foreign-sender") return true;
  return mailKind(kind).reply === "owner" && ANSWERABLE.includes(replyKind);
}

/** The enrolment that carries the owner's answer: the course that was written about, else one they are in. */
function enrolmentForAnswer(enrolments: Enrolment[], list: string): Enrolment | undefined {
  const here = enrolments.filter(isInCourse);
  return here.find(({ course }) => course === list) ?? here[0];
}

/**
 * What carries the owner's answer. A reader of the newsletter may be in no course: an answer about an issue stands on
 * the subscriber. Undefined for someone who has left.
 */
export function holderForAnswer(
  subscriber: Subscriber,
  enrolments: Enrolment[],
  list: string,
): Subscriber | Enrolment | undefined {
  if (subscriber.status !== "active") return undefined;
  return list === NEWSLETTER ? subscriber : enrolmentForAnswer(enrolments, list);
}

export const answerKey = (answer: string): string => mailKey("answer", answer);

/**
 * The holder with the owner's answer due now. The automatic answer to the same reflection goes, unless it is on
 * its way. Unchanged for someone who has left, and for an answer that waits already.
 * @param answer ids of the owner's answer and of the reflection that it answers
 */
export function ownerAnswered<H extends Subscriber | Enrolment>(
  holder: H,
  answer: { id: string; question: string },
  now: Instant,
): H {
  const key = answerKey(answer.id);
  const mayGet = holder.kind === "enrolment" ? isInCourse(holder) : holder.status === "active";
  if (!mayGet || holder.agenda[key]) return holder;
  const isSilenced = (other: string): boolean =>
    isKeyOf("prompt", other) &&
    holder.agenda[other]?.reflection === answer.question &&
    holder.claim?.key !== other;
  const entry = { dueAt: now, doubts: 0, reflection: answer.question, answer: answer.id };
  return { ...holder, agenda: { ...withoutEntry(holder.agenda, isSilenced), [key]: entry } };
}
