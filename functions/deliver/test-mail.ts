import { type DispatchId, dispatchId } from "../domain/dispatch.ts";
import { newOwner, OWNER_KEY, ownerGets, ownersDispatch, testKey } from "../domain/owner.ts";
import type { MailParts } from "../mail/mime.ts";
import type { Services } from "../ports.ts";

/**
 * Has a composed mail sent to the owner's mailbox, by the lanes and through the ledger like every other. Its
 * sender, recipient and Reply-To are the stage's, whatever the mail says. Returns the dispatch to look for in the
 * ledger (`store.ledgerEntry`); undefined if 500 mails wait for the owner already.
 */
export async function sendTestMail(
  { store, clock, random, nudge }: Pick<Services, "store" | "clock" | "random" | "nudge">,
  { from, subject, headers, text, html }: MailParts,
): Promise<DispatchId | undefined> {
  const id = random(10);
  const now = clock.now();
  await store.keepTestMail({ id, askedAt: now, fromName: from.name ?? "", subject, headers, text, html });
  const key = testKey(id);
  const owner = await store.change(newOwner(), (current) => ownerGets(current, key, { dueAt: now }));
  if (!owner?.agenda[key]) return undefined;
  await nudge.send(OWNER_KEY, 0);
  return dispatchId(ownersDispatch(owner, key));
}
