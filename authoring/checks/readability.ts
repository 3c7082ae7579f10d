import { posix } from "node:path";
import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";
import * as z from "zod";
import type { Sources } from "../compile/sources.ts";
import { readYaml } from "../compile/yaml.ts";
import type { Finding } from "./finding.ts";
import { type Authored, lineNumber, type Passage } from "./passages.ts";
import { splitSentences, splitWords } from "./sentences.ts";
import { firstWords } from "./wording.ts";

const HIGHEST_GRADE = 10;
/** Below this, one long word makes a grade of its own. */
const FEWEST_SENTENCES = 5;
/** A word of the trade is no longer to its readers than a common one. */
const SYLLABLES_OF_KNOWN_WORD = 2;

const knownWordsSchema = z.array(
  z.strictObject({ word: z.string(), because: z.string().min(1, "is empty; say why readers know the word") }),
);

/** Words that the readers of a course know, with the reason, in its `known-words.yaml`; none without the file. */
export function courseVocabulary(sources: Sources, course: string): ReadonlySet<string> {
  const file = posix.join(course, "known-words.yaml");
  const source = sources.text(file);
  const read = source === undefined ? undefined : readYaml(sources, file, source, knownWordsSchema);
  return new Set(read?.value.map(({ word }) => word.toLowerCase()));
}

/** The school grade (Flesch–Kincaid, USA) that the words of a lesson or an issue ask for. */
export function checkReadability(authored: Authored, known: ReadonlySet<string>): Finding[] {
  const { fields, body, file, kind } = authored;
  const spoken = fields.filter(({ field }) => field === "move" || field === "question");
  const passages = kind === "text" ? body : [...body, ...spoken];
  const { grade, sentences, hardest } = measureProse(passages, known);
  if (sentences < FEWEST_SENTENCES || grade <= HIGHEST_GRADE || !hardest) return [];
  return [
    {
      file,
      line: hardest.line,
      rule: "reading-grade",
      says: `The text asks for grade ${grade.toFixed(1)} (Flesch–Kincaid); ${HIGHEST_GRADE} is the most. Its hardest sentence is "${firstWords(hardest.text)}"`,
      doThis: "Shorten sentences and words, here first, or list a word of the trade in known-words.yaml",
      severity: "error",
    },
  ];
}

interface MeasuredProse {
  grade: number;
  sentences: number;
  hardest: { text: string; line: number } | undefined;
}

/** The grade of all passages together, and the sentence that has the highest one of its own. */
export function measureProse(passages: readonly Passage[], known: ReadonlySet<string>): MeasuredProse {
  const sentences = passages.flatMap((passage) =>
    splitSentences(passage.text).map(({ text, start }) => ({
      text,
      line: lineNumber(passage, start),
      ...countText(text, known),
    })),
  );
  const sum = (of: "word" | "syllable"): number => sentences.reduce((all, one) => all + one[of], 0);
  const [hardest] = sentences.toSorted((one, other) => gradeText(other) - gradeText(one));
  const grade = gradeText({ sentence: sentences.length, word: sum("word"), syllable: sum("syllable") });
  return { grade, sentences: sentences.length, hardest };
}

interface Counts {
  sentence: number;
  word: number;
  syllable: number;
}

const gradeText = ({ sentence, word, syllable: syllables }: Counts): number =>
  fleschKincaid({ sentence, word, syllable: syllables });

function countText(sentence: string, known: ReadonlySet<string>): Counts {
  const words = splitWords(sentence);
  const syllables = words.reduce((sum, word) => sum + countSyllables(word, known), 0);
  return { sentence: 1, word: words.length, syllable: syllables };
}

function countSyllables(word: string, known: ReadonlySet<string>): number {
  const bare = word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const counted = Math.max(1, syllable(bare));
  return known.has(bare) ? Math.min(SYLLABLES_OF_KNOWN_WORD, counted) : counted;
}
