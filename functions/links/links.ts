import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Keys, SigningKey } from "../domain/keys.ts";
import { NEWSLETTER } from "../domain/newsletter/issue.ts";
import type { DispatchId } from "../domain/sending/dispatch.ts";
import { DAY, type Instant, MINUTE } from "../domain/time.ts";
import { base32, readBase32 } from "./base32.ts";

/**
 * What a token is for. The number is its second byte, and the name goes into the MAC: a token of one purpose
 * is never good for another. Numbers are in mailed links and must not change.
 */
const PURPOSES = {
  form: 1,
  confirm: 2,
  unsubscribe: 3,
  reader: 4,
  reply: 5,
  personal: 6,
  undo: 7,
  relay: 8,
  rehearsal: 9,
  join: 10,
  ownReply: 11,
  newAddress: 12,
  oldAddress: 13,
  removal: 14,
  noLetters: 15,
  offer: 16,
  voice: 17,
} as const;
export type Purpose = keyof typeof PURPOSES;

/** How long a link works after it was mailed. Links to unsubscribe, or to get no letters, and reply addresses have no end. */
export const CONFIRM_LINK_LIFE = 7 * DAY;
export const READER_LINK_LIFE = 90 * DAY;
/** To what a reader wrote and to all that is kept about them: mails get forwarded, so it is mailed when asked for. */
export const PERSONAL_LINK_LIFE = 30 * MINUTE;
/** To the button that says that a reply is one's own. As long as a reply brings someone back who has left. */
export const OWN_REPLY_LINK_LIFE = 30 * DAY;
/** To the button beneath a prompt by which others may read an answer, and not any more. */
export const OFFER_LINK_LIFE = 90 * DAY;
/** To the buttons beneath another reader's answer. */
export const VOICE_LINK_LIFE = 30 * DAY;

export { NEWSLETTER };
/** What stands for all lists in an unsubscribe link; besides it, there are the newsletter and the slugs of courses. */
export const EVERYTHING = "everything";

const MAC_BYTES = 12;
const HEAD_BYTES = 2;
const SUBSCRIBER_BYTES = 10;
const TIME_BYTES = 6;
const LIST_BYTES = 4;
const DISPATCH_BYTES = 5;
/** Of the mail that is left by: with one more, `unsubscribe+` and the token were longer than 64 octets. */
const LEAVING_BYTES = 4;
const REFLECTION_BYTES = 10;
const VOICE_BYTES = 10;
/** Of the keyed hash of an address: a link is about one change of several. */
const ADDRESS_BYTES = 8;
/** Names a run of the rehearsal: eight letters. */
export const RUN_BYTES = 5;
const LONGEST_TOKEN = 128;
/** An undo carries what stood before. */
const LONGEST_UNDO = 1_024;

type TokenProblem = "malformed" | "unknown-key" | "forged";
/** `keyId` comes with `unknown-key`: the keyring may have been read before that key was added. */
export type Refused<Problem extends string = TokenProblem> = { problem: Problem; keyId?: number };

/**
 * Signs with the first key: lower-case base32 of `[key id, purpose, …payload]` and the first 12 bytes of
 * HMAC-SHA-256(key, purpose name + NUL + those bytes). Throws if the keyring holds no key.
 */
export function signToken(keys: Keys, purpose: Purpose, payload: Uint8Array): string {
  const key = keys.signing[0];
  if (!key) throw new Error("The keyring holds no signing key");
  const signed = Buffer.concat([Uint8Array.of(key.id, PURPOSES[purpose]), payload]);
  return base32(Buffer.concat([signed, mac(key, purpose, signed)]));
}

