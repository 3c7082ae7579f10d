import { isAnswer, isKnownText, type Known, LEAST_KNOWN, readKnown } from "./known-lines.ts";
import { LINK, type Line, removeMarks } from "./lines.ts";
import { namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";
import type { Walk } from "./walk.ts";

/** Our mail below an introduction, not marked line by line: what is not known as ours in it is the reader's answer. */
export function dropUnmarkedMail({ body, lines, sent, writer }: Walk, from: number): void {
  const rest = lines.slice(from).map((line) => (line.isQuoted ? removeMarks(body, line).line : line));
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
  keepInnerBlanks(lines, from);
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
function keepInnerBlanks(lines: Line[], from: number): void {
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
export const LEAST_LINKS = 2;

export const hasLink = (plain: string): boolean => plain.search(LINK) >= 0;

/** A greeting of ours as another client shows it: a few words, a name, and a comma. */
function dropStrays(rest: Line[]): void {
  for (const line of rest)
    if (!line.dropped && line.words.length < 12 && /[,:：]$/.test(line.plain)) line.dropped = true;
}
