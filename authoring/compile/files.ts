import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked, Problem } from "./schema.ts";

/** What an author edits, below the root. */
export const CONTENT = "content";

/** The words of each language, a file each, named by its tag. */
export const WORDS = "templates/words";

/** What a file holds, or undefined and its problems. */
export function accepted<Value>(
  result: Checked<Value> | { problems: Problem[] },
  problems: Problem[],
): Checked<Value> | undefined {
  if (!("problems" in result)) return result;
  problems.push(...result.problems);
  return undefined;
}

/** Names in a folder without their ending, in order; none if there is no such folder. Hidden files are not ours. */
export function listNames(root: string, folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => (ending === "" ? entry.isDirectory() : entry.isFile() && entry.name.endsWith(ending)))
    .map(({ name }) => name.slice(0, name.length - ending.length))
    .filter((name) => !name.startsWith("."))
    .sort();
}

/** A file's text with `\n` line ends, or undefined and a problem. */
export function readText(
  root: string,
  file: string,
  problems: Problem[],
  ifMissing: string,
): string | undefined {
  const path = join(root, file);
  if (existsSync(path))
    return readFileSync(path, "utf8")
      .replace(/^\ufeff/, "")
      .replaceAll("\r\n", "\n");
  problems.push({ file, line: 1, todo: ifMissing });
  return undefined;
}
