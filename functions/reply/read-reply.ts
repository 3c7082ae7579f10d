import { type Classification, classify, type ReplyFacts } from "../domain/reply.ts";
import type { InboundMail } from "../mail/inbound.ts";
import { type OwnWords, ownWords, type Reply } from "../mail/own-words.ts";

/** What is known about a mail beside what stands in it. */
export interface Circumstances
  extends Pick<
    ReplyFacts,
    "source" | "isFromSubscriber" | "isFromSubscribersDomain" | "mailDomain" | "asksForRating" | "verdicts"
  > {
  /** The mail that was replied to. */
  sent: Reply["sent"];
}

export interface Reading {
  classification: Classification;
  /** Undefined if the mail could not be parsed. */
  words: OwnWords | undefined;
}

/** A mail whose structure could not be parsed: it is kept by what its envelope tells. */
export const UNREADABLE: Reading = {
  classification: { kind: "unparsed", reason: "The mail's structure could not be read" },
  words: undefined,
};

/** A reader's own words in a reply, and what kind of reply they make it. Deterministic; asks nobody, never throws. */
export function readReply(inbound: InboundMail, { sent, ...facts }: Circumstances): Reading {
  const words = ownWords({ text: inbound.text, html: inbound.html, sent });
  const { from, headers, subject } = inbound;
  return { words, classification: classify({ ...facts, from, headers, subject, ownWords: words.text }) };
}
