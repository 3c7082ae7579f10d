import {
  findAttribution,
  isAnybodysAttribution,
  isYouWrote,
  mayBeAnybodysAttribution,
} from "./attribution.ts";
import { hasDate } from "./dates.ts";
import { isBanner } from "./disclaimers.ts";
import { earlierReplyEnd, fieldsEnd, headerBlockEnd, isHeaderBlock } from "./header-block.ts";
import { ORIGINAL_MESSAGE } from "./header-words.ts";
import { compactWords, joinWords, LINK, type Line, makeLine, nextVisible } from "./lines.ts";
import {
  continuedPlace,
  findPlace,
  isAlike,
  isAtEnd,
  isLong,
  isStrong,
  namesUs,
  type Place,
  type Sent,
  withoutSpaces,
} from "./sent-mail.ts";

/** A quotation without an attribution is taken for ours from this many lines on, when our text is unknown. */
const LEAST_QUOTED = 3;
/** Below an introduction with the reader's words above it, this part must be known as ours for the rest to be theirs. */
const LEAST_KNOWN = 0.25;
/** Where our mail quoted one itself, it was an answer, of which less is known. */
const LEAST_KNOWN_DEEP = 0.6;
/** Of a quotation that nothing introduces. */
const LEAST_KNOWN_ALONE = 0.4;

/** Walks from the top: our mail begins at an introduction of it, or is marked line by line; then what is repeated of it goes. */
export function dropQuotations(
  body: string,
  lines: Line[],
  known: { all: Sent; inside: Sent },
  writer?: string,
): void {
  const walk: Walk = { body, lines, sent: known.inside, isIntroduced: false, writer };
  let index = 0;
  while (index < lines.length) index = step(walk, index);
  if (known.all.compact !== "") dropCopies(lines, known.all);
}

interface Walk {
  /** Who answers, in words of lower case. */
  writer: string | undefined;
  body: string;
  lines: Line[];
  sent: Sent;
  /** An introduction of our mail was seen. */
  isIntroduced: boolean;
}

function step(walk: Walk, index: number): number {
  const { lines, sent } = walk;
  const line = lines[index] as Line;
  if (line.isBlank) return index + 1;
  const entry = ticketEntryEnd(walk, index);
  if (entry !== undefined) {
    for (let at = index; at < entry; at++) (lines[at] as Line).dropped = true;
    return entry;
  }
  if (dropEarlierReply(walk, index)) return lines.length;
  const opening = findOpening(walk, index);
  if (opening === undefined && line.isQuoted) return dropQuotedBlock(walk, index, false);
  if (opening === undefined) return isYouWrote(line) ? dropYouWrote(walk, index) : index + 1;
  walk.isIntroduced = true;
  dropRulesAbove(lines, index, sent);
  const next = nextVisible(lines, opening);
  if (lines[next]?.isQuoted) return dropQuotedBlock(walk, next, true);
  const quotation = findQuotationBelow(walk, next);
  if (quotation !== undefined) return dropQuotedBlock(walk, quotation, true);
  dropUnmarkedMail(walk, opening);
  return lines.length;
}

const MOST_BETWEEN = 20;

/** Our text is not known: an answer stands between the introduction and the lines that are marked as our mail's. */
function findQuotationBelow({ lines, sent }: Walk, from: number): number | undefined {
  if (sent.compact !== "") return undefined;
  const at = lines.findIndex((line, place) => place >= from && line.isQuoted);
  if (at < 0 || at - from > MOST_BETWEEN) return undefined;
  const between = lines.slice(from, at);
  const isOurs =
    between.some(({ plain }) => namesUs(withoutSpaces(plain), sent)) ||
    between.filter(({ plain }) => hasLink(plain)).length >= LEAST_LINKS;
  const marked = lines.slice(at).filter((line) => line.isQuoted);
  const isMail = marked.length >= LEAST_QUOTED && marked.some(({ plain }) => hasLink(plain));
  return !isOurs && isMail ? at : undefined;
}

/** A reader who answers their own earlier mail: with words above it, all below its header is that mail and the thread. */
function dropEarlierReply({ lines, sent }: Walk, index: number): boolean {
  if (earlierReplyEnd(lines, index, sent) === undefined) return false;
  if (!lines.slice(0, index).some((line) => !line.dropped && line.words !== "")) return false;
  dropRulesAbove(lines, index, sent);
  for (const line of lines.slice(index)) line.dropped = true;
  return true;
}

