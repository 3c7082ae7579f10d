import { createHash } from "node:crypto";
import type { DigestEntry } from "../domain/replies/digest.ts";
import type { VoiceKey } from "../domain/replies/voices/voice.ts";
import type { DispatchId } from "../domain/sending/dispatch.ts";
import type { HolderKey } from "../domain/sending/holder.ts";
import { OWNER_ID } from "../domain/sending/owner.ts";
import { type Instant, iso } from "../domain/time.ts";

/** The primary key of an item. Everything about a person stands under `S#<id>`. */
export interface ItemKey {
  pk: string;
  sk: string;
}

const SUBSCRIBER = "subscriber";
const OWNER = "owner";
const ENROLMENT = "enrolment#";
const ONLY = "-";

export const personKey = (subscriber: string): string => `S#${subscriber}`;

export function holderKey(holder: HolderKey): ItemKey {
  if (holder.subscriber === OWNER_ID) return { pk: personKey(OWNER_ID), sk: OWNER };
  return {
    pk: personKey(holder.subscriber),
    sk: holder.course ? `${ENROLMENT}${holder.course}` : SUBSCRIBER,
  };
}

/** The holder that an item of the `due` index stands for. */
export function readHolderKey(key: ItemKey): HolderKey {
  const subscriber = subscriberOfKey(key.pk);
  return key.sk === SUBSCRIBER || key.sk === OWNER
    ? { subscriber }
    : { subscriber, course: key.sk.slice(ENROLMENT.length) };
}

/** The sort key of the item that holds the owner's mail. */
export const OWNER_HOLDER = OWNER;
/** Whose an item is, by its partition. */
export const subscriberOfKey = (pk: string): string => pk.slice(personKey("").length);

export const enrolmentPrefix = ENROLMENT;
export const dispatchPrefix = "dispatch#";
export const reflectionPrefix = "reflection#";

/** The ledger's entry stands with its person; the id tells whose it is. */
export function dispatchKey(dispatch: DispatchId): ItemKey {
  const [subscriber, ...rest] = dispatch.split("_");
  return { pk: personKey(subscriber as string), sk: `${dispatchPrefix}${rest.join("_")}` };
}

export const heardPrefix = "heard#";

/** What a rehearsal has heard about a dispatch; beside its ledger entry. */
export function heardKey(dispatch: DispatchId): ItemKey {
  const { pk, sk } = dispatchKey(dispatch);
  return { pk, sk: heardPrefix + sk.slice(dispatchPrefix.length) };
}

export const reflectionKey = (subscriber: string, id: string): ItemKey => ({
  pk: personKey(subscriber),
  sk: `${reflectionPrefix}${id}`,
});

export const voicePrefix = "voice#";
/** A voice stands with its author. */
export const voiceKey = ({ subscriber, id }: VoiceKey): ItemKey => ({
  pk: personKey(subscriber),
  sk: `${voicePrefix}${id}`,
});
/** Whose voice, and which, a row of the index is about. */
export const readVoiceKey = ({ pk, sk }: ItemKey): VoiceKey => ({
  subscriber: subscriberOfKey(pk),
  id: sk.slice(voicePrefix.length),
});

export const testMailKey = (id: string): ItemKey => ({ pk: personKey(OWNER_ID), sk: `test#${id}` });

/** By the Monday on which it is told of. */
export const reportKey = (monday: string): ItemKey => ({ pk: personKey(OWNER_ID), sk: `report#${monday}` });

export const dmarcPrefix = "dmarc#";
/** In the order of the days that they are about; a report is known by who mails it and the id that it has there (RFC 9990 §3.1.1). */
export const dmarcReportKey = ({
  from,
  reporter,
  id,
}: {
  from: Instant;
  reporter: string;
  id: string;
}): ItemKey => ({
  pk: personKey(OWNER_ID),
  sk: `${dmarcPrefix}${iso(from).slice(0, 10)}#${reporter}#${createHash("sha256").update(id).digest("hex").slice(0, 16)}`,
});

export const addressKey = (hash: string): ItemKey => ({ pk: `address#${hash}`, sk: ONLY });
/** The hash in such a key. */
export const readHash = (pk: string): string => pk.slice(pk.indexOf("#") + 1);
export const suppressionKey = (hash: string): ItemKey => ({ pk: `suppression#${hash}`, sk: ONLY });
export const proofKey = (hash: string): ItemKey => ({ pk: `proof#${hash}`, sk: ONLY });
export const strikesKey = (hash: string): ItemKey => ({ pk: `strikes#${hash}`, sk: ONLY });
export const limitKey = (key: string): ItemKey => ({ pk: `limit#${key}`, sk: ONLY });
/** Whom the owner lets in, by the network, the domain or the hash. */
export const letInKey = (entry: string): ItemKey => ({ pk: "let-in", sk: entry });
/** Keys of the HTTP API, in one partition. */
export const apiKeyKey = (id: string): ItemKey => ({ pk: "api-keys", sk: id });
/** What the API answered to a request that may come again. */
export const answeredKey = (name: string): ItemKey => ({ pk: `answered#${name}`, sk: ONLY });
export const unmatchedKey = (messageId: string): ItemKey => ({ pk: "unmatched", sk: messageId });
export const DIGEST = "digest";
/** In the order in which they came; the ids keep one person's apart from another's. */
export const digestEntryKey = ({ receivedAt, subscriber, reflection }: DigestEntry): ItemKey => ({
  pk: DIGEST,
  sk: `${iso(receivedAt)}#${subscriber}#${reflection}`,
});
export const laneKey = (lane: number): ItemKey => ({ pk: `lane#${lane}`, sk: ONLY });
/** A minute of trouble, by the beginning of its ISO form. */
export const troubleKey = (minute: string): ItemKey => ({ pk: "trouble", sk: minute });
export const governorKey: ItemKey = { pk: "governor", sk: ONLY };
/** What the owner is told of, once an incident. */
export const incidentsKey: ItemKey = { pk: "incidents", sk: ONLY };
