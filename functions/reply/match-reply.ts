import { readAddress } from "../domain/people/address.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import type { RepliedTo } from "../domain/replies/reflection.ts";
import { type Dispatch, type DispatchId, dispatchId, readDispatchId } from "../domain/sending/dispatch.ts";
import { addressHash } from "../links/links.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { AddressStore, HolderStore, LedgerStore, Needs } from "../ports.ts";
import type { Addressee } from "./addressee.ts";
import type { Unmatched } from "./unmatched.ts";

export interface Binding extends RepliedTo {
  /** By the token that only the mail's recipient was told, not by its thread. */
  isByToken: boolean;
}
export type Bound = Binding | Unmatched;

type Matching = Needs<HolderStore & AddressStore & LedgerStore, "keyring">;

/**
 * Binds a reply: by the token in the envelope's recipient, else by In-Reply-To and References among what was sent
 * to the person in From. Never by the subject, and never by a guess.
 */
export async function matchReply(
  services: Matching,
  addressee: ReplyAddressee,
  inbound: InboundMail | undefined,
): Promise<Bound> {
  if (addressee.about === "mail") return matchByToken(services, addressee);
  if (addressee.refused !== undefined) return { unmatched: addressee.refused };
  return inbound ? matchByThread(services, inbound) : { unmatched: "No token, and the mail cannot be read" };
}

/** What is not about leaving, and no answer of the owner's. */
export type ReplyAddressee = Extract<Addressee, { about: "mail" | "nothing-known" }>;

async function matchByToken(
  services: Needs<HolderStore & LedgerStore>,
  token: Extract<Addressee, { about: "mail" }>,
): Promise<Bound> {
  const subscriber = await services.store.subscriber(token.subscriber);
  if (!subscriber) return { unmatched: "The token's subscriber is not there any more" };
  const dispatch = await readTokenDispatch(services, subscriber, token.isReplyTo);
  return dispatch
    ? { subscriber, dispatch, isByToken: true }
    : { unmatched: "The token names a mail that we do not know" };
}

/** In the ledger; or, should its entry be missing, among the mails of the courses that the person is in. */
async function readTokenDispatch(
  services: Needs<HolderStore & LedgerStore>,
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

async function matchByThread(services: Matching, inbound: InboundMail): Promise<Bound> {
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

async function findSender(services: Matching, inbound: InboundMail): Promise<Subscriber | undefined> {
  const hash = await fromHash(services, inbound);
  const id = hash && (await services.store.findSubscriber(hash));
  return id ? services.store.subscriber(id) : undefined;
}

/** The keyed hash of the address in From; undefined if there is none. */
export async function fromHash(
  services: Needs<unknown, "keyring">,
  inbound: InboundMail,
): Promise<string | undefined> {
  const address = inbound.from === undefined ? undefined : readAddress(inbound.from);
  if (!address || "problem" in address) return undefined;
  return addressHash(await services.keyring.keys(), address.canonical);
}

/** SES's ids are told by what stands before the `@`: AWS does not promise the domain behind it. */
const localPart = (messageId: string): string => messageId.slice(1, messageId.lastIndexOf("@"));
