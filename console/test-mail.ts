import { isAtMailDomain, readAddress } from "../functions/domain/people/address.ts";
import { TESTS_TO_OTHERS } from "../functions/domain/people/limits.ts";
import { mailKey } from "../functions/domain/sending/agenda.ts";
import { type DispatchId, dispatchId } from "../functions/domain/sending/dispatch.ts";
import {
  newOwner,
  OWNER_KEY,
  ownerGets,
  ownersDispatch,
  type TestMail,
} from "../functions/domain/sending/owner.ts";
import type { Instant } from "../functions/domain/time.ts";
import { addressHash } from "../functions/links/links.ts";
import type { MailParts } from "../functions/mail/mime/mime.ts";
import type { Services } from "../functions/ports.ts";

/**
 * Has a composed mail sent to the owner's mailbox, or to an address that the owner names, by the lanes and through the
 * ledger like every other. Its sender and Reply-To are the stage's, whatever the mail says. Returns the dispatch to look
 * for in the ledger (`store.ledgerEntry`); undefined if 500 mails wait for the owner already.
 * @param when.id tells a test apart from all others: one that is asked for again under it is sent once
 * @param when.dueAt now, if it is not given; within a day
 */
export async function sendTestMail(
  { store, clock, random, nudge }: Pick<Services, "store" | "clock" | "random" | "nudge">,
  { from, subject, headers, text, html }: MailParts,
  to?: TestMail["to"],
  when: { id?: string; dueAt?: Instant } = {},
): Promise<DispatchId | undefined> {
  const { id = random(10), dueAt = clock.now() } = when;
  const now = clock.now();
  const words = { fromName: from.name ?? "", subject, headers, text, html };
  await store.keepTestMail({ id, askedAt: now, ...words, ...(to && { to }) });
  const key = mailKey("test", id);
  const owner = await store.change(newOwner(), (current) => ownerGets(current, key, { dueAt }));
  if (!owner?.agenda[key]) return undefined;
  if (dueAt <= now) await nudge.send(OWNER_KEY, 0);
  return dispatchId(ownersDispatch(owner, { kind: "test", slug: id }));
}

/**
 * An address that a test mail may go to; or why not: it is none, it is one of ours, it must not be mailed, or the day's test mails are spent.
 * Asking counts as one.
 */
export async function testRecipient(
  { store, keyring, settings }: Pick<Services, "store" | "keyring" | "settings">,
  typed: string,
): Promise<NonNullable<TestMail["to"]> | { refused: "malformed" | "ours" | "suppressed" | "too-many" }> {
  const read = readAddress(typed);
  if ("problem" in read) return { refused: "malformed" };
  if (isAtMailDomain(read.canonical, settings.mailDomain)) return { refused: "ours" };
  const hash = addressHash(await keyring.keys(), read.canonical);
  if (await store.suppression(hash)) return { refused: "suppressed" };
  if ((await store.count(TESTS_TO_OTHERS)) !== undefined) return { refused: "too-many" };
  return { address: read.entered, hash };
}
