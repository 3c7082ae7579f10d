import { spawn } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { ROOT } from "../../cli/root.ts";
import { bundleFunctions } from "../../infra/bundle.ts";
import { countGraveNews, countLeavings, type Heard } from "./asked.ts";
import { costOfComposing } from "./composing.ts";
import { measureConsole } from "./console.ts";
import { DESK_ENGINES, measureDesk } from "./desk.ts";
import { growthAt } from "./growth.ts";
import { FAMILIES, figuresOf } from "./hostile.ts";
import { costOfPipelines, shareOfSdk } from "./hot-path.ts";
import { confirmationsDuring } from "./issue-and-confirmations.ts";
import { measureLargePerson } from "./large-person.ts";
import { costOfALesson } from "./lesson.ts";
import {
  type Accuracy,
  accuracy,
  accuracyOfOwnWords,
  compareWords,
  NOTHING_KNOWN,
  onceMisreadSamples,
  SENT,
  samples,
  strangersSamples,
  timeOfHostileReplies,
} from "./replies.ts";
import { findPeers, NOTHING, OURS, OURS_UNKNOWN } from "./reply-tools.ts";
import { throughputAt } from "./throughput.ts";

/**
 * `npm run bench`: figures for the README and the docs, as medians. Nothing here passes or fails.
 * Machines differ and are shared: read the ratios, and compare only what was run side by side.
 */
const RUNS = 5;
/** What takes less is mostly what any mail takes. */
const LONG_ENOUGH_MS = 50;
const QUIET = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

