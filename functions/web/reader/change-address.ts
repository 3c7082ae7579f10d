import { findLanguage, requestedCourse } from "../../domain/content.ts";
import {
  type Address,
  isAtMailDomain,
  readAddress,
  recipientDomain,
  toNetwork,
} from "../../domain/people/address.ts";
import { ADDRESS_CHANGE_LIMIT, personalLimit } from "../../domain/people/limits.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { type PlainKey, say } from "../../domain/words/words.ts";
import { addressHash } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
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
  const { entered, canonical } = address;
  const asking = `address ${request.path.token} ${entered}`;
  await services.errands.leave({
    ...{ does: "change-address", at: services.clock.now(), subscriber: subscriber.id },
    ...{ address: entered, canonical, network: toNetwork(request.ip) },
    asking: addressHash(await services.keyring.keys(), asking),
  });
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
