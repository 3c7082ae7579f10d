import { mayBeAnybodysAttribution } from "./attribution.ts";
import { isBanner } from "./disclaimers.ts";
import { dropRulesAbove } from "./introductions.ts";
import { isAnswer, type Known, LEAST_KNOWN, readKnown } from "./known-lines.ts";
import { type Line, makeLine, removeMarks, type Unquoted } from "./lines.ts";
import { isLong, type Sent } from "./sent-mail.ts";
import { dropUnmarkedMail } from "./unmarked-mail.ts";
import type { Walk } from "./walk.ts";

/** A quotation without an attribution is taken for ours from this many lines on, when our text is unknown. */
export const LEAST_QUOTED = 3;

/** Where our mail quoted one itself, it was an answer, of which less is known. */
const LEAST_KNOWN_DEEP = 0.6;

/** Of a quotation that nothing introduces. */
const LEAST_KNOWN_ALONE = 0.4;

/** Lines that begin with `>` or with initials and `>`, as they are without it. */
export function dropQuotedBlock(walk: Walk, from: number, isIntroduced: boolean): number {
  const { lines, sent, body } = walk;
  let end = from;
  while (end < lines.length && (lines[end] as Line).isQuoted) end++;
  const block = lines.slice(from, end).map((line) => removeMarks(body, line));
  const known = readKnown(
    block.map(({ line }) => line),
    sent,
  );
  if (!isIntroduced && !isOurs(walk, from, block, known)) return end;
  if (known.introduces) walk.isIntroduced = true;
  if (!isIntroduced) dropRulesAbove(lines, from, sent);
  const outer = block.filter(({ depth }) => depth === 1).map(({ line }) => line);
  const least = outer.length < block.length ? LEAST_KNOWN_DEEP : LEAST_KNOWN;
  const keeps = sent.compact !== "" && readKnown(outer, sent).share >= least;
  for (const [index, { line, depth }] of block.entries()) {
    const introduces = (block[index + 1]?.depth ?? 1) > 1 && mayBeAnybodysAttribution(line);
    const isGreeting = line.words.length < 12 && /[,:：]$/.test(line.plain) && isDeeperNext(block, index);
    const isBannersRest = index > 0 && isOpenBanner((block[index - 1] as Unquoted).line);
    const mayBeTheirs = keeps && depth === 1 && !introduces && !isBannersRest && !isGreeting;
    const isTheirs = mayBeTheirs && isAnswer(line, sent) && !known.ours.has(index);
    if (isTheirs) lines[from + index] = withoutOurBeginning(body, line, sent);
    else (lines[from + index] as Line).dropped = true;
  }
  if (!known.introduces || known.spoken > 0) return end;
  dropUnmarkedMail(walk, end);
  return lines.length;
}

/** Our mail that quoted one began with "Hi," above its attribution or its quotation. */
function isDeeperNext(block: Unquoted[], index: number): boolean {
  const [next, after] = block.slice(index + 1).filter(({ line }) => !line.isBlank);
  return (
    next !== undefined &&
    (next.depth > 1 || (after !== undefined && after.depth > 1 && mayBeAnybodysAttribution(next.line)))
  );
}

/** A mail server's warning that goes on in the next line. */
const isOpenBanner = ({ plain }: Line): boolean => isBanner(plain) && !/[.!?]$/.test(plain);

/** An answer that was typed at the end of a line of ours. */
function withoutOurBeginning(body: string, line: Line, sent: Sent): Line {
  const text = body.slice(line.start, line.end);
  const ends = [...text.matchAll(/[.?!:。？！：]["'”’»)]?\s+/g)].map(
    (match) => match.index + match[0].length,
  );
  const isOurs = (end: number): boolean => {
    const beginning = makeLine(body, line.start, line.start + end);
    return isLong(beginning.compact) && sent.compact.includes(beginning.compact);
  };
  const end = ends.slice(0, MOST_SENTENCES).findLast(isOurs);
  return end === undefined ? line : makeLine(body, line.start + end, line.end);
}

/** Of a line: more are a text, not a line of ours. */
const MOST_SENTENCES = 12;

/** Short lines that are lines of our mail: a piece of it between two answers. */
const isAllOurs = (block: Unquoted[], sent: Sent): boolean =>
  block.every(({ line }) => line.compact === "" || sent.pieces.has(line.compact));

/** A reader may quote someone else. It is ours if enough of it is, or an introduction in it names us; not knowing our text, if it is long. */
function isOurs(walk: Walk, from: number, block: Unquoted[], known: Known): boolean {
  const { sent, lines } = walk;
  if (known.share >= LEAST_KNOWN_ALONE || known.introduces) return true;
  if (known.spoken === 0 || (walk.isIntroduced && isAllOurs(block, sent))) return true;
  if (sent.compact !== "") return false;
  const above = lines.slice(0, from).findLast((line) => !line.isBlank);
  const isReaders = above !== undefined && !above.dropped && /[:：]$/.test(above.plain);
  return !isReaders && (walk.isIntroduced || block.length >= LEAST_QUOTED);
}
