import {
  admissionLimits,
  confirmationsADay,
  type Limit,
  letInNow,
  limitPlaces,
  type SignUpOrigin,
} from "../domain/people/limits.ts";
import { toMailbox } from "../domain/people/twins.ts";
import { allowanceAfterHold } from "../domain/sending/hold-on-mail.ts";
import { grantedToday, withRampDay } from "../domain/sending/warm-up.ts";
import type { Instant } from "../domain/time.ts";
import { addressHash } from "../links/links.ts";
import type { AddressStore, GovernorStore, LimitStore, Needs } from "../ports.ts";

/**
 * Whether one more confirmation may be asked for. Over a limit it is dropped, and counted: what only waited would all
 * leave in the end.
 * @param asking what asks, as it would ask again if it got no answer: a form with what was typed, or a link
 */
export async function isAdmitted(
  services: Needs<LimitStore & GovernorStore, "keyring" | "settings" | "clock" | "log" | "alarms">,
  origin: SignUpOrigin,
  asking: string,
): Promise<boolean> {
  const { store, settings, keyring, log, alarms, clock } = services;
  const keys = await keyring.keys();
  const governor = withRampDay(await store.governor(), settings, clock.now());
  const allowance = allowanceAfterHold(governor.confirmations ?? {}, clock.now());
  const aDay = confirmationsADay(settings.confirmationShare, grantedToday(governor), allowance);
  const letIn = letInNow(settings.letIn, await store.letIn());
  const hash = (text: string): string => addressHash(keys, text);
  for (const limit of admissionLimits(origin, letIn, aDay, hash)) {
    const by = hash(`asking ${asking}`);
    const over = await useUp(store, limit, by);
    if (over === undefined) continue;
    log.warn("sign-up-dropped", { limit: limit.key.split("#", 1)[0] });
    log.count("SignUpDropped");
    await alarms.see("sign-ups-dropped");
    return false;
  }
  return true;
}

/**
 * One of what a limit allows, for an asking that is cut off and comes again only once.
 * @param by names the asking, and no person
 * @returns when the limit allows more, if nothing is left
 */
export const useUp = (
  store: Pick<LimitStore, "count" | "take" | "usedUpUntil">,
  limit: Limit,
  by: string,
): Promise<Instant | undefined> =>
  limit.isByAsking ? takePlace(store, limit, by) : countOnce(store, limit, by);

/** What was counted leaves a mark. */
async function countOnce(
  store: Pick<LimitStore, "count" | "usedUpUntil">,
  limit: Limit,
  by: string,
): Promise<Instant | undefined> {
  const mark: Limit = { key: `${limit.key}#${by}`, most: 1, windowMs: limit.windowMs };
  if ((await store.usedUpUntil(mark)) !== undefined) return undefined;
  const over = await store.count(limit);
  if (over === undefined) await store.count(mark);
  return over;
}

/**
 * Whether who reads an address has barred it under another spelling of their mailbox: complained, or said "never again" to
 * the spelling that a stranger typed. Their leaving bars none.
 */
export async function isMailboxBarred(
  { store, keyring }: Needs<AddressStore, "keyring">,
  address: string,
): Promise<boolean> {
  const mailbox = addressHash(await keyring.keys(), toMailbox(address));
  const suppression = await store.suppression(mailbox);
  return suppression !== undefined && suppression.reason !== "reader";
}

/** One of the limit's places; where this asking has one, that. When the first will be free again, if none is left. */
export async function takePlace(
  store: Pick<LimitStore, "take">,
  limit: Limit,
  by: string,
): Promise<Instant | undefined> {
  let first = Number.POSITIVE_INFINITY;
  for (const key of limitPlaces(limit.key, limit)) {
    const until = await store.take({ key, restMs: limit.windowMs, by });
    if (until === undefined) return undefined;
    first = Math.min(first, until);
  }
  return first;
}
