import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StackDeployment } from "../local/aws/cloud.ts";
import { ROOT } from "./root.ts";

/** What `npm start` leaves for the console while it runs. */
export interface RunningCloud extends StackDeployment {
  pid: number;
  /** Answers with the virtual time, epoch milliseconds. */
  clockUrl: string;
}

const FILE = join(ROOT, "out", "this-machine.json");

/** Tells the console where the cloud is that runs on this machine; the latest start is the one it reaches. */
export function announceCloud(cloud: Omit<RunningCloud, "pid">, file = FILE): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ ...cloud, pid: process.pid }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Nothing runs here any more; what a later start has written stays. */
export function withdrawCloud(file = FILE): void {
  if (runningCloud(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** Undefined if nothing has been started, or what was started was killed. */
export function runningCloud(file = FILE): RunningCloud | undefined {
  try {
    const cloud = JSON.parse(readFileSync(file, "utf8")) as RunningCloud;
    process.kill(cloud.pid, 0);
    return cloud;
  } catch {
    return undefined;
  }
}
