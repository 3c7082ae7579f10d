import { CLOSING } from "./closings.ts";
import {
  isDisclaimer,
  isDisclaimersHeading,
  isScanner,
  isScannersLine,
  soundsLikeDisclaimer,
} from "./disclaimers.ts";
import { DEEDS, DEVICES, EXCUSE, JOINTS, PRODUCTS, WHOLE_FOOTERS } from "./footer-words.ts";
import { joinWords, type Line } from "./lines.ts";

const LONGEST_SIGNATURE_LINES = 10;
const LONGEST_SIGNATURE_LINE = 100;
const MOST_BELOW_CLOSING = 12;
const LONGEST_FOOTER = 160;
const LONGEST_DISCLAIMER_LINES = 25;

/** What stands below the reader's words and is none of them, from the end of each of their passages. */
export function dropEndings(body: string, lines: Line[], writer: string | undefined): void {
  dropMarkedSignatures(body, lines, writer);
  for (const segment of listSegments(lines)) {
    while (dropLastParagraph(segment, writer));
    dropClosing(segment, lines, writer);
    while (dropLastParagraph(segment, writer));
  }
}

/** Runs of lines that are kept, ended by a dropped one. */
function listSegments(lines: Line[]): Line[][] {
  const segments: Line[][] = [[]];
  for (const line of lines) {
    if (line.dropped) segments.push([]);
    else segments.at(-1)?.push(line);
  }
  return segments.filter((segment) => segment.some((line) => !line.isBlank));
}

/**
 * RFC 3676 §4.3: `-- ` begins a signature. It ends where the reader's next answer could begin. Two dashes without the
 * space may as well part two answers: there a sign of a signature is asked for.
 */
function dropMarkedSignatures(body: string, lines: Line[], writer: string | undefined): void {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (!/^(?:--|—|⸻)$/.test(line.plain) || line.dropped || !hasWordsAbove(lines, index)) continue;
    const end = segmentEnd(lines, index);
    const below = lines.slice(index + 1, end).filter((each) => !each.isBlank);
    const isLast = !hasMark(lines, index + 1, end);
    const isAlone = isLast && !hasMark(lines, 0, index);
    const isMark = isAlone && /^-- \r?$/.test(body.slice(line.start, line.end));
    if (!isLast) continue;
    if (isMark ? isShort(below) || isListFooter(below) : isShort(below) && isSignature(below, writer))
      for (let at = index; at < end; at++) (lines[at] as Line).dropped = true;
  }
}

/** More than one parts answers; the last may still begin a signature. */
const hasMark = (lines: Line[], from: number, to: number): boolean =>
  lines.slice(from, to).some(({ plain, isQuoted }) => plain === "--" && !isQuoted);

const hasWordsAbove = (lines: Line[], index: number): boolean =>
  lines.slice(0, index).some((line) => !line.dropped && line.words !== "");

function segmentEnd(lines: Line[], from: number): number {
  let end = from;
  while (end < lines.length && !(lines[end] as Line).dropped) end++;
  return end;
}

const isShort = (below: Line[]): boolean =>
  below.length <= LONGEST_SIGNATURE_LINES &&
  below.every((each) => each.plain.length < LONGEST_SIGNATURE_LINE);

/** What a mailing list puts under each mail. */
const isListFooter = (below: Line[]): boolean =>
  below.some(({ plain }) => /\bunsubscribe\b|\bmailing list\b|google groups|groups\.io/i.test(plain));

