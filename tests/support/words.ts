import { openSources } from "../../authoring/compile/sources.ts";
import { readWordsFiles, type WordsFile, wordsByKey } from "../../authoring/compile/words-file.ts";
import { ROOT } from "../../cli/root.ts";
import type { Words } from "../../functions/domain/words/words.ts";

const FILES = readWordsFiles(openSources(ROOT));

/** The words that ship in a language. Throws if there are none. */
export function wordsFileOf(language: string): WordsFile {
  const file = FILES.find((one) => one.language === language);
  if (!file) throw new Error(`there is no templates/words/${language}.yaml`);
  return file;
}

export const english: Words = wordsByKey(wordsFileOf("en"), FILES);
export const german: Words = wordsByKey(wordsFileOf("de"), FILES);
