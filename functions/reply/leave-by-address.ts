import { leave } from "../consent/leave.ts";
import { EVERYTHING } from "../links/links.ts";
import type { ReceivedMail, Services } from "../ports.ts";
import type { Leaving } from "./addressee.ts";

/**
 * Mail to `unsubscribe+<token>@` leaves the token's list, whatever the mail says and whoever sent it: the token is
 * the proof (RFC 2369 §3.2).
 */
export async function leaveByAddress(
  services: Services,
  { receivedAt }: ReceivedMail,
  leavings: Leaving[],
): Promise<void> {
  for (const { subscriber, list, isFrom } of leavings) {
    await leave(services, subscriber, list === EVERYTHING ? EVERYTHING : [list], receivedAt);
    if (isFrom) await services.store.noteOnEntry(subscriber, isFrom, "leftAt", receivedAt);
  }
}
