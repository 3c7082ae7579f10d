import { findAttributionEnd } from "./attribution.ts";
import { headerBlockEnd } from "./header-block.ts";
import { type Line, nextVisible } from "./lines.ts";
import { isOurs, LEAST_ALIKE, namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";

/** Walks from the top: our mail begins at an attribution or a block of header fields, or is marked line by line. */
export function dropQuotations(lines: Line[], sent: Sent): void {
  let index = 0;
  let isIntroduced = false;
  while (index < lines.length) {
    const line = lines[index] as Line;
    const opening = line.isBlank ? undefined : findOpening(lines, index, sent);
    if (opening) index = afterOpening(lines, index, opening, sent);
    else if (line.isQuoted) index = dropQuotedBlock(lines, index, sent, isIntroduced && sent.words === "");
    else {
      line.dropped = isRepeated(line, sent);
      index++;
    }
    isIntroduced ||= opening !== undefined;
  }
}

/** An introduction of our mail in lines `index` to `end`. */
interface Opening {
  end: number;
  isHeaderBlock: boolean;
}

function findOpening(lines: Line[], index: number, sent: Sent): Opening | undefined {
  const headerEnd = headerBlockEnd(lines, index, sent);
  if (headerEnd !== undefined) return { end: headerEnd, isHeaderBlock: true };
  const attributionEnd = findAttributionEnd(lines, index, sent);
  return attributionEnd === undefined ? undefined : { end: attributionEnd, isHeaderBlock: false };
}

function afterOpening(lines: Line[], index: number, opening: Opening, sent: Sent): number {
  dropRulesAbove(lines, index);
  for (let at = index; at < opening.end; at++) (lines[at] as Line).dropped = true;
  const next = nextVisible(lines, opening.end);
  if (lines[next]?.isQuoted) return dropQuotedBlock(lines, next, sent, true);
  dropUnmarkedMail(lines.slice(opening.end), sent);
  return lines.length;
}

/** `-----Original Message-----`, `________` and the like, directly above. */
function dropRulesAbove(lines: Line[], index: number): void {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.isBlank) continue;
    if (!isRule(line.plain)) return;
    line.dropped = true;
  }
}

function isRule(plain: string): boolean {
  if (/^_{5,}$/.test(plain)) return true;
  return plain.length < 100 && /^-{2,20} ?[^-\s].{0,80}[^-] ?-{2,20}$/.test(plain);
}

/** Lines that begin with `>`, with the blank ones between them. */
function dropQuotedBlock(lines: Line[], from: number, sent: Sent, isIntroduced: boolean): number {
  let end = from;
  while (end < lines.length && (lines[end] as Line).isQuoted) end++;
  const block = lines.slice(from, end);
  if (isIntroduced || isOurs(block, sent)) for (const line of block) line.dropped = true;
  return end;
}

/**
 * Our mail below an introduction, not marked line by line. Everything is taken for ours, unless most of it
 * is known to be: then what is not is an answer that the reader wrote into it or below it.
 */
function dropUnmarkedMail(rest: Line[], sent: Sent): void {
  const spoken = rest.filter((line) => line.words !== "");
  const known = spoken.filter((line) => isKnown(line, sent));
  const knowsIt = sent.words !== "" && known.length * 10 >= spoken.length * 6;
  for (const line of rest) line.dropped = !knowsIt || !isAnswer(line, sent);
  if (knowsIt) dropStrays(rest);
}

const isKnown = (line: Line, sent: Sent): boolean => sent.words.includes(line.words) || hasLink(line.plain);

const hasLink = (plain: string): boolean => /https?:|www\.|mailto:|cid:/i.test(plain);

/** Something is said in the line, and it is not ours. */
function isAnswer(line: Line, sent: Sent): boolean {
  return (
    line.words !== "" &&
    !isKnown(line, sent) &&
    !namesUs(withoutSpaces(line.plain), sent) &&
    !isBanner(line.plain)
  );
}

const isBanner = (plain: string): boolean =>
  /^\W{0,5}(?:caution|warning|external|achtung|attention|vorsicht|externe)\b/i.test(plain);

/** A few known words in a new order ("Hi Jane,") are our mail as another client shows it. */
function dropStrays(rest: Line[]): void {
  for (const line of rest) {
    if (!line.dropped && line.words.length < LEAST_ALIKE && /[,:：]$/.test(line.plain)) line.dropped = true;
  }
}

/** A line of ours that the reader kept outside any quotation. */
function isRepeated(line: Line, sent: Sent): boolean {
  if (line.words.length < LEAST_REPEATED) return false;
  return (
    sent.lines.has(line.words) || (line.words.length >= LEAST_CONTAINED && sent.words.includes(line.words))
  );
}

const LEAST_REPEATED = 30;
const LEAST_CONTAINED = 40;
