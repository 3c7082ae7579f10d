import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ArgumentError, type Flags, readCommandLine, usage } from "../../cli/arguments.ts";
import type { Covered, Plan, Verdict } from "./plan.ts";

/**
 * `npm run mutate -- functions/domain/course/schedule.ts [… --tests tests/domain/course]`: breaks a source in every way that
 * Stryker knows, one at a time, and says which changes no test notices. Stryker's own runner starts a process for each mutant, which takes 1.5 s of processor; here 40
 * share one, each over sources that are loaded anew.
 */
const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "out/mutation");
const AT_ONCE = 40;
/** A mutant that has worked for this long without a word is in an endless loop: seconds of processor. */
const MOST_SILENCE = 20;

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

const NAME = "npm run mutate";
const FLAGS = {
  tests: {
    value: "PATHS",
    says: "files or folders, quick ones first; by default the folder that mirrors the source",
  },
  sample: {
    value: "NUMBER",
    says: "break in this many ways only, of all sources together; the same ones each time",
  },
  survivors: { says: "ask again only of those that survived, while the source is the same" },
  help: { says: "show this" },
} as const satisfies Flags;

interface Asked {
  files: string[];
  tests?: string;
  sample?: number;
  onlySurvivors: boolean;
}

const asked = readAsked(process.argv.slice(2));
install();
const { instrument } = await import(new URL("./instrument.mjs", import.meta.url).href);
const isChosen = await chooseMutants(asked);
let total = { killed: 0, survived: 0, uncovered: 0 };
for (const file of asked.files) {
  const counts = await mutate(file);
  total = {
    killed: total.killed + counts.killed,
    survived: total.survived + counts.survived,
    uncovered: total.uncovered + counts.uncovered,
  };
}
if (asked.files.length > 1) console.log(inNumbers("in all", total));

function readAsked(given: string[]): Asked {
  try {
    const { words, flags } = readCommandLine(NAME, FLAGS, given);
    const { tests, sample, survivors: onlySurvivors = false } = flags;
    if (flags.help) {
      console.log(usage(`${NAME} -- FILE [FILE …]`, FLAGS).replace(" -- [flags]", " [flags]"));
      process.exit(0);
    }
    const files = words.flatMap((name) => listFiles(name, ".ts"));
    if (files.length === 0)
      throw new ArgumentError(`Name a source: ${NAME} -- functions/domain/course/schedule.ts`);
    if (sample && !/^[1-9]\d*$/.test(sample)) throw new ArgumentError(`--sample ${sample} is not a number.`);
    return { files, onlySurvivors, ...(tests && { tests }), ...(sample && { sample: Number(sample) }) };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
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

async function readMutants(file: string): Promise<{ source: string; code: string; mutants: Mutant[] }> {
  const source = readFileSync(join(ROOT, file), "utf8");
  return { source, ...(await instrument(join(ROOT, file), source)) };
}

/** Which mutants of a file are asked about. A sample takes those whose hash is lowest: the same ones each time. */
async function chooseMutants({ files, sample }: Asked): Promise<(file: string, id: string) => boolean> {
  if (!sample) return () => true;
  const hash = (file: string, id: string) => createHash("sha256").update(`${file} ${id}`).digest("hex");
  const hashes: string[] = [];
  for (const file of files)
    for (const { id } of (await readMutants(file)).mutants) hashes.push(hash(file, id));
  const chosen = new Set(hashes.sort().slice(0, sample));
  return (file, id) => chosen.has(hash(file, id));
}

/** What is known of a source from earlier runs, by its text: which mutants were killed. */
function knownPath(source: string): string {
  return join(OUT, `killed-${createHash("sha256").update(source).digest("hex").slice(0, 16)}.json`);
}

function readKilled(source: string): string[] {
  return existsSync(knownPath(source)) ? JSON.parse(readFileSync(knownPath(source), "utf8")) : [];
}

async function mutate(file: string) {
  const { source, code, mutants: all } = await readMutants(file);
  const mutants = all.filter(({ id }) => isChosen(file, id));
  if (mutants.length === 0) return { killed: 0, survived: 0, uncovered: 0 };
  const tests = asked.tests ?? file.replace(/^functions\//, "tests/").replace(/\/[^/]+$/, "");
  const plan = { file, code, tests: listFiles(tests, ".test.ts") };
  const [coverage] = (await run({ ...plan, mutants: [] })) as Covered[];
  if (!coverage) throw new Error(`The tests in ${tests} cannot be loaded.`);
  if (coverage.failing.length > 0)
    throw new Error(`They fail although nothing is broken:\n${coverage.failing.join("\n")}`);
  const known = new Set(asked.onlySurvivors ? readKilled(source) : []);
  const told = mutants.flatMap(({ id }) => (known.has(id) ? [] : shownTo(id, coverage)));
  const verdicts = await runAll(plan, told);
  for (const { id } of mutants) if (known.has(id)) verdicts.set(id, "killed");
  const nowKilled = [...verdicts].flatMap(([id, outcome]) => (outcome === "killed" ? [id] : []));
  writeFileSync(knownPath(source), JSON.stringify([...new Set([...readKilled(source), ...nowKilled])]));
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
  const tests = Object.entries(perTest).filter(([, hits]) => id in hits);
  const hits = tests.reduce((sum, [, test]) => sum + (test[id] ?? 0), whileLoading[id] ?? 0);
  const mostHits = 1_000 + 20 * hits;
  if (id in whileLoading) return [{ id, mostHits }];
  return tests.length > 0 ? [{ id, tests: tests.map(([name]) => name), mostHits }] : [];
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

/** Of processor, by a session of processes: on a busy machine a clock on the wall says nothing. */
function secondsWorked(session: number | undefined): number {
  if (process.platform !== "linux") return performance.now() / 1_000;
  const { stdout } = spawnSync("ps", ["-o", "cputimes=", "-g", String(session)], { encoding: "utf8" });
  return stdout.split("\n").reduce((sum, seconds) => sum + Number(seconds), 0);
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
  const end = () => child.pid && process.kill(-child.pid, "SIGKILL");
  const endBoth = () => {
    end();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, endBoth);
  let length = 0;
  let worked = 0;
  const watch = setInterval(() => {
    const now = statSync(results).size;
    if (now > length) worked = secondsWorked(child.pid);
    length = now;
    if (secondsWorked(child.pid) - worked > MOST_SILENCE) end();
  }, 2_000);
  await new Promise((ended) => child.once("exit", ended));
  clearInterval(watch);
  for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, endBoth);
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
