import { type Enrolment, isInCourse } from "../course/enrolment.ts";
import { NEWSLETTER } from "../newsletter/issue.ts";
import type { Subscriber } from "../people/subscriber.ts";
import { isMailKey, mailKey, withoutEntry } from "../sending/agenda.ts";
import type { Dispatch } from "../sending/dispatch.ts";
import { mailKind } from "../sending/mail-kinds.ts";
import type { Instant } from "../time.ts";
import { FOLLOWS } from "./follows.ts";
import { bringsGraveNews, type Reflection, type ReplyKind } from "./reflection.ts";
import { asksQuestion } from "./reply.ts";

/** A reader asks, the owner answers: what goes to whom. */

const ANSWERABLE = ["reflection", "very-short", "question"];

/** Kinds that the owner hears of at once, though they are answered. */
const ALSO_FOR_OWNER: readonly ReplyKind[] = ["question", "unclear-leaving"];

/**
 * What a person must see at once: a question, wherever it was asked; grave news; a mail from another address than ours
 * went to, which is also how someone asks to leave from elsewhere; one that may ask to leave; one whose words cannot
 * be read; and whatever a reader writes in answer to the owner, or to the newsletter, its welcome too, which no prompt
 * answers. What stands beside a request is like a reply of its own.
 */
export function isForOwner(reflection: ForOwner, { kind, list }: Pick<Dispatch, "kind" | "list">): boolean {
  const { replyKind, besides, ownWords } = reflection;
  if (FOLLOWS[replyKind] === "passed on" || ALSO_FOR_OWNER.includes(replyKind)) return true;
  if (bringsGraveNews(reflection)) return true;
  if (replyKind === "unclear-command") return asksQuestion(ownWords);
  if (besides !== undefined && asksQuestion(besides)) return true;
  const isWords = ANSWERABLE.includes(replyKind) || besides !== undefined;
  return isWords && (mailKind(kind).reply === "owner" || list === NEWSLETTER);
}
type ForOwner = Pick<Reflection, "replyKind" | "besides" | "ownWords" | "isGrave">;

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
    isMailKey("prompt", other) &&
    holder.agenda[other]?.reflection === answer.question &&
    holder.claim?.key !== other;
  const entry = { dueAt: now, doubts: 0, reflection: answer.question, answer: answer.id };
  return { ...holder, agenda: { ...withoutEntry(holder.agenda, isSilenced), [key]: entry } };
}