/** The payload of a token in any letter case, or why it is refused. Compares in constant time. */
export function verifyToken(keys: Keys, purpose: Purpose, token: string): { payload: Uint8Array } | Refused {
  const longest = purpose === "undo" ? LONGEST_UNDO : LONGEST_TOKEN;
  const bytes = token.length <= longest ? readBase32(token) : undefined;
  const keyId = bytes?.[0];
  if (!bytes || keyId === undefined || bytes.length < HEAD_BYTES + MAC_BYTES) return { problem: "malformed" };
  const key = keys.signing.find((candidate) => candidate.id === keyId);
  if (!key) return { problem: "unknown-key", keyId };
  const signed = bytes.subarray(0, bytes.length - MAC_BYTES);
  const isGenuine = timingSafeEqual(bytes.subarray(bytes.length - MAC_BYTES), mac(key, purpose, signed));
  if (!isGenuine || signed[1] !== PURPOSES[purpose]) return { problem: "forged" };
  return { payload: signed.subarray(HEAD_BYTES) };
}

function mac(key: SigningKey, purpose: Purpose, signed: Uint8Array): Uint8Array {
  const whole = createHmac("sha256", key.secret).update(`${purpose}\0`).update(signed).digest();
  return whole.subarray(0, MAC_BYTES);
}

interface Dated {
  subscriber: string;
  expiresAt: Instant;
}
/** An expired link is genuine, so it still tells whose it was: a new one can be mailed to them. */
type DatedReading = Dated | Refused | { problem: "expired"; subscriber: string };

export const confirmToken = (keys: Keys, dated: Dated): string => datedToken(keys, "confirm", dated);
export const readerToken = (keys: Keys, dated: Dated): string => datedToken(keys, "reader", dated);
export const personalToken = (keys: Keys, dated: Dated): string => datedToken(keys, "personal", dated);
export const joinToken = (keys: Keys, dated: Dated): string => datedToken(keys, "join", dated);

export const readConfirmToken = (keys: Keys, token: string, now: Instant): DatedReading =>
  readDated(keys, "confirm", token, now);
export const readReaderToken = (keys: Keys, token: string, now: Instant): DatedReading =>
  readDated(keys, "reader", token, now);
export const readPersonalToken = (keys: Keys, token: string, now: Instant): DatedReading =>
  readDated(keys, "personal", token, now);
export const readJoinToken = (keys: Keys, token: string, now: Instant): DatedReading =>
  readDated(keys, "join", token, now);

function datedToken(keys: Keys, purpose: Purpose, { subscriber, expiresAt }: Dated): string {
  return signToken(keys, purpose, Buffer.concat([subscriberBytes(subscriber), timeBytes(expiresAt)]));
}

function readDated(keys: Keys, purpose: Purpose, token: string, now: Instant): DatedReading {
  const verified = readPayload(keys, purpose, token, SUBSCRIBER_BYTES + TIME_BYTES);
  return "problem" in verified ? verified : readDate(verified.payload, now);
}

function readDate(payload: Uint8Array, now: Instant): Dated | { problem: "expired"; subscriber: string } {
  const subscriber = readSubscriber(payload);
  const expiresAt = readTime(payload.subarray(SUBSCRIBER_BYTES, SUBSCRIBER_BYTES + TIME_BYTES));
  return now < expiresAt ? { subscriber, expiresAt } : { problem: "expired", subscriber };
}

/** @param undo what takes an act back, as `writeUndo` gives it */
export function undoToken(keys: Keys, { subscriber, expiresAt }: Dated, undo: string): string {
  const payload = [subscriberBytes(subscriber), timeBytes(expiresAt), Buffer.from(undo)];
  return signToken(keys, "undo", Buffer.concat(payload));
}

export function readUndoToken(
  keys: Keys,
  token: string,
  now: Instant,
): (Dated & { undo: string }) | Refused | { problem: "expired"; subscriber: string } {
  const verified = verifyToken(keys, "undo", token);
  if ("problem" in verified) return verified;
  const dated = readDate(verified.payload, now);
  if ("problem" in dated) return dated;
  return { ...dated, undo: Buffer.from(verified.payload.subarray(SUBSCRIBER_BYTES + TIME_BYTES)).toString() };
}