/** What a ticket system writes above the words: `##- Please type your reply above this line -##`, a name and a date. */
function ticketEntryEnd({ lines, writer }: Walk, index: number): number | undefined {
  const { plain } = lines[index] as Line;
  if (/^##- .{5,100} -##$/.test(plain)) return index + 1;
  const name = joinWords(plain.replace(/ \([^()]{1,40}\)$/, ""));
  return name !== "" && name === writer && isDateBelow(lines, index) ? index + 2 : undefined;
}

/** A short line, and below it a date with a time and nothing else. */
function isDateBelow(lines: Line[], index: number): boolean {
  const [name, date] = [lines[index], lines[index + 1]];
  return name !== undefined && name.plain.length < 80 && date !== undefined && DATE_ALONE.test(date.plain);
}
const DATE_ALONE = /^(?=.*\b20\d\d\b)(?=.*\d{1,2}[:.]\d{2})[\p{L}\d\s.,:+/-]{12,45}$/u;

/** Drops an introduction of our mail at `index`; returns where our mail begins, or undefined if there is none. */
function findOpening({ body, lines, sent }: Walk, index: number): number | undefined {
  const headerEnd = headerBlockEnd(lines, index, sent);
  if (headerEnd !== undefined) {
    for (let at = index; at < headerEnd; at++) (lines[at] as Line).dropped = true;
    return headerEnd;
  }
  if (
    sent.name !== "" &&
    withoutSpaces((lines[index] as Line).plain) === sent.name &&
    isDateBelow(lines, index)
  ) {
    for (const line of lines.slice(index, index + 2)) line.dropped = true;
    return index + 2;
  }
  const found = findAttribution(lines, index, sent);
  if (!found) return undefined;
  const [first, last] = [lines[index] as Line, lines[found.end - 1] as Line];
  const rest =
    found.goesOnAt === undefined ? undefined : makeLine(body, last.start + found.goesOnAt, last.end);
  for (let at = index; at < found.end; at++) (lines[at] as Line).dropped = true;
  if (found.before > 0) keepPart(body, lines, index, first.start, first.start + found.before);
  if (!rest || rest.isBlank) return dropFields(lines, found.end, sent);
  if (found.before > 0 && found.end - 1 === index) lines.splice(found.end, 0, rest);
  else lines[found.end - 1] = rest;
  const next = nextVisible(lines, found.end);
  const isReaders = lines[next]?.isQuoted === true && !isKnownText(rest, sent);
  return found.before > 0 && found.end - 1 === index ? found.end : isReaders ? found.end : found.end - 1;
}

function dropFields(lines: Line[], from: number, sent: Sent): number {
  const end = fieldsEnd(lines, nextVisible(lines, from), sent) ?? from;
  for (let at = from; at < end; at++) (lines[at] as Line).dropped = true;
  return end;
}

/** A part of a line, without the spaces at its ends. */
function keepPart(body: string, lines: Line[], index: number, start: number, end: number): void {
  const text = body.slice(start, end);
  const begin = start + (text.length - text.trimStart().length);
  lines[index] = makeLine(body, begin, start + text.trimEnd().length);
}

const isKnownText = (line: Line, sent: Sent): boolean =>
  isStrong(line, sent) || sent.pieces.has(line.compact) || isAlike(line, sent);

/** `-----Original Message-----`, `________` and the like, directly above. */
function dropRulesAbove(lines: Line[], index: number, sent: Sent): void {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.isBlank || line.dropped) continue;
    if (!isRule(line.plain, sent)) return;
    line.dropped = true;
  }
}

/** With nothing in it but "Original Message" in some language, our name, or our subject and its date. */
function isRule(plain: string, sent: Sent): boolean {
  if (/^[_=─━—–*-]{4,}$/.test(plain)) return true;
  if (plain.length < 60 && ORIGINAL_MESSAGE.test(plain)) return true;
  const compact = withoutSpaces(plain);
  if (plain.length < 300 && /^-{2,40}.*-{2,40}$/.test(plain))
    return plain.length < 100 || namesUs(compact, sent);
  if (plain.length < 300 && /^-{3,40}[\s[*]*\S/.test(plain) && namesUs(compact, sent)) return true;
  if (
    /^original message processed by\b|^#+-? ?.{0,80}\b(?:above|oberhalb|dessus|encima|acima|sopra|boven)\b.{0,40}-?#+$/i.test(
      plain,
    )
  )
    return true;
  return (
    sent.subject !== "" &&
    compact.startsWith(sent.subject) &&
    compact.length < sent.subject.length + 45 &&
    hasDate(plain)
  );
}

