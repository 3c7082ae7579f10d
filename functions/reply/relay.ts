import { personalLimit } from "../domain/people/limits.ts";
import { isForOwner } from "../domain/replies/conversation.ts";
import { isByAnybody, type Reflection } from "../domain/replies/reflection.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { type Dispatch, dispatchId, readDispatchId } from "../domain/sending/dispatch.ts";
import { newOwner, OWNER_KEY, ownerGets, ownersDispatch } from "../domain/sending/owner.ts";
import { DAY } from "../domain/time.ts";
import type { HolderStore, LedgerStore, LimitStore, Needs, OwnerStore } from "../ports.ts";

type Relaying = Needs<
  HolderStore & OwnerStore & LedgerStore & LimitStore,
  "clock" | "nudge" | "log" | "alarms"
>;

/** A person with a token could flood the owner's mailbox. What is over this is kept, and counted. */
const MOST_RELAYS_A_DAY = 20;
/** Of all readers together, where nobody proves who wrote: with the links of many readers, a stranger could. */
const UNPROVEN_RELAYS = { key: "unproven-relays", most: 40, windowMs: DAY };

/** Passes a reflection on to the owner if a person must see it. However often it is asked for, it is one mail. */
export async function relay(services: Relaying, reflection: Reflection): Promise<void> {
  const answered = readDispatchId(reflection.inReplyTo) as Dispatch;
  if (isForOwner(reflection, answered)) await tellOwner(services, reflection);
}

/** Puts a mail about a kept reflection, or about an answer of the owner's that cannot be sent, on the owner's agenda. */
export async function tellOwner(services: Relaying, reflection: Reflection): Promise<void> {
  const { store, clock, nudge, log } = services;
  const { id, subscriber, course, run } = reflection;
  const mail = { kind: "relay", slug: id } as const;
  const key = mailKey(mail.kind, mail.slug);
  const entry = { dueAt: clock.now(), about: { subscriber, list: course, run } };
  const waiting = ownerGets(newOwner(), key, entry);
  if (await store.ledgerEntry(dispatchId(ownersDispatch(waiting, mail)))) return;
  const isKnown = (await store.owner()).agenda[key] !== undefined;
  const isOverLimit = !isKnown && (await isOneTooMany(services, reflection));
  const owner = isOverLimit ? undefined : await store.change(newOwner(), (now) => ownerGets(now, key, entry));
  if (owner?.agenda[key]) return nudge.send(OWNER_KEY, 0);
  log.warn("relay-limited", { subscriber, reflection: id });
  log.count("RelaysLimited");
}

async function isOneTooMany(
  { store, alarms }: Needs<LimitStore, "alarms">,
  reflection: Reflection,
): Promise<boolean> {
  const key = personalLimit("relays", reflection.subscriber);
  if ((await store.count({ key, most: MOST_RELAYS_A_DAY, windowMs: DAY })) !== undefined) return true;
  if (!isByAnybody(reflection) || (await store.count(UNPROVEN_RELAYS)) === undefined) return false;
  await alarms.see("relays-held");
  return true;
}
