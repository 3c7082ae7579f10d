import { findDate, hasDate } from "./dates.ts";
import { isField } from "./header-block.ts";
import { compactWords, type Line, nextVisible } from "./lines.ts";
import { isLong, isStrong, type Sent } from "./sent-mail.ts";

/** An attribution ("On … wrote:") is broken over this many lines at the most, and never longer than this. */
const ATTRIBUTION_LINES = 5;
const LONGEST_ATTRIBUTION = 400;
/** Behind our name: "wrote:", "a écrit :", or the date and then the colon. */
const LONGEST_TAIL = 120;
/** With text of the reader's or of ours on the same line. */
const LONGEST_JOINED = 2_000;

/** How attributions begin, in the languages that put a word before the date. */
const LEAD =
  "(?:On|Am|Le|El|Il giorno|Il|Em|Op|Den|Dne|Dňa|W dniu|Dnia|På|Pe|La|La data de|În data de|Vào lúc|Vào|Pada|Tanggal|No dia|A|Al|Στις|Στην|Την|В|У|На|Em data de|Um|Von|At|Kuupäeval|Ngày|בתאריך|في|در|vào)[ ]|(?:ב-?|在|于|於|เมื่อ) ?";
/** A full stop stands only behind an abbreviation: "A second estimator. 24 …" begins with a sentence. */
const DAY = "(?<!\\p{L})(?:\\p{L}[\\p{L}\\p{M}’'׳-]{0,5}\\.[,،]?|\\p{L}[\\p{L}\\p{M}’'׳-]{1,14}[,،]?)";
/** From a lead word to the first figure only names of days and months stand, and "the". */
const BEGINNING = `(?:${LEAD})(?:${DAY} ?){0,3}\\d`;
const LEADS_AT = new RegExp(`(?<=^|[\\s"“(>-])${BEGINNING}`, "gu");
/** "On Tuesday, Managing Up wrote:" in any language. */
interface Attribution {
  /** The line behind its last one. */
  end: number;
  /** In its first line: how many characters of the reader's stand before it. */
  before: number;
  /** In its last line: where the text goes on behind it; undefined if it does not. */
  goesOnAt: number | undefined;
}

/** The attribution that begins in line `index`, if one does: with a colon in its lines, else without. */
export function findAttribution(lines: Line[], index: number, sent: Sent): Attribution | undefined {
  let joined = "";
  let unspaced = "";
  let withoutColon: Attribution | undefined;
  const starts: number[] = [];
  for (let at = index; at < Math.min(lines.length, index + ATTRIBUTION_LINES); at++) {
    const line = lines[at] as Line;
    if (at > index && line.isBlank && isSplitAddress(lines, at + 1)) continue;
    const isMarked = line.isQuoted && !isGroupWise(line) && !isSplitAddress(lines, at - 2);
    if (line.isBlank || isMarked || isBareRule(line, sent)) break;
    if (at > index && isField(line)) break;
    starts.push(joined.length);
    joined += `${line.text} `;
    unspaced += line.unspaced;
    if (at > index && joined.length > LONGEST_ATTRIBUTION) break;
    const found = readAttribution({ text: joined.slice(0, LONGEST_JOINED), unspaced }, starts, sent);
    if (!found) continue;
    if (found.start >= (starts[1] ?? Number.POSITIVE_INFINITY)) return undefined;
    const attribution = placeAttribution(found, joined, starts.at(-1) as number, at);
    if (!attribution || !isConfirmed(found, attribution, lines, sent)) return withoutColon;
    if (found.hasColon || (found.isDashed && isClosed(joined))) return attribution;
    withoutColon ??= attribution;
  }
  return withoutColon;
}

/** Polymail puts the address into lines of its own: "<", "mailto:Managing Up <…>", "> wrote:". */
const isSplitAddress = (lines: Line[], at: number): boolean =>
  lines[at]?.plain === "<" && lines[at + 1]?.plain.startsWith("mailto:") === true;

/** `-----Original Message-----` stands above a block of fields. */
const isBareRule = (line: Line, sent: Sent): boolean =>
  /^[-_=]{2,}.*[-_=]{2,}$/.test(line.plain) && findMarks(line, sent) === undefined;

