import { findLanguage, requestedCourse } from "../../domain/content.ts";
import {
  type Address,
  isAtMailDomain,
  readAddress,
  recipientDomain,
  toNetwork,
} from "../../domain/people/address.ts";
import { asksForAddress, NEW_ADDRESS_LIFE } from "../../domain/people/address-change.ts";
import { ADDRESS_CHANGE_LIMIT, personalLimit } from "../../domain/people/limits.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { type PlainKey, say } from "../../domain/words/words.ts";
import { addressHash } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { isAdmitted } from "../sign-up/admission.ts";
import type { Said } from "./act.ts";
import { noteSignOfLife, whosePersonalPage } from "./personal.ts";
import { personalView } from "./personal-view.ts";

/**
 * `POST /change-address/{token}`, from the page whose link was mailed to the present address. What is answered tells nothing
 * about the other one: not whether it is somebody's, nor whether it may be mailed.
 */
export async function askForAddressChange(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePersonalPage(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber } = found;
  await noteSignOfLife(services, subscriber);
  return personalView(services, subscriber, request, await ask(services, subscriber, request));
}

async function ask(services: Services, subscriber: Subscriber, request: WebRequest): Promise<Said> {
  const { words } = findLanguage(services.content, requestedCourse(services, subscriber));
  if (request.bodyProblem) return { problem: say(words, "acts.unreadable") };
  const address = readAddress(request.form.email ?? "");
  if ("problem" in address) return { problem: say(words, address.problem) };
  const problem = await findProblem(services, subscriber, address);
  if (problem) return { problem: say(words, problem) };
  await keep(services, subscriber, address, request);
  return { notice: say(words, "personal.addressAsked", { address: address.entered }) };
}

/** By what was typed, by DNS, and by what this person has done: nothing that is known about the address. */
async function findProblem(
  { settings, mailDomains, store }: Services,
  subscriber: Subscriber,
  { entered, canonical }: Address,
): Promise<PlainKey | undefined> {
  if (subscriber.status !== "active") return "acts.leftEverything";
  if (entered === subscriber.address) return "personal.addressSame";
  if (isAtMailDomain(canonical, settings.mailDomain)) return "form.addressOurs";
  if (!(await mailDomains.mayTakeMail(recipientDomain(canonical)))) return "form.addressNowhere";
  const limit = { key: personalLimit("address-change", subscriber.id), ...ADDRESS_CHANGE_LIMIT };
  return (await store.count(limit)) === undefined ? undefined : "personal.addressOften";
}

/** Within the limits of confirmations, and unless the address must not be mailed. Its own leaving is no bar: it is asked. */
async function keep(
  services: Services,
  subscriber: Subscriber,
  { entered, canonical }: Address,
  { ip, path }: WebRequest,
): Promise<void> {
  const { store, keyring, clock, nudge, log } = services;
  const network = toNetwork(ip);
  const asking = `address ${path.token} ${entered}`;
  if (!(await isAdmitted(services, { address: canonical, network }, asking))) return;
  const hash = addressHash(await keyring.keys(), canonical);
  const suppression = await store.suppression(hash);
  if (isRehearsal(subscriber.id) || (suppression && suppression.reason !== "reader"))
    return log.info("address-not-asked", { reason: suppression?.reason });
  const now = clock.now();
  const asked = { address: entered, addressHash: hash, network, until: now + NEW_ADDRESS_LIFE };
  await store.change(subscriber, (current) => asksForAddress(current, asked, now));
  await nudge.send({ subscriber: subscriber.id }, 0);
}
