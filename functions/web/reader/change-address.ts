import { takePlace } from "../../consent/admission.ts";
import { findLanguage, requestedCourse } from "../../domain/content.ts";
import {
  type Address,
  isAtMailDomain,
  readAddress,
  recipientDomain,
  toNetwork,
} from "../../domain/people/address.ts";
import { ADDRESS_ATTEMPT_LIMIT, ADDRESS_CHANGE_LIMIT, personalLimit } from "../../domain/people/limits.ts";
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
  const { entered, canonical } = address;
  const typed = `address ${request.path.token} ${entered}`;
  const asking = addressHash(await services.keyring.keys(), typed);
  const problem = await findProblem(services, subscriber, address, asking);
  if (problem) return { problem: say(words, problem) };
  await services.errands.leave({
    ...{ does: "change-address", at: services.clock.now(), subscriber: subscriber.id },
    ...{ address: entered, canonical, network: toNetwork(request.ip) },
    asking,
  });
  return { notice: say(words, "personal.addressAsked", { address: address.entered }) };
}

/** By what was typed, by DNS, and by what this person has done: nothing that is known about the address. */
async function findProblem(
  { settings, mailDomains, store }: Services,
  subscriber: Subscriber,
  { entered, canonical }: Address,
  asking: string,
): Promise<PlainKey | undefined> {
  if (subscriber.status !== "active") return "acts.leftEverything";
  if (entered === subscriber.address) return "personal.addressSame";
  if (isAtMailDomain(canonical, settings.mailDomain)) return "form.addressOurs";
  if (!(await mailDomains.mayTakeMail(recipientDomain(canonical)))) return "form.addressNowhere";
  const { id } = subscriber;
  const attempts = { key: personalLimit("address-attempts", id), ...ADDRESS_ATTEMPT_LIMIT };
  if ((await store.count(attempts)) !== undefined) return "personal.addressOften";
  const addresses = { key: personalLimit("address-change", id), ...ADDRESS_CHANGE_LIMIT };
  return (await takePlace(store, addresses, asking)) === undefined ? undefined : "personal.addressOften";
}
