import { posix } from "node:path";
import type { Sources } from "../compile/sources.ts";
import { findFields, splitFrontMatter } from "../compile/yaml.ts";

/** Words that an author wrote in one go: a field of the front matter, a paragraph, a list item, a heading. */
export interface Passage {
  file: string;
  /** Dotted path in the front matter; undefined in the body. */
  field?: string;
  /** The words. Mark-up is blanked out, character by character, so that every word stands where it stood. */
  text: string;
  /** The line of the file on which the text begins, counted from 1. */
  line: number;
  /** Stands in a block that is marked `> [!example]`. */
  isExample: boolean;
  /** Stands between `:::when …` and `:::`: for whom. */
  when?: string;
}

/** A file that an author wrote, whether or not the build takes it. */
export interface Authored {
  file: string;
  kind: "course" | "lesson" | "text" | "issue";
  /** The folder of the course; undefined for issues. */
  course?: string;
  /** As written, with `\n` line ends. */
  source: string;
  fields: Passage[];
  body: Passage[];
  /** The line on which the body begins. */
  bodyLine: number;
}

export const findPassages = ({ fields, body }: Authored): Passage[] => [...fields, ...body];

/** The line of the file on which a place in a passage stands. A field is one line, however it was folded. */
export const lineNumber = (passage: Passage, offset: number): number =>
  passage.field === undefined ? passage.line + lineEnds(passage.text.slice(0, offset)) : passage.line;

const lineEnds = (text: string): number => text.split("\n").length - 1;

/** Everything an author wrote below the content folder. */
export function findAuthored(sources: Sources, content: string): Authored[] {
  const courses = sources
    .names(posix.join(content, "courses"), "")
    .map((slug) => posix.join(content, "courses", slug));
  const markdown = (folder: string, kind: Authored["kind"], course?: string): Authored[] =>
    sources
      .names(folder, ".md")
      .map((name) => readAuthored(sources, posix.join(folder, `${name}.md`), kind, course));
  return [
    ...courses.flatMap((course) => [
      readAuthored(sources, posix.join(course, "course.yaml"), "course", course),
      ...markdown(posix.join(course, "lessons"), "lesson", course),
      ...markdown(posix.join(course, "texts"), "text", course),
    ]),
    ...markdown(posix.join(content, "newsletter"), "issue"),
  ];
}

/** What is missing or is no YAML has no passages here: the build tells it. */
function readAuthored(sources: Sources, file: string, kind: Authored["kind"], course?: string): Authored {
  const source = sources.text(file) ?? "";
  if (kind === "course")
    return { file, kind, course, source, fields: fieldPassages(file, source, 1), body: [], bodyLine: 1 };
  const { yaml, body, bodyLine } = splitFrontMatter(source) ?? { yaml: "", body: source, bodyLine: 1 };
  return {
    file,
    kind,
    course,
    source,
    fields: fieldPassages(file, yaml, 2),
    body: bodyPassages(file, body, bodyLine),
    bodyLine,
  };
}

/** Fields whose values are names, times or the author's own notes, and no words that a reader gets. */
const NO_WORDS =
  /(?:^|\.)(?:slug|part|was|when|choice|lessons|weekday|time|url)(?:\.|$)|^(?:checks|example|reckoning)(?:\.|$)/;

function fieldPassages(file: string, yaml: string, firstLine: number): Passage[] {
  const read = findFields(yaml, firstLine);
  if (!read) return [];
  return findLeaves(read.value, []).flatMap(([path, text]) => {
    const field = path.join(".");
    return NO_WORDS.test(field)
      ? []
      : [{ file, field, text, line: read.findLine(...path), isExample: false }];
  });
}

type Leaf = [path: (string | number)[], text: string];

function findLeaves(value: unknown, path: (string | number)[]): Leaf[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    findLeaves(inside, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const PASSAGE_MARK = /^ {0,3}:::(?:[ \t]*when\b(.*))?[ \t]*$/;
const QUOTED_LINE = /^\s*>/;
const EXAMPLE = /^\s*>\s*\[!example\]/i;
const BEGINS_PASSAGE = /^(?:\s*>)*\s*(?:[-*+] |\d{1,2}[.)] |#{1,6} |\|)/;
const FENCE = /^(?:\s*>)*\s*(`{3,}|~{3,})/;
const INDENTED = /^(?: {4}|\t)/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const CODE_SPAN = /(?<!`)(`+)(?!`)(?:[^\n]*?[^`])\1(?!`)/g;

/** Lines with spaces where code was: it is neither words nor links. */
export function withoutCode(source: string): string {
  let fence = "";
  let isList = false;
  let before = "";
  return source
    .split("\n")
    .map((line) => {
      const mark = FENCE.exec(line)?.[1] ?? "";
      const isCode = fence !== "" || mark !== "";
      if (mark !== "" && fence === "") fence = mark;
      else if (mark.startsWith(fence) && mark !== "") fence = "";
      if (line.trim() !== "" && !INDENTED.test(line))
        isList = LIST_ITEM.test(line) || (isList && /^\s/.test(line));
      const isIndented = !isList && INDENTED.test(line) && before.trim() === "";
      if (!isIndented) before = line;
      return isCode || isIndented ? blank(line) : line.replace(CODE_SPAN, blank);
    })
    .join("\n");
}

/** Paragraphs, list items, headings and table rows, each with its line. Code is not words. */
export function bodyPassages(file: string, body: string, bodyLine: number): Passage[] {
  const passages: Passage[] = [];
  let open: Passage | undefined;
  let isExample = false;
  let when: string | undefined;
  for (const [place, line] of withoutCode(body).split("\n").entries()) {
    const mark = PASSAGE_MARK.exec(line);
    if (mark) when = mark[1]?.trim();
    isExample = EXAMPLE.test(line) || (isExample && QUOTED_LINE.test(line));
    const text = withoutMarkup(line);
    if (text.trim() === "" || BEGINS_PASSAGE.test(line)) open = undefined;
    if (text.trim() === "") continue;
    if (open) open.text += `\n${text}`;
    else {
      open = { file, text, line: bodyLine + place, isExample, ...(when !== undefined && { when }) };
      passages.push(open);
    }
  }
  return passages;
}

/** A line with spaces where its mark-up was. */
function withoutMarkup(line: string): string {
  return line
    .replace(PASSAGE_MARK, blank)
    .replace(/^(?:\s*>)+/, blank)
    .replace(/^\s*\[!\w+\]/, blank)
    .replace(/^\s*(?:[-*+] |\d{1,2}[.)] |#{1,6} )/, blank)
    .replace(/^\s*\|?[\s:|-]+\|?\s*$/, blank)
    .replace(/\[([^\]]*)\](\([^)]*\))/g, (_, words: string, address: string) => ` ${words} ${blank(address)}`)
    .replace(/`[^`]*`|<(?:https?:|mailto:)[^>\s]*>|https?:\/\/\S+/g, blank)
    .replace(/\*+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, blank)
    .replaceAll("|", "\u2029");
}

const blank = (text: string): string => " ".repeat(text.length);
