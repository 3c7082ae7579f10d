import { reflectionId } from "../consent/reflection-id.ts";
import { saysLeft } from "../consent/return-by-reply.ts";
import { isQuoting, quotedName } from "../domain/course/enrolment.ts";
import { readAddress } from "../domain/people/address.ts";
import { FOREIGN_REPLY_LIMIT, personalLimit } from "../domain/people/limits.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { toMailbox } from "../domain/people/twins.ts";
import { readRating } from "../domain/replies/command.ts";
import {
  type Awaited,
  inJournal,
  isSameMail,
  type Reflection,
  type ReplyKind,
} from "../domain/replies/reflection.ts";
import { isProven } from "../domain/replies/reply.ts";
import { type Dispatch, dispatchId, readDispatchId } from "../domain/sending/dispatch.ts";
import { DAY } from "../domain/time.ts";
import { addressHash } from "../links/links.ts";
import { headersNamed, type InboundMail } from "../mail/inbound/inbound.ts";
import type { Needs, ReceivedMail, ReflectionStore, Services } from "../ports.ts";
import { makeCircumstances } from "./circumstances.ts";
import { noteForDigest } from "./digest.ts";
import { type Circumstance, carryOutReply, findEnrolment } from "./follow.ts";
import { type Binding, matchReply, type ReplyAddressee } from "./match-reply.ts";
import type { OpenedMail } from "./open-mail.ts";
import { isOwner } from "./owner-answer.ts";
import { type Reading, readReply, UNREADABLE } from "./read-reply.ts";
import { relay } from "./relay.ts";
import { tellHowToAnswer } from "./tell-how-to-answer.ts";
import type { Unmatched } from "./unmatched.ts";

/**
 * A reply to one of our mails. It is kept first, whatever it is; only then does anything follow from it. Each
 * step may be run again: the same mail, however often it is delivered, is one reflection and one answer.
 */
export async function takeReply(
  services: Services,
  mail: OpenedMail,
  addressee: ReplyAddressee,
): Promise<Unmatched | undefined> {
  const { inbound } = mail;
  await liftNeverAgain(services, mail);
  const bound = await matchReply(services, addressee, inbound);
  if ("unmatched" in bound) return tellOwnerHow(services, mail, bound);
  const reading = inbound
    ? readReply(inbound, await makeCircumstances(services, bound, mail, inbound))
    : UNREADABLE;
  await takeBound(services, bound, mail, reading);
  return undefined;
}

async function takeBound(
  services: Services,
  bound: Binding,
  mail: OpenedMail,
  reading: Reading,
): Promise<void> {
  const reflection = {
    ...makeReflection(bound, mail, reading),
    ...(await makeReaderLink(services, bound)),
  };
  if (await isOneTooMany(services, reflection)) return;
  const kept = await keepReply(services, reflection);
  if (!kept) return;
  if (isReplayed(kept, mail) || (await hasComeBefore(services, kept)))
    return services.log.warn("reply-replayed", { dispatch: kept.inReplyTo });
  await followKept(services, bound, kept, { ...reading, isProven: isProven(mail), inbound: mail.inbound });
}

/** @returns the reply as it was kept first; undefined for one that its reader has taken back */
export async function keepReply(
  { store, log }: Needs<ReflectionStore, "log">,
  reflection: Reflection,
): Promise<Reflection | undefined> {
  const isNew = await store.keepReflection(reflection);
  log.info("reply-kept", {
    dispatch: reflection.inReplyTo,
    kind: reflection.replyKind,
    reason: reflection.reason,
    isNew,
  });
  log.count("Replies");
  return isNew ? reflection : store.reflection(reflection.subscriber, reflection.id);
}

/** What follows from a reply that is kept, for its reader and for the owner. Each step may be run again. */
export async function followKept(
  services: Services,
  bound: Binding,
  kept: Reflection,
  circumstance: Circumstance,
): Promise<void> {
  await carryOutReply(services, describeMatch(bound, kept), kept, circumstance);
  // The owner is told nothing of what a rehearsal says.
  if (isRehearsal(kept.subscriber)) return;
  await noteOnIssue(services, kept);
  await relay(services, kept);
  await noteForDigest(services, kept);
}

