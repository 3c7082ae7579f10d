import { takePlace } from "../consent/admission.ts";
import {
  confirmationsADay,
  leavingLimits,
  letInNow,
  MAILBOX_REST,
  MAILBOX_SLOTS,
  mailboxRest,
  mailboxSlots,
  type SignUpOrigin,
} from "../domain/people/limits.ts";
import { lastRequest, type Subscriber } from "../domain/people/subscriber.ts";
import type { DispatchId } from "../domain/sending/dispatch.ts";
import { allowanceAfterHold, isHeld } from "../domain/sending/hold-on-mail.ts";
import { grantedToday, withRampDay } from "../domain/sending/warm-up.ts";
import { HOUR, type Instant } from "../domain/time.ts";
import { addressHash } from "../links/links.ts";
import type { GovernorStore, LimitStore, Needs } from "../ports.ts";

/** `never`: the mailbox has had what a mailbox gets. A moment: not before it. */
export type Departure = "now" | "never" | Instant;

type SlotServices = Needs<LimitStore & GovernorStore, "keyring" | "settings" | "clock">;

/**
 * Takes the slots of a confirmation that is about to leave. While confirmations are held, none does. The mailbox's are last, since they are the longest: a
 * confirmation that waits for another limit does not use them up. Those of the mailbox, the network and the company are
 * kept under the dispatch's id: a second attempt at the same mail, after one that was cut off, takes none.
 */
export async function takeConfirmationSlot(
  services: SlotServices,
  origin: SignUpOrigin,
  dispatch: DispatchId,
): Promise<Departure> {
  const { store, settings, keyring, clock } = services;
  const keys = await keyring.keys();
  const hash = (text: string): string => addressHash(keys, text);
  const now = clock.now();
  const governor = withRampDay(await store.governor(), settings, now);
  const { confirmations = {} } = governor;
  if (isHeld(confirmations, now)) return confirmations.held?.until ?? now + HOUR;
  const allowance = allowanceAfterHold(confirmations, now);
  const aDay = confirmationsADay(settings.confirmationShare, grantedToday(governor), allowance);
  const { address } = origin;
  const letIn = letInNow(settings.letIn, await store.letIn());
  for (const limit of leavingLimits(origin, letIn, aDay, hash)) {
    const until = limit.isByAsking ? await takePlace(store, limit, dispatch) : await store.count(limit);
    if (until !== undefined) return until;
  }
  const rest = { key: mailboxRest(address, letIn, hash), restMs: MAILBOX_REST, by: dispatch };
  const rested = await store.take(rest);
  if (rested !== undefined) return rested;
  for (const key of mailboxSlots(address, letIn, hash)) {
    const taken = await store.take({ key, restMs: MAILBOX_SLOTS.restMs, by: dispatch });
    if (taken === undefined) return "now";
  }
  return "never";
}

/** Undefined where the owner brought the address: an import has a pace of its own. */
export function requestNetwork(subscriber: Subscriber): string | undefined {
  const request = lastRequest(subscriber);
  return request?.actor === "self" ? (request.network ?? "unknown") : undefined;
}
