import { type AddressOutcome, changeAddress } from "../../consent/change-address.ts";
import { erase } from "../../consent/erase.ts";
import { findLanguage, requestedCourse } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { maskAddress, readAddress } from "../../domain/people/address.ts";
import {
  addressMailSlug,
  mayChangeAddress,
  withAddressConfirmed,
  withoutAskedAddress,
} from "../../domain/people/address-change.ts";
import { ADDRESS, consentRecord, readOrigin, shown } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import {
  type AskedAddress,
  type Consent,
  markedErased,
  type Subscriber,
} from "../../domain/people/subscriber.ts";
import { dispatchId } from "../../domain/sending/dispatch.ts";
import { say } from "../../domain/words/words.ts";
import { readAddressToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { nobody } from "./reader.ts";

/** Undefined: the address is theirs already. */
interface AddressQuestion {
  subscriber: Subscriber;
  asked: AskedAddress | undefined;
}

/** `GET /new-address/{token}`: a button, in the mail to the new address. Mail scanners follow links: nothing changes. */
export async function newAddressPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await readAsked(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, asked } = found;
  const course = requestedCourse(services, subscriber);
  if (!asked) return messagePage(services, 200, "addressChanged", course);
  const { words } = findLanguage(services.content, course);
  return pageAnswer(services, {
    name: "address",
    title: say(words, "newAddress.heading"),
    course,
    values: {
      action: `/new-address/${request.path.token}`,
      lead: say(words, "newAddress.lead", { address: maskAddress(asked.address) }),
      button: say(words, "newAddress.button"),
      hint: say(words, "newAddress.notYou"),
      refuse: say(words, "newAddress.refuse"),
    },
  });
}

/** `POST /new-address/{token}`: mail goes there from now on. Pressed again, it says the same, and ends what was cut short. */
export async function takeNewAddress(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await readAsked(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, asked } = found;
  if (request.form.do === "refuse") return refuse(services, found);
  if (asked && !mayChangeAddress(subscriber, services.clock.now()))
    return messagePage(services, 409, "addressOften", requestedCourse(services, subscriber));
  return take(services, request, found);
}

async function take(
  services: Services,
  request: WebRequest,
  { subscriber, asked }: AddressQuestion,
): Promise<WebResponse> {
  const course = requestedCourse(services, subscriber);
  const to = readAddress(asked?.address ?? subscriber.address);
  if ("problem" in to) return unknownLink(services);
  const now = services.clock.now();
  const origin = readOrigin(request, "/new-address", course);
  const words = shown(agreementText(origin.locale).address);
  const record = consentRecord("changed", ADDRESS, words, now, origin);
  const { outcome } = await changeAddress(services, subscriber.id, {
    to,
    record: { ...record, ...(asked && (await findConfirmation(services, subscriber, asked))) },
    complete: (changed, before) => withAddressConfirmed(changed, before, now),
    giveWay: (signUp) => eraseUnconfirmed(services, signUp),
  });
  return answerChange(services, course, outcome, "addressChanged");
}

/** What became of a change whose button was pressed. @param done the page that says that it is done */
export function answerChange(
  services: Services,
  course: Course,
  outcome: AddressOutcome,
  done: "addressChanged" | "addressBack",
): WebResponse {
  switch (outcome) {
    case "changed":
    case "same":
      return messagePage(services, 200, done, course);
    case "suppressed":
      return messagePage(services, 409, "addressBarred", course);
    case "taken":
      return messagePage(services, 409, "addressTaken", course);
    case "changed-otherwise":
      return messagePage(services, 409, "addressNotNow", course);
    case "gone":
      return nobody(services);
  }
}

async function readAsked(
  services: Services,
  { path }: WebRequest,
): Promise<AddressQuestion | { answer: WebResponse }> {
  const now = services.clock.now();
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readAddressToken(keys, "newAddress", path.token ?? "", now),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: messagePage(services, 410, "addressLapsed") };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (subscriber?.status !== "active") return { answer: nobody(services) };
  if (reading.isAbout(subscriber.addressHash) && !subscriber.addressAsked)
    return { subscriber, asked: undefined };
  const { addressAsked: asked } = subscriber;
  if (asked && asked.until > now && reading.isAbout(asked.addressHash)) return { subscriber, asked };
  return { answer: messagePage(services, 410, "addressLapsed", requestedCourse(services, subscriber)) };
}

/** The mail whose button it was, for the record; the change counts without it. */
async function findConfirmation(
  { store }: Services,
  { id }: Subscriber,
  asked: AskedAddress,
): Promise<Pick<Consent, "confirmation">> {
  const mail = {
    subscriber: id,
    list: "account",
    run: 1,
    kind: "address",
    slug: addressMailSlug(asked),
  } as const;
  const entry = await store.ledgerEntry(dispatchId(mail));
  return entry ? { confirmation: { messageId: entry.messageId, sentAt: entry.sentAt } } : {};
}

/** Who has the address asks not to be asked again. Of a reader's own address it is only this question that ends. */
async function refuse(services: Services, { subscriber, asked }: AddressQuestion): Promise<WebResponse> {
  const { store } = services;
  if (!asked) return nobody(services);
  const isNobodys = (await store.findSubscriber(asked.addressHash)) === undefined;
  if (isNobodys) await store.suppress(asked.addressHash, "never");
  await store.change(subscriber, (current) => withoutAskedAddress(current, asked.addressHash));
  return messagePage(services, 200, "addressRefused", requestedCourse(services, subscriber));
}

/** A sign-up of the address that nobody confirmed: who pressed a button there may have it gone. */
export async function eraseUnconfirmed(services: Services, signUp: Subscriber): Promise<boolean> {
  const { store, clock } = services;
  const after = await store.change(signUp, (current) =>
    isUnconfirmed(current) ? markedErased(current, clock.now()) : current,
  );
  if (after === undefined) return true;
  if (after.erasedAt === undefined) return false;
  await erase(services, signUp.id);
  return true;
}

const isUnconfirmed = ({ status, consents }: Subscriber): boolean =>
  status === "unconfirmed" && !consents.some(({ event }) => event === "confirmed");
