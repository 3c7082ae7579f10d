import { findRefusal } from "../consent/answer-reader.ts";
import { findCourse, firstCourse, newsletterAsCourse } from "../domain/content.ts";
import type { Keys } from "../domain/keys.ts";
import { NEWSLETTER } from "../domain/newsletter/issue.ts";
import { maskAddress } from "../domain/people/address.ts";
import { findSenderAsked } from "../domain/people/other-senders.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { holderForAnswer } from "../domain/replies/conversation.ts";
import { inDigest } from "../domain/replies/digest.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { lastMonday } from "../domain/report.ts";
import { type AgendaKey, type Dispatch, readDispatchId } from "../domain/sending/dispatch.ts";
import type { KindWhere } from "../domain/sending/mail-kinds.ts";
import type { Owner } from "../domain/sending/owner.ts";
import type { Settings } from "../domain/settings.ts";
import { DAY } from "../domain/time.ts";
import { links } from "../links/links.ts";
import { COMPOSE } from "../mail/compose/compose.ts";
import type { DigestReply } from "../mail/compose/digest-words.ts";
import type { WhoWrote } from "../mail/compose/relay-words.ts";
import { type MailParts, mimeMessage } from "../mail/mime/mime.ts";
import type { ComposedMail, Services } from "../ports.ts";

/** Writes a mail to the owner's mailbox. What it was about may be gone: a reader erased, a test mail expired. */
export async function ownersMail(
  services: Services,
  owner: Owner,
  key: AgendaKey,
  dispatch: Dispatch,
): Promise<ComposedMail | "nothing"> {
  const write = WRITE[dispatch.kind as KindWhere<"to", "owner">];
  const mail = await write?.(services, owner, key, dispatch);
  if (!mail) return "nothing";
  return {
    envelopeFrom: mail.from.address,
    to: mail.to.address,
    raw: mimeMessage(mail),
    tags: { "ses:feedback-id-a": dispatch.list, "ses:feedback-id-b": dispatch.kind },
  };
}

type WriteOwnersMail = (
  services: Services,
  owner: Owner,
  key: AgendaKey,
  dispatch: Dispatch,
) => Promise<MailParts | undefined>;

const WRITE: Record<KindWhere<"to", "owner">, WriteOwnersMail> = {
  test: testMail,
  relay: relayMail,
  digest: digestMail,
  report: reportMail,
};

/** A digest shows at most this many reflections and counts the others. */
const MOST_IN_DIGEST = 30;

async function digestMail(
  services: Services,
  _owner: Owner,
  _key: AgendaKey,
  dispatch: Dispatch,
): Promise<MailParts | undefined> {
  const { store, content, settings, clock } = services;
  const { defaultZone, ownerMailbox, ownerName } = settings;
  const keys = await services.keyring.keys();
  const noted = inDigest(await store.notedForDigest(), defaultZone, dispatch.slug);
  const shown = await Promise.all(
    noted.slice(0, MOST_IN_DIGEST).map(async ({ subscriber, reflection }) => {
      const [reader, kept] = await Promise.all([
        store.subscriber(subscriber),
        store.reflection(subscriber, reflection),
      ]);
      return reader && kept ? [await digestReply(services, reader, kept, keys)] : [];
    }),
  );
  const course = firstCourse({ content, settings });
  // A person who was erased, or took a reflection back, is left out.
  if (shown.flat().length === 0) return undefined;
  const since = clock.now() - DAY;
  const unmatched = (await store.unmatched()).filter(({ receivedAt }) => receivedAt >= since).length;
  return COMPOSE.digest({
    ...{ content, course, settings, dispatch, now: clock.now() },
    links: { ...NO_LINKS, replyAddress: senderAddress(settings) },
    subscriber: { address: ownerMailbox, firstName: ownerName },
    digest: { entries: shown.flat(), more: noted.length - Math.min(noted.length, MOST_IN_DIGEST), unmatched },
  });
}

/** A reflection in the digest, with the address at which an answer reaches its reader. */
async function digestReply(
  { store, webOrigin, settings }: Services,
  reader: Subscriber,
  reflection: Reflection,
  keys: Keys,
): Promise<DigestReply> {
  const isAnswerable = findRefusal(reader, await store.enrolments(reader.id), reflection) === undefined;
  const { relayAddress } = links({ webOrigin, mailDomain: settings.mailDomain, keys });
  const about = { subscriber: reader.id, reflection: reflection.id };
  return {
    ...{ name: reader.firstName, who: whoWrote(reader, settings), reflection },
    ...(isAnswerable && { answerAddress: relayAddress(about) }),
  };
}

const whoWrote = ({ id, address }: Subscriber, { stage }: Settings): WhoWrote => ({
  id,
  masked: maskAddress(address),
  stage,
});

/** A reply to the digest or the report comes to us, so that it can be answered with how to reach a reader. */
const senderAddress = ({ senderLocalPart, mailDomain }: Settings): string =>
  `${senderLocalPart}@${mailDomain}`;

