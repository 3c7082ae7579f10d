import type { SentMail } from "../../aws/ses-events.ts";
import { findLink, readLetter } from "../../mailbox/letter.ts";
import { readReplyAddress } from "../mail-program.ts";
import type { Person } from "../people.ts";

/** A lesson that its reader has forwarded: all that stands in it. */
export interface ForwardedMail {
  person: Person;
  mail: SentMail;
  /** As it was sent: the mail itself lets go of it. */
  raw: Uint8Array;
}

/** A reader's own mail to the course, as somebody on its way has seen it. */
export interface SeenMail {
  person: Person;
  to: string;
  raw: string;
}

/** More are forgotten: they would fill the memory. */
const MOST_KEPT = 40;

/** What has come into strangers' hands. */
export class Loot {
  readonly forwarded: ForwardedMail[] = [];
  readonly seen: SeenMail[] = [];
  /** Who was asked about: their mailbox has one confirmation fewer in thirty days, so nobody is asked about twice. */
  readonly askedAbout = new Set<Person>();
  /** Where the owner answers a reader: of the newest question that was passed on. */
  relayAddress: string | undefined;

  forwards(person: Person, mail: SentMail): void {
    keep(this.forwarded, { person, mail, raw: mail.raw });
  }

  sees(person: Person, to: string, raw: string): void {
    keep(this.seen, { person, to, raw });
  }

  relays(mail: SentMail): void {
    const address = readReplyAddress(mail);
    if (address?.startsWith("relay+")) this.relayAddress = address;
  }
}

function keep<One>(kept: One[], one: One): void {
  kept.push(one);
  if (kept.length > MOST_KEPT) kept.shift();
}

const openLetter = ({ mail, raw }: ForwardedMail) => {
  const { messageId, at, source: from, destinations: to } = mail;
  return readLetter({ messageId, at, from, to, raw });
};

/** All that its links lead to on our pages, each once. */
export async function readLinkedPaths(forwarded: ForwardedMail, origin: string): Promise<string[]> {
  const { html = "", text } = await openLetter(forwarded);
  const links = `${html} ${text}`.split(/[\s<>()"']+/).filter((word) => word.startsWith(`${origin}/`));
  return [...new Set(links.map((link) => link.slice(origin.length).replace(/[.,]$/, "")))];
}

/** The path of its reader's page. */
export async function readPagePath(forwarded: ForwardedMail, origin: string): Promise<string> {
  const letter = await openLetter(forwarded);
  // The web copy of a lesson stands behind the same link, and comes first in the mail.
  const link = findLink(letter, `${origin}/reader/`)?.replace(/(\/reader\/[^/]+)\/.*$/, "$1");
  return new URL(link as string).pathname;
}
