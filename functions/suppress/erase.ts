import { consentRecord, LEAVE_TEXT, originOf } from "../domain/consent.ts";
import { messagePage, pageAnswer, unknownLink } from "../domain/page.ts";
import { readEraseToken } from "../mail/links.ts";
import { readWithKeyring } from "../mail/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";

/** The link of the mail that somebody who wants to be erased gets: good for an hour. */
export const eraseRoutes = {
  "GET /erase/{token}": erasePage,
  "POST /erase/{token}": erase,
};

/** A button; mail scanners follow links, so nothing changes here. */
export async function erasePage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  const action = `/erase/${request.path.token}`;
  return pageAnswer(services, { name: "erase", title: "Erase everything", values: { action } });
}

/** Erases. Pressed again, it says the same. */
export async function erase(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  const now = services.clock.now();
  const record = consentRecord("withdrawn", "everything", LEAVE_TEXT, now, originOf(request, "/erase"));
  // First the stop: nothing may be claimed while the items go. The suppression stays; it holds only a keyed hash.
  await services.store.stopEverything(found.subscriber, "reader", record);
  await eraseEverything(services, found.subscriber);
  return pageAnswer(services, { name: "erased", title: "Everything is erased", values: {} });
}

/** Every item about a person and their raw mails; what is gone already is no error. */
export async function eraseEverything(services: Services, subscriber: string): Promise<void> {
  const rawMails = await services.store.erase(subscriber);
  await services.inbox.remove(rawMails);
  services.log.info("erased", { mails: rawMails.length });
}

async function whoseLink(
  services: Services,
  { path }: WebRequest,
): Promise<{ subscriber: string } | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readEraseToken(keys, path.token ?? "", services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if (!("problem" in reading)) return reading;
  const answer = messagePage(services, 410, "This link has expired", [
    "It worked for one hour. Nothing was erased.",
    "Your page, linked in every mail, can send you a new one.",
  ]);
  return { answer };
}