export interface LeaveLink {
  subscriber: string;
  /** A course slug, `newsletter` or `everything`. */
  list: string;
  /** The mail that carries the link, where it is told which mail was left by. */
  from?: DispatchId;
}

/** The token never expires. */
export function unsubscribeToken(keys: Keys, { subscriber, list, from }: LeaveLink): string {
  const payload = [subscriberBytes(subscriber), digest(list, LIST_BYTES)];
  if (from !== undefined) payload.push(digest(from, LEAVING_BYTES));
  return signToken(keys, "unsubscribe", Buffer.concat(payload));
}

export interface SignedLeave {
  subscriber: string;
  list: string;
  /** Tells whether a dispatch of the ledger is the mail whose link it was; links of some mails do not say. */
  isFrom?: (dispatch: DispatchId) => boolean;
}

/**
 * Which list is to be left. The token holds a hash of the list's name, so it is found among the names we know.
 * @param courses slugs of all courses that the reader may be in; the two other lists are known here
 */
export function readUnsubscribeToken(
  keys: Keys,
  token: string,
  courses: readonly string[],
): SignedLeave | Refused | { problem: "unknown-list"; subscriber: string } {
  const verified = verifyToken(keys, "unsubscribe", token);
  if ("problem" in verified) return verified;
  const { payload } = verified;
  const rest = payload.length - SUBSCRIBER_BYTES - LIST_BYTES;
  if (rest !== 0 && rest !== LEAVING_BYTES) return { problem: "malformed" };
  const subscriber = readSubscriber(payload);
  const hash = payload.subarray(SUBSCRIBER_BYTES, SUBSCRIBER_BYTES + LIST_BYTES);
  const mail = payload.subarray(SUBSCRIBER_BYTES + LIST_BYTES);
  const list = [EVERYTHING, NEWSLETTER, ...courses].find((name) => digest(name, LIST_BYTES).equals(hash));
  if (list === undefined) return { problem: "unknown-list", subscriber };
  if (rest === 0) return { subscriber, list };
  return { subscriber, list, isFrom: (dispatch) => digest(dispatch, LEAVING_BYTES).equals(mail) };
}

/** For a course's reader who wants no letters of it. Never expires: the mails that carry it are kept for years. */
function noLettersToken(keys: Keys, { subscriber, list }: LettersLink): string {
  return signToken(keys, "noLetters", Buffer.concat([subscriberBytes(subscriber), digest(list, LIST_BYTES)]));
}

interface LettersLink {
  subscriber: string;
  /** The slug of a course. */
  list: string;
}

/** `isAbout` tells whether a course, by its slug, is the one that the mail was of. */
export function readNoLettersToken(
  keys: Keys,
  token: string,
): { subscriber: string; isAbout: (list: string) => boolean } | Refused {
  const verified = readPayload(keys, "noLetters", token, SUBSCRIBER_BYTES + LIST_BYTES);
  if ("problem" in verified) return verified;
  const hash = verified.payload.subarray(SUBSCRIBER_BYTES);
  return {
    subscriber: readSubscriber(verified.payload),
    isAbout: (list) => digest(list, LIST_BYTES).equals(hash),
  };
}

/** Part of a reply address: whose reply it is, and to what. Never expires. */
export function replyToken(keys: Keys, mail: { subscriber: string; dispatch: DispatchId }): string {
  const payload = Buffer.concat([subscriberBytes(mail.subscriber), digest(mail.dispatch, DISPATCH_BYTES)]);
  return signToken(keys, "reply", payload);
}

/** `isReplyTo` tells whether a dispatch of the subscriber's ledger is the one that was replied to. */
export function readReplyToken(
  keys: Keys,
  token: string,
): { subscriber: string; isReplyTo: (dispatch: DispatchId) => boolean } | Refused {
  const verified = readPayload(keys, "reply", token, SUBSCRIBER_BYTES + DISPATCH_BYTES);
  if ("problem" in verified) return verified;
  const hash = verified.payload.subarray(SUBSCRIBER_BYTES);
  return {
    subscriber: readSubscriber(verified.payload),
    isReplyTo: (dispatch) => digest(dispatch, DISPATCH_BYTES).equals(hash),
  };
}

