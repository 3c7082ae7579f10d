import { readPersonalToken, readReaderToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, unknownLink } from "../page.ts";

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
  const occasion = reading === page ? "page" : "personal";
  await services.errands.leave({ does: "mail-link", at: now, subscriber: reading.subscriber, occasion });
  return messagePage(services, 200, "lookInInbox");
}
