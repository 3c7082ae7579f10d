import { posix } from "node:path";
import { CONTENT, type Sources } from "../compile/sources.ts";
import type { Finding } from "./finding.ts";

/** What a new course leaves to its author: `[write: who should read this]`. */
const PLACEHOLDER = /\[write: ([^\]\n]+)\]/g;
const WRITTEN = /\.(?:md|yaml)$/;

/** What is still to be written below a folder of the content. A warning here; a deploy of a production stage refuses it. */
export function findPlaceholders(sources: Sources, folder: string): Finding[] {
  return sources
    .files(folder)
    .filter((file) => WRITTEN.test(file))
    .flatMap((file) => listPlaceholders(file, sources.text(file) ?? ""));
}

const listPlaceholders = (file: string, text: string): Finding[] =>
  text.split("\n").flatMap((line, index) =>
    [...line.matchAll(PLACEHOLDER)].map(([, what = ""]) => ({
      file,
      line: index + 1,
      rule: "placeholder",
      says: `is still to be written: ${what}`,
      doThis: "Write it in the place of the brackets, or take them out",
      severity: "warning" as const,
    })),
  );

/** The same of what a stage gives to readers: its courses and the newsletter. */
export const findOfferedPlaceholders = (sources: Sources, courses: readonly string[]): Finding[] =>
  [...courses.map((slug) => posix.join("courses", slug)), "newsletter"].flatMap((folder) =>
    findPlaceholders(sources, posix.join(CONTENT, folder)),
  );
