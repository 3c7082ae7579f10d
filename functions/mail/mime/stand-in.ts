import { createHash } from "node:crypto";
import { MINUTE } from "../../domain/time.ts";
import { base32 } from "../../links/base32.ts";
import type { Composition, MailLinks } from "../compose/composition.ts";

/** A mail, and the tokens in its links. */
export interface Addressed {
  mail: Composition;
  tokens: string[];
}

/** An invented reader: a name, an address, and letters for the token of each link. */
interface StandIn {
  firstName?: string;
  address: string;
  letters: string[];
}

const PLACES = ["readerUrl", "unsubscribeUrl", "unsubscribeMailto", "replyAddress"] as const;
/** What stands for the reader in an address: behind the last `/` of a link, or the `+` of a mailbox. */
const TOKEN = /(?<=[/+])[a-z2-7]{20,}(?=$|@)/;

/** Letters that stand nowhere else. */
const makeLetters = (seed: string): string => base32(createHash("sha512").update(seed).digest());
const makeStandIn = (address: string, firstName?: string): StandIn => ({
  ...{ firstName, address },
  letters: PLACES.map((place) => makeLetters(`${address} ${place}`)),
});

export const SOMEBODY = makeStandIn("somebody@reader.invalid", "Å, the “invented” reader");
export const NAMELESS = makeStandIn("nameless@reader.invalid");

/** With the tokens of its links; undefined where one of them has none. */
export function findAddressed(mail: Composition): Addressed | undefined {
  const tokens = PLACES.map((place) => TOKEN.exec(mail.links[place])?.[0]);
  return tokens.every((token) => token !== undefined) ? { mail, tokens } : undefined;
}

/**
 * The same mail to someone who does not exist: their name, their address and their letters, as many as there were, in
 * place of the reader's. It leaves at a full minute: what a mail says of time changes with the reader's day.
 */
export function withStandIn(
  { firstName, address, letters }: StandIn,
  { mail, tokens }: Addressed,
): Addressed {
  const invented = tokens.map((token, place) => "".padEnd(token.length, letters[place]));
  const links = PLACES.map((place, index): [keyof MailLinks, string] => [
    place,
    mail.links[place].replace(TOKEN, invented[index] as string),
  ]);
  return {
    mail: {
      ...mail,
      links: { ...mail.links, ...Object.fromEntries(links) },
      subscriber: { ...mail.subscriber, firstName, address },
      now: mail.now - (mail.now % MINUTE),
    },
    tokens: invented,
  };
}
