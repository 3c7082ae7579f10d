import { useUp } from "../consent/admission.ts";
import {
  confirmationsADay,
  type Limit,
  leavingLimits,
  letInNow,
  MAILBOX_REST,
  MAILBOX_SLOTS,
  mailboxRest,
  mailboxSlots,
  portionLimit,
  type SignUpOrigin,
  SUSPECTS,
  suspicions,
} from "../domain/people/limits.ts";
import { askedAt, type Dispatch, dispatchId } from "../domain/sending/dispatch.ts";
import {
  allowanceAfterHold,
  endOfHold,
  inTurn,
  isHeld,
  LONGEST_WAIT,
  portionAfterHold,
  SUSPECT_FOR,
} from "../domain/sending/hold-on-mail.ts";
import { grantedToday, withRampDay } from "../domain/sending/warm-up.ts";
import { HOUR, type Instant } from "../domain/time.ts";
import { addressHash, CONFIRM_LINK_LIFE } from "../links/links.ts";
import type { Breaker, GovernorStore, LimitStore, Needs } from "../ports.ts";

/**
 * `never`: the mailbox has had what a mailbox gets. `given-up`: it has waited too long behind a hold. A moment: not
 * before it.
 */
export type Departure = "now" | "never" | "given-up" | Instant;

type SlotServices = Needs<LimitStore & GovernorStore, "keyring" | "settings" | "clock">;

/**
 * Takes the slots of a confirmation that is about to leave. While confirmations are held, none does; after that some an
 * hour. The mailbox's are last, since they are the longest: a confirmation that waits for another limit does not use
 * them up. All are kept under the dispatch's id: a second attempt at the same mail, after one that was cut off, takes none.
 */
export async function takeConfirmationSlot(
  services: SlotServices,
  origin: SignUpOrigin,
  mail: Dispatch,
): Promise<Departure> {
  const { store, settings, keyring, clock } = services;
  const keys = await keyring.keys();
  const hash = (text: string): string => addressHash(keys, text);
  const now = clock.now();
  const governor = withRampDay(await store.governor(), settings, now);
  const { confirmations = {} } = governor;
  if (isHeld(confirmations, now)) return inTurn(confirmations.held?.until ?? now + HOUR, askedAt(mail));
  const letIn = letInNow(settings.letIn, await store.letIn());
  const portion = await findPortion(services, confirmations, suspicions(origin, letIn, hash));
  const full = portion && (await store.usedUpUntil(portion));
  if (full !== undefined) return waitsUntil(full, origin, mail, portion === SUSPECTS);
  const allowance = allowanceAfterHold(confirmations, now);
  const aDay = confirmationsADay(settings.confirmationShare, grantedToday(governor), allowance);
  const { address } = origin;
  const dispatch = dispatchId(mail);
  for (const limit of leavingLimits(origin, letIn, aDay, hash, portion)) {
    const until = await useUp(store, limit, hash(`mail ${dispatch}`));
    if (until !== undefined) return portion ? inTurn(until, askedAt(mail)) : until;
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

/** What it must have a part in besides its own limits: for a week after a hold, where its like has come back; else for hours. */
async function findPortion(
  { store, clock }: SlotServices,
  confirmations: Breaker,
  suspicions: Limit[],
): Promise<Limit | undefined> {
  const now = clock.now();
  const ended = endOfHold(confirmations);
  if (ended === undefined || now - ended > SUSPECT_FOR) return undefined;
  for (const suspicion of suspicions) if ((await store.usedUpUntil(suspicion)) !== undefined) return SUSPECTS;
  const most = portionAfterHold(confirmations, now);
  return most === undefined ? undefined : portionLimit(most);
}

/** What the owner brought is not given up: nobody would ask for it again. */
function waitsUntil(until: Instant, origin: SignUpOrigin, mail: Dispatch, isSuspect: boolean): Departure {
  const since = askedAt(mail);
  const isTooLong = until - since > (isSuspect ? CONFIRM_LINK_LIFE : LONGEST_WAIT);
  return isTooLong && origin.network !== undefined ? "given-up" : inTurn(until, since);
}
