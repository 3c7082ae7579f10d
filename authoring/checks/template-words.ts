import { listTemplateFiles } from "../compile/compile-templates.ts";
import type { Sources } from "../compile/sources.ts";
import { readWordsFiles, type WordsFile } from "../compile/words-file.ts";
import type { Finding } from "./finding.ts";
import { checkPassage, firstWords } from "./wording.ts";

/** A partial of this name is a style sheet. */
const STYLES = "-styles.hbs";

/** The words in `templates/words` are held to what holds for an author's; a template has none of its own. */
export const checkTemplateWords = (sources: Sources): Finding[] => [
  ...checkWords(sources),
  ...checkTemplates(sources),
];

/** What is missing or too much in a file, the build says. */
const checkWords = (sources: Sources): Finding[] => readWordsFiles(sources).flatMap(checkOnce);

/** A file that has not changed since the last check is the same value. */
const found = new WeakMap<WordsFile, Finding[]>();

function checkOnce(words: WordsFile): Finding[] {
  const known = found.get(words) ?? checkWordsFile(words);
  found.set(words, known);
  return known;
}

const checkWordsFile = ({ file, texts, findLine }: WordsFile): Finding[] =>
  [...texts].flatMap(([key, text]) =>
    (typeof text === "string" ? text.split("\n") : Object.values(text)).flatMap((paragraph) =>
      checkPassage({ file, field: key, text: paragraph, line: findLine(key), isExample: false }),
    ),
  );

const NOT_WORDS =
  /<(style|script|mj-style|mj-attributes)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|\{\{[^}]*\}\}\}?|<[^>]*>|&#?\w+;/g;
const WORD = /\p{L}{2,}.*/u;

function checkTemplates(sources: Sources): Finding[] {
  return listTemplateFiles(sources)
    .filter((file) => !file.endsWith(STYLES))
    .flatMap((file) => {
      const bare = (sources.text(file) ?? "").replace(NOT_WORDS, blank);
      return bare.split("\n").flatMap((line, index) => {
        const words = WORD.exec(line)?.[0];
        return words === undefined ? [] : [ownWords(file, index + 1, words)];
      });
    });
}

const ownWords = (file: string, line: number, words: string): Finding => ({
  file,
  line,
  rule: "words-in-template",
  says: `The template has words of its own: "${firstWords(words)}"`,
  doThis: "Write them in each file of templates/words, and name them here: {{words.group.name}}",
  severity: "error",
});

/** Line ends stay: findings name lines. */
const blank = (text: string): string => text.replace(/[^\n]/g, " ");