/** Part of the address by which the owner answers a reader: whose reflection it was, and which. Never expires. */
function relayToken(keys: Keys, about: { subscriber: string; reflection: string }): string {
  const payload = [subscriberBytes(about.subscriber), reflectionBytes(about.reflection)];
  return signToken(keys, "relay", Buffer.concat(payload));
}

export function readRelayToken(
  keys: Keys,
  token: string,
): { subscriber: string; reflection: string } | Refused {
  const verified = readPayload(keys, "relay", token, SUBSCRIBER_BYTES + REFLECTION_BYTES);
  if ("problem" in verified) return verified;
  const reflection = Buffer.from(verified.payload.subarray(SUBSCRIBER_BYTES)).toString("hex");
  return { subscriber: readSubscriber(verified.payload), reflection };
}

/** Of the mails about a change of address: the button at the new one, and the one at the old one that takes it back. */
export type AddressPurpose = "newAddress" | "oldAddress";
interface AddressLink extends Dated {
  /** Keyed, of the address that the mail goes to. */
  addressHash: string;
}

export function addressToken(keys: Keys, purpose: AddressPurpose, link: AddressLink): string {
  const about = [subscriberBytes(link.subscriber), timeBytes(link.expiresAt), addressBytes(link.addressHash)];
  return signToken(keys, purpose, Buffer.concat(about));
}

/** `isAbout` tells whether an address, by its keyed hash, is the one that the mail went to. */
export function readAddressToken(
  keys: Keys,
  purpose: AddressPurpose,
  token: string,
  now: Instant,
):
  | (Dated & { isAbout: (addressHash: string) => boolean })
  | Refused
  | { problem: "expired"; subscriber: string } {
  const verified = readPayload(keys, purpose, token, SUBSCRIBER_BYTES + TIME_BYTES + ADDRESS_BYTES);
  if ("problem" in verified) return verified;
  const dated = readDate(verified.payload, now);
  if ("problem" in dated) return dated;
  const about = verified.payload.subarray(SUBSCRIBER_BYTES + TIME_BYTES);
  return { ...dated, isAbout: (addressHash) => addressBytes(addressHash).equals(about) };
}

interface ReflectionLink extends Dated {
  reflection: string;
}

/** Part of the link by which a reader says that a reply is theirs: whose it would be, and which. */
export const ownReplyToken = (keys: Keys, link: ReflectionLink): string =>
  reflectionToken(keys, "ownReply", link);
export const readOwnReplyToken = (keys: Keys, token: string, now: Instant): ReflectionReading =>
  readReflectionToken(keys, "ownReply", token, now);

/** Part of the link by which a reader removes what was written on their page. */
export const removalToken = (keys: Keys, link: ReflectionLink): string =>
  reflectionToken(keys, "removal", link);
export const readRemovalToken = (keys: Keys, token: string, now: Instant): ReflectionReading =>
  readReflectionToken(keys, "removal", token, now);

/** Part of the link by which a reader lets others read an answer: whose it is, and which. */
export const offerToken = (keys: Keys, link: ReflectionLink): string => reflectionToken(keys, "offer", link);
export const readOfferToken = (keys: Keys, token: string, now: Instant): ReflectionReading =>
  readReflectionToken(keys, "offer", token, now);

type ReflectionPurpose = "ownReply" | "removal" | "offer";
type ReflectionReading = ReflectionLink | Refused | { problem: "expired"; subscriber: string };

function reflectionToken(keys: Keys, purpose: ReflectionPurpose, link: ReflectionLink): string {
  const about = [
    subscriberBytes(link.subscriber),
    timeBytes(link.expiresAt),
    reflectionBytes(link.reflection),
  ];
  return signToken(keys, purpose, Buffer.concat(about));
}

