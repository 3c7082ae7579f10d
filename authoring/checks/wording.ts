import type { Finding } from "./finding.ts";
import { type Authored, findPassages, lineNumber, type Passage } from "./passages.ts";
import { splitSentences, splitWords } from "./sentences.ts";

const LONGEST_SENTENCE = 35;

/** What holds for every word that an author writes: no exclamation marks, no sentence to get lost in. */
export const checkWording = (authored: Authored): Finding[] => findPassages(authored).flatMap(checkPassage);

/** The same of one passage. */
export const checkPassage = (passage: Passage): Finding[] => [
  ...exclamations(passage),
  ...longSentences(passage),
];

function exclamations(passage: Passage): Finding[] {
  return [...passage.text.matchAll(/[!！‼⁉]/g)].map(({ index }) => ({
    file: passage.file,
    line: lineNumber(passage, index),
    rule: "exclamation-mark",
    says: `There is an exclamation mark in "${around(passage.text, index)}"`,
    doThis: "Say it calmly; end with a full stop",
    severity: "error",
  }));
}

function longSentences(passage: Passage): Finding[] {
  return splitSentences(passage.text).flatMap(({ text, start }) => {
    const count = splitWords(text).length;
    if (count <= LONGEST_SENTENCE) return [];
    return [
      {
        file: passage.file,
        line: lineNumber(passage, start),
        rule: "long-sentence",
        says: `The sentence "${firstWords(text)}" has ${count} words; ${LONGEST_SENTENCE} are the most`,
        doThis: "Make two of it, or cut it",
        severity: "error" as const,
      },
    ];
  });
}

const around = (text: string, index: number): string =>
  text
    .slice(Math.max(0, index - 30), index + 1)
    .replace(/\s+/g, " ")
    .trim();

/** Enough of a sentence to find it by. */
export const firstWords = (text: string): string => `${splitWords(text).slice(0, 6).join(" ")} …`;
