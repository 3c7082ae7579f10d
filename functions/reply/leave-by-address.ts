import { leave } from "../consent/leave.ts";
import { makeMailedWithdrawal } from "../consent/leave-as-asked.ts";
import type { SignedLeave } from "../links/links.ts";
import type { HolderStore, LedgerStore, Needs, ReceivedMail } from "../ports.ts";

/**
 * Mail to `unsubscribe+<token>@` leaves the token's list, whatever the mail says and from any sender: the token is
 * the proof (RFC 2369 §3.2).
 */
export async function leaveByAddress(
  services: Needs<HolderStore & LedgerStore, "log">,
  { receivedAt }: ReceivedMail,
  leavings: SignedLeave[],
): Promise<void> {
  for (const { subscriber, list, isFrom } of leavings) {
    await leave(services, subscriber, makeMailedWithdrawal(list, receivedAt));
    if (isFrom) await services.store.noteOnEntry(subscriber, isFrom, "leftAt", receivedAt);
  }
}