function readReflectionToken(
  keys: Keys,
  purpose: ReflectionPurpose,
  token: string,
  now: Instant,
): ReflectionReading {
  const length = SUBSCRIBER_BYTES + TIME_BYTES + REFLECTION_BYTES;
  const verified = readPayload(keys, purpose, token, length);
  if ("problem" in verified) return verified;
  const dated = readDate(verified.payload, now);
  if ("problem" in dated) return dated;
  return { ...dated, reflection: Buffer.from(verified.payload.subarray(-REFLECTION_BYTES)).toString("hex") };
}

/** Part of the link by which a reader says what they think of another's answer: who got it, and its own id. */
export function voiceToken(keys: Keys, dated: Dated & { voice: string }): string {
  const about = [subscriberBytes(dated.subscriber), timeBytes(dated.expiresAt), voiceBytes(dated.voice)];
  return signToken(keys, "voice", Buffer.concat(about));
}

export function readVoiceToken(
  keys: Keys,
  token: string,
  now: Instant,
): (Dated & { voice: string }) | Refused | { problem: "expired"; subscriber: string } {
  const verified = readPayload(keys, "voice", token, SUBSCRIBER_BYTES + TIME_BYTES + VOICE_BYTES);
  if ("problem" in verified) return verified;
  const dated = readDate(verified.payload, now);
  return "problem" in dated ? dated : { ...dated, voice: base32(verified.payload.subarray(-VOICE_BYTES)) };
}

/** Says when a form was shown: what is sent back within two seconds was not filled in by a person. */
export const formToken = (keys: Keys, shownAt: Instant): string =>
  signToken(keys, "form", timeBytes(shownAt));

export function readFormToken(keys: Keys, token: string): { shownAt: Instant } | Refused {
  const verified = readPayload(keys, "form", token, TIME_BYTES);
  return "problem" in verified ? verified : { shownAt: readTime(verified.payload) };
}

/** The form of a rehearsal: good for the addresses of this run alone. Only who has the keyring can sign it. */
export const rehearsalFormToken = (keys: Keys, { shownAt, run }: RehearsalForm): string =>
  signToken(keys, "rehearsal", Buffer.concat([timeBytes(shownAt), runBytes(run)]));

export interface RehearsalForm {
  shownAt: Instant;
  /** Eight letters of base32. */
  run: string;
}

export function readRehearsalFormToken(keys: Keys, token: string): RehearsalForm | Refused {
  const verified = readPayload(keys, "rehearsal", token, TIME_BYTES + RUN_BYTES);
  if ("problem" in verified) return verified;
  const { payload } = verified;
  return {
    shownAt: readTime(payload.subarray(0, TIME_BYTES)),
    run: base32(payload.subarray(TIME_BYTES)),
  };
}

function runBytes(run: string): Uint8Array {
  const bytes = readBase32(run);
  if (bytes?.length !== RUN_BYTES)
    throw new Error(`"${run}" is not a run of the rehearsal: 8 base32 characters`);
  return bytes;
}

/** Names a move in its reader's calendar, the same whenever it is taken in; it tells nobody whose it is. */
export function moveUid(of: { subscriber: string; course: string; run: number; lesson: string }): string {
  return base32(digest(`move ${of.subscriber} ${of.course} ${of.run} ${of.lesson}`, 20));
}

/** Stands for an address where it must not be read: hex of its HMAC-SHA-256 under a key that never changes. */
export function addressHash(keys: Keys, canonical: string): string {
  return createHmac("sha256", keys.addressHash).update(canonical).digest("hex");
}

export interface Places {
  /** `https://…` without a trailing slash. */
  webOrigin: string;
  mailDomain: string;
  keys: Keys;
}

