/** Limits that hold before any pattern runs: every pattern then sees a short line. */
const MOST_CHARACTERS = 20_000;
const MOST_LINES = 500;
const MOST_MATCHED = 2_000;

export interface Line {
  start: number;
  end: number;
  /** For matching: without invisible characters, trimmed, and no longer than a pattern may see. */
  plain: string;
  /** Its words in lower case, a space before, between and behind; as long as the line is. */
  words: string;
  isQuoted: boolean;
  isBlank: boolean;
  dropped: boolean;
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === "";

export function limitLines(whole: string): { body: string; wasCut: boolean } {
  const start = whole.slice(0, MOST_CHARACTERS * 2).replace(/\r\n?/g, "\n");
  const body = start.slice(0, MOST_CHARACTERS).split("\n").slice(0, MOST_LINES).join("\n");
  return { body, wasCut: body.length < start.length || whole.length > MOST_CHARACTERS * 2 };
}

/** Invisible characters by which clients mark direction and mailers pad previews. */
const INVISIBLE = /\u034f|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

export function splitLines(body: string): Line[] {
  let start = 0;
  return body.split("\n").map((text) => {
    const plain = text.slice(0, MOST_MATCHED).replace(INVISIBLE, "").replace(/\s/g, " ").trim();
    const line = {
      start,
      end: start + text.length,
      plain,
      words: joinWords(text),
      isQuoted: plain.startsWith(">"),
      isBlank: text.trim() === "" || plain === "",
      dropped: false,
    };
    start += text.length + 1;
    return line;
  });
}

export function joinWords(text: string): string {
  const words = text
    .toLowerCase()
    .replace(INVISIBLE, "")
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  return words ? ` ${words.join(" ")} ` : "";
}

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
