import { createHash } from "node:crypto";
import { posix } from "node:path";
import * as z from "zod";
import type { Sources } from "../compile/sources.ts";
import { readYaml } from "../compile/yaml.ts";
import { findFigures } from "./figures.ts";

/** This many words in a row are the source's own; one fewer may be chance. */
export const SHINGLE = 9;

/** What is kept of the article that a course rests on. The article itself is not: it is its author's. */
export interface Source {
  /** Hashes of every run of nine words. */
  shingles: ReadonlySet<string>;
  figures: ReadonlySet<string>;
}

/** A word of a text in the form in which words are compared, and where it stands. */
export interface Word {
  word: string;
  start: number;
  end: number;
}

export const comparableWords = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replace("’", "'"),
    start: index,
    end: index + word.length,
  }));

/** Long enough that another text meets it by chance once in 10^10 runs. */
const HASH_LENGTH = 12;

export const hashWords = (words: readonly string[]): string =>
  createHash("sha256").update(words.join(" ")).digest("hex").slice(0, HASH_LENGTH);

/** What a course keeps of an article, as the text of its `source.yaml`. */
export function sourceFile(article: string): string {
  const words = comparableWords(article).map(({ word }) => word);
  const runs = words.slice(SHINGLE - 1).map((_, start) => hashWords(words.slice(start, start + SHINGLE)));
  const figures = [...new Set(findFigures(article).map(({ value }) => value))].sort();
  return `${[
    "# What the checks know of the article that this course rests on: its figures, and a hash of every nine words",
    "# in a row. The article itself is not kept here. Made by `npm run content:source`; see docs/AUTHORING.md.",
    "figures:",
    ...figures.map((figure) => `  - ${JSON.stringify(figure)}`),
    "shingles: >-",
    ...inRows([...new Set(runs)].sort(), 8),
  ].join("\n")}\n`;
}

function inRows(hashes: string[], columns: number): string[] {
  const rows = Array.from({ length: Math.ceil(hashes.length / columns) }, (_, row) => row * columns);
  return rows.map((start) => `  ${hashes.slice(start, start + columns).join(" ")}`);
}

const sourceSchema = z.strictObject({
  figures: z.array(z.string()),
  shingles: z.string().regex(/^[0-9a-f ]*$/, "is not a list of hashes; make the file anew"),
});

/** The source of a course by its `source.yaml`; undefined without the file. */
export function readSource(sources: Sources, course: string): Source | undefined {
  const file = posix.join(course, "source.yaml");
  const text = sources.text(file);
  const read = text === undefined ? undefined : readYaml(sources, file, text, sourceSchema);
  if (!read) return undefined;
  const { figures, shingles } = read.value;
  return { figures: new Set(figures), shingles: new Set(shingles.split(" ").filter(Boolean)) };
}

/** Several sources as one: a newsletter may rest on any course's. */
export const joinSources = (sources: readonly Source[]): Source => ({
  figures: new Set(sources.flatMap(({ figures }) => [...figures])),
  shingles: new Set(sources.flatMap(({ shingles }) => [...shingles])),
});