/** Builds every link and address that a mail to a reader carries. */
export function links({ webOrigin, mailDomain, keys }: Places) {
  const unsubscribe = (leave: LeaveLink) => unsubscribeToken(keys, leave);
  return {
    confirmUrl: (dated: Dated): string => `${webOrigin}/confirm/${confirmToken(keys, dated)}`,
    readerUrl: (dated: Dated): string => `${webOrigin}/reader/${readerToken(keys, dated)}`,
    ownReplyUrl: (link: ReflectionLink): string => `${webOrigin}/own-reply/${ownReplyToken(keys, link)}`,
    removalUrl: (link: ReflectionLink): string => `${webOrigin}/remove-answer/${removalToken(keys, link)}`,
    offerUrl: (link: ReflectionLink): string => `${webOrigin}/offer/${offerToken(keys, link)}`,
    voiceUrl: (dated: Dated & { voice: string }): string => `${webOrigin}/voice/${voiceToken(keys, dated)}`,
    personalUrl: (dated: Dated): string => `${webOrigin}/personal/${personalToken(keys, dated)}`,
    newAddressUrl: (link: AddressLink): string =>
      `${webOrigin}/new-address/${addressToken(keys, "newAddress", link)}`,
    oldAddressUrl: (link: AddressLink): string =>
      `${webOrigin}/old-address/${addressToken(keys, "oldAddress", link)}`,
    noLettersUrl: (link: LettersLink): string => `${webOrigin}/no-letters/${noLettersToken(keys, link)}`,
    joinUrl: (dated: Dated): string => `${webOrigin}/join/${joinToken(keys, dated)}`,
    unsubscribeUrl: (leave: LeaveLink): string => `${webOrigin}/unsubscribe/${unsubscribe(leave)}`,
    /** A whole mailto link for the List-Unsubscribe field (RFC 2369); its subject is never read. */
    unsubscribeMailto: (leave: LeaveLink): string =>
      `mailto:unsubscribe+${unsubscribe(leave)}@${mailDomain}?subject=unsubscribe`,
    /** Where the owner's answer to a reader goes; no longer than the other. */
    relayAddress: (about: { subscriber: string; reflection: string }): string =>
      `relay+${relayToken(keys, about)}@${mailDomain}`,
    /** At most 64 octets before the `@` (RFC 5321 §4.5.3.1.1). */
    replyAddress: (mail: { subscriber: string; dispatch: DispatchId }): string =>
      `reply+${replyToken(keys, mail)}@${mailDomain}`,
  };
}
export type Links = ReturnType<typeof links>;

function readPayload(
  keys: Keys,
  purpose: Purpose,
  token: string,
  length: number,
): { payload: Uint8Array } | Refused {
  const verified = verifyToken(keys, purpose, token);
  if ("problem" in verified || verified.payload.length === length) return verified;
  return { problem: "malformed" };
}

function digest(text: string, bytes: number): Buffer {
  return createHash("sha256").update(text).digest().subarray(0, bytes);
}

function subscriberBytes(id: string): Uint8Array {
  const bytes = readBase32(id);
  if (bytes?.length !== SUBSCRIBER_BYTES)
    throw new Error(`"${id}" is not a subscriber's id: 16 base32 characters`);
  return bytes;
}

function reflectionBytes(id: string): Uint8Array {
  const bytes = Buffer.from(id, "hex");
  if (bytes.length !== REFLECTION_BYTES) throw new Error("A reflection's id is 20 hex digits");
  return bytes;
}

function voiceBytes(id: string): Uint8Array {
  const bytes = readBase32(id);
  if (bytes?.length !== VOICE_BYTES) throw new Error("A voice's id is 16 base32 characters");
  return bytes;
}

const addressBytes = (addressHash: string): Buffer =>
  Buffer.from(addressHash, "hex").subarray(0, ADDRESS_BYTES);

const readSubscriber = (payload: Uint8Array): string => base32(payload.subarray(0, SUBSCRIBER_BYTES));

function timeBytes(at: Instant): Uint8Array {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeUIntBE(at, 0, TIME_BYTES);
  return bytes;
}

const readTime = (bytes: Uint8Array): Instant => Buffer.from(bytes).readUIntBE(0, TIME_BYTES);
