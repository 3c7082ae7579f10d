import { type Instant, SECOND } from "../domain/time.ts";
import type { ErasureStore, Needs } from "../ports.ts";

/**
 * How long one invocation goes on erasing: half of what a page's function has, since the piece that is begun last is
 * still ended. DynamoDB takes some thousand small items a second of one person, so twenty thousand are two or three pieces.
 */
export const A_PIECE = 10 * SECOND;

/**
 * Erases a person: every item about them, their raw mails, their journal. What stays is a suppression, if there was
 * one, and the least proof of their consent, both under a keyed hash.
 *
 * Idempotent, and taken up where it was cut short by being called again: the tombstone comes first, so that nothing
 * is claimed for them any more; then a page of items at a time, its raw mails before the items that know their names.
 * An hour later a lane does it once more, because mail on its way and SES's events about it may have written meanwhile.
 * @param until no further page is begun after this moment; at least one is done. Without it, to the end
 * @returns whether everything is gone
 */
export async function erase(
  { store, inbox, clock, log }: Needs<ErasureStore, "inbox" | "clock" | "log">,
  subscriber: string,
  until: Instant = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  await store.entomb(subscriber);
  let mails = 0;
  let after: string | undefined;
  do {
    const page = await store.personPage(subscriber, after);
    const keys = page.items.map(({ raw }) => raw).filter((raw) => typeof raw === "string");
    await inbox.remove(keys);
    await store.removeItems(subscriber, page.items);
    mails += keys.length;
    after = page.after;
    if (after !== undefined && clock.now() >= until) {
      log.info("erasing-goes-on", { mails });
      return false;
    }
  } while (after !== undefined);
  await store.removeTraces(subscriber);
  log.info("erased", { mails });
  return true;
}

/**
 * What came about a person since they were erased goes, without the right to remove a raw mail: an item that names one
 * stays, since it tells that an erasing was cut short.
 * @returns what is left: nothing, raw mails, or what there was no time for
 */
export async function eraseRest(
  { store, clock }: Needs<ErasureStore, "clock">,
  subscriber: string,
  until: Instant,
): Promise<"nothing" | "raw-mails" | "more"> {
  let hasRawMails = false;
  let after: string | undefined;
  do {
    const page = await store.personPage(subscriber, after);
    const gone = page.items.filter(({ raw }) => typeof raw !== "string");
    await store.removeItems(subscriber, gone);
    hasRawMails ||= gone.length < page.items.length;
    after = page.after;
    if (after !== undefined && clock.now() >= until) return "more";
  } while (after !== undefined);
  if (hasRawMails) return "raw-mails";
  await store.removeTraces(subscriber);
  return "nothing";
}