/** A telephone number, an address of any kind, a company, or the writer's own name. */
const CONTACT =
  /\S@\S|https?:|www\.|\+?\d[\d ()/.-]{6,}\d|\b(?:tel|phone|mobile?|fax)\b[.:]? ?[(+\d]|\b(?:gmbh|ltd|inc|llc|b\.v|s\.a|s\.r\.l|ag|sp\. z o\.o)\b|〒|株式会社|有限公司|주식회사|電話|电话|전화/i;

const isSignature = (below: Line[], writer: string | undefined): boolean =>
  below.some(({ plain }) => CONTACT.test(plain)) ||
  (below[0] !== undefined && isWritersName(below[0], writer));

/** Their name, whole or in part, with nothing else on the line but what follows a bar. */
function isWritersName({ plain }: Line, writer: string | undefined): boolean {
  if (writer === undefined) return false;
  const names = new Set(writer.trim().split(" "));
  const [head = ""] = plain.split(/ [|·•/–] /, 1);
  const said = latinLetters(joinWords(head)).trim().split(" ");
  if (said[0] === "" || said.length > 4 || !said.some((word) => names.has(word))) return false;
  const isName = (word: string) =>
    names.has(word) || (word.length === 1 && [...names].some((name) => name.startsWith(word)));
  return said.every(isName) || (names.has(said[0] as string) && CAPITALIZED.test(head));
}

/** "Дана" for "Dana": an account is often named in the other alphabet. */
const latinLetters = (words: string): string =>
  words.replace(/[а-яёіїєґ]/gu, (letter) => LATIN_LETTERS[CYRILLIC.indexOf(letter)] ?? letter);
const CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ";
const LATIN_LETTERS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g"
  .split(" ")
  .map((letters) => (letters === "-" ? "" : letters));

/** Nothing but names: people sign by another one than their mail client does. */
const CAPITALIZED = /^[-–—*\s]*(?:\p{Lu}[\p{L}'’-]+[ ,]*){2,3}$/u;

/** Where NetEase's card of name and address begins, between bars above its line: at the last line where there is none. */
function findNetEaseCard(paragraph: Line[]): number {
  const bar = paragraph.findIndex(({ plain }) => /^\|(?: \|)?$/.test(plain));
  return paragraph.at(-1)?.plain.startsWith("签名由") && bar >= 0 ? bar : paragraph.length - 1;
}

/** The last paragraph that is kept, if it is an app's line, a disclaimer, a virus scanner's, or a signature between rules. */
function dropLastParagraph(segment: Line[], writer: string | undefined): boolean {
  const end = segment.findLastIndex((line) => !line.dropped && !line.isBlank) + 1;
  if (end === 0) return false;
  let begin = end;
  while (begin > 0 && !(segment[begin - 1] as Line).isBlank && !(segment[begin - 1] as Line).dropped) begin--;
  const paragraph = segment.slice(begin, end);
  const last = paragraph.at(-1) as Line;
  if (isFooter(last)) return drop(paragraph.slice(findNetEaseCard(paragraph)));
  const linked = paragraph.at(-2);
  if (linked && isBareLink(last.plain) && isFooter(linked)) return drop([linked, last]);
  const list = paragraph.findLastIndex(({ plain }) => /^_{2,}$/.test(plain));
  if (list >= 0 && isShort(paragraph.slice(list)) && isListFooter(paragraph.slice(list)))
    return drop(paragraph.slice(list));
  const scanner = paragraph.slice(paragraph.findLastIndex((line) => !isScannersLine(line.plain)) + 1);
  if (isScanner(scanner.map((line) => line.plain))) return drop(scanner);
  const disclaimer = findDisclaimer(paragraph);
  if (disclaimer >= 0) return drop(paragraph.slice(disclaimer));
  const name = paragraph.findLastIndex((line) => isWritersName(line, writer));
  if (name >= 0 && isWritersBlock(paragraph.slice(name), writer)) return drop(paragraph.slice(name));
  const rule = findRule(paragraph);
  if (rule >= 0 && isRuledSignature(paragraph.slice(rule), writer)) return drop(paragraph.slice(rule));
  return isLoneRule(last, segment) || isHeadingOfDropped(last, segment);
}

/** An app's address below its line. */
const isBareLink = (plain: string): boolean => /^<?(?:https?:\/\/|www\.)\S{1,200}>?$/.test(plain);

/** Where in a paragraph a disclaimer begins that goes on to its end; the reader's words may stand on the line above. */
function findDisclaimer(paragraph: Line[]): number {
  for (
    let from = paragraph.length - 1;
    from >= Math.max(0, paragraph.length - LONGEST_DISCLAIMER_LINES);
    from--
  ) {
    if (
      !isDisclaimer(
        paragraph
          .slice(from)
          .map((line) => line.plain)
          .join(" "),
      )
    )
      continue;
    let begin = from;
    while (begin > 0 && soundsLikeDisclaimer((paragraph[begin - 1] as Line).plain)) begin--;
    return begin;
  }
  return -1;
}

function drop(lines: Line[]): boolean {
  for (const line of lines) line.dropped = true;
  return lines.length > 0;
}

const isRule = (plain: string): boolean => /^--$|^[-_=*━─—–ー~+・◆■□]{4,}$/.test(plain);

/** A rule that closes nothing more: what stood between it and the end was dropped. */
function isLoneRule(last: Line, segment: Line[]): boolean {
  const hasDroppedBelow = segment.slice(segment.indexOf(last) + 1).some((line) => line.dropped);
  return isRule(last.plain) && hasDroppedBelow && drop([last]);
}

/** "Disclaimer" above what was dropped. */
function isHeadingOfDropped(last: Line, segment: Line[]): boolean {
  const next = segment.slice(segment.indexOf(last) + 1).find((line) => !line.isBlank);
  return next?.dropped === true && isDisclaimersHeading(last.plain) && drop([last]);
}

/** The first rule of a box; of two dashes the last, as others part answers. */
function findRule(paragraph: Line[]): number {
  const box = paragraph.findIndex(({ plain }) => isRule(plain) && plain !== "--");
  return box >= 0 ? box : paragraph.findLastIndex(({ plain }) => plain === "--");
}

function isRuledSignature(block: Line[], writer: string | undefined): boolean {
  const inside = block.filter(({ plain }) => !isRule(plain));
  const isAnswer = block[0]?.plain === "--" && inside.some(({ plain }) => isSentence(plain));
  return inside.length > 0 && !isAnswer && isShort(inside) && isSignature(inside, writer);
}

/** Their name on a line of its own, and under it what a visiting card says: no sentence. */
function isWritersBlock(paragraph: Line[], writer: string | undefined): boolean {
  const [first, ...rest] = paragraph as [Line, ...Line[]];
  if (!isWritersName(first, writer) || !isShort(rest)) return false;
  return rest.every(({ plain }) => !isSentence(plain));
}

const isSentence = (plain: string): boolean => /[.!?。！？]$/.test(plain) && plain.split(" ").length > 4;

/** "Best regards" on its line, and their name below it. */
function dropClosing(segment: Line[], lines: Line[], writer: string | undefined): void {
  const kept = segment.filter((line) => !line.dropped && !line.isBlank);
  const from = kept.findLastIndex(({ plain }) => CLOSING.test(plain));
  if (from < 0 || from < kept.length - MOST_BELOW_CLOSING) return;
  const below = kept.slice(from + 1);
  const named = below[0] !== undefined && isWritersName(below[0], writer);
  const wasNamed = below.length === 0 && segment.some((line) => line.dropped && isWritersName(line, writer));
  if (!(named || wasNamed) || !isShort(below) || below.some(({ plain }) => isSentence(plain))) return;
  if (hasWordsAbove(lines, lines.indexOf(kept[from] as Line))) drop(kept.slice(from));
}

/** What phones and apps write under a mail: a device or an app, that it was sent by it, and nothing else. */
function isFooter({ plain }: Line): boolean {
  if (plain.length > LONGEST_FOOTER) return false;
  const bare = plain
    .replace(/\[([^\]]{1,60})\]\([^)]{1,300}\)/g, "$1")
    .replace(/<[^<>]{0,300}>|\bhttps?:\/\/\S{1,300}/g, (link) =>
      isAppsLink(link) ? ` ${appName(link)} ` : " ",
    )
    .replace(/^[\s*_~—–-]+|[\s*_~—–-]+$/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
  if (WHOLE_FOOTERS.some((footer) => footer.test(bare))) return true;
  const [head = "", ...tail] = bare.split(/(?<=\p{L}|\d)[.,;:] (?=\p{L})| [-–—] /u);
  if (IS_SENTENCE.test(bare)) return false;
  if (isFooterWords(bare)) return true;
  return isFooterWords(head) && EXCUSE.test(tail.join(" "));
}

/** Names of apps and networks are words as well: "Get Tim a new phone", "Sent the note to Orange", "by hand". */
const IS_SENTENCE =
  /^(?:get|try|download) (?!(?:the )?(?:all )?(?:new )?(?:free )?(?:outlook|yahoo|aol|gmail|bluemail|typeapp|newton|spark|proton|mymail|edison|superhuman|aqua|tuta|nine|k-9|fairemail|mail)\b)|^sent (?!(?:securely )?(?:from|with|via|by|using|on|through|out of)\b)|\ba mano\b|\bà la main\b|^get mail to\b/i;

const APPS_LINK =
  /\/\/(?:www\.)?(zoho|proton|tutanota|tuta|aka\.ms|superhuman|hey|onelink|overview\.mail\.yahoo|mail\.yahoo|go\.onelink|fastmail|bluemail|spark)/i;
const isAppsLink = (link: string): boolean => APPS_LINK.test(link);
const appName = (link: string): string =>
  (/zoho/i.exec(link)?.[0] ?? /proton/i.exec(link)?.[0] ?? "").toLowerCase();

function isFooterWords(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .replace(/[’'‑-]/g, " ")
      .match(/[\p{L}\p{M}\p{N}&!]+(?:\.[\p{L}\p{N}]+)*/gu) ?? [];
  const bare = words.map((word) => word.replace(/^[.!-]+|[.!]+$/g, "")).filter((word) => word !== "");
  if (bare.length < 2 || bare.length > 16) return false;
  const isProduct = (word: string) =>
    PRODUCTS.some(
      (name) => word === name || (name.length > 3 && word.startsWith(name) && word.length <= name.length + 8),
    );
  const isDomain = (word: string) =>
    /\.(?:com|de|ru|fr|net|io)$/.test(word) && PRODUCTS.some((name) => word.includes(name));
  const isKnown = (word: string) =>
    isDomain(word) ||
    JOINTS.has(word) ||
    DEEDS.has(word) ||
    DEVICES.has(word) ||
    isProduct(word) ||
    /^[a-z]{0,2}\d{1,4}[a-z]{0,2}\+?$/.test(word);
  return (
    bare.some((word) => DEEDS.has(word)) &&
    bare.some((word) => isProduct(word) || DEVICES.has(word)) &&
    bare.every(isKnown)
  );
}
