/** Limits that hold before any pattern runs: every pattern then sees a short line. */
const MOST_CHARACTERS = 100_000;
const MOST_LINES = 4_000;
/** Of what is over a limit, the end is read too: an answer may stand below a long thread. */
const SHARE_OF_BEGINNING = 0.75;
const MOST_MATCHED = 2_000;

export interface Line {
  start: number;
  end: number;
  /** For matching: invisible characters, spaces and digits of other scripts as plain ones, so that places agree. */
  text: string;
  /** The same without its spaces, in lower case: clients break addresses over lines. */
  unspaced: string;
  /** The same, trimmed, without characters that show nothing. */
  plain: string;
  /** Its words in lower case, a space before, between and behind; as long as the line is. */
  words: string;
  /** Its words without spaces and links: clients break lines and write out links. */
  compact: string;
  isQuoted: boolean;
  isBlank: boolean;
  dropped: boolean;
}

/** Characters that show nothing: clients mark direction by them, mailers pad previews and pretend text parts. */
const INVISIBLE = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

export const isBlank = (text: string | undefined): boolean =>
  text === undefined || text.replace(INVISIBLE, "").trim() === "";

/** The body with LF; of one that is too long its beginning and its end, with nothing in between. */
export function limitLines(whole: string): { body: string; wasCut: boolean } {
  const short = limitLength(whole, MOST_CHARACTERS * 2);
  const unified = short.replace(/\r\n?/g, "\n");
  const text = limitLength(unified, MOST_CHARACTERS);
  const lines = text.split("\n");
  const beginning = MOST_LINES * SHARE_OF_BEGINNING;
  const body =
    lines.length <= MOST_LINES
      ? text
      : [...lines.slice(0, beginning), ...lines.slice(beginning - MOST_LINES)].join("\n");
  return { body, wasCut: body !== text || text !== unified || short !== whole };
}

/** Cut at line ends where there are some near the places. */
function limitLength(text: string, most: number): string {
  if (text.length <= most) return text;
  const first = most * SHARE_OF_BEGINNING;
  const end = text.lastIndexOf("\n", first);
  const start = text.indexOf("\n", text.length - (most - first));
  const beginning = text.slice(0, end > first / 2 ? end : first);
  return `${beginning}\n${text.slice(start >= 0 && start < text.length - (most - first) / 2 ? start + 1 : text.length - (most - first) + 1)}`;
}

export function splitLines(body: string): Line[] {
  let start = 0;
  return body.split("\n").map((text) => {
    const line = makeLine(body, start, start + text.length);
    start += text.length + 1;
    return line;
  });
}

/** A line, or a part of one. */
export function makeLine(body: string, start: number, end: number): Line {
  const raw = body.slice(start, end);
  const matched = raw.slice(0, MOST_MATCHED);
  const text = ASCII.test(matched) ? matched.replace(/\s/g, " ") : plainCharacters(matched);
  const plain = (ASCII.test(matched) ? matched : matched.replace(INVISIBLE, "")).replace(/\s/g, " ").trim();
  const words = joinWords(raw);
  return {
    start,
    end,
    text,
    unspaced: text.replaceAll(" ", "").toLowerCase(),
    plain,
    words,
    compact: compactWords(raw),
    isQuoted: plain.startsWith(">"),
    isBlank: plain === "",
    dropped: false,
  };
}

export const ASCII = /^[\t\x20-\x7e]*$/;

const plainCharacters = (text: string): string =>
  text
    .replace(INVISIBLE, " ")
    .replace(/\s/g, " ")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59]/g, (digit) =>
      String((digit.charCodeAt(0) - (isDevanagari(digit) ? 0x966 : 0)) & 0xf),
    );

/** Its digits alone do not begin at a multiple of sixteen. */
const isDevanagari = (digit: string): boolean => digit >= "\u0966" && digit <= "\u096f";

export function joinWords(text: string): string {
  const words = text
    .toLowerCase()
    .replace(INVISIBLE, "")
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  return words ? ` ${words.join(" ")} ` : "";
}

/** Links differ from mail to mail, and clients write them once more beside their words. */
export const LINK = /<?(?:https?:\/\/|www\.|mailto:|cid:)[^\s<>|)\]]{1,1000}>?/gi;

/** The words without spaces and links. */
export const compactWords = (text: string): string =>
  text.search(/https?:|www\.|mailto:|cid:/i) < 0
    ? joinWords(text).replaceAll(" ", "")
    : joinWords(text.replace(LINK, " ")).replaceAll(" ", "");

export function nextVisible(lines: Line[], from: number): number {
  let at = from;
  while (at < lines.length && (lines[at] as Line).isBlank) at++;
  return at;
}

export function trimBlankLines(lines: Line[]): Line[] {
  const first = lines.findIndex((line) => !line.isBlank);
  if (first < 0) return [];
  let end = lines.length;
  while ((lines[end - 1] as Line).isBlank) end--;
  return lines.slice(first, end);
}

export interface Unquoted {
  line: Line;
  depth: number;
}

export function removeMarks(body: string, { start, end }: Line): Unquoted {
  const marks = /^[\s\u200b-\u200f\u202a-\u202e\ufeff]{0,20}((?:>[ \t]?){1,20})/.exec(body.slice(start, end));
  const depth = marks?.[1]?.replace(/[^>]/g, "").length ?? 1;
  return { line: makeLine(body, start + (marks?.[0].length ?? 0), end), depth };
}
