import type { Finding } from "./finding.ts";
import { type Authored, findPassages, lineNumber, type Passage } from "./passages.ts";
import { comparableWords, hashWords, SHINGLE, type Source, type Word } from "./source.ts";

/** No more than eight words in a row are the source's, outside quotation marks. */
export const checkCopiedWords = (authored: Authored, source: Source): Finding[] =>
  findPassages(authored)
    // The template sets quotation marks around it.
    .filter(({ field }) => field !== "pullQuote")
    .flatMap((passage) => findCopied(passage, source));

function findCopied(passage: Passage, { shingles }: Source): Finding[] {
  return outsideQuotations(passage.text)
    .flatMap((words) => wordRuns(words, shingles))
    .map((run) => {
      const [first, last] = [run[0] as Word, run.at(-1) as Word];
      const text = passage.text.slice(first.start, last.end).replace(/\s+/g, " ");
      return {
        file: passage.file,
        line: lineNumber(passage, first.start),
        rule: "copied-words",
        says: `${run.length} words in a row are the source's: "${text}"`,
        doThis: `Say it in new words (${SHINGLE - 1} in a row may be the same), or quote a short phrase with the author's name`,
        severity: "error",
      };
    });
}

/** Words in stretches that no quotation interrupts. A mark that is never closed opens no quotation. */
function outsideQuotations(text: string): Word[][] {
  const stretches: Word[][] = [];
  let start = 0;
  for (const { 0: quotation, index } of text.matchAll(/“[^”]*”|"[^"]*"/g)) {
    stretches.push(joinWords(text, start, index));
    start = index + quotation.length;
  }
  return [...stretches, joinWords(text, start, text.length)];
}

const joinWords = (text: string, from: number, to: number): Word[] =>
  comparableWords(text).filter(({ start, end }) => start >= from && end <= to);

/** The longest runs of words of which every nine in a row are the source's. */
function wordRuns(words: Word[], shingles: ReadonlySet<string>): Word[][] {
  const runs: Word[][] = [];
  let lastStart = Number.NEGATIVE_INFINITY;
  for (let start = 0; start + SHINGLE <= words.length; start++) {
    const shingle = words.slice(start, start + SHINGLE);
    if (!shingles.has(hashWords(shingle.map(({ word }) => word)))) continue;
    if (start === lastStart + 1) runs.at(-1)?.push(shingle.at(-1) as Word);
    else runs.push(shingle);
    lastStart = start;
  }
  return runs;
}
