import { findCourse } from "../domain/content.ts";
import { lessonBySlug } from "../domain/course/course.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { readAsks } from "../domain/replies/asks/asks.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { classify, type ReplyFacts } from "../domain/replies/reply.ts";
import { isWrittenTwice, type WrittenAnswer } from "../domain/replies/written.ts";
import { readDispatchId } from "../domain/sending/dispatch.ts";
import type { LedgerStore, Needs, ReflectionStore, Services } from "../ports.ts";
import { findAsked } from "./circumstances.ts";
import { allGraveWords, siteCommands } from "./commands.ts";
import type { Binding } from "./match-reply.ts";
import type { Reading } from "./read-reply.ts";
import { describeAsked, followKept, keepReply } from "./take-reply.ts";

/**
 * An answer that was written on a lesson's page: kept and followed as a reply by mail is. Nobody proves who wrote it, as in
 * a mail whose sender is not proven: what a reader cannot undo takes a press first. One whose reader has erased everything
 * meanwhile is gone with them.
 */
export async function takeWritten(services: Services, written: WrittenAnswer): Promise<void> {
  const subscriber = await services.store.subscriber(written.subscriber);
  const dispatch = readDispatchId(written.inReplyTo);
  if (!subscriber || !dispatch) return services.log.info("answer-erased", { dispatch: written.inReplyTo });
  const bound = { subscriber, dispatch, isByToken: true };
  const reading = await readWrittenAnswer(services, bound, written);
  const reflection = await makeWritten(services, bound, written, reading);
  if (await isSecondTime(services, reflection))
    return services.log.info("answer-written-twice", { dispatch: written.inReplyTo });
  const kept = await keepReply(services, reflection);
  if (!kept) return;
  await followKept(services, bound, kept, { awayUntil: undefined, isProven: false, inbound: undefined });
}

async function readWrittenAnswer(
  services: Services,
  bound: Binding,
  { words, writtenAt }: WrittenAnswer,
): Promise<Pick<Reading, "asks" | "classification">> {
  const { subscriber } = bound;
  const { asksForRating, mailAsked } = await findAsked(services, bound);
  const asks = readAsks({
    ownWords: words,
    ownSubject: undefined,
    commands: siteCommands(services, bound),
    grave: allGraveWords(services),
    received: { receivedAt: writtenAt, zone: subscriber.zone },
    mailAsked,
  });
  const facts = { ...makeFacts(services, bound, words, asks), asksForRating };
  return { asks, classification: classify(facts) };
}

/** It has no sender, no subject and no header fields: nothing that is read of those is found. */
function makeFacts(
  services: Services,
  bound: Binding,
  ownWords: string,
  asks: ReplyFacts["asks"],
): Omit<ReplyFacts, "asksForRating"> {
  const { address, id }: Subscriber = bound.subscriber;
  const unknown = "DISABLED" as const;
  return {
    ...{ source: address, from: address, headers: [], subject: "", attachedTypes: [], ownWords, asks },
    ...{ isFromSubscriber: true, isFromSubscribersDomain: true, isByToken: true, isFromPage: true },
    isRehearsal: isRehearsal(id),
    mailDomain: services.settings.mailDomain,
    verdicts: { spam: unknown, virus: unknown, spf: unknown, dkim: unknown, dmarc: unknown },
  };
}

/** Our answer threads by the lesson's own mail: it is what was answered. */
async function makeWritten(
  services: Services,
  bound: Binding,
  { reflection, inReplyTo, writtenAt, words }: WrittenAnswer,
  reading: Pick<Reading, "asks" | "classification">,
): Promise<Reflection> {
  const { dispatch, subscriber } = bound;
  const { kind, reason } = reading.classification;
  const course = findCourse(services, dispatch.list);
  return {
    ...{ kind: "reflection", id: reflection, subscriber: subscriber.id },
    ...{ course: dispatch.list, run: dispatch.run, lesson: dispatch.slug, inReplyTo },
    receivedAt: writtenAt,
    ...{ replyKind: kind, reason, ownWords: words },
    ...describeAsked(kind, { asks: reading.asks, words: { text: words } }),
    isFromPage: true,
    subject: (course && lessonBySlug(course, dispatch.slug)?.subject) ?? "",
    messageId: await findMessageId(services, inReplyTo, reflection),
    ...{ references: [], attachments: [] },
  };
}

async function findMessageId(
  { store, messageIdDomain }: Needs<LedgerStore> & Pick<Services, "messageIdDomain">,
  dispatch: WrittenAnswer["inReplyTo"],
  reflection: string,
): Promise<string> {
  const messageId = (await store.ledgerEntry(dispatch))?.messageId;
  return messageId ? `<${messageId}@${messageIdDomain}>` : `<${reflection}@page.invalid>`;
}

/** A page that is opened anew makes another form, also by the browser's way back. */
async function isSecondTime({ store }: Needs<ReflectionStore>, written: Reflection): Promise<boolean> {
  const before = await store.writtenBefore(written);
  return before !== undefined && isWrittenTwice(written, before);
}
