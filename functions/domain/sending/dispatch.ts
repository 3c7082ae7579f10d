import type { Instant } from "../time.ts";

/** One message to one person. Every mail that leaves is one of these; none goes around the ledger. */
export const DISPATCH_KINDS = [
  "confirmation",
  "welcome",
  "lesson",
  "prompt",
  "answer",
  "look-back",
  "completion",
  "issue",
  "notice",
  "relay",
  "digest",
  "report",
  "test",
] as const;
export type DispatchKind = (typeof DISPATCH_KINDS)[number];

/**
 * What a dispatch is: whom it goes to, on which list, in which run through it, of which kind, about what.
 * The id carries all of it, so an SES event that brings the id back needs no index to find its person.
 */
export interface Dispatch {
  subscriber: string;
  /** A course slug, `newsletter`, or `account` for confirmations and notices. */
  list: string;
  /** 1 for the first time through a course; "start again" counts up, so that it sends again. */
  run: number;
  kind: DispatchKind;
  /** The lesson, the part or the occasion. */
  slug: string;
}

/** `<subscriber>_<list>_<run>_<kind>_<slug>`: only characters that SES takes in a message tag. */
export type DispatchId = string;

const SEPARATOR = "_";
const SLUG = /^[a-z0-9-]{1,60}$/;

/** The id of a dispatch. Throws on a slug that could not be read back: that is a programmer's error. */
export function dispatchId(dispatch: Dispatch): DispatchId {
  const fields = [dispatch.subscriber, dispatch.list, String(dispatch.run), dispatch.kind, dispatch.slug];
  for (const field of fields) {
    if (!SLUG.test(field)) throw new Error(`"${field}" cannot stand in a dispatch id: a-z, 0-9 and - only`);
  }
  return fields.join(SEPARATOR);
}

/** The dispatch that an id names, or undefined if it is not one of ours. */
export function readDispatchId(id: string): Dispatch | undefined {
  const fields = id.split(SEPARATOR);
  const [subscriber, list, run, kind, slug] = fields;
  if (fields.length !== 5 || !fields.every((field) => SLUG.test(field))) return undefined;
  if (!DISPATCH_KINDS.includes(kind as DispatchKind) || !/^[1-9]\d{0,5}$/.test(run as string))
    return undefined;
  return {
    subscriber: subscriber as string,
    list: list as string,
    run: Number(run),
    kind: kind as DispatchKind,
    slug: slug as string,
  };
}

/** How far a dispatch has come, by what SES has told us. Later names win over earlier ones, never back. */
export const DELIVERY_STATES = ["sent", "delayed", "delivered", "rejected", "bounced", "complained"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The ledger's entry for a dispatch: SES has accepted it. Its existence is what "sent" means. */
export interface LedgerEntry {
  dispatch: DispatchId;
  /** The id that SES gave it, without angle brackets and domain. */
  messageId: string;
  sentAt: Instant;
  state: DeliveryState;
  stateAt: Instant;
  /** Issues: when its reader first wrote back. */
  repliedAt?: Instant;
  /** Issues: when its reader first left by the link, the address or the word of this very mail. */
  leftAt?: Instant;
}

/** What a reader did with a mail. */
export type EntryNote = "repliedAt" | "leftAt";

/**
 * The entry after an event, whatever the order in which events arrive.
 * Returns the entry itself when the event changes nothing, so that a caller can skip the write.
 */
export function afterEvent(entry: LedgerEntry, state: DeliveryState, at: Instant): LedgerEntry {
  const moves = DELIVERY_STATES.indexOf(state) > DELIVERY_STATES.indexOf(entry.state);
  return moves ? { ...entry, state, stateAt: at } : entry;
}

/**
 * What an entry is about. On an enrolment: `welcome`, `lesson` (always the next one of the sequence: naming it
 * late is what lets a changed course reach readers in mid-course), `prompt_<lesson>`, `look-back_<part>`,
 * `completion`, `notice_<occasion>`, `answer_<reflection>`, or the act `resume`. On a subscriber:
 * `confirmation_<n>`, `notice_<occasion>`, `issue_<slug>`, `answer_<reflection>`, or `finish-stop`. On the owner:
 * `relay_<reflection>`, `digest_<day>`, `report_<monday>`, `test_<id>`.
 */
export type AgendaKey = string;