/** Lines that begin with `>` or with initials and `>`, as they are without it. */
function dropQuotedBlock(walk: Walk, from: number, isIntroduced: boolean): number {
  const { lines, sent, body } = walk;
  let end = from;
  while (end < lines.length && (lines[end] as Line).isQuoted) end++;
  const block = lines.slice(from, end).map((line) => unquoted(body, line));
  const known = readKnown(
    block.map(({ line }) => line),
    sent,
  );
  if (!isIntroduced && !isOurs(walk, from, block, known)) return end;
  if (!isIntroduced) dropRulesAbove(lines, from, sent);
  const outer = block.filter(({ depth }) => depth === 1).map(({ line }) => line);
  const least = outer.length < block.length ? LEAST_KNOWN_DEEP : LEAST_KNOWN;
  const keeps = sent.compact !== "" && readKnown(outer, sent).share >= least;
  for (const [index, { line, depth }] of block.entries()) {
    const introduces = (block[index + 1]?.depth ?? 1) > 1 && mayBeAnybodysAttribution(line);
    const isBannersRest = index > 0 && isOpenBanner((block[index - 1] as Unquoted).line);
    const mayBeTheirs = keeps && depth === 1 && !introduces && !isBannersRest;
    const isTheirs = mayBeTheirs && isAnswer(line, sent) && !known.ours.has(index);
    if (isTheirs) lines[from + index] = withoutOurBeginning(body, line, sent);
    else (lines[from + index] as Line).dropped = true;
  }
  if (!known.introduces || known.spoken > 0) return end;
  dropUnmarkedMail(walk, end);
  return lines.length;
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

interface Unquoted {
  line: Line;
  depth: number;
}

function unquoted(body: string, { start, end }: Line): Unquoted {
  const marks = /^[\s\u200b-\u200f\u202a-\u202e\ufeff]{0,20}((?:>[ \t]?){1,20})/.exec(body.slice(start, end));
  const depth = marks?.[1]?.replace(/[^>]/g, "").length ?? 1;
  return { line: makeLine(body, start + (marks?.[0].length ?? 0), end), depth };
}

/** A reader may quote someone else. It is ours if enough of it is, or an introduction in it names us; not knowing our text, if it is long. */
function isOurs(walk: Walk, from: number, block: Unquoted[], known: Known): boolean {
  const { sent, lines } = walk;
  if (known.share >= LEAST_KNOWN_ALONE || known.introduces) return true;
  if (known.spoken === 0) return true;
  if (sent.compact !== "") return false;
  const above = lines.slice(0, from).findLast((line) => !line.isBlank);
  const isReaders = above !== undefined && !above.dropped && /[:：]$/.test(above.plain);
  return !isReaders && (walk.isIntroduced || block.length >= LEAST_QUOTED);
}

interface Known {
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
function readKnown(lines: Line[], sent: Sent): Known {
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
  if (next && (isAtEnd(next, sent) || line.compact.length > 12 || goesOn(lines, index, next, sent)))
    return next;
  if (isStrong(line, sent)) return findPlace(line, sent);
  if (line.compact.length >= 8 && sent.pieces.has(line.compact)) return findPlace(line, sent);
  return isAlike(line, sent) ? { ends: [] } : undefined;
}

function goesOn(lines: Line[], index: number, place: Place, sent: Sent): boolean {
  let at = index + 1;
  while (at < lines.length && (lines[at] as Line).compact === "") at++;
  return at < lines.length && continuedPlace(lines[at] as Line, place, sent) !== undefined;
}

/** Our mail below an introduction, not marked line by line: what is not known as ours in it is the reader's answer. */
function dropUnmarkedMail({ body, lines, sent, writer }: Walk, from: number): void {
  const rest = lines.slice(from).map((line) => (line.isQuoted ? unquoted(body, line).line : line));
  const known = readKnown(rest, sent);
  const saysSomethingAbove = lines.slice(0, from).some((line) => !line.dropped && line.words !== "");
  const keeps =
    sent.compact === ""
      ? !saysSomethingAbove && keepsUnknown(rest, known, sent)
      : known.share >= LEAST_KNOWN || !saysSomethingAbove;
  for (const [index, line] of rest.entries()) {
    const isTheirs =
      (keeps && isAnswer(line, sent) && !known.ours.has(index)) ||
      (isMarkedByWriter(line, writer) && !isKnownText(line, sent));
    if (!isTheirs) (lines[from + index] as Line).dropped = true;
  }
  if (keeps) dropStrays(rest);
  keepBlanksBetween(lines, from);
}

/** `[DR] No.` and `Dana: no`: answers inside our mail that bear their initials or name. */
function isMarkedByWriter({ plain }: Line, writer: string | undefined): boolean {
  const [, bracketed, bare] = /^(?:\[(\p{L}{1,20})\]|(\p{L}{1,20}) ?[:>])\s?\S/u.exec(plain) ?? [];
  const mark = (bracketed ?? bare)?.toLowerCase();
  const names = writer?.trim().split(" ") ?? [];
  const initials = names.map((name) => name.slice(0, 1)).join("");
  return mark !== undefined && (names.includes(mark) || (initials.length > 1 && mark === initials));
}

/** The blank lines of an answer are its own. */
function keepBlanksBetween(lines: Line[], from: number): void {
  let last: number | undefined;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.isBlank) continue;
    if (!line.dropped && last !== undefined) for (const blank of lines.slice(last, at)) blank.dropped = false;
    last = line.dropped ? undefined : at;
  }
}

