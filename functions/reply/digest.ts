import { nextDigest } from "../domain/replies/digest.ts";
import { inJournal, type Reflection } from "../domain/replies/reflection.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { newOwner, ownerGets } from "../domain/sending/owner.ts";
import type { HolderStore, Needs, OwnerStore } from "../ports.ts";

/**
 * Notes a reader's words for the owner's next digest, and puts that digest on the owner's agenda: so there is none
 * on a day without replies. However often it is asked for, a reflection is told of once: it belongs to the day on
 * which it came, and a digest that has left is in the ledger. So a crash before this is made good by the next delivery.
 */
export async function noteForDigest(
  { store, settings }: Needs<HolderStore & OwnerStore, "settings">,
  reflection: Reflection,
): Promise<void> {
  if (!inJournal(reflection)) return;
  const { subscriber, id, receivedAt } = reflection;
  const { day, dueAt } = nextDigest(settings.defaultZone, receivedAt);
  await store.noteForDigest({ subscriber, reflection: id, receivedAt });
  const key = mailKey("digest", day);
  await store.change(newOwner(), (owner) => ownerGets(owner, key, { dueAt }));
}
