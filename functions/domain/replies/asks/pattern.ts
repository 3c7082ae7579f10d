/**
 * The notation of the word lists: a space is a space, `@` the rest of a word, ` *` up to five words between (at the
 * end of a phrase: whatever follows), `#` the end of what is asked for, `{name}` another entry of the same language;
 * all else is a regular expression. Texts and patterns are folded alike.
 */

/** Written without spaces: words have no borders there. */
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const HANGUL = /\p{sc=Hangul}/u;
/** Of folded texts. Ranges, not `\p{L}`: that is six hundred of them, and stands in each expression many times. */
const LETTER = "[a-z0-9\\u00df-\\u024f\\u0370-\\u058f\\u05d0-\\u06ff\\u0900-\\u097f\\uac00-\\ud7af]";
/** A word's border, or what stands behind a space that the pattern has taken already. */
const BORDER = `(?:(?<=[ ,])|(?!${LETTER}))`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, which has no accents
const PLAIN = /^[\x00-\x7f]*$/;

/** Lower case, without accents: as people type on whatever keyboard they have. */
export function foldLetters(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u0655\u0670\u093c]/g, "")
    .normalize("NFC")
    .replace(/[ıłøœßđىة\u0901]/g, (letter) => PLAIN_LETTERS[letter] as string);
}
const PLAIN_LETTERS: Record<string, string> = {
  ı: "i",
  ł: "l",
  ø: "o",
  œ: "oe",
  ß: "ss",
  đ: "d",
  ى: "ي",
  ة: "ه",
  "\u0901": "\u0902",
};

/** Compiles phrases of one language into one expression: `search` finds any of them, `whole` is all of a text. */
export function compile(
  phrases: readonly string[],
  names: Record<string, string>,
  how: "search" | "whole",
): RegExp {
  if (phrases.length === 0) return /(?!)/;
  const expressionOf = how === "search" ? searchExpression : wholeExpression;
  return new RegExp(expressionOf(phrases, names, phrases), "u");
}

/** The expression that is all of a text, as any of these phrases. `all`: as below. */
export function wholeExpression(
  phrases: readonly string[],
  names: Record<string, string>,
  all: readonly string[],
): string {
  const isDense = all.some((phrase) => DENSE.test(phrase));
  return `^(?:${phrases.map((phrase) => expression(phrase, names, isDense)).join("|")})$`;
}

/**
 * The expression that finds any of these phrases.
 * @param all those that they are of: whether one is written without spaces is told by all of them
 */
export function searchExpression(
  phrases: readonly string[],
  names: Record<string, string>,
  all: readonly string[],
): string {
  const isDense = all.some((phrase) => DENSE.test(phrase));
  const any = phrases.map((phrase) => expression(phrase, names, isDense)).join("|");
  // Korean has spaces, and endings that nobody can list.
  const hasBorders = !isDense && !all.some((phrase) => HANGUL.test(phrase));
  return hasBorders ? `(?<!${LETTER})(?:${any})${BORDER}` : any;
}

/** A phrase with its names filled in, folded, its notation as it was. */
export function expand(phrase: string, names: Record<string, string>): string {
  const filled = foldLetters(phrase).replace(/\{(\p{L}+)\}/gu, (whole, name) => names[name] ?? whole);
  return foldLetters(filled);
}

function expression(phrase: string, names: Record<string, string>, isDense: boolean): string {
  const folded = expand(phrase, names);
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
