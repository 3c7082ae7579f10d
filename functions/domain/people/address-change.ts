import { FORGET_ADDRESS_KEY, isMailKey, mailKey, withoutEntry } from "../sending/agenda.ts";
import { DAY, type Instant } from "../time.ts";
import type { AskedAddress, FormerAddress, Subscriber } from "./subscriber.ts";

/*
 * A reader changes their own address:
 *
 *   asks (link mailed to A) → button mailed to B → pressed: mail goes to B; A is told, with a way back
 *                                                   └ seven days: pressed at A, it goes to A again; B is told
 *
 * What leaves about it is of the kind `address`, to the address in its entry: B is not theirs yet, A no more.
 */

/** How long the button at a new address works. */
export const NEW_ADDRESS_LIFE = 3 * DAY;
/** How long a change can be taken back from the address before. */
const OLD_ADDRESS_LIFE = 7 * DAY;
/** Maximum changes that can be taken back at a time: the first address must not be pushed out by further changes. */
const MOST_FORMER = 3;

/** What the slug of a mail of the kind `address` begins with, by whom it goes to. */
const OCCASIONS = { asked: "new", told: "old", takenBack: "back" } as const;
export type AddressOccasion = (typeof OCCASIONS)[keyof typeof OCCASIONS];
export const ADDRESS_OCCASIONS = Object.values(OCCASIONS);

export const addressOccasion = (slug: string): AddressOccasion | undefined =>
  ADDRESS_OCCASIONS.find((one) => slug.startsWith(`${one}-`));

/** It goes to an address that anybody may have typed: it has the limits of a confirmation. */
export const asksNewAddress = ({ kind, slug }: { kind: string; slug: string }): boolean =>
  kind === "address" && addressOccasion(slug) === OCCASIONS.asked;

/** They want mail at another address. Who asks twice is asked about the later one. */
export function asksForAddress(subscriber: Subscriber, asked: AskedAddress, now: Instant): Subscriber {
  if (subscriber.status !== "active") return subscriber;
  const isMail = (key: string) => isMailKey("address", key, `${OCCASIONS.asked}-`);
  const agenda = withoutEntry(subscriber.agenda, isMail);
  const waiting = { ...subscriber, addressAsked: asked, agenda };
  return withForgetting(withMail(waiting, OCCASIONS.asked, asked.address, now));
}

/** The slug of the mail that asks at the address. */
export const addressMailSlug = ({ until }: AskedAddress): string =>
  `${OCCASIONS.asked}-${until - NEW_ADDRESS_LIFE}`;

/** Who has the address does not want it; another that was asked for since still waits. */
export function withoutAskedAddress(subscriber: Subscriber, addressHash: string): Subscriber {
  const { addressAsked: asked, ...others } = subscriber;
  return asked?.addressHash === addressHash ? withForgetting(others) : subscriber;
}

/** Another change now would push out one that can still be taken back. */
export const mayChangeAddress = (subscriber: Subscriber, now: Instant): boolean =>
  lasting(subscriber, now).length < MOST_FORMER;

/** What comes with a change that was confirmed at the new address; undefined if it is not asked for any more. */
export function withAddressConfirmed(
  changed: Subscriber,
  before: Subscriber,
  now: Instant,
): Subscriber | undefined {
  const { addressAsked: asked, addressHash, address } = before;
  const isAsked = asked?.addressHash === changed.addressHash && asked.until > now;
  if (before.status !== "active" || !isAsked || !mayChangeAddress(before, now)) return undefined;
  const { addressAsked: _, ...done } = changed;
  if (changed.addressHash === addressHash) return withForgetting(done);
  const others = lasting(before, now).filter((former) => former.addressHash !== changed.addressHash);
  const former = { address, addressHash, until: now + OLD_ADDRESS_LIFE };
  return withForgetting(
    withMail({ ...done, addressesBefore: [...others, former] }, OCCASIONS.told, address, now),
  );
}

/** The change from this address on is taken back; undefined if there is none any more. */
export function withAddressBack(
  changed: Subscriber,
  before: Subscriber,
  now: Instant,
): Subscriber | undefined {
  const formers = lasting(before, now);
  const place = formers.findIndex(({ addressHash }) => addressHash === changed.addressHash);
  if (place < 0) return undefined;
  const agenda = withoutEntry(changed.agenda, (key) => isMailKey("address", key));
  const { addressAsked: _, ...back } = { ...changed, agenda, addressesBefore: formers.slice(0, place) };
  return withForgetting(withMail(back, OCCASIONS.takenBack, before.address, now));
}

/** The owner has changed it: what the reader had asked for, or could take back, is over. */
export function withoutAddressChanges(subscriber: Subscriber): Subscriber {
  const { addressAsked: _, addressesBefore: __, ...others } = subscriber;
  const agenda = withoutEntry(others.agenda, (key) => isMailKey("address", key));
  return withForgetting({ ...others, agenda });
}

/** Without the addresses whose time is over. */
export function withoutFadedAddresses(subscriber: Subscriber, now: Instant): Subscriber {
  const { addressAsked: asked, ...others } = { ...subscriber, addressesBefore: lasting(subscriber, now) };
  return withForgetting(asked && asked.until > now ? { ...others, addressAsked: asked } : others);
}

/** What a mail of the kind `address` is about: the address, by its hash, and until when its button works. */
export function addressInMail(
  subscriber: Subscriber,
  slug: string,
  to: string,
  now: Instant,
): AskedAddress | FormerAddress | undefined {
  const { addressAsked, addressesBefore = [] } = subscriber;
  const known = addressOccasion(slug) === OCCASIONS.asked ? [addressAsked] : addressesBefore;
  return known.find((one) => one?.address === to && one.until > now);
}

const lasting = ({ addressesBefore = [] }: Subscriber, now: Instant): FormerAddress[] =>
  addressesBefore.filter(({ until }) => until > now);

function withMail(subscriber: Subscriber, occasion: AddressOccasion, to: string, now: Instant): Subscriber {
  const entry = { dueAt: now, doubts: 0, to };
  const agenda = { ...subscriber.agenda, [mailKey("address", `${occasion}-${now}`)]: entry };
  return { ...subscriber, agenda };
}

/** Puts on the agenda when the first of the addresses that are kept for a time is forgotten. */
function withForgetting(subscriber: Subscriber): Subscriber {
  const { addressesBefore = [], ...others } = subscriber;
  const known = [subscriber.addressAsked, ...addressesBefore].filter((one) => one !== undefined);
  const agenda = withoutEntry(subscriber.agenda, (key) => key === FORGET_ADDRESS_KEY);
  if (known.length > 0) {
    const dueAt = Math.min(...known.map(({ until }) => until));
    agenda[FORGET_ADDRESS_KEY] = { dueAt, doubts: 0 };
  }
  return { ...others, ...(addressesBefore.length > 0 && { addressesBefore }), agenda };
}
