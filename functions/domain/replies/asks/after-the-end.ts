import type { Commands } from "../../words/command-phrases.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

type AfterTheEnd = "no-letters" | "later-lessons";

/**
 * What may come after a course's end, in reply to its last mail or to a letter. Nothing stands in the reply but the words
 * that such a mail names: whoever writes more has written something else.
 */
export function readAfterTheEnd(sentences: readonly Sentence[], commands: Commands): AfterTheEnd | undefined {
  const isSpoken = ({ isFrame, raw }: Sentence) =>
    !isFrame || readAfterTheEndLine(raw, commands) !== undefined;
  const [only, ...others] = sentences.filter(isSpoken);
  if (!only || only.isQuestion || others.length > 0) return undefined;
  return readAfterTheEndLine(only.raw, commands) ?? readAfterTheEndLine(only.bare, commands);
}

export function readAfterTheEndLine(
  line: string,
  { noLetters, laterLessons }: Commands,
): AfterTheEnd | undefined {
  const said = foldCase(line);
  if (noLetters.includes(said)) return "no-letters";
  return laterLessons.includes(said) ? "later-lessons" : undefined;
}
