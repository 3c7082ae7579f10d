import { joinWords, type Line } from "./lines.ts";

/** What is known of the mail that was replied to, ready for matching. */
export interface Sent {
  addresses: string[];
  name: string;
  subject: string;
  /** All words of the mail. */
  words: string;
  /** Each of its lines and sentences. */
  lines: Set<string>;
}

/** A short line may well be the reader's, even when our mail holds the same words. */
export const LEAST_ALIKE = 12;

export function knownText({ addresses, name, subject, text }: Reply["sent"]): Sent {
  const pieces = text.split(/\n/).flatMap((line) => [line, ...line.split(/(?<=[.?!:])\s/)]);
  return {
    addresses: addresses.map((address) => address.toLowerCase()).filter((address) => address !== ""),
    name: name.trim().toLowerCase(),
    subject: subject.trim().toLowerCase(),
    words: joinWords(text),
    lines: new Set(pieces.map(joinWords).filter((words) => words.length >= LEAST_ALIKE)),
  };
}

/** Clients break addresses over lines: spaces do not count. */
export const withoutSpaces = (text: string): string => text.replace(/\s/g, "").toLowerCase();

export const namesOurAddress = (compact: string, sent: Sent): boolean =>
  sent.addresses.some((address) => compact.includes(address));

export const namesUs = (compact: string, sent: Sent): boolean =>
  namesOurAddress(compact, sent) || (sent.name !== "" && compact.includes(withoutSpaces(sent.name)));

/** A reader may quote somebody else. It is ours if a line of it is, or names us; not knowing our text, if it is long. */
export function isOurs(block: Line[], sent: Sent): boolean {
  const holdsOurs = block.some(
    (line) =>
      (line.words !== "" && sent.words.includes(line.words)) || namesUs(withoutSpaces(line.plain), sent),
  );
  const saysNothing = block.every((line) => line.words === "");
  return holdsOurs || saysNothing || (sent.words === "" && block.length >= LEAST_QUOTED);
}

/** A quotation without an attribution is taken for our mail's from this many lines on, when our text is unknown. */
const LEAST_QUOTED = 3;

export interface Reply {
  text: string | undefined;
  html: string | undefined;
  /** What is known about the mail that was replied to. */
  sent: {
    /** Our addresses that a client may quote: From and Reply-To. */
    addresses: readonly string[];
    /** Our display name. */
    name: string;
    subject: string;
    /** Its plain text, whole; empty if it is not known. */
    text: string;
  };
}
