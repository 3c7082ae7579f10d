import { expand, searchExpression, wholeExpression } from "./pattern.ts";

/**
 * The phrases of a language are some ten thousand characters of expressions, and there are two dozen languages: to compile
 * them all takes a third of a second, and a mail needs a few. So each phrase is compiled when a text first has a word that
 * the phrase cannot do without; and a text is looked through once for the words of all phrases of all languages together.
 * Tried and left out: guessing a mail's language first (mails mix them), one expression of all those words (as large as the
 * phrases), and a look for each search of its own (two hundred times the same text).
 */
export interface Search {
  test(text: string): boolean;
}

interface Phrase {
  /** As it stands in its list. */
  written: string;
  compiled?: RegExp;
  /** Of one of these ways all must stand there, of each one word at least; undefined where none can be told. */
  needs: string[][][] | undefined;
  /** Where it was looked for last, in vain. */
  missedIn?: string;
}

/** The same answers as one expression of all the phrases, `compile(phrases, names, how)`. */
export function openSearch(
  phrases: readonly string[],
  names: Record<string, string>,
  how: "search" | "whole" = "search",
  vocabulary: PhraseIndex = ofLanguages,
): Search {
  let index: Index | undefined;
  const expressionOf = how === "search" ? searchExpression : wholeExpression;
  const compiled = ({ written }: Phrase) => new RegExp(expressionOf([written], names, phrases), "u");
  const isFound = (phrase: Phrase, text: string): boolean => {
    if (phrase.missedIn === text) return false;
    phrase.compiled ??= compiled(phrase);
    if (phrase.compiled.test(text)) return true;
    phrase.missedIn = text;
    return false;
  };
  return {
    test(text) {
      index ??= indexPhrases(phrases, names, vocabulary);
      if (index.always.some((phrase) => isFound(phrase, text))) return true;
      const words = vocabulary.findWords(text);
      for (const word of words)
        for (const phrase of index.byWord.get(word) ?? [])
          if (mayStand(phrase, words) && isFound(phrase, text)) return true;
      return false;
    },
  };
}

const mayStand = ({ needs = [] }: Phrase, words: ReadonlySet<string>): boolean =>
  needs.some((all) => all.every((any) => any.some((word) => words.has(word))));

/** The phrases of one search. */
interface Index {
  /** Those without a word that must stand there. */
  always: Phrase[];
  /** By one of the words that they need. */
  byWord: Map<string, Phrase[]>;
}

function indexPhrases(
  phrases: readonly string[],
  names: Record<string, string>,
  vocabulary: PhraseIndex,
): Index {
  const index: Index = { always: [], byWord: new Map() };
  for (const written of phrases) {
    const phrase: Phrase = { written, needs: listNeeds(expand(written, names)) };
    if (!phrase.needs) index.always.push(phrase);
    for (const word of phrase.needs?.flat(2) ?? []) vocabulary.add(word);
    for (const word of new Set(phrase.needs?.flatMap(fewest))) addTo(index.byWord, word, phrase);
  }
  return index;
}

function addTo(byWord: Map<string, Phrase[]>, word: string, phrase: Phrase): void {
  const known = byWord.get(word);
  if (known) known.push(phrase);
  else byWord.set(word, [phrase]);
}

// ---- The words of all searches ----

/** How many letters of a word it is found by. */
const KEY = 3;
/** More than there are such beginnings: few share a place. */
const PLACES = 1 << 14;

const place = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % PLACES;

/** The words that the phrases of many searches need. */
export class PhraseIndex {
  /** By the place of their first letters. */
  readonly #words: (string[] | undefined)[] = [];
  /** By text, the words in it. */
  readonly #looked = new Map<string, ReadonlySet<string>>();

  add(word: string): void {
    const at = place(word, 0);
    const words = this.#words[at] ?? [];
    this.#words[at] = words;
    if (words.includes(word)) return;
    words.push(word);
    this.#looked.clear();
  }

  findWords(text: string): ReadonlySet<string> {
    const known = this.#looked.get(text);
    if (known) return known;
    const found = new Set<string>();
    for (let at = 0; at + KEY <= text.length; at++)
      for (const word of this.#words[place(text, at)] ?? []) if (text.startsWith(word, at)) found.add(word);
    if (this.#looked.size >= MOST_TEXTS) this.#looked.clear();
    this.#looked.set(text, found);
    return found;
  }
}
/** A mail has at most 80 sentences, and each some clauses. */
const MOST_TEXTS = 512;

/** Of the phrases that come with the program. Words of an owner's own are not kept in it. */
const ofLanguages = new PhraseIndex();

// ---- What a phrase needs ----

/** For each branch of an expression, what must stand where it matches; undefined where of one nothing can be told. */
function listNeeds(expression: string): string[][][] | undefined {
  const branches = splitBranches(expression).map(listNeedsOfBranch);
  return branches.every((needs) => needs.length > 0) ? branches : undefined;
}

/** Words of which at least one stands wherever the expression matches; undefined where none can be told. */
const neededWords = (expression: string): string[] | undefined => listNeeds(expression)?.flatMap(fewest);

const fewest = (needs: string[][]): string[] =>
  needs.toSorted((one, other) => one.length - other.length)[0] ?? [];

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

/** What must stand in one branch, of each one word at least, of three letters or more. Errs to nothing. */
function listNeedsOfBranch(branch: string): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < branch.length; ) {
    const word = wordAt(branch, at);
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
  return found;
}

const WORD = /\p{L}+/uy;

function wordAt(text: string, at: number): string | undefined {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0];
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