/** Our text is not known and nothing stands above it: what follows our mail's last link or name is the reader's. */
function keepsUnknown(rest: Line[], known: Known, sent: Sent): boolean {
  const named = rest.findLastIndex((line) => namesUs(withoutSpaces(line.plain), sent));
  const links = rest.flatMap(({ plain }, at) => (hasLink(plain) ? [at] : []));
  const last = named < 0 && links.length < LEAST_LINKS ? -1 : Math.max(named, links.at(-1) ?? -1);
  for (let at = 0; at <= last; at++) known.ours.add(at);
  return rest.slice(last + 1).some((line) => line.words !== "");
}

/** Our mails name their page and the way out; one link alone may be the reader's. */
const LEAST_LINKS = 2;

const hasLink = (plain: string): boolean => plain.search(LINK) >= 0;

/** Something is said in the line that may be the reader's. */
function isAnswer(line: Line, sent: Sent): boolean {
  if (line.compact === "") return false;
  const compact = withoutSpaces(line.plain);
  if (namesUs(compact, sent) && compact.length < sent.name.length + 100) return false;
  if (isBanner(line.plain)) return false;
  return !/^\[(?:image|cid|bild|imagen|immagine|afbeelding)[:\s]/i.test(line.plain);
}

/** A greeting of ours as another client shows it: a few words, a name, and a comma. */
function dropStrays(rest: Line[]): void {
  for (const line of rest)
    if (!line.dropped && line.words.length < 12 && /[,:：]$/.test(line.plain)) line.dropped = true;
}

/** "Tuesday, 7:30, you wrote:" has no name: the lines below must be marked, by initials or as a quotation. */
function dropYouWrote(walk: Walk, index: number): number {
  const { lines, sent } = walk;
  const below = nextVisible(lines, index + 1);
  const first = lines[below];
  if (!first || !(first.isQuoted || INITIALS.test(first.plain))) return index + 1;
  (lines[index] as Line).dropped = true;
  if (first.isQuoted) return dropQuotedBlock(walk, below, sent.compact === "");
  const initials = INITIALS.exec(first.plain)?.[0] ?? "";
  for (const line of lines.slice(below)) if (line.plain.startsWith(initials)) line.dropped = true;
  return lines.length;
}

const INITIALS = /^[A-Z\p{Lu}]{1,4}\d?>/u;

/** In characters of words: a line of ours this long is recognised outside a quotation. */
const LEAST_REPEATED = 30;
const LEAST_CONTAINED = 40;

/**
 * Lines of ours that the reader kept outside any quotation: long ones wherever they stand, short ones where they go on
 * in our mail before or behind one that is told.
 */
function dropCopies(lines: Line[], sent: Sent): void {
  let place: Place = { ends: [] };
  let wasOurs = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.compact === "") continue;
    const mine: Place | undefined =
      line.dropped || line.isQuoted
        ? undefined
        : repeatedPlace(lines, index, wasOurs ? place : undefined, sent);
    if (mine && !wasOurs) dropBefore(lines, index, mine, sent);
    if (mine) line.dropped = true;
    const known: Place | undefined = mine ?? (line.dropped ? placeOfDropped(line, place, sent) : undefined);
    wasOurs = known !== undefined;
    place = known ?? { ends: [] };
  }
  dropBetween(lines);
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
  if (next && (isAtEnd(next, sent) || goesOn(lines, index, next, sent))) return next;
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
function dropBefore(lines: Line[], index: number, { ends }: Place, sent: Sent): void {
  let starts = ends.map((end) => end - (lines[index] as Line).compact.length);
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.compact === "") continue;
    if (line.dropped || line.isQuoted || !sent.pieces.has(line.compact)) return;
    starts = starts.filter(
      (start) =>
        start >= line.compact.length && sent.compact.startsWith(line.compact, start - line.compact.length),
    );
    if (starts.length === 0) return;
    starts = starts.map((start) => start - line.compact.length);
    line.dropped = true;
  }
}

/** Rules and bare links between lines of ours. */
function dropBetween(lines: Line[]): void {
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
