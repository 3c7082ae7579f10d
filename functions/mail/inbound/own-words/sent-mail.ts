import { compactWords, isBlank, joinWords, type Line } from "./lines.ts";

export interface Reply {
  text: string | undefined;
  html: string | undefined;
  /** Who wrote the reply, as its From names them: a name, or nothing. */
  writer?: string | undefined;
  /** What is known about the mail that was replied to. */
  sent: {
    /** Our addresses that a client may quote: From and Reply-To. */
    addresses: readonly string[];
    /** Our display name. */
    name: string;
    subject: string;
    /** Its plain text, whole; empty if it is not known. */
    text: string;
    /** The reader's own earlier words that it quoted: theirs where they write them again, ours in a quotation. */
    quoted?: string;
  };
}

/** What is known of the mail that was replied to, ready for matching. */
export interface Sent {
  addresses: string[];
  /** Without spaces, in lower case. */
  name: string;
  subject: string;
  /** All words of the mail, without spaces and links; empty if they are not known. */
  compact: string;
  /** Each of its lines and sentences, likewise. */
  pieces: Set<string>;
  /** Where its lines and sentences end in `compact`. */
  ends: Set<number>;
  /** Each word with the next one. */
  pairs: Set<string>;
}

/** In compact characters: a line of ours this long is recognised anywhere in the mail. */
const LEAST_STRONG = 16;
/** The same in a script that writes a word in one or two characters. */
const LEAST_STRONG_DENSE = 8;
/** A line that shares this part of its pairs of words with ours is ours, written by another client. */
const LEAST_ALIKE_PAIRS = 5;
const ALIKE = 0.75;

/** In a quotation, what our mail quoted of the reader's is our mail too. */
export const knownInside = (sent: Reply["sent"]): Sent =>
  knownText(isBlank(sent.text) ? sent : { ...sent, text: [sent.text, sent.quoted].join("\n") });

export function knownText({ addresses, name, subject, text }: Reply["sent"]): Sent {
  const whole = isBlank(text) ? "" : text;
  return {
    addresses: addresses.map((address) => address.toLowerCase()).filter((address) => address !== ""),
    name: withoutSpaces(name),
    subject: withoutSpaces(subject),
    ...knownPieces(whole),
    pairs: new Set(listPairs(joinWords(whole))),
  };
}

function knownPieces(whole: string): Pick<Sent, "compact" | "pieces" | "ends"> {
  const pieces = new Set<string>();
  const ends = new Set<number>();
  let compact = "";
  for (const line of whole.split("\n")) {
    for (const sentence of line.split(/(?<=[.?!:。！？：])\s/)) {
      const piece = compactWords(sentence);
      if (piece === "") continue;
      pieces.add(piece);
      compact += piece;
      ends.add(compact.length);
    }
    pieces.add(compactWords(line));
  }
  pieces.delete("");
  return { compact, pieces, ends };
}

function listPairs(words: string): string[] {
  const list = words.trim().split(" ");
  return list.slice(1).map((word, index) => `${list[index]} ${word}`);
}

/** Clients break addresses over lines: spaces do not count. */
export const withoutSpaces = (text: string): string => text.replace(/\s/g, "").toLowerCase();

const namesOurAddress = (compact: string, sent: Sent): boolean =>
  sent.addresses.some((address) => compact.includes(address));

export const namesUs = (compact: string, sent: Sent): boolean =>
  namesOurAddress(compact, sent) || (sent.name !== "" && compact.includes(sent.name));

/** Long enough to be told from the reader's words wherever it stands. */
export const isLong = (compact: string): boolean =>
  compact.length >= LEAST_STRONG || (compact.length >= LEAST_STRONG_DENSE && DENSE.test(compact));
const DENSE = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{N}]+$/u;

/** A long line, somewhere in our mail. */
export const isStrong = ({ compact }: Line, sent: Sent): boolean =>
  isLong(compact) && sent.compact.includes(compact);

/** A line of ours as another client wrote it, with a word or a character changed. */
export function isAlike({ words }: Line, sent: Sent): boolean {
  const pairs = listPairs(words);
  return (
    pairs.length >= LEAST_ALIKE_PAIRS &&
    pairs.filter((pair) => sent.pairs.has(pair)).length >= pairs.length * ALIKE
  );
}

/** A reader may repeat our mail, in pieces: where in it their last line of ours ended. */
export interface Place {
  /** In `compact`; more than one where our mail says the same twice. */
  ends: number[];
}

const MOST_PLACES = 6;

/** Where in our mail a long line ends. */
export function findPlace({ compact }: Line, sent: Sent): Place {
  const ends: number[] = [];
  for (let at = sent.compact.indexOf(compact); at >= 0 && ends.length < MOST_PLACES; ) {
    ends.push(at + compact.length);
    at = sent.compact.indexOf(compact, at + 1);
  }
  return { ends };
}

/** Where a line ends that goes on in our mail where the last one ended; undefined if it does not. */
export function continuedPlace({ compact }: Line, { ends }: Place, sent: Sent): Place | undefined {
  if (compact === "") return undefined;
  const next = ends.filter((end) => sent.compact.startsWith(compact, end)).map((end) => end + compact.length);
  return next.length > 0 ? { ends: next } : undefined;
}

/** A line or a sentence of ours ends there. */
export const isAtEnd = ({ ends }: Place, sent: Sent): boolean => ends.some((end) => sent.ends.has(end));
