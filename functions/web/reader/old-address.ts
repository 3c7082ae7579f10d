import { changeAddress } from "../../consent/change-address.ts";
import { findLanguage, requestedCourse } from "../../domain/content.ts";
import { maskAddress, readAddress } from "../../domain/people/address.ts";
import { withAddressBack } from "../../domain/people/address-change.ts";
import { ADDRESS, ADDRESS_BACK_TEXT, consentRecord, readOrigin, shown } from "../../domain/people/consent.ts";
import type { FormerAddress, Subscriber } from "../../domain/people/subscriber.ts";
import { say } from "../../domain/words/words.ts";
import { readAddressToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { answerChange, eraseUnconfirmed } from "./new-address.ts";
import { nobody } from "./reader.ts";

/** Undefined: mail goes there already. */
interface Back {
  subscriber: Subscriber;
  former: FormerAddress | undefined;
}

/** `GET /old-address/{token}`: the button that takes a change back, in the mail to the address before. */
export async function oldAddressPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await readBack(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, former } = found;
  const course = requestedCourse(services, subscriber);
  if (!former) return messagePage(services, 200, "addressBack", course);
  const { words } = findLanguage(services.content, course);
  const [address, before] = [maskAddress(subscriber.address), maskAddress(former.address)];
  return pageAnswer(services, {
    name: "address",
    title: say(words, "oldAddress.heading"),
    course,
    values: {
      action: `/old-address/${request.path.token}`,
      lead: say(words, "oldAddress.lead", { address, before }),
      button: say(words, "oldAddress.button"),
      hint: say(words, "oldAddress.hint"),
      refuse: "",
    },
  });
}

/**
 * `POST /old-address/{token}`: mail goes there again, whatever was changed since. Who came by the address in a wrong way could
 * have left everything as well: that somebody has left is no bar.
 */
export async function takeOldAddress(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await readBack(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, former } = found;
  const course = requestedCourse(services, subscriber);
  const to = readAddress(former?.address ?? subscriber.address);
  if ("problem" in to) return unknownLink(services);
  const now = services.clock.now();
  const origin = readOrigin(request, "/old-address", course);
  const { outcome } = await changeAddress(services, subscriber.id, {
    to,
    record: consentRecord("changed", ADDRESS, shown(ADDRESS_BACK_TEXT), now, origin),
    complete: (changed, before) => withAddressBack(changed, before, now),
    giveWay: (signUp) => eraseUnconfirmed(services, signUp),
  });
  return answerChange(services, course, outcome, "addressBack");
}

async function readBack(services: Services, { path }: WebRequest): Promise<Back | { answer: WebResponse }> {
  const now = services.clock.now();
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readAddressToken(keys, "oldAddress", path.token ?? "", now),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: messagePage(services, 410, "addressBackLapsed") };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (!subscriber) return { answer: nobody(services) };
  if (reading.isAbout(subscriber.addressHash)) return { subscriber, former: undefined };
  const { addressesBefore = [] } = subscriber;
  const former = addressesBefore.find(
    ({ addressHash, until }) => until > now && reading.isAbout(addressHash),
  );
  if (former) return { subscriber, former };
  return { answer: messagePage(services, 410, "addressBackLapsed", requestedCourse(services, subscriber)) };
}