/** The owner's own, such as a reply to the digest, is answered with how to reach a reader; all else stays unmatched. */
async function tellOwnerHow(
  services: Services,
  mail: OpenedMail,
  unmatched: Unmatched,
): Promise<Unmatched | undefined> {
  const { inbound } = mail;
  if (!inbound || !isProven(mail) || !isOwner(services.settings, inbound.from)) return unmatched;
  await tellHowToAnswer(services, mail, inbound);
  return undefined;
}

/** Who said "never again" at a confirmation ends that by writing to us, where the address is proven to be theirs. */
async function liftNeverAgain(services: Services, { verdicts, inbound }: OpenedMail): Promise<void> {
  const address = verdicts.dmarc === "PASS" ? readAddress(inbound?.from ?? "") : undefined;
  if (!address || "problem" in address) return;
  const keys = await services.keyring.keys();
  for (const spelling of [address.canonical, toMailbox(address.canonical)]) {
    const hash = addressHash(keys, spelling);
    if ((await services.store.suppression(hash))?.reason !== "never") continue;
    await services.store.liftSuppression(hash, "never");
    services.log.info("never-again-lifted");
  }
}

/** Kinds that whoever knows a reply address can send; a reader's own words are none of them. */
const UNPROVEN: ReadonlySet<ReplyKind> = new Set<ReplyKind>([
  ...(["foreign-sender", "auto-reply", "out-of-office", "delivery-report"] as const),
  ...(["spam", "virus", "loop", "unparsed"] as const),
]);

/**
 * A reply address that has come into other hands must not fill the table: of what comes from elsewhere, so many a day
 * are kept. What was kept before is never too many: its steps are run to the end. The raw mail stays its days.
 */
async function isOneTooMany({ store, log }: Services, reflection: Reflection): Promise<boolean> {
  const { subscriber, id, replyKind } = reflection;
  if (!UNPROVEN.has(replyKind) || (await store.reflection(subscriber, id))) return false;
  const limit = { key: personalLimit("foreign-replies", subscriber), ...FOREIGN_REPLY_LIMIT };
  if ((await store.count(limit)) === undefined) return false;
  log.warn("foreign-replies-limited", { subscriber });
  log.count("ForeignRepliesDropped");
  return true;
}

/** For the owner, who sees what became of an issue: who wrote back, and who left by it. */
async function noteOnIssue({ store }: Services, reflection: Reflection): Promise<void> {
  const { subscriber, inReplyTo, replyKind, receivedAt } = reflection;
  if (readDispatchId(inReplyTo)?.kind !== "issue") return;
  const isMeant = (dispatch: string) => dispatch === inReplyTo;
  if (inJournal(reflection)) await store.noteOnEntry(subscriber, isMeant, "repliedAt", receivedAt);
  if (replyKind === "unsubscribe") await store.noteOnEntry(subscriber, isMeant, "leftAt", receivedAt);
}

/** Longer than a mail program or a server takes to bring a mail twice, or to several of our addresses. */
const BROUGHT_AGAIN_WITHIN = DAY;

/**
 * A mail that was brought before, and is brought once more long after: its signature is as good as it was, whoever sends it.
 * What it asked for was done then, and may have been changed since. Our own second try at a mail is of the same raw mail.
 */
const isReplayed = (kept: Reflection, { key, receivedAt }: ReceivedMail): boolean =>
  kept.raw !== key && receivedAt - kept.receivedAt > BROUGHT_AGAIN_WITHIN;

/** Of one person. Nobody has written so much; whoever makes a person so large is not helped by having all of it read for each mail. */
const MOST_COMPARED = 500;

/**
 * Asked of all but machines' and strangers' mails, which have limits of their own: sent on its way under another Message-ID, it
 * would be followed, answered or passed on a second time.
 */
async function hasComeBefore({ store }: Needs<ReflectionStore>, kept: Reflection): Promise<boolean> {
  if (UNPROVEN.has(kept.replyKind)) return false;
  let compared = 0;
  for await (const other of store.eachReflection(kept.subscriber)) {
    if (isSameMail(kept, other) && other.receivedAt < kept.receivedAt) return true;
    if (++compared >= MOST_COMPARED) return false;
  }
  return false;
}

