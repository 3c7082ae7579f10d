import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../cli/root.ts";
import type { RunningCloud } from "../cli/running-cloud.ts";

/** The owner's desk, as a program of its own beside the cloud: it reaches the cloud as it reaches an account. */
export interface DeskProgram {
  /** The link that opens it, once; undefined if the program ended before it had one. */
  link: Promise<string | undefined>;
  /** Tells it which cloud is meant. */
  show(cloud: Omit<RunningCloud, "pid">): void;
  stop(): void;
}

/** Begins it at once: it reads its code while the cloud is built. @param tell shows the links after the first */
export function startDeskProgram(tell: (link: string) => void): DeskProgram {
  const program = fork(join(ROOT, "console", "launch", "main.mjs"), ["desk"]);
  const link = firstLink(program);
  void link.then(() => program.on("message", (next) => tell(String(next))));
  return {
    link,
    show: (cloud) => void (program.connected && program.send({ ...cloud, pid: process.pid })),
    stop: () => void program.kill(),
  };
}

const firstLink = (program: ChildProcess): Promise<string | undefined> =>
  new Promise((done) => {
    program.once("message", (link) => done(String(link)));
    program.once("error", () => done(undefined));
    program.once("exit", () => done(undefined));
  });