const median = (values: number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
const line = (name: string, value: number, unit: string, note = "") =>
  console.log(
    `  ${name.padEnd(34)}${value.toFixed(unit === "KB" ? 0 : 2).padStart(9)} ${unit.padEnd(4)} ${note}`,
  );

/** Runs Node with the arguments until it exits, or until a line matches; milliseconds. */
function timeNode(args: string[], until?: RegExp): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env: QUIET, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  return new Promise((done, fail) => {
    let measured: number | undefined;
    const read = (chunk: Buffer) => {
      output += chunk;
      if (measured !== undefined || !until?.test(output)) return;
      measured = performance.now() - begun;
      child.kill("SIGINT");
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", fail);
    child.on("exit", (code) => {
      if (measured !== undefined) return done(measured);
      if (!until && code === 0) return done(performance.now() - begun);
      fail(
        new Error(
          `node ${args.join(" ")} ended with ${code} before it was measured:\n${output.slice(-2_000)}`,
        ),
      );
    });
  });
}

async function repeat(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < RUNS; run++) values.push(await measure());
  return median(values);
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}; medians of ${RUNS} runs\n`,
);

/** `npm run bench -- desk [ENGINE…]`: the owner's questions alone; they need minutes to write what they are asked of. */
const [part, ...engines] = process.argv.slice(2);
if (part === "desk") {
  await printDesk(engines);
  process.exit(0);
}

/** `npm run bench -- console`: the console's commands alone. */
if (part === "console") {
  await printConsole();
  process.exit(0);
}

/** `npm run bench -- hostile`: the families of hostile mails alone. */
if (part === "hostile") {
  printHostile();
  process.exit(0);
}

/** `npm run bench -- replies`: what is read in replies, alone. */
if (part === "replies") {
  await printReplies();
  process.exit(0);
}

console.log("Bundles: size, and cold import beyond an empty Node");
const bundles = await bundleFunctions();
const empty = await repeat(() => timeNode(["--eval", "0"]));
for (const { name, path, bytes } of bundles) {
  const script = `await import(${JSON.stringify(new URL(`file://${path}`).href)})`;
  const imported = await repeat(() => timeNode(["--input-type=module", "--eval", script]));
  line(name, bytes / 1024, "KB", `${(imported - empty).toFixed(0)} ms`);
}

console.log("\nComposing and encoding, processor time");
const composing = await costOfComposing();
for (const [name, microseconds] of [
  ["a lesson, composed", composing.lesson],
  ["a lesson, encoded", composing.lessonEncoded],
  ["a lesson, spliced", composing.lessonSpliced],
  ["a Cyrillic issue, composed", composing.cyrillicIssue],
  ["a Cyrillic issue, encoded", composing.cyrillicIssueEncoded],
] as const)
  line(name, microseconds / 1_000, "ms");
line("a Cyrillic issue's HTML", composing.cyrillicHtml / 1_000, "KB");

console.log(
  "\nA lesson, from the due key to SES's answer (real bundle code, engine and SES in another process)",
);
const lesson = await costOfALesson(RUNS);
line("CPU a lesson", lesson.cpuMs, "ms", `${lesson.lessons} lessons a run, letter included`);
line("of it, letter alone", lesson.letterMs, "ms");

console.log(
  "\nThe same without the ledger, beside what a person would build instead (same lesson, same sink, in turn)",
);
const pipelines = await costOfPipelines(RUNS);
const oursMs = pipelines[0]?.cpuMs ?? Number.NaN;
for (const { name, cpuMs } of pipelines)
  line(name, cpuMs, "ms", `${(1_000 / cpuMs).toFixed(0)}/s a core, ${(cpuMs / oursMs).toFixed(2)} × ours`);
line("of ours, the SDK's own", shareOfSdk(pipelines) * 100, "%");

console.log("\nThroughput, 40 s of backlog in virtual time");
for (const rate of [14, 50, 200, 500]) {
  const { share, mails, refusedShare, lost, twice } = await throughputAt(rate, 40);
  line(
    `${rate}/s granted`,
    share * 100,
    "%",
    `${mails} mails, ${refusedShare * 100} % refused, ${lost} lost, ${twice} twice`,
  );
}

console.log("\nA confirmation asked for in the midst of an issue to 100,000 readers, in virtual time");
for (const rate of [14, 50, 200]) {
  for (const isNudged of [true, false]) {
    const { worst, median, asked, lost, issue } = await confirmationsDuring(rate, 100_000, isNudged);
    line(
      `${rate}/s, ${isNudged ? "nudged" : "nudge lost"}, worst`,
      worst / 1_000,
      "s",
      `median ${(median / 1_000).toFixed(2)} s, ${lost} of ${asked} lost, ${issue} mails of the issue beside it`,
    );
  }
}

console.log("\nA mail's cost while so many enrolments are due, 20,000 of them drained");
for (const backlog of [10_000, 100_000, 1_000_000]) {
  const { reads, writes, queries, bookings, mostAtOnce, keptBytes, mails } = await growthAt(backlog, 20_000);
  line(
    `${backlog} due, reads`,
    reads,
    "",
    `${writes.toFixed(3)} writes (${bookings.toFixed(4)} bookings), ${queries.toFixed(4)} queries, ${mostAtOnce} at once, ${keptBytes.toFixed(0)} B kept, ${mails} mails`,
  );
}

await printReplies();
const hostile = timeOfHostileReplies(RUNS);
line("hostile reply, worst", hostile.worstMs, "ms", hostile.worst);
line("hostile reply, median", hostile.medianMs, "ms", `of ${hostile.inputs} inputs`);

printHostile();

console.log("\nA person with 20,000 replies and as many raw mails: processor, and memory above the table");
const large = await measureLargePerson(20_000);
for (const [name, { ms, mb }] of Object.entries({
  [`exported as ${large.files} files`]: large.asFiles,
  "exported as one text": large.asText,
  erased: large.erasing,
}))
  line(name, ms / 1000, "s", `${mb.toFixed(0)} MB, ${large.items} items`);

console.log("\nThe whole on one machine");
const ready = await repeat(() => timeNode(["--import", "tsx", "local/main.ts"], /Ctrl-C/));
line("npm start to ready", ready / 1000, "s");

await printConsole();

async function printConsole(): Promise<void> {
  console.log("Commands of the console: seconds of processor by npm run, and without npm; medians of 7");
  for await (const { verb, byNpm, byNode } of measureConsole())
    console.log(`  ${verb.padEnd(48)}${byNpm.toFixed(2).padStart(6)} ${byNode.toFixed(2).padStart(6)}`);
}

async function printDesk(named: string[]): Promise<void> {
  const all = Object.keys(DESK_ENGINES) as (keyof typeof DESK_ENGINES)[];
  for (const engine of named.length > 0 ? all.filter((one) => named.includes(one)) : all) {
    console.log(`The desk over 50,000 readers and 40,000 replies, ${engine}, 3 to 6 ms a call`);
    const figures = await measureDesk(engine, (what) => console.error(what));
    console.log(`  load ${loadavg()[0]?.toFixed(0)}; wall, processor`);
    for (const { question, seconds, processor, calls, usd } of figures) {
      const cost = usd === undefined ? "" : `, $${usd.toFixed(6)}`;
      console.log(
        `  ${question.padEnd(52)}${seconds.toFixed(2).padStart(7)} s${processor.toFixed(2).padStart(7)} s   ${calls} calls${cost}`,
      );
    }
  }
}

function printHostile(): void {
  console.log(
    "\nA hostile mail through all that reads a reply: processor at 64 KB, 256 KB, 1 MB and 40 MB, and memory above the mail",
  );
  let worst = { ms: 0, mb: 0, growth: 0 };
  for (const family of Object.keys(FAMILIES)) {
    const { ms, mb } = figuresOf(family);
    const growth = growthOf(ms);
    worst = {
      ms: Math.max(worst.ms, ...ms),
      mb: Math.max(worst.mb, mb),
      growth: Math.max(worst.growth, growth),
    };
    const times = ms.map((value) => value.toFixed(0).padStart(6)).join("");
    console.log(`  ${family.padEnd(36)}${times} ms  ${mb.toFixed(0).padStart(4)} MB`);
  }
  const note = `${worst.mb.toFixed(0)} MB; four times the bytes take ${worst.growth.toFixed(2)} times as long at the most`;
  line(`worst of ${Object.keys(FAMILIES).length} families`, worst.ms, "ms", note);
}

/** From 256 KB to 1 MB, where it takes long enough to be compared. */
function growthOf([, quarter = 0, whole = 0]: readonly number[]): number {
  return quarter >= LONG_ENOUGH_MS ? whole / quarter : 0;
}

function printHeard(what: string, all: readonly Heard[]) {
  console.log(`\n${what} (the collections in tests/fixtures/asks)`);
  const sum = (of: (one: Heard) => number) => all.reduce((total, one) => total + of(one), 0);
  const total: Heard = {
    collection: "all",
    meant: sum(({ meant }) => meant),
    heard: sum(({ heard }) => heard),
    others: sum(({ others }) => others),
    falseAlarms: sum(({ falseAlarms }) => falseAlarms),
  };
  for (const { collection, meant, heard, others, falseAlarms } of [...all, total])
    console.log(
      `  ${collection.padEnd(40)}${heard} of ${meant} heard (${((100 * heard) / meant).toFixed(1)} %), ${falseAlarms} of ${others} others taken for it`,
    );
}

/** Leaving and grave news heard, and own words beside other parsers. */
async function printReplies() {
  printHeard("Requests to leave", countLeavings());
  printHeard("Grave news", countGraveNews());
  console.log("\nA reader's own words in a reply (the collections in tests/fixtures/replies)");
  const told = ({ replies, exact, lost, leaked }: Accuracy) =>
    `${exact} of ${replies} exact (${((exact / replies) * 100).toFixed(1)} %), ${lost.length} lost, ${leaked.length} leaked`;
  for (const collection of ["first", "working half", "held-back half"] as const) {
    console.log(
      `  ${`${collection}, our letter known`.padEnd(40)}${told(accuracyOfOwnWords(SENT, collection))}`,
    );
    console.log(
      `  ${`${collection}, unknown`.padEnd(40)}${told(accuracyOfOwnWords(NOTHING_KNOWN, collection))}`,
    );
  }
  const everyReply = [
    ...(["first", "working half", "held-back half"] as const).flatMap((collection) => samples(collection)),
    ...(await onceMisreadSamples()),
    ...(await strangersSamples()),
  ];
  console.log(
    `\n  All ${everyReply.length} replies, and what others make of them (line breaks aside; a closing with a name may be kept or not)`,
  );
  const peers = await findPeers();
  if (typeof peers === "string") console.log(`  ${peers}`);
  for (const { name, parse } of [OURS, OURS_UNKNOWN, ...(typeof peers === "string" ? [] : peers), NOTHING])
    console.log(`  ${name.padEnd(40)}${told(accuracy(everyReply, parse, compareWords))}`);
}
