import { isContinued, listEarlierOurs } from "./known-lines.ts";
import { compactWords, type Line } from "./lines.ts";
import { continuedPlace, findPlace, isAtEnd, isStrong, type Place, type Sent } from "./sent-mail.ts";

/** In characters of words: a line of ours this long is recognised outside a quotation. */
const LEAST_REPEATED = 30;

const LEAST_CONTAINED = 40;

/**
 * Lines of ours that the reader kept outside any quotation: long ones wherever they stand, short ones where they go on
 * in our mail before or behind one that is told.
 */
export function dropCopies(lines: Line[], sent: Sent): void {
  let place: Place = { ends: [] };
  let wasOurs = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.compact === "") continue;
    const mine: Place | undefined =
      line.dropped || line.isQuoted
        ? undefined
        : repeatedPlace(lines, index, wasOurs ? place : undefined, sent);
    if (mine && !wasOurs) dropLead(lines, index, mine, sent);
    if (mine) line.dropped = true;
    const known: Place | undefined = mine ?? (line.dropped ? placeOfDropped(line, place, sent) : undefined);
    wasOurs = known !== undefined;
    place = known ?? { ends: [] };
  }
  dropGaps(lines);
}

function placeOfDropped(line: Line, place: Place, sent: Sent): Place | undefined {
  const plain = line.isQuoted ? { ...line, compact: line.compact } : line;
  return continuedPlace(plain, place, sent) ?? (isStrong(plain, sent) ? findPlace(plain, sent) : undefined);
}

function repeatedPlace(
  lines: Line[],
  index: number,
  place: Place | undefined,
  sent: Sent,
): Place | undefined {
  const line = lines[index] as Line;
  const next = place && continuedPlace(line, place, sent);
  if (next && (isAtEnd(next, sent) || isContinued(lines, index, next, sent))) return next;
  if (line.words.length >= LEAST_REPEATED && sent.pieces.has(line.compact)) return findPlace(line, sent);
  if (line.words.length >= LEAST_CONTAINED && sent.compact.includes(line.compact))
    return findPlace(line, sent);
  const behindMark = /^[\s*]*(?:\p{L}{1,8}|[A-Z]{1,4}>)[:.)>]\s*(.{30,})$/u.exec(line.plain)?.[1];
  const marked = behindMark && { ...line, compact: compactWords(behindMark) };
  return marked && marked.compact.length >= LEAST_REPEATED && sent.compact.includes(marked.compact)
    ? findPlace(marked, sent)
    : undefined;
}

/** Short lines of ours that stand directly before a line that is told. */
function dropLead(lines: Line[], index: number, place: Place, sent: Sent): void {
  for (const at of listEarlierOurs(lines, index, place, sent)) (lines[at] as Line).dropped = true;
}

/** Rules and bare links between lines of ours. */
function dropGaps(lines: Line[]): void {
  let wasDropped = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.isBlank) continue;
    if (!line.dropped && wasDropped && line.compact === "") {
      const next = lines.slice(index + 1, index + 40).find((one) => one.compact !== "");
      if (next === undefined || next.dropped) line.dropped = true;
    } else wasDropped = line.dropped;
  }
}
