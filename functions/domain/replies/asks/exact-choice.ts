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
 * sellers", "managers" is the first, and "I lead" is none. A line that is one option's own words is that one, also where
 * another's hold them all: "Sales", beside "Sales and service".
 */
export function readChoiceWords(line: string, { options }: ChoiceAsked): string | undefined {
  return only(findWhole(line, options)) ?? only(findPart(listWords(line), options));
}

const only = (named: readonly ChoiceWords[]): string | undefined =>
  named.length === 1 ? named[0]?.slug : undefined;

/** As it is written, so that "C" and "C++" are two; else by its words, whatever signs stand among them. */
function findWhole(line: string, options: readonly ChoiceWords[]): readonly ChoiceWords[] {
  const asWritten = options.filter(({ label }) => signs(label) === signs(line));
  const words = foldCase(line);
  return asWritten.length > 0 || words === ""
    ? asWritten
    : options.filter(({ label }) => foldCase(label) === words);
}

const signs = (text: string): string => text.trim().normalize("NFC").toLowerCase();

const findPart = (said: readonly string[], options: readonly ChoiceWords[]): ChoiceWords[] =>
  options.filter(({ slug, label }) => {
    const own = listWords(label);
    const others = options
      .filter((option) => option.slug !== slug)
      .flatMap((option) => listWords(option.label));
    return said.every((word) => own.includes(word)) && said.some((word) => !others.includes(word));
  });

const listWords = (text: string): string[] => foldCase(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
