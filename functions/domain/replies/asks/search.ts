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
): Search {
  let index: Index | undefined;
  return {
    test(text) {
      index ??= indexPhrases(phrases, names, how);
      if (index.always.some((phrase) => isFound(phrase, text))) return true;
      const tried = new Set<Phrase>();
      for (const key of keysOf(text))
        for (const { word, phrase } of index.byKey.get(key) ?? []) {
          if (tried.has(phrase) || !text.includes(word)) continue;
          if (isFound(phrase, text)) return true;
          tried.add(phrase);
        }
      return false;
    },
  };
}

/** A sentence is searched in two dozen languages, one after the other: its keys are cut out once. */
function keysOf(text: string): ReadonlySet<string> {
  const known = keys.get(text);
  if (known) return known;
  const found = new Set<string>();
  for (let at = 0; at + KEY <= text.length; at++) found.add(text.slice(at, at + KEY));
  if (keys.size >= MOST_TEXTS) keys.clear();
  keys.set(text, found);
  return found;
}

const keys = new Map<string, ReadonlySet<string>>();
const MOST_TEXTS = 16;

function isFound(phrase: Phrase, text: string): boolean {
  phrase.compiled ??= new RegExp(phrase.source, "u");
  return phrase.compiled.test(text);
}

interface Index {
  /** Those without a word that must stand there. */
  always: Phrase[];
  byKey: Map<string, { word: string; phrase: Phrase }[]>;
}

function indexPhrases(
  phrases: readonly string[],
  names: Record<string, string>,
  how: "search" | "whole",
): Index {
  const expressionOf = how === "search" ? searchExpression : wholeExpression;
  const index: Index = { always: [], byKey: new Map() };
  for (const one of phrases) {
    const phrase = { source: expressionOf([one], names, phrases) };
    const words = neededWords(expand(one, names));
    if (!words) index.always.push(phrase);
    for (const word of words ?? []) {
      const key = word.slice(0, KEY);
      index.byKey.set(key, [...(index.byKey.get(key) ?? []), { word, phrase }]);
    }
  }
  return index;
}

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
