import { asksForAddress, NEW_ADDRESS_LIFE } from "../../domain/people/address-change.ts";
import { ADDRESS } from "../../domain/people/consent.ts";
import { type ChangeAddressErrand, isOvertaken } from "../../domain/people/errand.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import { isSamePerson } from "../../domain/people/twins.ts";
import type { Instant } from "../../domain/time.ts";
import { addressHash } from "../../links/links.ts";
import type { Services } from "../../ports.ts";
import { isAdmitted, isMailboxBarred } from "../admission.ts";

/**
 * Asks at another address whether a reader's mail shall come there: within the limits of confirmations, and unless the
 * address must not be mailed. Its own leaving is no bar: it is asked. Returns whose mail is due.
 */
export async function askAtNewAddress(
  services: Services,
  { subscriber: id, address, canonical, network, asking }: ChangeAddressErrand,
  at: Instant,
): Promise<string | undefined> {
  const { store, keyring, log } = services;
  const subscriber = await store.subscriber(id);
  if (subscriber?.status !== "active" || isOvertaken(subscriber, ADDRESS, at)) return undefined;
  if (!(await isAdmitted(services, { address: canonical, network }, asking))) return undefined;
  const hash = addressHash(await keyring.keys(), canonical);
  const suppression = await store.suppression(hash);
  const isBarred =
    !isSamePerson(subscriber.address, canonical) && (await isMailboxBarred(services, canonical));
  if (isRehearsal(id) || isBarred || (suppression && suppression.reason !== "reader")) {
    log.info("address-not-asked", { reason: suppression?.reason });
    return undefined;
  }
  const asked = { address, addressHash: hash, network, until: at + NEW_ADDRESS_LIFE };
  await store.change(subscriber, (current) => {
    const isLater = (current.addressAsked?.until ?? 0) > asked.until;
    return isLater ? current : asksForAddress(current, asked, at);
  });
  return id;
}
