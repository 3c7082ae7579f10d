import type { Enrolment } from "../domain/course/enrolment.ts";
import { NEWSLETTER } from "../domain/newsletter/issue.ts";
import type { StopReason, Subscriber } from "../domain/people/subscriber.ts";
import { answerKey, holderForAnswer, ownerAnswered } from "../domain/replies/conversation.ts";
import { FOLLOWS } from "../domain/replies/follows.ts";
import { type Reflection, withAnswer } from "../domain/replies/reflection.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import { toHolderKey } from "../domain/sending/holder.ts";
import type { HolderStore, LedgerStore, Needs, ReflectionStore } from "../ports.ts";
import { reflectionId } from "./reflection-id.ts";

type Answering = Needs<HolderStore & LedgerStore & ReflectionStore, "clock" | "nudge" | "log">;

/** What became of an answer: it leaves within the minute, it had left before, or why it goes nowhere. */
export type AnswerOutcome =
  | { is: "on-its-way" | "sent-before"; answer: string }
  | { is: "refused"; because: string };

/** Which reply is answered, and with what. */
export interface OwnersAnswer {
  subscriber: string;
  reflection: string;
  words: string;
}

/** More than the owner's mail program brings of one: a mail of a hundred pages is a mistake. */
const MOST_WORDS = 20_000;

/**
 * Answers a reader in their own thread; neither sees the other's address. The same words to the same reply are the same
 * answer: pressed twice, typed at two consoles or begun again after a kill, it is sent once. The reply counts as answered.
 */
export async function answerReader(services: Answering, given: OwnersAnswer): Promise<AnswerOutcome> {
  const { store, clock } = services;
  const words = given.words.replaceAll("\r\n", "\n").trim();
  if (words === "") return refuse("There are no words in it.");
  if (words.length > MOST_WORDS)
    return refuse(`It has ${words.length} characters; an answer has ${MOST_WORDS} at the most.`);
  const subscriber = await store.subscriber(given.subscriber);
  const question = subscriber && (await store.reflection(subscriber.id, given.reflection));
  if (!question) return refuse("The reply is not there any more: its reader was erased, or took it back.");
  const because = findRefusal(subscriber, await store.enrolments(subscriber.id), question);
  if (because !== undefined) return refuse(because);
  const written = writeAnswer(question, words, clock.now());
  const isNew = await store.keepReflection(written);
  const answer = isNew ? written : ((await store.reflection(subscriber.id, written.id)) ?? written);
  const sent = await sendAnswer(services, subscriber, answer, question);
  return sent === "left" ? refuse(LEFT_MEANWHILE) : { is: sent, answer: answer.id };
}

const refuse = (because: string): AnswerOutcome => ({ is: "refused", because });
const LEFT_MEANWHILE = "The reader has left meanwhile: nothing was sent.";

/** Why an answer to a reply would go nowhere; undefined if it may be written. A sentence for the owner. */
export function findRefusal(
  subscriber: Subscriber,
  enrolments: Enrolment[],
  { replyKind, course }: Reflection,
): string | undefined {
  if (replyKind === "owner-answer") return "It is an answer of yours.";
  if (FOLLOWS[replyKind] === "machine")
    return `A machine wrote it (${replyKind}), and would read the answer.`;
  if (replyKind === "foreign-sender")
    return "It came from another address than the reader's. An answer can be written once they have said that it is theirs.";
  if (holderForAnswer(subscriber, enrolments, course)) return undefined;
  if (subscriber.status === "stopped" && subscriber.liftedFrom)
    return "The reader was stopped. You have lifted that; they come back by signing up.";
  if (subscriber.status === "stopped") return STOPPED[subscriber.stoppedBy ?? "reader"];
  if (subscriber.status === "unconfirmed") return "The reader has not confirmed yet.";
  return "The reader has left the course.";
}

const STOPPED: Record<StopReason, string> = {
  reader: "The reader has left everything.",
  never: "The reader said “never again” at a confirmation.",
  owner: "You have suppressed the reader's address.",
  bounce: "Mail to the reader came back: the address does not take any.",
  complaint: "The reader called a mail spam, and gets none any more.",
};

/** An answer that was typed at the console or the desk. */
function writeAnswer(question: Reflection, words: string, receivedAt: number): Reflection {
  const { subscriber, course, run, lesson, id: answers, subject } = question;
  const id = reflectionId(`owner's answer to ${subscriber} ${answers}: ${words}`);
  return {
    ...{ kind: "reflection", id, subscriber, course, run, lesson },
    inReplyTo: dispatchId({ subscriber, list: course, run, kind: "relay", slug: answers }),
    receivedAt,
    replyKind: "owner-answer",
    reason: "Typed at the owner's console",
    answers,
    ownWords: words,
    subject,
    messageId: `<${id}@console.invalid>`,
    references: [],
    attachments: [],
  };
}

/**
 * Puts an answer that is kept on the agenda of what its reader is in, and marks what it answers. Done again, it does nothing.
 * "left": the reader is nowhere that it could stand.
 */
export async function sendAnswer(
  { store, clock, nudge, log }: Answering,
  subscriber: Subscriber,
  answer: Reflection,
  question: Reflection,
): Promise<"on-its-way" | "sent-before" | "left"> {
  const holder = holderForAnswer(subscriber, await store.enrolments(subscriber.id), answer.course);
  if (!holder) return "left";
  const { list, run } =
    holder.kind === "enrolment" ? { list: holder.course, run: holder.run } : { list: NEWSLETTER, run: 1 };
  const dispatch = { subscriber: subscriber.id, list, run, kind: "answer" as const, slug: answer.id };
  const mark = () => store.changeReflection(question, (current) => withAnswer(current, answer.receivedAt));
  if (await store.ledgerEntry(dispatchId(dispatch))) {
    await mark();
    return "sent-before";
  }
  const ids = { id: answer.id, question: question.id };
  const planned = await store.change(holder, (current) => ownerAnswered(current, ids, clock.now()));
  if (!planned?.agenda[answerKey(answer.id)]) return "left";
  await mark();
  log.info("owner-answered", { dispatch: dispatchId(dispatch) });
  await nudge.send(toHolderKey(holder), 0);
  return "on-its-way";
}