function placeAttribution(
  found: FoundAttribution,
  joined: string,
  lastStart: number,
  at: number,
): Attribution | undefined {
  const goesOnAt = joined.slice(found.end).trim() === "" ? undefined : found.end - lastStart;
  if (goesOnAt !== undefined && goesOnAt < 0) return undefined;
  return { end: at + 1, before: found.start, goesOnAt };
}

/** `>>> On …, in message` goes on below; `>>> Name 24.11.2026 >>>` does not. */
const isClosed = (joined: string): boolean => !/^\s*>>>/.test(joined) || />>>\s*$/.test(joined);

/** GroupWise's `>>> Managing Up <…> 24.11.2026 07:30 >>>` is no quotation. */
const isGroupWise = ({ plain }: Line): boolean =>
  /^>>> .{1,300} >>>$/.test(plain) || (/^>>> \p{L}/u.test(plain) && plain.length < 100 && hasDate(plain));

/** Some lines, with a space behind each, and the same without spaces. */
type Joined = Pick<Line, "text" | "unspaced">;

interface FoundAttribution {
  start: number;
  end: number;
  hasAddress: boolean;
  hasColon: boolean;
  isDashed: boolean;
  hasDate: boolean;
  /** It is no more than a lead word, a date and a time, our name, and who wrote. */
  isTimed: boolean;
}

function readAttribution(
  joined: Joined,
  lineStarts: readonly number[],
  sent: Sent,
): FoundAttribution | undefined {
  const { text } = joined;
  const marks = findMarks(joined, sent);
  if (!marks) return undefined;
  const { first, last, hasAddress } = marks;
  const isDashed = /^[\s"']*(?:-{2,}|>>>)/.test(text) || /-{2,}\s*$|>>>\s*$/.test(text.slice(last));
  const tail = findTail(text, last);
  if (tail === undefined && !endsWithoutColon(text.slice(last), hasAddress || isDashed)) return undefined;
  const end = tail === undefined ? text.length : tail + trailingMarks(text.slice(tail));
  const date = findDate(withoutAddresses(text.slice(0, end)));
  const isSure = isDashed || (tail !== undefined && text.slice(end).trim() === "");
  if (date < 0 && !isSure) return undefined;
  const start = findStart(text.slice(0, end), { first, date: date < 0 ? first : date }, lineStarts);
  if (start === undefined || end - start > LONGEST_ATTRIBUTION) return undefined;
  return {
    start,
    end,
    hasAddress,
    hasColon: tail !== undefined,
    isDashed,
    hasDate: date >= 0,
    isTimed: isTimed(text.slice(start, end)) || (first === start && isDated(text.slice(start, end))),
  };
}

const TIMED = new RegExp(`^[\\s"“(>-]*(?:${BEGINNING}|\\d).*\\d{1,2}[:.h]\\d{2}`, "u");
/** Our name, a date, and a word or two: "Managing Up schrieb am 24.11.2026 07:30:". */
const isDated = (text: string): boolean => text.length < 100 && /\d{4}|\d[./-]\d/.test(text);
const isTimed = (text: string): boolean =>
  text.length < 140 && TIMED.test(text) && /\d{4}|\d[./-]\d/.test(text);

const withoutAddresses = (text: string): string =>
  text.replace(/\S{1,200}@\S{1,200}/g, (address) => " ".repeat(address.length));

/** Behind which colon it ends: the first one behind our name with a date before it, else the first one. */
function findTail(text: string, last: number): number | undefined {
  const tail = text.slice(last, last + LONGEST_TAIL);
  const colons = [...tail.matchAll(/[:：](?=[\s*>-]|$)/g)].map((match) => match.index + 1);
  const open = colons.filter((colon) => !/[!?。！？]|\p{L}{4,}[.;] \p{Lu}/u.test(tail.slice(0, colon)));
  const dated = open.find((colon) => hasDate(withoutAddresses(text.slice(0, last + colon))));
  const found = dated ?? open[0];
  return found === undefined ? undefined : last + found;
}

/** "… <address> wrote", "… wrote ----", "… 07:30 >>>": a few words, and the line is over. */
const endsWithoutColon = (tail: string, isSure: boolean): boolean =>
  isSure &&
  /^[>)"'\s]*(?:[\p{L}\p{M}]+[ ,]*){0,3}[\d\s.:/,()+]*(?:[ap]\.?m\.?)?(?:[\s-]*|\s*>>>)\s*$/iu.test(tail);

const trailingMarks = (text: string): number =>
  (/^[*_]*\s*-{2,}/.exec(text)?.[0] ?? /^[*_]+/.exec(text)?.[0] ?? "").length;

/** Where our name or address stands first, and where the last of them ends; spaces in it do not count. */
function findMarks(
  { text, unspaced }: Joined,
  sent: Sent,
): { first: number; last: number; hasAddress: boolean } | undefined {
  const address = sent.addresses
    .map((one) => ({ at: unspaced.indexOf(one), length: one.length }))
    .find(({ at }) => at >= 0);
  const nameAt = sent.name === "" ? -1 : unspaced.indexOf(sent.name);
  if (!address && nameAt < 0) return undefined;
  if (!/\d|-{2}|@\S{1,200}.{0,40}[:：]\s*$/.test(text)) return undefined;
  const local = address ? localPartStart(unspaced, address.at) : Number.POSITIVE_INFINITY;
  const first = Math.min(local, nameAt < 0 ? Number.POSITIVE_INFINITY : nameAt);
  const last = Math.max(
    address ? address.at + address.length : 0,
    nameAt < 0 ? 0 : nameAt + sent.name.length,
  );
  return {
    first: placeInText(text, first),
    last: placeInText(text, last - 1) + 1,
    hasAddress: address !== undefined,
  };
}

/** Where the letter stands that has so many before it, spaces left out; the beginning if there is none. */
function placeInText(text: string, before: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at++) if (text[at] !== " " && seen++ === before) return at;
  return 0;
}

