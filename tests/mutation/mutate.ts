import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Covered, Plan, Verdict } from "./plan.ts";

/**
 * `npm run mutate -- functions/domain/course/schedule.ts [… --tests tests/domain/course]`: breaks a source in every way that
 * Stryker knows, one at a time, and says which changes no test notices. Its tests are those of the folder that mirrors it,
 * unless told otherwise. Stryker's own runner starts a process for each mutant, which takes 1.5 s of processor; here 40
 * share one, each over sources that are loaded anew.
 */
const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "out/mutation");
const AT_ONCE = 40;
/** A mutant that is silent for this long is in an endless loop: milliseconds. */
const MOST_SILENCE = 120_000;

interface Mutant {
  id: string;
  mutatorName: string;
  replacement: string;
  location: { start: Place; end: Place };
}
/** From 0. */
interface Place {
  line: number;
  column: number;
}

const { files, tests } = readCommandLine(process.argv.slice(2));
install();
let total = { killed: 0, survived: 0, uncovered: 0 };
for (const file of files) {
  const counts = await mutate(file, tests ?? file.replace(/^functions\//, "tests/").replace(/\/[^/]+$/, ""));
  total = {
    killed: total.killed + counts.killed,
    survived: total.survived + counts.survived,
    uncovered: total.uncovered + counts.uncovered,
  };
}
if (files.length > 1) console.log(inNumbers("in all", total));

function readCommandLine(given: string[]): { files: string[]; tests: string | undefined } {
  const at = given.indexOf("--tests");
  const tests = at < 0 ? undefined : given[at + 1];
  const named = at < 0 ? given : given.filter((_, place) => place !== at && place !== at + 1);
  const files = named.flatMap((name) => listFiles(name, ".ts"));
  if (files.length === 0 || (at >= 0 && !tests)) {
    console.error(
      "Name a source: npm run mutate -- functions/domain/course/schedule.ts [--tests tests/domain]",
    );
    process.exit(2);
  }
  return { files, tests };
}

/** Paths from the root, of a file or of all files below a folder; several with commas between. */
function listFiles(names: string, ending: string): string[] {
  return names.split(",").flatMap((name) => {
    if (statSync(join(ROOT, name)).isFile()) return [name];
    const below = readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" });
    return below.filter((path) => path.endsWith(ending)).map((path) => `${name}/${path}`);
  });
}

/** What it needs stands in a package of its own, so that nobody else has to install it. */
function install(): void {
  if (existsSync(join(import.meta.dirname, "node_modules"))) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: import.meta.dirname, stdio: "inherit" });
}

async function mutate(file: string, testFolder: string) {
  const { instrument } = await import(new URL("./instrument.mjs", import.meta.url).href);
  const source = readFileSync(join(ROOT, file), "utf8");
  const { code, mutants }: { code: string; mutants: Mutant[] } = await instrument(join(ROOT, file), source);
  const plan = { file, code, tests: listFiles(testFolder, ".test.ts") };
  const [coverage] = (await run({ ...plan, mutants: [] })) as Covered[];
  if (!coverage) throw new Error(`The tests in ${testFolder} cannot be loaded.`);
  if (coverage.failing.length > 0)
    throw new Error(`They fail although nothing is broken:\n${coverage.failing.join("\n")}`);
  const told = mutants.flatMap(({ id }) => shownTo(id, coverage));
  const verdicts = await runAll(plan, told);
  const survivors = mutants.filter(({ id }) => verdicts.get(id) === "survived");
  const uncovered = mutants.filter(({ id }) => !verdicts.has(id));
  for (const mutant of uncovered) console.log(inWords("no test comes by", file, source, mutant));
  for (const mutant of survivors) console.log(inWords("survived", file, source, mutant));
  const killed = verdicts.size - survivors.length;
  const counts = { killed, survived: survivors.length, uncovered: uncovered.length };
  console.log(inNumbers(file, counts));
  return counts;
}

/** The tests that come by a mutant; none at all for one that nothing comes by. */
function shownTo(id: string, { static: whileLoading, perTest }: Covered): Plan["mutants"] {
  if (whileLoading.includes(id)) return [{ id }];
  const names = Object.entries(perTest).flatMap(([test, hits]) => (hits.includes(id) ? [test] : []));
  return names.length > 0 ? [{ id, tests: names }] : [];
}

async function runAll(
  plan: Omit<Plan, "mutants" | "results">,
  mutants: Plan["mutants"],
): Promise<Map<string, Verdict["outcome"]>> {
  const verdicts = new Map<string, Verdict["outcome"]>();
  let left = mutants;
  while (left.length > 0) {
    const results = (await run({ ...plan, mutants: left.slice(0, AT_ONCE) })) as Verdict[];
    for (const { id, outcome } of results) verdicts.set(id, outcome);
    // The first without a verdict is the one that never ended.
    const stuck = left.slice(0, AT_ONCE).find(({ id }) => !verdicts.has(id));
    if (stuck) verdicts.set(stuck.id, "killed");
    left = left.filter(({ id }) => !verdicts.has(id));
  }
  return verdicts;
}

/** One run of vitest, ended where nothing has come for too long. */
async function run(plan: Omit<Plan, "results">): Promise<(Covered | Verdict)[]> {
  mkdirSync(OUT, { recursive: true });
  const results = join(OUT, `results-${process.pid}.jsonl`);
  const path = join(OUT, `plan-${process.pid}.json`);
  writeFileSync(results, "");
  writeFileSync(path, JSON.stringify({ ...plan, results } satisfies Plan));
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const config = join(import.meta.dirname, "vitest.config.ts");
  const child = spawn(process.execPath, [vitest, "run", "--config", config], {
    env: { ...process.env, COURSEPOST_MUTATION: path },
    stdio: process.env.COURSEPOST_MUTATION_SHOW ? "inherit" : "ignore",
    detached: true,
  });
  let length = 0;
  let lastHeard = performance.now();
  const watch = setInterval(() => {
    const now = statSync(results).size;
    if (now > length) lastHeard = performance.now();
    length = now;
    if (performance.now() - lastHeard > MOST_SILENCE && child.pid) process.kill(-child.pid, "SIGKILL");
  }, 1_000);
  await new Promise((ended) => child.once("exit", ended));
  clearInterval(watch);
  const lines = readFileSync(results, "utf8").split("\n").filter(Boolean);
  for (const file of [results, path]) rmSync(file);
  return lines.map((line) => JSON.parse(line));
}

function inWords(what: string, file: string, source: string, { location, replacement }: Mutant): string {
  const { start, end } = location;
  const lines = source.split("\n");
  const first = lines[start.line] ?? "";
  const was =
    start.line === end.line ? first.slice(start.column, end.column) : `${first.slice(start.column)} …`;
  return `${file}:${start.line + 1}: ${what}: ${was.trim()}  →  ${replacement.replace(/\s+/g, " ")}`;
}

function inNumbers(name: string, counts: { killed: number; survived: number; uncovered: number }): string {
  const covered = counts.killed + counts.survived;
  const share = covered === 0 ? "" : ` (${((100 * counts.killed) / covered).toFixed(1)} %)`;
  return `${name}: ${counts.killed} of ${covered} covered mutants killed${share}; no test comes by ${counts.uncovered}`;
}
