import type { Dispatch } from "./dispatch.ts";
import type { Enrolment } from "./enrolment.ts";
import type { Reflection } from "./reflection.ts";
import { without } from "./subscriber.ts";
import type { Instant } from "./time.ts";

/** A reader asks, the owner answers: what goes to whom. */

const ANSWERABLE = ["reflection", "very-short", "question"];

/**
 * What a person must see: a question, wherever it was asked; a mail from another address than ours went to, which is
 * also how somebody asks to leave from elsewhere; and whatever a reader writes in answer to the owner.
 */
export function isForOwner({ replyKind }: Pick<Reflection, "replyKind">, { kind }: Dispatch): boolean {
  if (replyKind === "question" || replyKind === "foreign-sender") return true;
  return kind === "answer" && ANSWERABLE.includes(replyKind);
}

const isHere = ({ status }: Enrolment): boolean => ["active", "paused", "completed"].includes(status);

/** The enrolment that carries the owner's answer: the course that was written about, else one they are in. */
export function enrolmentForAnswer(enrolments: Enrolment[], list: string): Enrolment | undefined {
  const here = enrolments.filter(isHere);
  return here.find(({ course }) => course === list) ?? here[0];
}

export const answerKey = (answer: string): string => `answer_${answer}`;

/**
 * The enrolment with the owner's answer due now. The automatic answer to the same reflection goes, unless it is on
 * its way. Unchanged for somebody who has left, and for an answer that waits already.
 * @param answer ids of the owner's answer and of the reflection that it answers
 */
export function ownerAnswered(
  enrolment: Enrolment,
  answer: { id: string; question: string },
  now: Instant,
): Enrolment {
  const key = answerKey(answer.id);
  if (!isHere(enrolment) || enrolment.agenda[key]) return enrolment;
  const isSilenced = (other: string): boolean =>
    other.startsWith("prompt_") &&
    enrolment.agenda[other]?.reflection === answer.question &&
    enrolment.claim?.key !== other;
  const entry = { dueAt: now, doubts: 0, reflection: answer.question, answer: answer.id };
  return { ...enrolment, agenda: { ...without(enrolment.agenda, isSilenced), [key]: entry } };
}
