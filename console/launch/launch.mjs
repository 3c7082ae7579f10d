import { readFileSync, statSync } from "node:fs";
import * as module from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";

/*
 * The owner's programs are written in TypeScript. Reading it anew at each start takes two seconds of processor, so they
 * run from a bundle:
 *
 *   .cache/programs.json   where the bundle of each program is, and how each file that went into it looked
 *   .cache/*.mjs           the bundles, named by what is in them: what a running program still reads is never replaced
 *
 * At each start those files are looked at; where one has changed, the bundle is made anew. All of `.cache` may be deleted.
 * This file is JavaScript, because it runs before anything is built, and it imports no package.
 */

const ROOT = resolve(import.meta.dirname, "..", "..");
/** One folder below the root, like cli/: `cli/root.ts` finds the root from both. */
const CACHE = join(ROOT, ".cache");

/** Runs a program in this process. @param program a name in PROGRAMS of build.mjs */
export async function launch(program) {
  process.on("uncaughtException", endWithTrace);
  const programs = readFresh() ?? (await build());
  // Keeps compiled code where this Node can: from 22 on.
  module.enableCompileCache?.(join(CACHE, "compiled"));
  await import(pathToFileURL(join(CACHE, programs[program])).href);
}

/** The bundles' names by program; undefined if there are none, or a file that went into them has changed. */
function readFresh() {
  const made = readJson(join(CACHE, "programs.json"));
  if (made === undefined) return undefined;
  const isSame = ([path, looked]) => looked === look(join(ROOT, path));
  return Object.entries(made.inputs).every(isSame) ? made.programs : undefined;
}

/** The builder is loaded where it is needed: esbuild takes a moment itself. */
async function build() {
  process.stderr.write("The console's code is new here: it is built once, in a few seconds.\n");
  const { buildPrograms } = await import("./build.mjs");
  return buildPrograms(ROOT, CACHE);
}

/** How a file looks from outside: when it was written, and its size in bytes. "gone" if it is not there. */
export function look(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : "gone";
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Prints an error that nothing caught, with the places of the sources, and ends with status 1. What is wrong with the
 * owner's settings (`cli/settings-error.ts`, which is in the bundle) is said without them.
 */
function endWithTrace(error) {
  if (error instanceof Error && error.name === "SettingsError") {
    console.error(error.message);
    process.exit(1);
  }
  if (error instanceof Error) error.stack = error.stack?.replace(PLACE, sourcePlace);
  console.error(inspect(error));
  process.exit(1);
}

const PLACE = /(file:[^\s()]+\.mjs):(\d+):(\d+)/g;

/** `console/main.ts:12:3` for a place in a bundle; a place elsewhere as it is. */
function sourcePlace(place, url, line, column) {
  const map = readJson(`${fileURLToPath(url)}.map`);
  if (!map) return place;
  const found = new module.SourceMap(map).findEntry(Number(line) - 1, Number(column) - 1);
  if (found.originalSource === undefined) return place;
  const source = fileURLToPath(new URL(found.originalSource, url));
  return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}
