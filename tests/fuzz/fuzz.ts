import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ArgumentError, type Flags, readArguments, usage } from "../../cli/arguments.ts";

/**
 * `npm run fuzz -- --minutes 10`: mails of the fixtures and of the hostile families, changed at random, through all that reads a
 * reply. One that takes more than half a second of processor or 50 MB, that fails, or that never ends, is tried again three
 * times in processes of its own; what it does in each of them is told, with the words that make it again.
 */
const COMMAND = "npm run fuzz";
const FLAGS = {
  minutes: { value: "N", says: "how long (1)" },
  seed: { value: "S", says: "the same seed, the same mails (1)" },
  number: { value: "N", says: "one mail of the seed alone, three times" },
  help: { says: "this" },
} satisfies Flags;

/** A mail of which nothing is heard for so long never ends: milliseconds. */
const MOST_SILENCE = 60_000;
/** After so many mails the process begins anew, so that what one left behind hides no other's memory. */
const MAILS_A_PROCESS = 2_000;
const MINUTE = 60_000;
const TRIES = 3;

interface Line {
  begun?: number;
  number?: number;
  made?: string[];
  bytes?: number;
  ms?: number;
  mb?: number;
  fault?: string;
}

/**
 * Reads mails in a process of its own until it ends, dies or is silent. What it said of each mail is handed on; a mail
 * that was begun and of which nothing more was heard is handed on as a fault.
 */
export function readInProcess(
  command: string[],
  onLine: (line: Line) => void,
  { until = Number.POSITIVE_INFINITY, mostSilence = MOST_SILENCE } = {},
): Promise<void> {
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
    let open: Line | undefined;
    let silence: NodeJS.Timeout;
    let why = "ends the process";
    const listen = (most = mostSilence) => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        why = `does not end within ${mostSilence / 1_000} s`;
        child.kill("SIGKILL");
      }, most);
    };
    // It takes its time to begin.
    listen(Math.max(mostSilence, MOST_SILENCE));
    createInterface({ input: child.stdout }).on("line", (text) => {
      listen();
      const line = JSON.parse(text) as Line;
      open = line.begun === undefined ? undefined : line;
      if (!open) onLine(line);
      if (!open && Date.now() > until) child.kill("SIGKILL");
    });
    let hasBegun = false;
    child.stdout.once("data", () => {
      hasBegun = true;
    });
    child.on("close", (code) => {
      clearTimeout(silence);
      if (!hasBegun && code !== 0) failed(new Error(`${command.join(" ")} does not begin: status ${code}`));
      if (open?.begun !== undefined && Date.now() < until)
        onLine({ number: open.begun, bytes: open.bytes ?? 0, fault: why });
      ended();
    });
  });
}

const reader = (seed: string, from: number, count: number): string[] => [
  ...["--expose-gc", "--import", "tsx", join(import.meta.dirname, "read-mails.ts")],
  ...[seed, String(from), String(count)],
];

/** Whether it does so each time, alone: what only a busy machine did is no fault of the mail. */
async function findFaultAlone(seed: string, number: number): Promise<Line | undefined> {
  const lines: Line[] = [];
  for (let tried = 0; tried < TRIES; tried++) {
    await readInProcess(reader(seed, number, 1), (line) => lines.push(line));
    if (lines.at(-1)?.fault === undefined) return undefined;
  }
  return lines.at(-1);
}

async function fuzz(seed: string, minutes: number): Promise<number> {
  const until = Date.now() + minutes * MINUTE;
  const worst = { mails: 0, bytes: 0, ms: 0, mb: 0 };
  const suspects = new Set<number>();
  let next = 0;
  while (Date.now() < until) {
    await readInProcess(
      reader(seed, next, MAILS_A_PROCESS),
      (line) => {
        next = (line.number ?? next) + 1;
        worst.mails++;
        worst.bytes += line.bytes ?? 0;
        worst.ms = Math.max(worst.ms, line.ms ?? 0);
        worst.mb = Math.max(worst.mb, line.mb ?? 0);
        if (line.fault !== undefined && line.number !== undefined) suspects.add(line.number);
      },
      { until },
    );
  }
  const faults = [];
  for (const number of suspects) {
    const fault = await findFaultAlone(seed, number);
    if (fault) faults.push(fault);
  }
  for (const { number, made = [], bytes = 0, fault } of faults)
    console.log(`mail ${number} (${bytes} bytes; ${made.join(", ")}) ${fault}`);
  const gb = (worst.bytes / 1024 ** 3).toFixed(1);
  console.log(
    `${worst.mails} mails of seed ${seed}, ${gb} GB; at most ${worst.ms.toFixed(0)} ms of processor and ${worst.mb.toFixed(0)} MB as they came; ${suspects.size} looked at again, ${faults.length} at fault`,
  );
  return faults.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const given = readArguments(COMMAND, FLAGS, process.argv.slice(2));
  const { seed = "1" } = given;
  if (given.help) {
    console.log(usage(COMMAND, FLAGS));
    return 0;
  }
  if (given.number === undefined) return fuzz(seed, readNumber("minutes", given.minutes ?? "1"));
  const number = readNumber("number", given.number);
  for (let tried = 0; tried < TRIES; tried++)
    await readInProcess(reader(seed, number, 1), (line) => console.log(JSON.stringify(line)));
  return 0;
}

function readNumber(name: string, text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new ArgumentError(`--${name} ${text} is no number.`);
  return number;
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
