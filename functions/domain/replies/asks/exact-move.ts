import { MOVE_OUTCOMES, type MoveOutcome } from "../../course/enrolment.ts";
import type { Commands } from "../../words/command-phrases.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/**
 * What became of a move, where a mail asked for it and nothing stands in the reply but the words that it named. Whoever
 * writes more has written a reflection.
 */
export function readExactMove(sentences: readonly Sentence[], commands: Commands): MoveOutcome | undefined {
  const [only, ...others] = sentences.filter(({ isFrame }) => !isFrame);
  if (!only || only.isQuestion || others.length > 0) return undefined;
  const said = [only.raw, only.bare].map(foldCase);
  return MOVE_OUTCOMES.find((outcome) => commands[outcome].some((phrase) => said.includes(phrase)));
}
