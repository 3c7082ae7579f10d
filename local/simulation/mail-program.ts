import { findHeader } from "../aws/mail-headers.ts";
import type { SentMail } from "../aws/ses-events.ts";
import type { Chance } from "./random.ts";

const WORDS =
  "the order was late because nobody had said who may decide and so we waited for a call that never came until the customer asked again and we had no answer ready for them".split(
    " ",
  );

/**
 * What someone writes, now and then as a question. `ordinal`: of their replies, so that no two are of one length
 * and "the longest" means one of them.
 */
export function wordsOfReply(chance: Chance, ordinal: number): string {
  const count = chance.one([4, 9, 22, 35, 60]);
  const start = chance.below(WORDS.length);
  const words = Array.from({ length: count }, (_, at) => WORDS[(start + at) % WORDS.length]);
  return `${words.join(" ")} ${"again ".repeat(ordinal)}`.trim() + (chance.happens(0.2) ? "?" : ".");
}

/** Where a reply to the mail goes; undefined if it names no place. */
export function readReplyAddress({ headers }: SentMail): string | undefined {
  const named = findHeader(headers, "reply-to");
  return /<([^>]+)>\s*$/.exec(named ?? "")?.[1] ?? named;
}

export interface WrittenMail {
  from: string;
  to: string;
  messageId: string;
  at: number;
  words: string;
  /** Further header fields. */
  more: Record<string, string>;
}

/** A reply as a mail program sends it. */
export function writeReply(mail: SentMail, { from, to, messageId, at, words, more }: WrittenMail): string {
  return [
    `From: ${from}`,
    `To: <${to}>`,
    `Subject: Re: ${findHeader(mail.headers, "subject")}`,
    `Message-ID: ${messageId}`,
    `In-Reply-To: <${mail.messageId}@eu-west-1.amazonses.com>`,
    `Date: ${new Date(at).toUTCString()}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
    "",
    words,
    "",
  ].join("\r\n");
}
