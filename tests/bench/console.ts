import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import { runningCloud } from "../../cli/running-cloud.ts";

/*
 * What a command of the console costs: seconds of processor, of all Node processes that it starts. Each is told at its end
 * by the process itself, because Node has no figure for its children.
 */

const RUNS = 7;
const SLUG = "declining-a-number-with-grace";
/** Verbs that render no mail, then those that do. */
const VERBS = [
  ["--help"],
  ["subscribers", "--help"],
  ["subscribers", "find", "x"],
  ["today"],
  ["replies", "list"],
  ["ledger", "--lesson", "who-is-in"],
  ["stats"],
  ["sending", "status"],
  ["issue", "status", SLUG],
  ["issue", "list"],
  ["issue", "check", SLUG],
  ["issue", "preview", SLUG],
  ["issue", "test", SLUG, "--yes"],
];

interface ConsoleFigure {
  verb: string;
  /** Seconds of processor by `npm run console -- VERB`… */
  byNpm: number;
  /** …and without npm. */
  byNode: number;
}

/** The verbs over a cloud of this machine, which is started where none runs. */
export async function* measureConsole(): AsyncGenerator<ConsoleFigure> {
  const cloud = await startCloud();
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error("Start it by npm: npm run bench -- console");
  try {
    for (const words of VERBS) {
      const direct = ["console/launch/main.mjs", "console", ...words];
      // The first run builds what has changed.
      await measure(direct);
      const byNode = await repeat(() => measure(direct));
      const byNpm = await repeat(() => measure([npm, "run", "console", "--", ...words]));
      yield { verb: words.join(" "), byNpm, byNode };
    }
  } finally {
    await cloud.stop();
  }
}

async function repeat(measureOnce: () => Promise<number>): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run++) seconds.push(await measureOnce());
  return seconds.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

/** Seconds of processor of a Node program and all that it starts. */
async function measure(args: string[]): Promise<number> {
  const told = mkdtempSync(join(tmpdir(), "coursepost-bench-"));
  const tells = `import{writeFileSync as w}from"node:fs";process.on("exit",()=>{const{user,system}=process.cpuUsage();w(${JSON.stringify(told)}+"/"+process.pid,String(user+system))})`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tells)}`;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS },
    stdio: "ignore",
  });
  await once(child, "close");
  const microseconds = readdirSync(told).map((name) => Number(readFileSync(join(told, name), "utf8")));
  rmSync(told, { recursive: true });
  return microseconds.reduce((sum, one) => sum + one, 0) / 1_000_000;
}

async function startCloud(): Promise<{ stop(): Promise<void> }> {
  if (runningCloud()) return { stop: async () => {} };
  const child = spawn(process.execPath, ["--import", "tsx", "local/main.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  await new Promise<void>((ready) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk;
      if (/Ctrl-C/.test(printed)) ready();
    });
    child.once("close", () => ready());
  });
  return {
    async stop() {
      child.kill("SIGINT");
      await once(child, "close");
    },
  };
}
