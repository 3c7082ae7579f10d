import type { MailLinkErrand } from "../../domain/people/errand.ts";
import { MAILED_LINK_LIMIT, MAILED_LINK_LIMIT_STOPPED } from "../../domain/people/limits.ts";
import { asksForLink, type Subscriber } from "../../domain/people/subscriber.ts";
import type { Instant } from "../../domain/time.ts";
import type { HolderStore, LimitStore, Needs } from "../../ports.ts";
import { takePlace } from "../admission.ts";

/**
 * Puts the mail with a fresh link on a person's agenda, if they may get one. Returns whose mail is due. It is named by
 * its moment: run twice, it is one mail, and one of the limit's places; one that was cut off uses up no second.
 */
export async function mailLink(
  services: Needs<HolderStore & LimitStore>,
  { subscriber: id, occasion, at }: MailLinkErrand & { at: Instant },
): Promise<string | undefined> {
  const { store } = services;
  const subscriber = await store.subscriber(id);
  if (!subscriber || (await isOverLimit(services, subscriber, `${occasion}-${at}`))) return undefined;
  await store.change(subscriber, (current) => asksForLink(current, occasion, at));
  return id;
}

async function isOverLimit(
  { store }: Needs<LimitStore>,
  { addressHash, status }: Subscriber,
  asking: string,
): Promise<boolean> {
  const limit = status === "stopped" ? MAILED_LINK_LIMIT_STOPPED : MAILED_LINK_LIMIT;
  return (await takePlace(store, { key: `mailed-link#${addressHash}`, ...limit }, asking)) !== undefined;
}
