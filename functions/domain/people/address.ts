import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { withoutControls } from "../controls.ts";
import type { PlainKey } from "../words/words.ts";

const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
const LONGEST_NAME = 100;
/** RFC 5322 atext and dots; quoted local parts exist in standards only. */
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Characters that turn the direction of what stands around them. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** What is copied along with an address and cannot be seen: spaces, zero widths, marks of direction, an empty Braille cell. */
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\u2800]+|[\s\p{Default_Ignorable_Code_Point}\u2800]+$/gu;
/** As a mail program copies an address: `Ann Lee <ann@x.example>`. Of what stands before it, nothing can be an address. */
const IN_BRACKETS = /^[^<>@]*<([^<>]*)>[,;]?$/;
/** As a browser copies one from a link. */
const IN_LINK = /^mailto:([^?]*)(?:\?.*)?$/is;
const LINK = /https?:|www\.|\/\//i;
/** A dot as in a name of a site, which mail programs make a link of: not that of initials. */
const DOT_OF_A_SITE = /(?<=[\p{L}\p{N}])([.\uff0e\u3002\uff61])(?=\p{L}{2})/gu;

export interface Address {
  /** Where mail goes: what was typed, its domain in lower-case ASCII (punycode). */
  entered: string;
  /** What makes it unique: lower case. Dots and plus tags stay, they are their owner's business. */
  canonical: string;
}
export interface AddressProblem {
  /** What to say to the person who typed it. */
  problem: PlainKey;
}

/** Reads what a person typed as an email address. */
export function readAddress(typed: string): Address | AddressProblem {
  const text = bareAddress(typed.replace(UNSEEN, "")).normalize("NFC");
  if (text === "") return { problem: "form.addressMissing" };
  const at = text.lastIndexOf("@");
  if (at < 0 || at !== text.indexOf("@")) return { problem: "form.addressAt" };
  const local = text.slice(0, at).replace(UNSEEN, "");
  const domain = asciiDomain(text.slice(at + 1).replace(UNSEEN, ""));
  if (!isLocalPart(local)) return { problem: "form.addressLocal" };
  if (domain === undefined) return { problem: "form.addressDomain" };
  const entered = `${local}@${domain}`;
  if (entered.length > LONGEST_ADDRESS) return { problem: "form.addressLong" };
  return { entered, canonical: `${asciiLowerCase(local)}@${domain}` };
}

function bareAddress(typed: string): string {
  const inside = IN_BRACKETS.exec(typed)?.[1] ?? typed;
  return (IN_LINK.exec(inside.trim())?.[1] ?? inside).replace(UNSEEN, "");
}

function isLocalPart(local: string): boolean {
  if (local.length > LONGEST_LOCAL_PART || !LOCAL_PART.test(local)) return false;
  return !local.startsWith(".") && !local.endsWith(".") && !local.includes("..");
}

/** `domainToASCII` lets `a..b`, `-bad.com` and `1.2.3.4` pass: the labels are checked after it. */
function asciiDomain(typed: string): string | undefined {
  if (typed.length > LONGEST_ADDRESS || /[\s,<>:/?#[\]\\%]/.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const labels = domain.split(".");
  const isNumber = /^\d+$/.test(labels.at(-1) ?? "");
  if (labels.length < 2 || isNumber || !labels.every((label) => LABEL.test(label))) return undefined;
  return domain;
}

/** Only A to Z: `toLowerCase` makes two characters of a Turkish İ. */
const asciiLowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * Reads a first name; undefined when nothing was typed. Links are refused: a confirmation that carried one would
 * be a stranger's advertisement in someone's mailbox. What a mail program would make one of gets a space, as "St. John" has.
 */
export function readFirstName(typed: string): { firstName: string | undefined } | AddressProblem {
  const name = [...cleanLine(typed)].slice(0, LONGEST_NAME).join("").trim();
  if (holdsLink(typed)) return { problem: "form.nameLink" };
  return { firstName: name === "" ? undefined : name };
}

/** What a person typed, as one line that hides nothing and that no mail program makes a link of. */
export const cleanLine = (typed: string): string => visibleLine(typed).replace(DOT_OF_A_SITE, "$1 ").trim();

export const holdsLink = (typed: string): boolean => LINK.test(visibleLine(typed));

const visibleLine = (typed: string): string =>
  withoutControls(typed.normalize("NFC").replace(DIRECTIONS, "")).replace(/ +/g, " ").trim();

/** `j•••@acme.example`: enough for its owner to know it, since mails with our links get forwarded. */
export function maskAddress(address: string): string {
  const [first = ""] = address;
  return `${first === "@" ? "" : first}•••@${recipientDomain(address)}`;
}

export const recipientDomain = (address: string): string =>
  asciiLowerCase(address.slice(address.lastIndexOf("@") + 1));

/** Whether an address is at the mail domain: what is mailed there comes back to the course, so nobody has such a one. */
export const isAtMailDomain = (address: string, mailDomain: string): boolean =>
  recipientDomain(address) === asciiLowerCase(mailDomain);

/**
 * The network of an IP number: `203.0.113.0/24`, `2001:db8:7::/48`. Enough to limit abuse and to prove a
 * consent, less than an address. `unknown` for what is not an IP number.
 */
export function toNetwork(ip: string): string {
  const plain = ip.split("%", 1)[0] ?? "";
  const version = isIP(plain);
  if (version === 0) return "unknown";
  const mapped = plain.slice(plain.lastIndexOf(":") + 1);
  if (isIP(mapped) === 4) return `${mapped.split(".").slice(0, 3).join(".")}.0/24`;
  return `${firstGroups(plain).join(":")}::/48`;
}

/** The first three groups of an IPv6 number, `::` written out. */
function firstGroups(ip: string): string[] {
  const [head = "", tail] = ip.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, gap)).fill("0"), ...after];
  return groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
}
