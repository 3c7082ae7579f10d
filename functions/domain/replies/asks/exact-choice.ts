import type { ChoiceWords } from "../../course/choices.ts";
import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/** What a mail asks at its end, in its own language. */
export interface ChoiceAsked {
  question: string;
  options: readonly ChoiceWords[];
}

/**
 * The option that a reply is, where the mail offered it and nothing else stands there. Whoever writes more has written a
 * reflection. @returns its slug
 */
export function readExactChoice(sentences: readonly Sentence[], asked: ChoiceAsked): string | undefined {
  // Below a greeting a shouted word looks like a name.
  const isSpoken = ({ isFrame, raw }: Sentence) => !isFrame || readChoiceWords(raw, asked) !== undefined;
  const [only, ...others] = sentences.filter(isSpoken);
  if (!only || only.isQuestion || others.length > 0) return undefined;
  return readChoiceWords(only.raw, asked) ?? readChoiceWords(only.bare, asked);
}

/**
 * The option that a line names by its words, all or some of them, and by no others: of "I lead managers" and "I lead
 * sellers", "managers" is the first, and "I lead" is none.
 */
export function readChoiceWords(line: string, { options }: ChoiceAsked): string | undefined {
  const said = listWords(line);
  const named = options.filter(({ slug, label }) => {
    const own = listWords(label);
    const others = options
      .filter((option) => option.slug !== slug)
      .flatMap((option) => listWords(option.label));
    return said.every((word) => own.includes(word)) && said.some((word) => !others.includes(word));
  });
  return named.length === 1 ? named[0]?.slug : undefined;
}

const listWords = (text: string): string[] => foldCase(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
