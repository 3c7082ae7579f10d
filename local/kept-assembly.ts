import { createHash } from "node:crypto";
import { constants, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { cp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { ROOT } from "../cli/root.ts";

/*
 * What is assembled depends on its sources alone, byte for byte, and takes three seconds of a processor. So it is kept by
 * the hash of all that could go into it, the packages and Node's version included, and made again where one of them is
 * another. All of `.cache` may be deleted.
 */

/** All of ours, whether it goes in or not: nothing is left out by mistake, and reading it takes 0.1 s. */
const SOURCES = [
  ...["authoring", "cli", "console", "content", "functions", "infra", "local", "templates"],
  ...["coursepost.config.ts", "package.json", "package-lock.json", "tsconfig.json"],
  // npm writes it at each installation.
  "node_modules/.package-lock.json",
];
/** In each folder: what its maker has told of it. Written last. */
const TOLD = "made.json";
/** How many are kept: of a few working trees' states, with and without programs beside them. */
const MOST_KEPT = 6;

interface Wanted<Told> {
  /** What it is made of besides the sources: JSON. */
  given: unknown;
  /** More that goes into it: files and folders, absolute or from the root. */
  more?: readonly string[];
  /** Where it shall lie. */
  folder: string;
  /** The project: this one, if not told. */
  root?: string;
  /** Makes it there. What it tells is JSON, without a path to the folder. */
  make: () => Promise<Told>;
}

/** A copy of what was made of the same before; else it is made, and kept. Rejects with what its maker does. */
export async function keptOrMade<Told>(wanted: Wanted<Told>): Promise<Told> {
  const { folder, make, root = ROOT } = wanted;
  const hash = hashOf(wanted);
  const kept = hash && join(root, ".cache", "assembled", hash);
  const known = kept && (await copyKept<Told>(kept, folder));
  if (known) return known;
  const told = await make();
  // A source that was written meanwhile may have gone in, or not.
  if (kept && hashOf(wanted) === hash) await keep(folder, kept, told).catch(() => undefined);
  return told;
}

async function copyKept<Told>(kept: string, folder: string): Promise<Told | undefined> {
  try {
    const told = JSON.parse(await readFile(join(kept, TOLD), "utf8")) as Told;
    await copy(kept, folder);
    const now = new Date();
    utimesSync(kept, now, now);
    return told;
  } catch {
    return undefined;
  }
}

/** It appears whole: two programs may make the same at once. What cannot be kept is made again the next time. */
async function keep(folder: string, kept: string, told: unknown): Promise<void> {
  const draft = `${kept}.${process.pid}.new`;
  try {
    await copy(folder, draft);
    await writeFile(join(draft, TOLD), JSON.stringify(told));
    await rename(draft, kept);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await sweep(dirname(kept));
}

const copy = (from: string, to: string) =>
  cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });

/** Deletes those that were not wanted for the longest time. */
async function sweep(folder: string): Promise<void> {
  const all = readdirSync(folder).map((name) => join(folder, name));
  const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = all.sort((one, other) => age(other) - age(one)).slice(MOST_KEPT);
  for (const path of oldest) await rm(path, { recursive: true, force: true });
}

/** Of all that goes in, by path and bytes; undefined where something is neither a file nor a folder. */
function hashOf<Told>({ given, more = [], root = ROOT }: Wanted<Told>): string | undefined {
  const hash = createHash("sha256").update(JSON.stringify([process.version, process.platform, given]));
  const files: string[] = [];
  for (const source of [...SOURCES, ...more]) if (!listFiles(resolve(root, source), files)) return undefined;
  for (const file of files.sort()) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/** False where it meets what is neither a file nor a folder. What is not there is no file. */
function listFiles(path: string, files: string[]): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return true;
  if (found.isFile()) return files.push(path) > 0;
  return readdirSync(path, { withFileTypes: true }).every((entry) => {
    const inner = join(path, entry.name);
    if (entry.isFile()) return files.push(inner) > 0;
    return entry.isDirectory() && listFiles(inner, files);
  });
}
