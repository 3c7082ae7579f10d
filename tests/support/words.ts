import { openSources } from "../../authoring/compile/sources.ts";
import { readWordsFiles, type WordsFile, wordsByKey } from "../../authoring/compile/words-file.ts";
import { ROOT } from "../../cli/root.ts";
import type { Words } from "../../functions/domain/words/words.ts";

const FILES = readWordsFiles(openSources(ROOT));

/** Each language that ships, by name. */
export const LANGUAGES: readonly string[] = FILES.map(({ language }) => language);

const SHORTEST_PIECE = 9;

/** What could be left of the English file in a mail or a page of another: every run of words between slots and marks. */
export function englishPieces(language: string): string[] {
  const own = [...wordsFileOf(language).texts.values()].flatMap(piecesOf);
  const pieces = [...wordsFileOf("en").texts]
    .filter(([key]) => !key.startsWith("commands."))
    .flatMap(([, text]) => piecesOf(text));
  return [...new Set(pieces)].filter((piece) => !own.includes(piece));
}

const piecesOf = (text: string | object): string[] =>
  (typeof text === "string" ? text.split("\n") : Object.values(text))
    .flatMap((one: string) => one.split(/\{\w+\}|\[|\]\(\w+\)|[*`]/))
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= SHORTEST_PIECE);

/** The words that ship in a language. Throws if there are none. */
export function wordsFileOf(language: string): WordsFile {
  const file = FILES.find((one) => one.language === language);
  if (!file) throw new Error(`there is no templates/words/${language}.yaml`);
  return file;
}

export const wordsOf = (language: string): Words => wordsByKey(wordsFileOf(language), FILES);
export const english: Words = wordsOf("en");
export const german: Words = wordsOf("de");
