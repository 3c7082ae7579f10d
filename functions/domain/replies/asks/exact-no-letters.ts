import type { Commands } from "../../words/command-phrases.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/** Nothing stands in the reply but the words that a mail about letters names. Whoever writes more has written something else. */
export function isExactNoLetters(sentences: readonly Sentence[], commands: Commands): boolean {
  const isSpoken = ({ isFrame, raw }: Sentence) => !isFrame || isNoLettersLine(raw, commands);
  const [only, ...others] = sentences.filter(isSpoken);
  if (!only || only.isQuestion || others.length > 0) return false;
  return isNoLettersLine(only.raw, commands) || isNoLettersLine(only.bare, commands);
}

export const isNoLettersLine = (line: string, { noLetters }: Commands): boolean =>
  noLetters.includes(foldCase(line));
