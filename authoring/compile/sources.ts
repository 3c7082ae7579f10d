import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * What an author wrote is read through here: each file once, and whatever is wrong with it is reported here too. So a
 * build tells all problems together, and the functions that read a part of the content return only that part.
 */

/** What an author edits, below the root. */
export const CONTENT = "content";

/** The words of each language, a file each, named by its tag. */
export const WORDS = "templates/words";

/** What is wrong with a file an author wrote. Prints as `file:line: field: what to do`. */
export interface Problem {
  file: string;
  /** Counted from 1. */
  line: number;
  /** Dotted path of the field, if one is meant. */
  field?: string;
  todo: string;
}

export const inWords = ({ file, line, field, todo }: Problem): string =>
  `${file}:${line}: ${field ? `${field}: ` : ""}${todo}`;

/** What is wrong with the content. Its message lists every problem as `file:line: field: what to do`. */
export class ContentError extends Error {
  override readonly name = "ContentError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super([...new Set(problems.map(inWords))].join("\n"));
    this.problems = problems;
  }
}

/** The author's files below a folder. All paths are relative to it, with `/` between their parts. */
export interface Sources {
  /** A file's text with `\n` line ends; undefined if there is no such file, or it is reported. */
  text(file: string): string | undefined;
  /** The same of a file that must be there. @param ifMissing what is reported of it otherwise */
  required(file: string, ifMissing: string): string | undefined;
  has(file: string): boolean;
  /** Names in a folder without their ending, in order; none if there is no such folder. Hidden files are not ours. */
  names(folder: string, ending: string): string[];
  report(...found: Problem[]): void;
  /** All that was reported so far. */
  readonly problems: readonly Problem[];
}

/** Opens the files below `root`. Nothing is read before it is asked for. */
export function openSources(root: string): Sources {
  const texts = new Map<string, string | undefined>();
  const problems: Problem[] = [];

  function text(file: string): string | undefined {
    if (!texts.has(file)) texts.set(file, existsSync(join(root, file)) ? read(file) : undefined);
    return texts.get(file);
  }

  const read = (file: string): string =>
    readFileSync(join(root, file), "utf8")
      .replace(/^\ufeff/, "")
      .replaceAll("\r\n", "\n");

  return {
    text,
    required(file, ifMissing) {
      if (!existsSync(join(root, file))) problems.push({ file, line: 1, todo: ifMissing });
      return text(file);
    },
    has: (file) => existsSync(join(root, file)),
    names: (folder, ending) => listNames(join(root, folder), ending),
    report: (...found) => void problems.push(...found),
    problems,
  };
}

/** Throws a ContentError if anything was reported. */
export function refuseProblems({ problems }: Sources): void {
  if (problems.length > 0) throw new ContentError(problems);
}

/** Folders where the ending is empty, else files. */
function listNames(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (ending === "" ? entry.isDirectory() : entry.isFile() && entry.name.endsWith(ending)))
    .map(({ name }) => name.slice(0, name.length - ending.length))
    .filter((name) => !name.startsWith("."))
    .sort();
}
