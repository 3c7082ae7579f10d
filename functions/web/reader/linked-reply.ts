import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import type { readOwnReplyToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, unknownLink } from "../page.ts";

/** A reply that a mailed link is about, and whose it is. */
export interface LinkedReply {
  subscriber: Subscriber;
  reflection: Reflection;
}

/**
 * The reply that a link names; the page to answer with where the link is none of this purpose, or too old.
 * @param read for one purpose; a token of another is refused
 * @returns `found` is undefined where its writer, or the reply, is not there any more
 */
export async function findLinkedReply(
  services: Services,
  { path }: Pick<WebRequest, "path">,
  read: typeof readOwnReplyToken,
  tooOld: "ownReplyTooOld" | "removeTooOld" | "offerTooOld",
): Promise<{ found: LinkedReply | undefined } | { answer: WebResponse }> {
  const { store, keyring, clock } = services;
  const reading = await readWithKeyring(keyring, (keys) => read(keys, path.token ?? "", clock.now()));
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: messagePage(services, 410, tooOld) };
  const subscriber = await store.subscriber(reading.subscriber);
  const reflection = subscriber && (await store.reflection(subscriber.id, reading.reflection));
  return { found: reflection && { subscriber, reflection } };
}
