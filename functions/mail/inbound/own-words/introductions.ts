import { findAttribution } from "./attribution.ts";
import { hasDate } from "./dates.ts";
import { earlierReplyEnd, fieldsEnd, headerBlockEnd } from "./header-block.ts";
import { ORIGINAL_MESSAGE } from "./header-words.ts";
import { isKnownText } from "./known-lines.ts";
import { joinWords, type Line, makeLine, nextVisible } from "./lines.ts";
import { namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";
import type { Walk } from "./walk.ts";

/** Drops an introduction of our mail at `index`; returns where our mail begins, or undefined if there is none. */
export function findOpening({ body, lines, sent }: Walk, index: number): number | undefined {
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

/** `-----Original Message-----`, `________` and the like, directly above. */
export function dropRulesAbove(lines: Line[], index: number, sent: Sent): void {
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

/** What a ticket system writes above the words: `##- Please type your reply above this line -##`, a name and a date. */
export function ticketEntryEnd({ lines, writer }: Walk, index: number): number | undefined {
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

/** A reader who answers their own earlier mail: with words above it, all below its header is that mail and the thread. */
export function dropEarlierReply({ lines, sent }: Walk, index: number): boolean {
  if (earlierReplyEnd(lines, index, sent) === undefined) return false;
  if (!lines.slice(0, index).some((line) => !line.dropped && line.words !== "")) return false;
  dropRulesAbove(lines, index, sent);
  for (const line of lines.slice(index)) line.dropped = true;
  return true;
}
