import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import type { DispatchId, LedgerEntry } from "../../functions/domain/sending/dispatch.ts";
import type { Suppression } from "../../functions/ports.ts";

/** A person with all courses that they were ever in. */
export interface Person {
  subscriber: Subscriber;
  enrolments: Enrolment[];
}

/** Everybody, for the owner's console. Functions have no right to it. Throws `store-unavailable`. */
export interface AllPeople {
  /** All people in a lasting order; after a subscriber's id if one is given. In bounded memory. */
  people(after?: string): AsyncIterable<Person>;
  /** Those of these ids that there are. */
  subscribers(ids: readonly string[]): Promise<Subscriber[]>;
  /** Those of these replies that there are, in no order. */
  replies(named: readonly Pick<Reflection, "subscriber" | "id">[]): Promise<Reflection[]>;
  /** All suppressions, in no order. In bounded memory. */
  suppressions(): AsyncIterable<Suppression>;
  /** The ledger's entries of these dispatches, as far as there are any. */
  ledgerEntries(dispatches: readonly DispatchId[]): Promise<Map<DispatchId, LedgerEntry>>;
  /** Whose these addresses are, and which of them must not be mailed; by hash, as far as anything is known. */
  standings(addressHashes: readonly string[]): Promise<Map<string, PersonStanding>>;
  /** All that is kept about each person, in no order, by several scans side by side. In bounded memory. */
  personRecords(): AsyncIterable<PersonRecord>;
}

/** What is known of an address. */
export interface PersonStanding {
  subscriber?: Subscriber;
  suppression?: Suppression;
}

/** All that is kept about one person. */
export interface PersonRecord extends Person {
  ledger: LedgerEntry[];
  reflections: Reflection[];
}
