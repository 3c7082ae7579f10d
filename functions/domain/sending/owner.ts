import type { Telling } from "../events/outbox.ts";
import type { Instant } from "../time.ts";
import { type Agenda, type AgendaEntry, type DuePlace, duePlace, type MailName, mailKey } from "./agenda.ts";
import type { Claim } from "./claim.ts";
import type { AgendaKey, Dispatch } from "./dispatch.ts";

/** Stands where a subscriber's id stands. No id of a person is so short. */
export const OWNER_ID = "owner";

/**
 * Holds the mail that goes to the owner's mailbox: relays, digests, reports and test mails. There is one. It needs no
 * consent: who set the stage up named the mailbox.
 */
export interface Owner extends Telling {
  kind: "owner";
  /** Counts the writes of the item. 0: not written yet. */
  version: number;
  agenda: Agenda;
  claim?: Claim;
}

export const OWNER_KEY = { subscriber: OWNER_ID } as const;
/** The owner before the first mail to them. */
export const newOwner = (): Owner => ({ kind: "owner", version: 0, agenda: {} });

/** An item of DynamoDB takes 400 KB, so what waits for the owner has a limit far below it. */
const MOST_WAITING = 500;

/** The owner with one more mail to get. Unchanged if it waits already, or if too many do. */
export function ownerGets(owner: Owner, key: AgendaKey, entry: Omit<AgendaEntry, "doubts">): Owner {
  if (owner.agenda[key] || Object.keys(owner.agenda).length >= MOST_WAITING) return owner;
  return { ...owner, agenda: { ...owner.agenda, [key]: { ...entry, doubts: 0 } } };
}

/**
 * The dispatch of a mail to the owner. What is about a reader carries the reader's id, so that its place in the ledger is
 * with them: it is exported and erased with all else that is about them.
 */
export function ownersDispatch(owner: Owner, { kind, slug }: MailName): Dispatch {
  const { about } = owner.agenda[mailKey(kind, slug)] ?? {};
  const { subscriber = OWNER_ID, list = "account", run = 1 } = about ?? {};
  return { subscriber, list, run, kind, slug };
}

export const ownerDue = (owner: Owner): DuePlace | undefined =>
  duePlace(owner.agenda, owner.claim, () => true);

/** A mail that someone composed to see it arrive, and that waits for its sending. */
export interface TestMail {
  id: string;
  /** To whom, if not to the owner's mailbox, and the keyed hash of that address. */
  to?: { address: string; hash: string };
  askedAt: Instant;
  subject: string;
  fromName?: string;
  headers: [name: string, value: string][];
  text: string;
  html: string;
}
