import PostalMime, { type Address } from "postal-mime";
import type { LeftMail } from "../aws/world.ts";

/** A delivered mail as its reader's mail program knows it. */
export interface Letter {
  /** SES's id: the letter's address in the inbox. */
  id: string;
  /** Virtual time of its arrival, epoch ms. */
  at: number;
  /** Envelope recipient: whose mailbox it lies in. */
  mailbox: string;
  from: Correspondent;
  to: Correspondent;
  /** Where an answer goes: Reply-To, else From. */
  replyTo: Correspondent;
  subject: string;
  /** The line that an inbox shows behind the subject: how the mail begins, preview text included. */
  beginning: string;
  html: string | undefined;
  text: string;
  /** As it came. */
  raw: Uint8Array;
  /** The same, decoded as UTF-8 for looking at. */
  source: string;
  /** Header names in lower case; the last of a repeated one. */
  headers: ReadonlyMap<string, string>;
  /** With angle brackets. */
  messageId: string;
  references: string[];
}

interface Correspondent {
  name: string;
  address: string;
}

const LONGEST_BEGINNING = 140;

/** Reads a delivered mail. Throws if its MIME structure cannot be parsed: it would be one that we sent. */
export async function readLetter(mail: LeftMail): Promise<Letter> {
  const email = await PostalMime.parse(mail.raw);
  const mailbox = mail.to[0] ?? "";
  const from = person(email.from, mail.from);
  return {
    id: mail.messageId,
    at: mail.at,
    mailbox,
    from,
    to: person(email.to?.[0], mailbox),
    replyTo: person(email.replyTo?.[0], from.address),
    subject: email.subject ?? "(no subject)",
    beginning: readBeginning(email.html, email.text ?? ""),
    html: email.html,
    text: email.text ?? "",
    raw: mail.raw,
    source: Buffer.from(mail.raw).toString("utf8"),
    headers: new Map(email.headers.map(({ key, value }) => [key, value])),
    messageId: email.messageId ?? `<${mail.messageId}>`,
    references: email.references?.match(/<[^<>\s]+>/g) ?? [],
  };
}

/** Where RFC 8058's one-click POST goes, if the mail offers it. */
export function oneClickTarget(letter: Letter): string | undefined {
  if (letter.headers.get("list-unsubscribe-post") !== "List-Unsubscribe=One-Click") return undefined;
  return /<(https?:\/\/[^>\s]+)>/.exec(letter.headers.get("list-unsubscribe") ?? "")?.[1];
}

/** The first link of a mail whose address starts with `prefix` and holds `holding`, from its plain text. */
export function findLink(letter: Letter, prefix: string, holding = ""): string | undefined {
  return letter.text
    .split(/[\s<>()]+/)
    .find((word) => word.startsWith(prefix) && word.includes(holding))
    ?.replace(/[.,]$/, "");
}

function person(address: Address | undefined, otherwise: string): Correspondent {
  return { name: address?.name ?? "", address: address?.address ?? otherwise };
}

/** What mail programs show behind the subject. */
function readBeginning(html: string | undefined, text: string): string {
  const words = (html === undefined ? text : visibleText(html)).replace(
    /(?:[\s\u00ad\u200b-\u200f\u2007\ufeff]|\u034f)+/g,
    " ",
  );
  return words.trim().slice(0, LONGEST_BEGINNING);
}

/** A rough reading of our own HTML, for one line of a list; never inserted anywhere unescaped. */
function visibleText(html: string): string {
  const body = /<body[^>]*>([\s\S]*)/i.exec(html)?.[1] ?? html;
  return body
    .replace(/<!--[\s\S]*?-->|<(style|script|title)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (_, name: string) => character(name));
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function character(name: string): string {
  if (!name.startsWith("#")) return NAMED[name.toLowerCase()] ?? "";
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
