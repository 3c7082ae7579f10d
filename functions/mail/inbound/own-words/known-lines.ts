import { findAttribution, isAnybodysAttribution } from "./attribution.ts";
import { hasDate } from "./dates.ts";
import { isBanner } from "./disclaimers.ts";
import { headerBlockEnd, isHeaderBlock } from "./header-block.ts";
import type { Line } from "./lines.ts";
import { isPlaceholder } from "./placeholders.ts";
import {
  continuedPlace,
  findPlace,
  isAlike,
  isAtEnd,
  isStrong,
  namesUs,
  type Place,
  type Sent,
  withoutSpaces,
} from "./sent-mail.ts";

/** Below an introduction with the reader's words above it, this part must be known as ours for the rest to be theirs. */
export const LEAST_KNOWN = 0.25;

export interface Known {
  /** Which lines are ours, by their places. */
  ours: Set<number>;
  /** Of the words of all lines that say something, before an older mail of the thread begins. */
  share: number;
  /** How many lines say something. */
  spoken: number;
  /** An introduction of our mail stands among them. */
  introduces: boolean;
}

/** Which lines are our mail's: introductions of it, its words, and all of an older mail of the thread below it. */
export function readKnown(lines: Line[], sent: Sent): Known {
  const known: Known = { ours: new Set(), share: 0, spoken: 0, introduces: false };
  let [all, ours] = [0, 0];
  let place: Place = { ends: [] };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.words === "") continue;
    const end = headerBlockEnd(lines, index, sent) ?? attributionEnd(lines, index, sent);
    if (end !== undefined) {
      known.introduces = true;
      const above = lines[index - 1];
      if (above && above.plain.length < 50 && hasDate(above.plain)) known.ours.add(index - 1);
      for (let at = index; at < end; at++) known.ours.add(at);
      index = end - 1;
      continue;
    }
    if (beginsOlderMail(lines, index, sent)) {
      for (let at = index; at < lines.length; at++) known.ours.add(at);
      break;
    }
    known.spoken++;
    all += line.words.length;
    const found = findKnown(lines, index, place, sent);
    if (!found) continue;
    for (const at of listEarlierOurs(lines, index, found, sent)) {
      if (known.ours.has(at)) continue;
      known.ours.add(at);
      ours += (lines[at] as Line).words.length;
    }
    place = found;
    ours += line.words.length;
    known.ours.add(index);
  }
  known.share = all === 0 ? 0 : ours / all;
  return known;
}

function attributionEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const found = findAttribution(lines, index, sent);
  return found?.before === 0 && found.goesOnAt === undefined ? found.end : undefined;
}

const beginsOlderMail = (lines: Line[], index: number, sent: Sent): boolean =>
  isAnybodysAttribution(lines[index] as Line) || isHeaderBlock(lines, index, sent);

/** Where in our mail the line ends; undefined if it is not ours. */
function findKnown(lines: Line[], index: number, place: Place, sent: Sent): Place | undefined {
  const line = lines[index] as Line;
  const next = continuedPlace(line, place, sent);
  if (next && (isAtEnd(next, sent) || line.compact.length > 12 || isContinued(lines, index, next, sent)))
    return next;
  if (isStrong(line, sent)) return findPlace(line, sent);
  if (line.compact.length >= 8 && sent.pieces.has(line.compact)) return findPlace(line, sent);
  return isAlike(line, sent) ? { ends: [] } : undefined;
}

export function isContinued(lines: Line[], index: number, place: Place, sent: Sent): boolean {
  let at = index + 1;
  while (at < lines.length && (lines[at] as Line).compact === "") at++;
  return at < lines.length && continuedPlace(lines[at] as Line, place, sent) !== undefined;
}

export const isKnownText = (line: Line, sent: Sent): boolean =>
  isStrong(line, sent) || sent.pieces.has(line.compact) || isAlike(line, sent);

/** Something is said in the line that may be the reader's. */
export function isAnswer(line: Line, sent: Sent): boolean {
  if (line.compact === "") return false;
  const compact = withoutSpaces(line.plain);
  if (namesUs(compact, sent) && compact.length < sent.name.length + 100) return false;
  if (isBanner(line.plain)) return false;
  return !isPlaceholder(line.plain);
}

/** Where short lines of ours stand directly before a line that is told: "Hi there," above our first paragraph. */
export function listEarlierOurs(lines: Line[], index: number, { ends }: Place, sent: Sent): number[] {
  const ours: number[] = [];
  let starts = ends.map((end) => end - (lines[index] as Line).compact.length);
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.compact === "") continue;
    if (line.dropped || line.isQuoted || !sent.pieces.has(line.compact)) return ours;
    starts = starts.filter(
      (start) =>
        start >= line.compact.length && sent.compact.startsWith(line.compact, start - line.compact.length),
    );
    if (starts.length === 0) return ours;
    starts = starts.map((start) => start - line.compact.length);
    ours.push(at);
  }
  return ours;
}
