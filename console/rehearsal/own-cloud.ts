import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import { runningCloud } from "../../cli/running-cloud.ts";

/** Bundling, synthesis and the emulators, on a busy machine. */
const STARTS_WITHIN_MS = 120_000;
const LOOKS_EVERY_MS = 200;

/** What runs on this machine, started for one rehearsal and stopped with it. */
export interface OwnCloud {
  stop(): Promise<void>;
}

/**
 * Starts what `npm start` starts, in memory, in a process of its own. Throws with what that process said if it does not
 * come up.
 */
export async function startOwnCloud(): Promise<OwnCloud> {
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "local", "main.ts")], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C is for the rehearsal, which takes its readers away before it stops this.
    detached: true,
  });
  process.once("exit", () => child.kill("SIGTERM"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let waited = 0; waited < STARTS_WITHIN_MS && isAlive(child); waited += LOOKS_EVERY_MS) {
    if (runningCloud()?.pid === child.pid) return { stop };
    await new Promise((wake) => setTimeout(wake, LOOKS_EVERY_MS));
  }
  if (isAlive(child)) await stop();
  throw new Error(`What npm start starts did not come up here:\n${said.trim()}`);
}

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
