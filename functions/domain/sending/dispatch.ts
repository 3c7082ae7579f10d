import type { VoiceVerdict } from "../replies/voices/verdict.ts";
import type { Instant } from "../time.ts";
import { type DispatchKind, isMailKind } from "./mail-kinds.ts";

/**
 * One message to one person. Every mail that leaves is one; none goes around the ledger. It says whom it goes to, on
 * which list, in which run through it, of which kind, about what. The id carries all of it, so that an SES event that
 * brings the id back needs no index to find its person.
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
  if (fields.length !== 5 || !fields.every((field) => SLUG.test(field))) return undefined;
  const [subscriber, list, run, kind, slug] = fields as [string, string, string, string, string];
  if (!isMailKind(kind) || !/^[1-9]\d{0,5}$/.test(run)) return undefined;
  return { subscriber, list, run: Number(run), kind, slug };
}

/** When a mail was asked for that is named by that moment, as confirmations are; 0 for any other. */
export const askedAt = ({ slug }: Pick<Dispatch, "slug">): Instant =>
  Number(/(?:^|-)(\d{12,15})(?:-|$)/.exec(slug)?.[1] ?? 0);

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
  /** Prompts: which voice it showed, by that one's own id. */
  voice?: string;
  /** What its reader said of that voice. */
  verdict?: VoiceVerdict;
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
 * What an entry is about: a kind of mail and its slug (`prompt_<lesson>`, `look-back_<part>`, `letter_<slug>`,
 * `notice_<occasion>`, `answer_<reflection>`, `confirmation_<n>`, `issue_<slug>`, `relay_<reflection>`, `digest_<day>`, `report_<monday>`,
 * `test_<id>`), a kind alone (`welcome`, `completion`, and `lesson`: always the next one, which is named when it
 * leaves, so that a changed course reaches readers in mid-course), or an act (`ACTS`).
 */
export type AgendaKey = string;