async function reportMail(
  { store, content, settings, clock }: Services,
  _owner: Owner,
  _key: AgendaKey,
  dispatch: Dispatch,
): Promise<MailParts | undefined> {
  const { ownerMailbox, ownerName } = settings;
  const [week, before] = await Promise.all([
    store.report(dispatch.slug),
    store.report(lastMonday(dispatch.slug)),
  ]);
  const course = firstCourse({ content, settings });
  if (!week) return undefined;
  return COMPOSE.report({
    ...{ content, course, settings, dispatch, now: clock.now() },
    links: { ...NO_LINKS, replyAddress: senderAddress(settings) },
    subscriber: { address: ownerMailbox, firstName: ownerName },
    report: { week, before, stage: settings.stage },
  });
}

/** The footer of a mail to the owner has no links of a reader's. */
const NO_LINKS = { readerUrl: "", unsubscribeUrl: "", unsubscribeMailto: "" };

async function relayMail(
  services: Services,
  owner: Owner,
  key: AgendaKey,
  dispatch: Dispatch,
): Promise<MailParts | undefined> {
  const { store, content, settings, keyring, webOrigin, clock } = services;
  const relayed = owner.agenda[key]?.about;
  if (!relayed) return howToAnswerMail(services, dispatch);
  const reader = await store.subscriber(relayed.subscriber);
  const reflection = reader && (await store.reflection(reader.id, dispatch.slug));
  if (!reader || !reflection) return undefined;
  const holder = holderForAnswer(reader, await store.enrolments(reader.id), reflection.course);
  const isHere = holder !== undefined;
  const isPrompted = holder?.kind === "enrolment" && holder.prompted[reflection.lesson] === reflection.id;
  const issue = (await answeredIssue(services, reflection))?.title;
  // Of the newsletter without an issue there is its welcome.
  const isWelcome = reflection.course === NEWSLETTER && issue === undefined;
  const about = isWelcome ? newsletterAsCourse(content) : findCourse(services, relayed.list);
  const course = about ?? firstCourse(services);
  const isReaderAsked = findSenderAsked(reader, reflection.id) !== undefined;
  const canAnswer = isHere && !["foreign-sender", "owner-answer"].includes(reflection.replyKind);
  const { relayAddress } = links({ webOrigin, mailDomain: settings.mailDomain, keys: await keyring.keys() });
  const replyAddress = canAnswer
    ? relayAddress({ subscriber: reader.id, reflection: reflection.id })
    : settings.ownerMailbox;
  return COMPOSE.relay({
    ...{ content, course, settings, dispatch, reflection, now: clock.now() },
    links: { ...NO_LINKS, replyAddress },
    subscriber: { address: settings.ownerMailbox, firstName: settings.ownerName },
    relay: {
      ...{ name: reader.firstName, isPrompted, canAnswer, isHere, issue, isReaderAsked },
      ...{ who: whoWrote(reader, settings), thread: await findRelayThread(services, reader.id) },
    },
  });
}

/** What the owner got about a reader before, by Message-ID, the latest last. */
async function findRelayThread({ store, messageIdDomain }: Services, reader: string): Promise<string[]> {
  const ledger = await store.ledger(reader);
  return ledger
    .filter(({ dispatch }) => readDispatchId(dispatch)?.kind === "relay")
    .sort((one, other) => one.sentAt - other.sentAt)
    .map(({ messageId }) => `<${messageId}@${messageIdDomain}>`);
}

async function howToAnswerMail(
  { content, settings, clock }: Services,
  dispatch: Dispatch,
): Promise<MailParts> {
  return COMPOSE.relay({
    ...{ content, course: firstCourse({ content, settings }), settings, dispatch, now: clock.now() },
    links: { ...NO_LINKS, replyAddress: senderAddress(settings) },
    subscriber: { address: settings.ownerMailbox, firstName: settings.ownerName },
    relay: "how-to-answer",
  });
}

/** The issue of which a reader or the owner writes, as far as it is known. */
const answeredIssue = async ({ broadcasts }: Services, { course, lesson }: Reflection) =>
  course === NEWSLETTER ? broadcasts.broadcast(lesson) : undefined;

async function testMail(
  { store, settings }: Services,
  _owner: Owner,
  _key: AgendaKey,
  { slug }: Dispatch,
): Promise<MailParts | undefined> {
  const kept = await store.testMail(slug);
  if (!kept) return undefined;
  // It may have bounced or complained since it was named.
  if (kept.to && (await store.suppression(kept.to.hash))) return undefined;
  const { fromName, subject, headers, text, html } = kept;
  const from = {
    ...(fromName && { name: fromName }),
    address: `${settings.senderLocalPart}@${settings.mailDomain}`,
  };
  const owner = { name: settings.ownerName, address: settings.ownerMailbox };
  const to = kept.to ? { address: kept.to.address } : owner;
  return { from, to, replyTo: owner, subject: `[Test] ${subject}`, headers, text, html };
}
