import { networkOf } from "./address.ts";
import type { Consent } from "./subscriber.ts";
import type { Instant } from "./time.ts";

/**
 * The words that people agreed to, by the name that their consent record keeps. A text is never edited: a change
 * of words is a new name, so that a record of years ago can still be shown in full (GDPR art. 7(1)).
 * `[owner]` and `[author]` stand for those of the stage and the course.
 */
export const CONSENT_TEXTS = {
  "sign-up-1":
    "By signing up you ask [owner] to email you this course: a welcome, twelve lessons, and answers to your replies. We keep your address, your settings and what you write, to run the course. Replies can be read by [author] and the person who runs this system, by nobody else; nothing is sold. Leave at any time with one click; download or erase everything from your page.",
  "newsletter-1": "Also send me the newsletter, now and then. You can leave it on its own.",
  "confirm-1": "Yes, start the course",
  "undo-1": "Undo, within 30 minutes, of a leaving by mistake",
  "page-1": "A button on the reader's own page",
  "leave-1": "Leave, by the link or the button of a mail, or on the reader's own page",
} as const;
export type ConsentText = keyof typeof CONSENT_TEXTS;

/** What the sign-up form shows and records now. */
export const SIGN_UP_TEXT: ConsentText = "sign-up-1";
export const NEWSLETTER_TEXT: ConsentText = "newsletter-1";
export const CONFIRM_TEXT: ConsentText = "confirm-1";
export const LEAVE_TEXT: ConsentText = "leave-1";
export const UNDO_TEXT: ConsentText = "undo-1";
export const PAGE_TEXT: ConsentText = "page-1";

/** A consent text in full. */
export function consentText(name: ConsentText, owner: string, author: string): string {
  return CONSENT_TEXTS[name].replaceAll("[owner]", owner).replaceAll("[author]", author);
}

const LONGEST_USER_AGENT = 200;

/** What a record needs besides the event: where it was pressed, from which network, with what. */
export interface Origin {
  source: string;
  network: string;
  userAgent: string | undefined;
}

/** What a request tells for the record. @param source the page on which the button was */
export function originOf(request: { ip: string; headers: Record<string, string> }, source: string): Origin {
  return { source, network: networkOf(request.ip), userAgent: request.headers["user-agent"] };
}

const LONGEST_ORIGIN = 100;

/** The path of a form, and the site that it stood on if that was another than ours. */
export function sourceOfForm(
  path: string,
  { headers }: { headers: Record<string, string> },
  webOrigin: string,
): string {
  const from = headers.origin ?? "";
  const isAnotherSite = /^https?:\/\/[\w.:-]+$/.test(from) && from !== webOrigin;
  return isAnotherSite && from.length <= LONGEST_ORIGIN ? `${path} on ${from}` : path;
}

/** A record of what was agreed to or withdrawn. @param at UTC */
export function consentRecord(
  event: Consent["event"],
  list: string,
  text: ConsentText,
  at: Instant,
  origin: Origin,
): Consent {
  const { source, network } = origin;
  const record: Consent = { event, at, list, text, source, network, actor: "self" };
  return origin.userAgent ? { ...record, userAgent: printable(origin.userAgent) } : record;
}

/** Header values are the caller's to choose: only printable ASCII of them is kept, and not much. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "").slice(0, LONGEST_USER_AGENT);
