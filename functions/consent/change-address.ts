import type { Address } from "../domain/people/address.ts";
import { type Consent, type Subscriber, withConsent } from "../domain/people/subscriber.ts";
import { addressHash } from "../links/links.ts";
import type { AddressStore, HolderStore, Needs } from "../ports.ts";

type Changing = Needs<HolderStore & AddressStore, "keyring" | "log" | "nudge">;

/** One change of a person's address, whoever wants it. */
export interface AddressChange {
  to: Address;
  record: Consent;
  /** Who else must know, and what goes with the change, as it is written. Undefined: it is not to be any more. */
  complete(changed: Subscriber, before: Subscriber): Subscriber | undefined;
  /**
   * A button was pressed in a mail to the address. Then their own wish not to be mailed there counts no more, and a
   * sign-up of that address that was never confirmed may give way.
   * @returns whether it did
   */
  giveWay?(signUp: Subscriber): Promise<boolean>;
}

type AddressChanged =
  | { outcome: "changed"; subscriber: Subscriber }
  | { outcome: "same" | "gone" | "suppressed" | "changed-otherwise" }
  | { outcome: "taken"; by: string };

export type AddressOutcome = AddressChanged["outcome"];

/**
 * Gives a person another address. An address is bound to one person by an item of its own, so this takes several
 * writes: the subscriber notes the second address before it is bound, and forgets it after the first is free. Cut
 * short anywhere, both addresses are theirs or one is, and never anybody else's; doing it again finishes it, and so
 * does erasing. A mail that is on its way still goes to the address before.
 */
export async function changeAddress(
  services: Changing,
  id: string,
  change: AddressChange,
): Promise<AddressChanged> {
  const { store, keyring } = services;
  const { entered, canonical } = change.to;
  const hash = addressHash(await keyring.keys(), canonical);
  const subscriber = await store.subscriber(id);
  if (!subscriber) return { outcome: "gone" };
  const isFinished = subscriber.otherAddressHash === undefined;
  if (hasAddress(subscriber, hash, entered) && isFinished) return { outcome: "same" };
  if (subscriber.addressHash !== hash) {
    if (await isSuppressed(services, hash, change)) return { outcome: "suppressed" };
    const by = await bindNewAddress(services, subscriber, hash, change);
    if (by !== id) return { outcome: "taken", by };
  }
  const changed = await store.change(subscriber, (current) =>
    current.erasedAt === undefined && isMeant(current, hash) && !hasAddress(current, hash, entered)
      ? withAddress(current, hash, change)
      : current,
  );
  const isGone = !changed || changed.erasedAt !== undefined;
  if (isGone || !hasAddress(changed, hash, entered)) {
    if (changed?.addressHash !== hash) await store.freeAddress(hash, id);
    return { outcome: isGone ? "gone" : "changed-otherwise" };
  }
  await freeOldAddress(services, changed);
  if (change.giveWay && changed.status === "active") await store.liftSuppression(hash);
  return { outcome: "changed", subscriber: changed };
}

const hasAddress = ({ addressHash: known, address }: Subscriber, hash: string, entered: string): boolean =>
  known === hash && address === entered;

async function isSuppressed({ store }: Changing, hash: string, { giveWay }: AddressChange): Promise<boolean> {
  const suppression = await store.suppression(hash);
  return suppression !== undefined && !(giveWay && suppression.reason === "reader");
}

/** Notes the address, then binds it. Whose it is: someone's who is not there any more is free. */
async function bindNewAddress(
  { store }: Changing,
  subscriber: Subscriber,
  hash: string,
  { giveWay }: AddressChange,
): Promise<string> {
  if (subscriber.otherAddressHash !== undefined && subscriber.otherAddressHash !== hash)
    await store.freeAddress(subscriber.otherAddressHash, subscriber.id);
  const owner = await store.findSubscriber(hash);
  if (owner !== undefined && owner !== subscriber.id) {
    const other = await store.subscriber(owner);
    if (other && !(await giveWay?.(other))) return owner;
    await store.freeAddress(hash, owner);
  }
  let replaced: string | undefined;
  await store.change(subscriber, (current) => {
    replaced = undefined;
    if (current.erasedAt !== undefined || isMeant(current, hash)) return current;
    replaced = current.otherAddressHash;
    return { ...current, otherAddressHash: hash };
  });
  // Another's note, made meanwhile: it gives way to the later one.
  if (replaced !== undefined) await store.freeAddress(replaced, subscriber.id);
  return store.bindAddress(hash, subscriber.id);
}

/** Someone who changes it to another one at the same time has noted that one. */
const isMeant = ({ addressHash: known, otherAddressHash }: Subscriber, hash: string): boolean =>
  known === hash || otherAddressHash === hash;

function withAddress(
  subscriber: Subscriber,
  hash: string,
  { to, record, complete }: AddressChange,
): Subscriber {
  const consents = withConsent(subscriber.consents, record);
  const changed: Subscriber = { ...subscriber, address: to.entered, consents };
  if (subscriber.addressHash === hash) return complete(changed, subscriber) ?? subscriber;
  const moved = { ...changed, addressHash: hash, otherAddressHash: subscriber.addressHash };
  return complete(moved, subscriber) ?? subscriber;
}

async function freeOldAddress(
  { store, nudge, log }: Changing,
  { id, otherAddressHash }: Subscriber,
): Promise<void> {
  const subscriber = await store.subscriber(id);
  if (subscriber && otherAddressHash !== undefined) {
    await store.freeAddress(otherAddressHash, id);
    await store.change(subscriber, (current) => {
      const { otherAddressHash: other, ...done } = current;
      return other === otherAddressHash ? done : current;
    });
  }
  log.info("address-changed", { subscriber: id });
  await nudge.send({ subscriber: id }, 0);
}
