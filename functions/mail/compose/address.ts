import { type AddressOccasion, addressOccasion } from "../../domain/people/address-change.ts";
import type { Dispatch } from "../../domain/sending/dispatch.ts";
import { say, splitParagraphs } from "../../domain/words/words.ts";
import { automaticHeaders } from "../mime/fields.ts";
import { composeMail } from "./composed.ts";
import { type Composed, type Composition, chooseWords, need } from "./composition.ts";

/**
 * About a change of address, to one that is not its reader's yet, or no more. Nothing in it is theirs: no name, no link to
 * their page, none to leave by.
 */
export function composeAddress(mail: Composition): Composed {
  const occasion = need(addressOccasion(mail.dispatch.slug), "an occasion");
  const words = chooseWords(mail);
  const { title } = mail.course;
  const heading = say(words, `address.${occasion}.heading`);
  const values = {
    heading,
    paragraphs: splitParagraphs(say(words, `address.${occasion}.says`, { title })),
    ...(occasion === "back"
      ? { button: "", url: "" }
      : { button: say(words, `address.${occasion}.button`), url: findUrl(mail, occasion) }),
  };
  const head = { subject: heading, preview: say(words, `address.${occasion}.preview`) };
  const to = { address: need(mail.entry?.to, "the address that it goes to") };
  return { ...composeMail(mail, "address", head, values, automaticHeaders()), to };
}

const findUrl = ({ links }: Composition, occasion: Exclude<AddressOccasion, "back">): string =>
  occasion === "new"
    ? need(links.newAddressUrl, "links.newAddressUrl")
    : need(links.oldAddressUrl, "links.oldAddressUrl");

/** That a change was taken back needs no answer. */
export const hasButton = ({ slug }: Pick<Dispatch, "slug">): boolean => addressOccasion(slug) !== "back";
