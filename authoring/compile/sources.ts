import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Album, newAlbum } from "./album.ts";
import { codePoint, findUnseen } from "./unseen.ts";

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
  /** A file as it is; undefined if it is not there, or not any more: a program that saves it may be replacing it. */
  bytes(file: string): Buffer | undefined;
  /** Paths of all files below a folder, in order; none if there is no such folder. */
  files(folder: string): string[];
  report(...found: Problem[]): void;
  /** The pictures that are there, and those that the texts show. */
  readonly album: Album;
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

  function read(file: string): string | undefined {
    const decoded = decode(readFileSync(join(root, file)));
    if ("text" in decoded) return decoded.text;
    problems.push({ file, ...decoded });
    return undefined;
  }

  return {
    text,
    required(file, ifMissing) {
      if (!existsSync(join(root, file))) problems.push({ file, line: 1, todo: ifMissing });
      return text(file);
    },
    has: (file) => existsSync(join(root, file)),
    names: (folder, ending) => listNames(join(root, folder), ending),
    bytes: (file) => readBytes(join(root, file)),
    files: (folder) => listFiles(root, folder),
    album: newAlbum(),
    report: (...found) => void problems.push(...found),
    problems,
  };
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });
/** Control characters but tabs and line ends, and the sign that a program puts where it has lost a character. */
const NO_TEXT = /[^\P{Cc}\t\n]|\ufffd/u;

/** Text with `\n` line ends, or the line of what is no text. */
function decode(bytes: Buffer): { text: string } | Pick<Problem, "line" | "todo"> {
  const isWide = [0xfeff, 0xfffe].includes(bytes.length > 1 ? bytes.readUInt16BE(0) : 0);
  if (isWide) return { line: 1, todo: "is UTF-16; save it as UTF-8" };
  const broken = brokenLine(bytes);
  if (broken) return { line: broken, todo: "is not UTF-8; save it as UTF-8" };
  const text = UTF_8.decode(bytes).replace(/\r\n?/g, "\n");
  const findLineAtIndex = (index: number): number => text.slice(0, index).split("\n").length;
  const strange = NO_TEXT.exec(text);
  if (strange)
    return {
      line: findLineAtIndex(strange.index),
      todo: `holds ${codePoint(strange[0])}, which is no character of a text; take it out, and save it as UTF-8`,
    };
  const unseen = findUnseen(text);
  if (!unseen) return { text };
  return {
    line: findLineAtIndex(unseen.index),
    todo: `holds ${codePoint(unseen.character)}, which nobody can see; take it out, or write that line anew`,
  };
}

/** The first line that is no UTF-8, if there is one. */
function brokenLine(bytes: Buffer): number | undefined {
  let from = 0;
  for (let line = 1; from <= bytes.length; line++) {
    const end = bytes.indexOf("\n", from);
    const to = end < 0 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, to))) return line;
    from = to + 1;
  }
  return undefined;
}

/** Throws a ContentError if anything was reported. @param isSpared what may be wrong all the same */
export function refuseProblems(
  { problems }: Sources,
  isSpared: (problem: Problem) => boolean = () => false,
): void {
  const found = problems.filter((problem) => !isSpared(problem));
  if (found.length > 0) throw new ContentError(found);
}

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
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
