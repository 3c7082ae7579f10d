import type { ErasureStore, Needs } from "../ports.ts";

/**
 * Erases a person: every item about them, their raw mails, their journal. What stays is a suppression, if there was
 * one, and the least proof of their consent, both under a keyed hash.
 *
 * Idempotent, and taken up where it was cut short by being called again: the tombstone comes first, so that nothing
 * is claimed for them any more; the raw mails go before the items that know their names. An hour later a lane does
 * it once more, because mail on its way and SES's events about it may have written meanwhile.
 */
export async function erase(
  { store, inbox, log }: Needs<ErasureStore, "inbox" | "log">,
  subscriber: string,
): Promise<void> {
  await store.entomb(subscriber);
  const mails = (await store.everythingAbout(subscriber)).map(({ raw }) => raw);
  const keys = mails.filter((raw) => typeof raw === "string");
  await inbox.remove(keys);
  await store.erase(subscriber);
  log.info("erased", { mails: keys.length });
}
