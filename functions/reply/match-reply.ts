import { readAddress } from "../domain/people/address.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { type Dispatch, type DispatchId, dispatchId, readDispatchId } from "../domain/sending/dispatch.ts";
import { addressHash, readReplyToken } from "../links/links.ts";
import { readWithKeyring } from "../links/read-token.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";

/** Whose reply it is, and to what. */
export interface Binding {
  subscriber: Subscriber;
  dispatch: Dispatch;
  /** By the token that only the mail's recipient was told, not by its thread. */
  isByToken: boolean;
}
export type Bound = Binding | { unmatched: string };

const REPLY_PREFIX = "reply+";

/**
 * Binds a reply: by the token in the envelope's recipient, else by In-Reply-To and References among what was sent
 * to the person in From. Never by the subject, and never by a guess.
 */
export async function matchReply(
  services: Services,
  mail: ReceivedMail,
  inbound: InboundMail | undefined,
): Promise<Bound> {
  const byToken = await matchByToken(services, mail);
  if (byToken) return byToken;
  return inbound ? matchByThread(services, inbound) : { unmatched: "No token, and the mail cannot be read" };
}

async function matchByToken(services: Services, mail: ReceivedMail): Promise<Bound | undefined> {
  for (const token of findTokens(REPLY_PREFIX, mail.recipients)) {
    const read = await readWithKeyring(services.keyring, (keys) => readReplyToken(keys, token));
    if ("problem" in read) {
      services.log.warn("reply-token-refused", { problem: read.problem, mail: mail.sesMessageId });
      continue;
    }
    const subscriber = await services.store.subscriber(read.subscriber);
    if (!subscriber) return { unmatched: "The token's subscriber is not there any more" };
    const dispatch = await readTokenDispatch(services, subscriber, read.isReplyTo);
    return dispatch
      ? { subscriber, dispatch, isByToken: true }
      : { unmatched: "The token names a mail that we do not know" };
  }
  return undefined;
}

/** The tokens in the local parts that begin with a prefix, in any letter case. */
export function findTokens(prefix: string, recipients: readonly string[]): string[] {
  return recipients
    .map((recipient) => recipient.slice(0, Math.max(0, recipient.lastIndexOf("@"))))
    .filter((local) => local.toLowerCase().startsWith(prefix))
    .map((local) => local.slice(prefix.length));
}

/** In the ledger; or, should its entry be missing, among the mails of the courses that the person is in. */
async function readTokenDispatch(
  services: Services,
  subscriber: Subscriber,
  isIt: (dispatch: DispatchId) => boolean,
): Promise<Dispatch | undefined> {
  const ledger = await services.store.ledger(subscriber.id);
  const entry = ledger.find((candidate) => isIt(candidate.dispatch));
  if (entry) return readDispatchId(entry.dispatch);
  const enrolments = await services.store.enrolments(subscriber.id);
  const claimed = [subscriber, ...enrolments].flatMap((holder) => holder.claim?.dispatch ?? []);
  const lessons = enrolments.flatMap(({ course, run, done }) =>
    done.map((slug) => dispatchId({ subscriber: subscriber.id, list: course, run, kind: "lesson", slug })),
  );
  const found = [...claimed, ...lessons].find(isIt);
  return found === undefined ? undefined : readDispatchId(found);
}

async function matchByThread(services: Services, inbound: InboundMail): Promise<Bound> {
  const subscriber = await findSender(services, inbound);
  if (!subscriber) return { unmatched: "No token, and From is not a subscriber's address" };
  const answered = [...inbound.inReplyTo, ...inbound.references.toReversed()].map(localPart);
  const ledger = await services.store.ledger(subscriber.id);
  for (const id of answered) {
    const entry = ledger.find((candidate) => candidate.messageId === id);
    const dispatch = entry && readDispatchId(entry.dispatch);
    if (dispatch) return { subscriber, dispatch, isByToken: false };
  }
  return { unmatched: "No token, and no mail of ours in In-Reply-To or References" };
}

async function findSender(services: Services, inbound: InboundMail): Promise<Subscriber | undefined> {
  const hash = await fromHash(services, inbound);
  const id = hash && (await services.store.subscriberOf(hash));
  return id ? services.store.subscriber(id) : undefined;
}

/** The keyed hash of the address in From; undefined if there is none. */
export async function fromHash(services: Services, inbound: InboundMail): Promise<string | undefined> {
  const address = inbound.from === undefined ? undefined : readAddress(inbound.from);
  if (!address || "problem" in address) return undefined;
  return addressHash(await services.keyring.keys(), address.canonical);
}

/** SES's ids are told by what stands before the `@`: AWS does not promise the domain behind it. */
const localPart = (messageId: string): string => messageId.slice(1, messageId.lastIndexOf("@"));
