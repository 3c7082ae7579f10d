import { MOVE_OUTCOMES, type MoveOutcome } from "../../course/enrolment.ts";
import type { Commands } from "../../words/command-phrases.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/**
 * What became of a move, where a mail asked for it and nothing stands in the reply but the words that it named. Whoever
 * writes more has written a reflection.
 */
export function readExactMove(sentences: readonly Sentence[], commands: Commands): MoveOutcome | undefined {
  // Below a greeting a shouted word looks like a name.
  const isSpoken = ({ isFrame, raw }: Sentence) => !isFrame || readMoveWord(raw, commands) !== undefined;
  const [only, ...others] = sentences.filter(isSpoken);
  if (!only || only.isQuestion || others.length > 0) return undefined;
  return readMoveWord(only.raw, commands) ?? readMoveWord(only.bare, commands);
}

/** The outcome that a line is, and nothing else. */
export function readMoveWord(line: string, commands: Commands): MoveOutcome | undefined {
  const said = foldCase(line);
  return MOVE_OUTCOMES.find((outcome) => commands[outcome].includes(said));
}
