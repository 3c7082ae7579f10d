import { expand, searchExpression, wholeExpression } from "./pattern.ts";

/**
 * The phrases of a language are some ten thousand characters of expressions, and there are two dozen languages: to compile
 * them all takes a third of a second, and a mail needs a few. So each phrase is compiled when a text first has a word that
 * the phrase cannot do without. Tried and left out: guessing a mail's language first (mails mix them), and one expression of
 * all those words (as large as the phrases).
 */
export interface Search {
  test(text: string): boolean;
}

interface Phrase {
  source: string;
  compiled?: RegExp;
}

/** How many letters of a word it is found by. */
const KEY = 3;

/** The same answers as one expression of all the phrases, `compile(phrases, names, how)`. */
export function openSearch(
  phrases: readonly string[],
  names: Record<string, string>,
  how: "search" | "whole" = "search",
  index: PhraseIndex = ofLanguages,
): Search {
  let own: Indexed | undefined;
  return {
    test(text) {
      own ??= index.add(phrases, names, how);
      if (own.always.some((phrase) => isFound(phrase, text))) return true;
      for (const phrase of index.candidates(text).get(own) ?? []) if (isFound(phrase, text)) return true;
      return false;
    },
  };
}

function isFound(phrase: Phrase, text: string): boolean {
  phrase.compiled ??= new RegExp(phrase.source, "u");
  return phrase.compiled.test(text);
}

/** What an index knows of one search. */
interface Indexed {
  /** Those without a word that must stand there. */
  always: Phrase[];
}

/**
 * The phrases of many searches by the first letters of a word that each cannot do without. A sentence is searched in two
 * dozen languages, one after the other: one look tells for all of them which phrases could stand in it.
 */
export class PhraseIndex {
  readonly #byKey = new Map<string, { word: string; phrase: Phrase; own: Indexed }[]>();
  /** Of the texts that were searched last. */
  #candidates = new Map<string, ReadonlyMap<Indexed, ReadonlySet<Phrase>>>();

  add(phrases: readonly string[], names: Record<string, string>, how: "search" | "whole"): Indexed {
    const expressionOf = how === "search" ? searchExpression : wholeExpression;
    const own: Indexed = { always: [] };
    for (const one of phrases) {
      const phrase = { source: expressionOf([one], names, phrases) };
      const words = neededWords(expand(one, names));
      if (!words) own.always.push(phrase);
      for (const word of words ?? []) {
        const key = word.slice(0, KEY);
        const known = this.#byKey.get(key);
        if (known) known.push({ word, phrase, own });
        else this.#byKey.set(key, [{ word, phrase, own }]);
      }
    }
    this.#candidates.clear();
    return own;
  }

  /** The phrases, by their searches, of which a needed word stands in the text. */
  candidates(text: string): ReadonlyMap<Indexed, ReadonlySet<Phrase>> {
    const known = this.#candidates.get(text);
    if (known) return known;
    const found = new Map<Indexed, Set<Phrase>>();
    for (let at = 0; at + KEY <= text.length; at++)
      for (const { word, phrase, own } of this.#byKey.get(text.slice(at, at + KEY)) ?? []) {
        if (!text.startsWith(word, at)) continue;
        const phrases = found.get(own);
        if (phrases) phrases.add(phrase);
        else found.set(own, new Set([phrase]));
      }
    if (this.#candidates.size >= MOST_TEXTS) this.#candidates.clear();
    this.#candidates.set(text, found);
    return found;
  }
}
const MOST_TEXTS = 16;

/** Of the phrases that come with the program. Words of an owner's own are not kept in it. */
const ofLanguages = new PhraseIndex();

/** Words of which at least one stands wherever the expression matches; undefined where none can be told. Errs to undefined. */
function neededWords(expression: string): string[] | undefined {
  const branches = splitBranches(expression).map(neededOfBranch);
  return branches.every((words) => words !== undefined) ? branches.flat() : undefined;
}

function splitBranches(expression: string): string[] {
  const branches: string[] = [];
  let from = 0;
  for (let at = 0, depth = 0; at < expression.length; at++) {
    const sign = expression[at];
    if (sign === "\\") at++;
    else if (sign === "[") at = endOfClass(expression, at);
    else if (sign === "(") depth++;
    else if (sign === ")") depth--;
    else if (sign === "|" && depth === 0) {
      branches.push(expression.slice(from, at));
      from = at + 1;
    }
  }
  return [...branches, expression.slice(from)];
}

/** The best of what must stand in one branch: the fewest words, of at least three letters. */
function neededOfBranch(branch: string): string[] | undefined {
  const found: string[][] = [];
  for (let at = 0; at < branch.length; ) {
    const word = /^\p{L}+/u.exec(branch.slice(at))?.[0];
    if (word) {
      const next = at + word.length;
      const sure = /[?*{]/.test(branch[next] ?? "") ? word.slice(0, -1) : word;
      if (sure.length >= KEY) found.push([sure]);
      at = next;
    } else if (branch[at] === "(") {
      const end = endOfGroup(branch, at);
      const inside = branch.slice(at + 1, end);
      const isLook = /^\?(?:[=!]|<[=!])/.test(inside);
      const isOptional = /[?*{]/.test(branch[end + 1] ?? "");
      const words = isLook || isOptional ? undefined : neededWords(inside.replace(/^\?:/, ""));
      if (words) found.push(words);
      at = end + 1;
    } else if (branch[at] === "[") at = endOfClass(branch, at) + 1;
    else at += branch[at] === "\\" ? escapeLength(branch, at) : 1;
  }
  return found.toSorted((one, other) => one.length - other.length)[0];
}

/** `\p{L}` as a whole; else the sign behind the backslash. */
const escapeLength = (text: string, at: number): number =>
  /^\\[pPu]\{[^}]*\}/.exec(text.slice(at, at + 20))?.[0].length ?? 2;

function endOfGroup(text: string, from: number): number {
  for (let at = from, depth = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "[") at = endOfClass(text, at);
    else if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}

function endOfClass(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "]") return at;
  }
  return text.length;
}
