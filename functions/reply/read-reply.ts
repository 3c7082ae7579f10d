import { type Asks, findOwnSubject, type MailAsked, readAsks } from "../domain/replies/asks/asks.ts";
import type { OwnGraveWords } from "../domain/replies/asks/grave.ts";
import { FOLLOWS } from "../domain/replies/follows.ts";
import { type Classification, classify, isTrusted, type ReplyFacts } from "../domain/replies/reply.ts";
import { type AwayNote, dayMonthOrder, returnDate } from "../domain/replies/return-date.ts";
import type { Commands } from "../domain/words/command-phrases.ts";
import { headersNamed, type InboundMail } from "../mail/inbound/inbound.ts";
import type { Reply } from "../mail/inbound/own-words/sent-mail.ts";
import { type OwnWords, ownWords } from "../mail/inbound/own-words.ts";

/** What is known about a mail beside what stands in it. */
export interface Circumstances
  extends Pick<
    ReplyFacts,
    | "source"
    | "isFromSubscriber"
    | "isFromSubscribersDomain"
    | "isByToken"
    | "isRehearsal"
    | "mailDomain"
    | "asksForRating"
    | "verdicts"
  > {
  /** What the mail asked that was replied to; nothing, unless told. */
  mailAsked?: MailAsked;
  /** How commands are written in the language of what was replied to. */
  commands: Commands;
  /** What the owner adds to the words of grave news. */
  grave: OwnGraveWords;
  /** The mail that was replied to. */
  sent: Reply["sent"];
  /** When it came, and where its reader's clock stands. */
  received: Pick<AwayNote, "receivedAt" | "zone">;
}

export interface Reading {
  classification: Classification;
  /** From elsewhere, with the token: what it is if it is the reader's after all. Undefined for what nobody is asked about. */
  ifTheirs: Classification | undefined;
  /** An absence note's last day, as `2026-11-30`, if it clearly names one and there is reason to believe it. */
  awayUntil: string | undefined;
  /** Undefined if the mail could not be parsed. */
  words: OwnWords | undefined;
  /** Undefined if the mail could not be parsed. */
  asks: Asks | undefined;
}

/** A mail whose structure could not be parsed: it is kept by what its envelope tells. */
export const UNREADABLE: Reading = {
  classification: { kind: "unparsed", reason: "The mail's structure could not be read" },
  words: undefined,
  asks: undefined,
  ifTheirs: undefined,
  awayUntil: undefined,
};

/** A reader's own words in a reply, and what kind of reply they make it. Deterministic; asks nobody, never throws. */
export function readReply(inbound: InboundMail, circumstances: Circumstances): Reading {
  const { sent, received, commands, grave, ...about } = circumstances;
  const { mailAsked = {}, ...facts } = about;
  const words = ownWords({ text: inbound.text, html: inbound.html, writer: inbound.fromName, sent });
  const { from, headers, subject } = inbound;
  const attachedTypes = inbound.attachments.map(({ type }) => type);
  const ownSubject = findOwnSubject(subject, sent.subject);
  const asks = readAsks({ ownWords: words.text, ownSubject, commands, grave, received, mailAsked });
  const all: ReplyFacts = { ...facts, from, headers, subject, ownWords: words.text, asks, attachedTypes };
  const classification = withUnreadable(classify(all), inbound);
  const isAway = classification.kind === "out-of-office" && isTrusted(all);
  return {
    words,
    classification,
    asks,
    ifTheirs: classifyAsTheirs(all),
    awayUntil: isAway ? awayUntil(inbound, words, received) : undefined,
  };
}

/**
 * Whoever wrote it had the token, and From is not known to be forged: the reader may have a second address. Nobody is
 * asked about a machine's mail, nor about grave news, which no machine answers.
 */
function classifyAsTheirs(facts: ReplyFacts): Classification | undefined {
  if (facts.isFromSubscriber || !facts.isByToken || facts.verdicts.dmarc === "FAIL") return undefined;
  if (classify(facts).kind !== "foreign-sender" || facts.asks.isGrave) return undefined;
  const theirs = classify({ ...facts, isFromSubscriber: true });
  return FOLLOWS[theirs.kind] === "machine" ? undefined : theirs;
}

/** Words in a charset that nothing here can read are kept in the raw mail, and said to be there. */
function withUnreadable(found: Classification, { unreadableCharset }: InboundMail): Classification {
  if (found.kind !== "unparsed" || unreadableCharset === undefined) return found;
  return { ...found, reason: `Its text is in a charset that cannot be read: ${unreadableCharset}` };
}

function awayUntil(
  { headers, subject }: InboundMail,
  words: OwnWords,
  { receivedAt, zone }: Circumstances["received"],
): string | undefined {
  const languages = ["content-language", "accept-language"].flatMap((name) => headersNamed(headers, name));
  const order = dayMonthOrder(languages, zone);
  return returnDate({ subject, text: words.text, receivedAt, zone, order });
}
