import type { Address } from "../../functions/domain/people/address.ts";
import { ownersRecord } from "../../functions/domain/people/consent.ts";
import { type Subscriber, withConsent } from "../../functions/domain/people/subscriber.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { Services } from "../../functions/ports.ts";

type AddressChange =
  | { outcome: "changed"; subscriber: Subscriber }
  | { outcome: "same" | "gone" | "suppressed" | "changed-otherwise" }
  | { outcome: "taken"; by: string };

/** In the records of consent: what was changed is no list. */
const ADDRESS = "address";

/**
 * Gives a person another address. An address is bound to one person by an item of its own, so this takes several
 * writes: the subscriber notes the second address before it is bound, and forgets it after the first is free. Cut
 * short anywhere, both addresses are theirs or one is, and never anybody else's; doing it again finishes it, and so
 * does erasing. A mail that is on its way still goes to the address before.
 */
export async function changeAddress(
  services: Services,
  id: string,
  { entered, canonical }: Address,
  because: string,
): Promise<AddressChange> {
  const { store, clock, keyring } = services;
  const hash = addressHash(await keyring.keys(), canonical);
  const subscriber = await store.subscriber(id);
  if (!subscriber) return { outcome: "gone" };
  const isFinished = subscriber.otherAddressHash === undefined;
  if (subscriber.addressHash === hash && subscriber.address === entered && isFinished)
    return { outcome: "same" };
  if (subscriber.addressHash !== hash) {
    if (await store.suppression(hash)) return { outcome: "suppressed" };
    const by = await bindNewAddress(services, subscriber, hash);
    if (by !== id) return { outcome: "taken", by };
  }
  const changed = await store.change(subscriber, (current) =>
    current.erasedAt === undefined && isMeant(current, hash)
      ? withAddress(current, entered, hash, because, clock.now())
      : current,
  );
  const isGone = !changed || changed.erasedAt !== undefined;
  if (isGone || changed.addressHash !== hash) {
    await store.freeAddress(hash, id);
    return { outcome: isGone ? "gone" : "changed-otherwise" };
  }
  await freeOldAddress(services, changed);
  return { outcome: "changed", subscriber: changed };
}

/** Notes the address, then binds it. Whose it is: someone's who is not there any more is free. */
async function bindNewAddress({ store }: Services, subscriber: Subscriber, hash: string): Promise<string> {
  if (subscriber.otherAddressHash !== undefined && subscriber.otherAddressHash !== hash)
    await store.freeAddress(subscriber.otherAddressHash, subscriber.id);
  const owner = await store.subscriberOf(hash);
  if (owner !== undefined && owner !== subscriber.id) {
    if (await store.subscriber(owner)) return owner;
    await store.freeAddress(hash, owner);
  }
  let replaced: string | undefined;
  await store.change(subscriber, (current) => {
    replaced = undefined;
    if (current.erasedAt !== undefined || isMeant(current, hash)) return current;
    replaced = current.otherAddressHash;
    return { ...current, otherAddressHash: hash };
  });
  // Another console's note, made meanwhile: it gives way to the later one.
  if (replaced !== undefined) await store.freeAddress(replaced, subscriber.id);
  return store.bindAddress(hash, subscriber.id);
}

/** Someone who changes it to another one at the same time has noted that one. */
const isMeant = ({ addressHash, otherAddressHash }: Subscriber, hash: string): boolean =>
  addressHash === hash || otherAddressHash === hash;

function withAddress(
  subscriber: Subscriber,
  address: string,
  hash: string,
  because: string,
  now: Instant,
): Subscriber {
  if (subscriber.addressHash === hash && subscriber.address === address) return subscriber;
  const record = ownersRecord("changed", ADDRESS, because, now);
  const changed = { ...subscriber, address, consents: withConsent(subscriber.consents, record) };
  if (subscriber.addressHash === hash) return changed;
  return planNotice({ ...changed, addressHash: hash, otherAddressHash: subscriber.addressHash }, now);
}

/** One mail to the new address says so: a person who did not ask for this can leave from there. */
function planNotice(subscriber: Subscriber, now: Instant): Subscriber {
  if (subscriber.status !== "active") return subscriber;
  const notice = { [mailKey("notice", `address-${now}`)]: { dueAt: now, doubts: 0 } };
  return { ...subscriber, agenda: { ...subscriber.agenda, ...notice } };
}

async function freeOldAddress(
  { store, nudge, log }: Services,
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
