import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, formatMessages } from "esbuild";
import { look } from "./launch.mjs";

/** Where each program begins. */
const PROGRAMS = {
  console: "console/main.ts",
  desk: "console/desk/main.ts",
  doctor: "console/doctor/main.ts",
  plan: "console/plan/main.ts",
};
/** Packages that are read from node_modules: they have parts that cannot be bundled, or are large and seldom needed. */
const UNBUNDLED = ["esbuild", "sharp"];
/** npm writes it at each installation: the packages are as they were while it is. */
const PACKAGES = "node_modules/.package-lock.json";
/** What makes the bundles. */
const BUILDERS = ["console/launch/build.mjs", "console/launch/launch.mjs"];
/** CommonJS packages call `require` for Node's own modules; an ES module has none unless it makes one. */
const BANNER = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';
/** Days after which a bundle that newer ones have replaced is deleted: longer than a desk stays open. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Makes the bundles of all programs; returns their names by program. Two commands may build at once: files are named by
 * what is in them, and each appears whole. Prints what is wrong with a source, and ends with status 1.
 */
export async function buildPrograms(root, cache) {
  const begunAt = Date.now();
  const { metafile, outputFiles } = await bundle(root, cache);
  mkdirSync(cache, { recursive: true });
  for (const { path, contents } of outputFiles) if (!isKept(path, contents)) put(path, contents);
  const programs = Object.fromEntries(
    Object.entries(PROGRAMS).map(([program, entry]) => [program, findOutput(metafile, entry)]),
  );
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
  const looks = [...inputs, ...BUILDERS, PACKAGES].map((path) => [
    path,
    lookBefore(begunAt, join(root, path)),
  ]);
  put(join(cache, "programs.json"), JSON.stringify({ programs, inputs: Object.fromEntries(looks) }));
  sweep(cache, begunAt - KEPT_DAYS * DAY_MS);
  return programs;
}

async function bundle(root, cache) {
  try {
    return await build({
      absWorkingDir: root,
      entryPoints: Object.entries(PROGRAMS).map(([out, entry]) => ({ in: entry, out })),
      outdir: cache,
      entryNames: "[name]-[hash]",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      mainFields: ["module", "main"],
      minifySyntax: true,
      minifyWhitespace: true,
      // Names of functions stay, for traces; the text of sources is read from the sources.
      sourcemap: "linked",
      sourcesContent: false,
      legalComments: "none",
      banner: { js: BANNER },
      external: UNBUNDLED,
      metafile: true,
      write: false,
      logLevel: "silent",
    });
  } catch (failure) {
    if (!failure.errors) throw failure;
    const lines = await formatMessages(failure.errors, { kind: "error", color: false });
    process.stderr.write(`The console's code cannot be built:\n${lines.join("").trimEnd()}\n`);
    process.exit(1);
  }
}

const findOutput = ({ outputs }, entry) =>
  basename(Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry)[0]);

/** Written while the bundle was made, so nobody knows which of it went in: the next start makes it anew. */
function lookBefore(moment, file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && found.mtimeMs >= moment ? "being written" : look(file);
}

/** Whether the same file is there already. It is touched, so that it is not swept. */
function isKept(path, contents) {
  if (statSync(path, { throwIfNoEntry: false })?.size !== contents.length) return false;
  const now = new Date();
  utimesSync(path, now, now);
  return true;
}

/** Writes a file so that whoever reads it finds all of it or nothing. */
function put(path, contents) {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, contents);
  try {
    renameSync(draft, path);
  } catch {
    // Windows replaces no file that another command reads just now; that command has the same one.
    rmSync(draft, { force: true });
  }
}

/** Deletes what no build has written or touched since then, epoch milliseconds. Folders are others' (`local/kept-assembly.ts`). */
function sweep(cache, since) {
  for (const name of readdirSync(cache)) {
    const file = join(cache, name);
    const found = statSync(file);
    if (found.isFile() && found.mtimeMs < since) rmSync(file, { force: true });
  }
}
