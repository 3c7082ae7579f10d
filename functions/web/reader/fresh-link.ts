import { MAILED_LINK_LIMIT, MAILED_LINK_LIMIT_STOPPED } from "../../domain/people/limits.ts";
import { asksForLink, type Subscriber } from "../../domain/people/subscriber.ts";
import { readPersonalToken, readReaderToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, unknownLink } from "../page.ts";

/** Mails a fresh link to a person's own inbox, if they may get one; nothing tells whether it was. */
export async function mailLink(services: Services, id: string, occasion: "page" | "personal"): Promise<void> {
  const { store, clock, nudge } = services;
  const subscriber = await store.subscriber(id);
  if (!subscriber || (await isOverLimit(services, subscriber))) return;
  await store.change(subscriber, (current) => asksForLink(current, occasion, clock.now()));
  await nudge.send({ subscriber: id }, 0);
}

async function isOverLimit({ store }: Services, { addressHash, status }: Subscriber): Promise<boolean> {
  const limit = status === "stopped" ? MAILED_LINK_LIMIT_STOPPED : MAILED_LINK_LIMIT;
  return (await store.count({ key: `mailed-link#${addressHash}`, ...limit })) !== undefined;
}

/**
 * `POST /fresh-link/{token}`: an expired link to a page is still its reader's, so a new one is mailed to them. What is
 * said is the same, whether or not there is anybody to mail it to.
 */
export async function freshLink(services: Services, { path }: WebRequest): Promise<WebResponse> {
  const token = path.token ?? "";
  const now = services.clock.now();
  const page = await readWithKeyring(services.keyring, (keys) => readReaderToken(keys, token, now));
  const personal = await readWithKeyring(services.keyring, (keys) => readPersonalToken(keys, token, now));
  const reading = "subscriber" in page ? page : personal;
  if (!("subscriber" in reading)) return unknownLink(services);
  await mailLink(services, reading.subscriber, reading === page ? "page" : "personal");
  return messagePage(services, 200, "lookInInbox");
}
