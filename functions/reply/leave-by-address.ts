import { leave } from "../consent/leave.ts";
import { LEAVE_TEXT, shown } from "../domain/people/consent.ts";
import type { Consent } from "../domain/people/subscriber.ts";
import type { Instant } from "../domain/time.ts";
import type { HolderStore, LedgerStore, Needs, ReceivedMail } from "../ports.ts";
import type { Leaving } from "./addressee.ts";

/**
 * Mail to `unsubscribe+<token>@` leaves the token's list, whatever the mail says and from any sender: the token is
 * the proof (RFC 2369 §3.2).
 */
export async function leaveByAddress(
  services: Needs<HolderStore & LedgerStore, "log">,
  { receivedAt }: ReceivedMail,
  leavings: Leaving[],
): Promise<void> {
  for (const { subscriber, list, isFrom } of leavings) {
    await leave(services, subscriber, makeMailedWithdrawal(list, receivedAt));
    if (isFrom) await services.store.noteOnEntry(subscriber, isFrom, "leftAt", receivedAt);
  }
}

/** The record of a leaving by mail. A mail that is delivered again makes the same one. */
export const makeMailedWithdrawal = (list: string, receivedAt: Instant): Consent => ({
  ...{ event: "withdrawn", at: receivedAt, list, ...shown(LEAVE_TEXT) },
  ...{ source: "reply", actor: "self" },
});
