import "../../cli/tell-settings-error.ts";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ArgumentError, type Flags, readArguments, usage } from "../../cli/arguments.ts";
import { type Editions, makeEditions } from "./editions.ts";
import { ALL_FAULTS, FAULTS } from "./fault-injector.ts";
import { measureRun } from "./measure.ts";
import { asJson, asTables, type Cost, type Reporter, type Result } from "./report.ts";
import { liveAll } from "./seeds.ts";
import type { Plan } from "./simulate.ts";
import { ALL_STRANGERS, STRANGERS } from "./strangers/kinds.ts";

/** `npm run simulate`: many readers, in virtual time, with faults; what was promised to each of them is checked. */

const COMMAND = "npm run simulate";
const FLAGS = {
  course: {
    value: "FOLDER",
    says: "a course's folder, with a course.yaml in it; the stage's first otherwise",
  },
  subscribers: { value: "N", says: "how many readers come (50)" },
  listed: { value: "N", says: "how many more the owner imports, as readers of the newsletter alone (0)" },
  newsletter: { value: "N", says: "how many more sign up for the newsletter alone (a fifth of the readers)" },
  weeks: { value: "W", says: "how long it goes on (14)" },
  seed: { value: "S", says: "the same seed, the same run, byte for byte (1)" },
  seeds: { value: "FROM-TO", says: "a run for each of these seeds, one on each core at a time" },
  faults: { value: "LIST", says: `all (as without it), none, or some of: ${ALL_FAULTS.join(", ")}` },
  strangers: { value: "LIST", says: `all (as without it), none, or some of: ${ALL_STRANGERS.join(", ")}` },
  rate: { value: "R", says: "mails a second that SES grants (14)" },
  "per-day": {
    value: "N",
    says: "how many of an issue leave in 24 hours (without it some issues have portions)",
  },
  "warm-up": {
    value: "N",
    says: "a young domain's ramp: N mails on the first day, half as many more on each after",
  },
  tells: {
    says: "the stage tells what happens to its readers (events: true), on a bus that fails as all else",
  },
  json: { says: "one JSON line an event; the last one is the summary, with every count" },
  help: { says: "this" },
} satisfies Flags;

const RAMP_FACTOR = 1.5;

async function main(): Promise<number> {
  const given = readArguments(COMMAND, FLAGS, process.argv.slice(2));
  if (given.help) {
    console.log(`${usage(COMMAND, FLAGS)}\n\nFaults:`);
    for (const [name, says] of Object.entries(FAULTS)) console.log(`  ${name.padEnd(20)} ${says}`);
    console.log("\nStrangers:");
    for (const [name, says] of Object.entries(STRANGERS)) console.log(`  ${name.padEnd(20)} ${says}`);
    return 0;
  }
  const plans = readSeeds(given.seeds ?? given.seed ?? "1").map((seed) => ({
    ...(given.course !== undefined && { course: readCourseFolder(given.course) }),
    subscribers: whole("subscribers", given.subscribers ?? "50"),
    ...(given.listed !== undefined && { listed: whole("listed", given.listed) }),
    newsletter: readNewsletterReaders(given.newsletter, given.subscribers),
    ...(given["per-day"] !== undefined && { perDay: whole("per-day", given["per-day"]) }),
    weeks: whole("weeks", given.weeks ?? "14"),
    ...(given.tells && { tells: true }),
    rate: whole("rate", given.rate ?? "14"),
    ...(given["warm-up"] !== undefined && {
      warmUp: { from: whole("warm-up", given["warm-up"]), factor: RAMP_FACTOR },
    }),
    faults: readNames("faults", ALL_FAULTS, given.faults ?? "all"),
    strangers: readNames("strangers", ALL_STRANGERS, given.strangers ?? "all"),
    seed,
  }));
  const report = given.json ? asJson(console.log) : asTables(console.log, tellProgress);
  return runAll(plans, report);
}

async function runAll(plans: Plan[], report: Reporter): Promise<number> {
  const editions = await makeEditions(plans[0]?.course);
  try {
    const results =
      plans.length > 1 ? await runMany(plans, editions, report) : await runOne(plans, editions, report);
    return results.some(({ broken }) => broken.length > 0) ? 1 : 0;
  } finally {
    await editions.remove();
  }
}

async function runOne([plan]: Plan[], editions: Editions, report: Reporter): Promise<Result[]> {
  if (!plan) return [];
  report.begin(plan);
  const progress = (week: number, of: number) => report.progress(`week ${week} of ${of}`);
  const { result, cost } = await measureRun(plan, editions, report.told, progress);
  report.end(plan, result, cost);
  return [result];
}

async function runMany(plans: Plan[], editions: Editions, report: Reporter): Promise<Result[]> {
  const began = performance.now();
  const results: Result[] = [];
  const costs: Cost[] = [];
  const isTraced = report.told !== undefined;
  await liveAll(
    plans,
    { editions, isTraced },
    (plan, { result, cost, lines }) => {
      report.begin(plan);
      for (const line of lines) console.log(line);
      report.end(plan, result, cost);
      results.push(result);
      costs.push(cost);
    },
    report.progress,
  );
  report.sum(plans, results, {
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: costs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMegabytes: Math.max(...costs.map(({ peakMegabytes }) => peakMegabytes)),
  });
  return results;
}

/** On a terminal only, and on its own line: the tables may be on their way to a file. */
function tellProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(60)}`);
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1)
    throw new ArgumentError(`--${name} ${text} is not a number from 1 on.`);
  return value;
}

function readCourseFolder(folder: string): string {
  if (!existsSync(join(folder, "course.yaml")))
    throw new ArgumentError(
      `--course: ${folder} holds no course.yaml; name a folder such as content/courses/<slug>.`,
    );
  return folder;
}

/** None is said by 0. */
function readNewsletterReaders(newsletter: string | undefined, subscribers = "50"): number {
  if (newsletter === "0") return 0;
  return newsletter === undefined ? Math.ceil(Number(subscribers) / 5) : whole("newsletter", newsletter);
}

function readSeeds(text: string): number[] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined)
    throw new ArgumentError(`--seeds ${text} is not a seed such as 7, or some such as 1-50.`);
  const first = Number(from);
  return Array.from({ length: Math.max(1, Number(to ?? from) - first + 1) }, (_, at) => first + at);
}

/** Reads a list of names. Throws an ArgumentError with the name that is not among them. */
function readNames<Name extends string>(
  flag: string,
  known: readonly Name[],
  text: string,
): ReadonlySet<Name> {
  if (text === "none") return new Set();
  if (text === "all") return new Set(known);
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined)
    throw new ArgumentError(`--${flag} does not know "${unknown}". It knows: ${known.join(", ")}.`);
  return new Set(names as Name[]);
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error instanceof ArgumentError ? error.message : error);
    process.exitCode = 1;
  },
);