/**
 * A mail that went to several of our addresses comes once for each: what it was bound to first counts, so that it is
 * answered once. One that its reader has taken back is not kept any more: nothing follows from it.
 */
function describeMatch(bound: Binding, { inReplyTo }: Reflection): Binding {
  return { ...bound, dispatch: readDispatchId(inReplyTo) ?? bound.dispatch };
}

function makeReflection({ subscriber, dispatch }: Binding, mail: OpenedMail, reading: Reading): Reflection {
  const { inbound } = mail;
  const { kind, reason } = reading.classification;
  const { words } = reading;
  const messageId = inbound?.messageId ?? `<${mail.sesMessageId}@unnamed.invalid>`;
  return {
    kind: "reflection",
    id: reflectionId(messageId),
    subscriber: subscriber.id,
    course: dispatch.list,
    run: dispatch.run,
    lesson: dispatch.slug,
    inReplyTo: dispatchId(dispatch),
    receivedAt: mail.receivedAt,
    ...readDated(inbound),
    replyKind: kind,
    reason,
    ownWords: kind === "virus" ? "" : (words?.text ?? ""),
    ...describeAsked(kind, reading),
    ...makeAwaited(dispatch, mail, reading),
    ...(!isProven(mail) && { isUnproven: true as const }),
    subject: inbound?.subject ?? "",
    messageId,
    references: inbound?.references ?? [],
    attachments: inbound?.attachments ?? [],
    raw: mail.key,
  };
}

const LONGEST_DATE = 60;

function readDated(inbound: InboundMail | undefined): Pick<Reflection, "dated"> {
  const [date] = headersNamed(inbound?.headers ?? [], "date");
  return date === undefined ? {} : { dated: date.replace(/\s+/g, " ").trim().slice(0, LONGEST_DATE) };
}

/**
 * What was asked for is kept, so that the same mail, read again by other rules, does the same. Grave news that stands in
 * the sentence of a request is beside it all the same: its reader's journal has it.
 */
export function describeAsked(
  kind: ReplyKind,
  { asks, words }: { asks: Reading["asks"]; words: { text: string } | undefined },
): Partial<Awaited> {
  if (!asks || (kind !== "unsubscribe" && kind !== "command")) return {};
  const rating = readRating(words?.text ?? "");
  const commands =
    asks.commands.length === 0 && rating !== undefined ? [{ name: "rate" as const, rating }] : asks.commands;
  const besides = asks.besides === "" && asks.isGrave ? (words?.text ?? "") : asks.besides;
  return {
    asked: kind === "unsubscribe" && asks.leave ? [asks.leave] : commands,
    ...(besides !== "" && { besides }),
    ...(asks.isGrave && { isGrave: true as const }),
  };
}

/**
 * What waits for a press: a reply from elsewhere; and a wish to come back of someone who may be anybody. A reader can undo
 * all else that a reply may do.
 */
function makeAwaited(dispatch: Dispatch, mail: ReceivedMail, reading: Reading): Pick<Reflection, "awaits"> {
  const { classification, ifTheirs } = reading;
  const isReturn = classification.kind === "command" && saysLeft(dispatch) && !isProven(mail);
  const awaited = isReturn ? classification : ifTheirs;
  if (!awaited) return {};
  return { awaits: { replyKind: awaited.kind, reason: CONFIRMED, ...describeAsked(awaited.kind, reading) } };
}
const CONFIRMED = "Its reader said, at the address that we know, that it is theirs";

/** The answer to a look-back, or to a letter, belongs to what that had quoted. */
async function makeReaderLink(services: Services, bound: Binding): Promise<Pick<Reflection, "follows">> {
  const { kind, run } = bound.dispatch;
  const enrolment = isQuoting(kind) ? await findEnrolment(services, bound) : undefined;
  const follows = enrolment?.run === run ? enrolment.lookedBack?.[quotedName(bound.dispatch)] : undefined;
  return follows === undefined ? {} : { follows };
}