function localPartStart(compact: string, at: number): number {
  let start = at;
  while (start > 0 && /[\w.+-]/.test(compact[start - 1] as string)) start--;
  return start;
}

/** What ends a sentence, and not an abbreviation of a day or month. */
const SENTENCE_END = /[!?…]["'”’»)]*\s|[。！？]|(?<=\p{L}{5})["'”’»)]*\.["'”’»)]*\s(?=[^\d\p{Ll}])/gu;

/**
 * Where an attribution begins in its text; what stands before is the reader's. Undefined where that cannot be told:
 * then the whole is kept.
 */
function findStart(
  region: string,
  marks: { first: number; date: number },
  lineStarts: readonly number[],
): number | undefined {
  const firstMark = Math.min(marks.first, beginningOfDate(region, marks.date));
  const before = region.slice(0, firstMark);
  const sentences = [...before.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
  const lineStart = lineStarts.findLast((start) => start <= firstMark) ?? 0;
  const led = [...region.matchAll(LEADS_AT)].map((match) => match.index);
  const hasLead = led.some((at) => at >= lineStart && at < firstMark);
  const readers = readersEnd(region.slice(lineStart, firstMark), region.slice(firstMark), hasLead);
  const from = Math.max(sentences.at(-1) ?? 0, lineStart + readers);
  const least = readers > 0 ? from : Math.min(from, sentences.at(-1) ?? 0);
  const fitting = led.find((at) => at >= least && at <= marks.first);
  const isDateBefore = fitting !== undefined && BEGINS_WITH_DATE.test(region.slice(from, fitting));
  if (fitting !== undefined && !isDateBefore) return backOverMarks(region, fitting);
  return firstMark - from > 90 ? undefined : backOverMarks(region, from);
}

/** Its first figure: "2026年" is found at its last one. */
function beginningOfDate(region: string, date: number): number {
  let at = date;
  while (at > 0 && /\d/.test(region[at - 1] as string)) at--;
  return at;
}

/**
 * How far the words before a date or our name are the reader's, where no lead word begins it: up to a full stop, or all
 * of them where they are no name of a day.
 */
function readersEnd(before: string, dated: string, hasLead: boolean): number {
  const words = before.replace(/[\s"'“>*_-]+$/, "");
  if (words === "") return 0;
  if (!/\d/.test(words)) {
    if (/^\d{4} ?[年년]/.test(dated)) return EAST_ASIAN_END.test(words) ? 0 : before.length;
    const isPhrase = words.split(/\s+/).length >= 3 && /^\d{1,4}[./-]\d{1,2}[./-]\d/.test(dated);
    if (isPhrase && !hasLead) return before.length;
  }
  return hasLead ? 0 : findSentenceEnd(before.slice(0, before.search(/\d|$/)));
}

/** Up to the last full stop, or a yes or no, with no more than the name of a day behind it. */
function findSentenceEnd(head: string): number {
  const sentence = /^\S.*\p{L}{3}["'”’»)]*[.;…!?]["'”’»)]*[\s>*_-]+/u.exec(head)?.[0];
  const isSentence = sentence?.trim().includes(" ");
  const said = (isSentence ? sentence : YES_OR_NO.exec(head)?.[0]) ?? "";
  return head.slice(said.length).trim().split(/\s+/).length <= 2 ? said.length : 0;
}
const YES_OR_NO =
  /^(?:yes|no|nope|ja|nein|nee|nej|oui|non|s[ií]|sim|não|tak|nie|ano|да|нет|ok|okay|stop)[.!]?[\s>*_-]+/iu;
const EAST_ASIAN_END = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}]$/u;

/** "בתאריך יום ג׳, 24 … ב-7:30": a second lead word stands in the midst of it. */
const BEGINS_WITH_DATE = new RegExp(`^[\\s"“(>-]*(?:${BEGINNING}|\\d)`, "u");

/** Dashes and quotation marks before it belong to it. */
function backOverMarks(region: string, at: number): number {
  const before = region.slice(0, at);
  return /^[\s"'“>*_-]*$/.test(before)
    ? 0
    : before.length - (/[-*_"“]{1,30} ?$/.exec(before)?.[0].length ?? 0);
}

/** Our address with a date is enough. A name alone could be the reader's words: then our mail must follow. */
function isConfirmed(
  found: FoundAttribution,
  { end, goesOnAt }: Attribution,
  lines: Line[],
  sent: Sent,
): boolean {
  if (found.hasDate && /^-{3,}.*-{3,}$/.test((lines[end - 1] as Line).plain)) return true;
  if (found.hasDate && (found.hasAddress || (found.isDashed && found.hasColon))) return true;
  if (found.hasColon && goesOnAt === undefined && (found.hasAddress || found.isTimed)) return true;
  const below = nextVisible(lines, end);
  const isOurs =
    lines[below]?.isQuoted === true ||
    startsOurMail(lines, below, sent) ||
    (goesOnAt !== undefined && goesOnInOurs(lines[end - 1] as Line, goesOnAt, sent));
  if (!found.hasDate) return found.isDashed || isOurs;
  return isOurs || (found.hasColon && goesOnAt === undefined && below >= lines.length);
}

/** Our mail stands on the attribution's own line. */
function goesOnInOurs({ text }: Line, at: number, sent: Sent): boolean {
  const compact = compactWords(text.slice(at)).slice(0, 40);
  return isLong(compact) && sent.compact.includes(compact);
}

/** One of the first two lines below is ours, and not marked as a quotation. */
function startsOurMail(lines: Line[], from: number, sent: Sent): boolean {
  const first = lines.slice(from, from + 6).filter((line) => !line.isBlank);
  return first
    .slice(0, 2)
    .some((line) => !line.isQuoted && (sent.pieces.has(line.compact) || isStrong(line, sent)));
}

/** In the languages of mail clients that do not name the writer: The Bat!'s "Tuesday, 7:30, you wrote:". */
const YOU_WROTE =
  /(?:you wrote|schrieben sie|schriebst du|(?:vous avez|tu as) écrit|vous écriviez|escribió usted|usted escribió|escribiste|você escreveu|escreveu|hai scritto|(?:je|u) schreef|вы писали|вы написали|ви писали|pisałeś|napisałeś|napsal jste|du skrev|kirjoitit|yazdınız|írtad|ați scris)(?:.{0,40}\d)? ?[:：]$/iu;
/** Anybody's attribution, which introduces an older mail below ours: a date, an address and a colon. */
const ANYBODYS = /<\S{1,100}@\S{1,200}>[^.!?]{0,60}[:：]$/u;
const ANYBODYS_LEAD = new RegExp(`^${BEGINNING}.{10,120}[:：]$`, "u");

export const isYouWrote = ({ plain }: Line): boolean =>
  plain.length < 120 && hasDate(plain) && YOU_WROTE.test(plain);

export const isAnybodysAttribution = ({ plain }: Line): boolean =>
  plain.length < 300 && hasDate(plain) && ANYBODYS.test(plain);

/** The same without an address: the mail that it introduces must be marked below it. */
export const mayBeAnybodysAttribution = ({ plain }: Line): boolean =>
  hasDate(plain) && ANYBODYS_LEAD.test(plain);
