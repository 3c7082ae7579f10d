/** A sentence and where it stands in its text. */
export interface ProseSentence {
  text: string;
  start: number;
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "sentence" });
/** After these, Unicode's rules (UAX 29) see the end of a sentence where a capital letter follows. */
const ABBREVIATION =
  /(?:^|[\s(“"])(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Ltd|Co|vs|approx|e\.g|i\.e|[A-Z](?:\.[A-Z])*)\.\s*$/;

/**
 * The sentences of a text by Unicode's rules, with these two additions: an abbreviation ends none, and a cell of
 * a table is one. A question in quotation marks ends one, also where the sentence around it goes on: the reader
 * takes a breath there, and the words before it have been said.
 */
export function splitSentences(text: string): ProseSentence[] {
  const sentences: ProseSentence[] = [];
  let isGoingOn = false;
  for (const { segment, index } of SEGMENTER.segment(text.replaceAll("\n", " "))) {
    const last = sentences.at(-1);
    if (isGoingOn && last) last.text += segment;
    else sentences.push({ text: segment, start: index });
    isGoingOn = ABBREVIATION.test(segment);
  }
  return sentences
    .map(({ text, start }) => ({
      text: text.trim(),
      start: start + (text.length - text.trimStart().length),
    }))
    .filter(({ text }) => WORD.test(text));
}

const WORD = /[\p{L}\p{N}]/u;

/** Words as a reader counts them: what stands between spaces and has a letter or a digit. */
export const splitWords = (text: string): string[] => text.split(/\s+/).filter((word) => WORD.test(word));
