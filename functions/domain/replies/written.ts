import type { DispatchId } from "../sending/dispatch.ts";
import { DAY, type Instant } from "../time.ts";
import type { Reflection } from "./reflection.ts";

/** An answer that was written on a lesson's page, on its way to the function that takes replies. */
export interface WrittenAnswer {
  writes: "answer";
  subscriber: string;
  /** The reflection's id: the same form, however often it is sent, is the same reflection. */
  reflection: string;
  /** The lesson that it answers. */
  inReplyTo: DispatchId;
  writtenAt: Instant;
  words: string;
}

/** Characters, as many as are kept of a reply by mail. */
export const MOST_WRITTEN = 20_000;
const MOST_WRITTEN_LINES = 2_000;
/** A form that is opened again, by the browser's own history too, has another id. */
export const WRITTEN_TWICE_WITHIN = DAY;

/** Line ends and tabs stay. */
const CONTROLS = /(?![\t\n])[\p{Cc}\u2028\u2029]/gu;
const BLANK_LINES = /\n[ \t]*(?:\n[ \t]*){2,}/g;

/** What was typed into the box, or why it is not taken. Browsers send CRLF. */
export function readWritten(typed: string): { words: string } | { problem: "empty" | "tooLong" } {
  if (typed.length > MOST_WRITTEN * 2) return { problem: "tooLong" };
  const words = typed.replace(/\r\n?/g, "\n").replace(CONTROLS, " ").replace(BLANK_LINES, "\n\n").trim();
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(words)) return { problem: "empty" };
  const isTooLong = words.length > MOST_WRITTEN || words.split("\n").length > MOST_WRITTEN_LINES;
  return isTooLong ? { problem: "tooLong" } : { words };
}

/** The same words to the same lesson, written on the page within a day. */
export const isWrittenTwice = (one: Reflection, other: Reflection): boolean =>
  one.id !== other.id &&
  one.inReplyTo === other.inReplyTo &&
  one.ownWords === other.ownWords &&
  one.isFromPage === true &&
  other.isFromPage === true &&
  Math.abs(one.receivedAt - other.receivedAt) < WRITTEN_TWICE_WITHIN;
