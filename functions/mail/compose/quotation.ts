/**
 * A reader's words with their own paragraphs and line ends, shortened only where the mail would be cut off.
 * @param room bytes of HTML
 */
export function entryWords(words: string, room: number) {
  const whole = tidy(words);
  return asQuoted(whole, cutToFit(whole, room));
}

/** Without the spaces that clients leave at the ends of lines. */
export const tidy = (words: string): string => words.replace(/[^\S\n]+$/gm, "").trim();

export function asQuoted(whole: string, shown: string) {
  const paragraphs = shown.split(/\n{2,}/).map((paragraph) => ({ lines: paragraph.split("\n") }));
  return { paragraphs, quoted: shown.replace(/^/gm, "> "), isShortened: shown !== whole };
}

function cutToFit(words: string, room: number): string {
  let length = 0;
  let used = 0;
  for (const character of words) {
    used += bytesInHtml(character);
    if (used > room) return `${words.slice(0, length).trimEnd()} \u2026`;
    length += character.length;
  }
  return words;
}

/** Of a character in HTML: as itself, in UTF-8, or as an entity. A line end becomes a tag. */
function bytesInHtml(character: string): number {
  if (character === "\n") return PARAGRAPH_TAGS;
  return /[&<>"'`=]/.test(character) ? LONGEST_ENTITY : Buffer.byteLength(character);
}

const PARAGRAPH_TAGS = 36;
/** As Handlebars escapes them: `&quot;`, `&#x27;`. */
const LONGEST_ENTITY = 6;
