/**
 * The notation of the word lists: a space is a space, `@` the rest of a word, ` *` up to five words between (at the
 * end of a phrase: whatever follows), `#` the end of what is asked for, `{name}` another entry of the same language;
 * all else is a regular expression. Texts and patterns are folded alike.
 */

/** Written without spaces: words have no borders there. */
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const HANGUL = /\p{sc=Hangul}/u;
/** Of folded texts. Ranges, not `\p{L}`: that is six hundred of them, and stands in each expression many times. */
const LETTER = "[a-z0-9\\u00df-\\u024f\\u0370-\\u058f\\u05d0-\\u06ff\\uac00-\\ud7af]";
/** A word's border, or what stands behind a space that the pattern has taken already. */
const BORDER = `(?:(?<=[ ,])|(?!${LETTER}))`;

/** Lower case, without accents: as people type on whatever keyboard they have. */
export function foldLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[ıłøœßđ]/g, (letter) => PLAIN_LETTERS[letter] as string);
}
const PLAIN_LETTERS: Record<string, string> = { ı: "i", ł: "l", ø: "o", œ: "oe", ß: "ss", đ: "d" };

/** Compiles phrases of one language into one expression: `search` finds any of them, `whole` is all of a text. */
export function compile(
  phrases: readonly string[],
  names: Record<string, string>,
  how: "search" | "whole",
): RegExp {
  if (phrases.length === 0) return /(?!)/;
  const isDense = phrases.some((phrase) => DENSE.test(phrase));
  const any = phrases.map((phrase) => expression(phrase, names, isDense)).join("|");
  if (how === "whole") return new RegExp(`^(?:${any})$`, "u");
  // Korean has spaces, and endings that nobody can list.
  const hasBorders = !isDense && !phrases.some((phrase) => HANGUL.test(phrase));
  return new RegExp(hasBorders ? `(?<!${LETTER})(?:${any})${BORDER}` : any, "u");
}

function expression(phrase: string, names: Record<string, string>, isDense: boolean): string {
  const filled = foldLetters(phrase).replace(/\{(\p{L}+)\}/gu, (whole, name) => names[name] ?? whole);
  const folded = foldLetters(filled);
  if (isDense) return `(?:${folded})`;
  return `(?:${folded
    .trimEnd()
    .replace(/ \*(?=$|\||\))/g, "(?: .*)?")
    .replace(/ \*/g, " (?:\\S+ ){0,5}?")
    .replace(/@/g, `${LETTER}*`)
    .replaceAll("#", ending(names.end ?? ""))})`;
}

const ending = (words: string): string =>
  `(?!${LETTER})(?=[ ,]*(?:$|,${words === "" ? "" : `|(?:${foldLetters(words)})(?!${LETTER})`}))`;
