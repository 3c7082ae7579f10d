/** Without a shape of their own: spaces of no width, marks of direction that turn what follows, fillers, tags. */
const UNSEEN =
  /[\u200b\u2061-\u2064\u202a-\u202e\u206a-\u206f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\ufeff\ufff9-\ufffc\u{e0001}\u{e0020}-\u{e007f}]/u;
/** A flag of a part of a country is written with tags. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{2,6}\u{e007f}/gu;
/** Scripts without spaces say with U+200B where a line may end. */
const LINE_MAY_END =
  /(?<=[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}])\u200b/gu;
const BRAILLE = /[\u2801-\u28ff]/;

/**
 * The first character that no reader sees and that no writing needs: it comes of copying, hides words from a search,
 * or turns a line around (U+202E). Joiners, soft hyphens and the marks of Arabic and Hebrew are writing.
 */
export function findUnseen(text: string): { index: number; character: string } | undefined {
  if (!UNSEEN.test(text)) return undefined;
  const blank = (whole: string) => " ".repeat(whole.length);
  const rest = text.replace(FLAG, blank).replace(LINE_MAY_END, " ");
  const found = UNSEEN.exec(BRAILLE.test(rest) ? rest.replaceAll("\u2800", " ") : rest);
  return found ? { index: found.index, character: found[0] } : undefined;
}

/** `U+200B`, as such a character is named. */
export const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
