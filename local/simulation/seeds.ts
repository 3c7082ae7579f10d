import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import { type EditionsOnDisk, editionsOnDisk } from "./editions.ts";
import type { Cost, Result } from "./report.ts";
import type { Plan } from "./simulate.ts";

/** What a process is asked for: a run of these editions, which lie where the one that asks has put them. */
export interface SeedTask {
  plan: Plan;
  editions: EditionsOnDisk;
  /** Whether each line of the trace is wanted too. */
  isTraced: boolean;
}

/** What it answers. */
export interface Lived {
  result: Result;
  cost: Cost;
  lines: string[];
}
export type SeedAnswer = Lived | { error: string } | { week: number; of: number };

const PROGRAM = join(import.meta.dirname, "seed-process.ts");
/** A run makes much that is forgotten at once; with room for it, less is taken for lasting. */
const OPTIONS = ["--max-semi-space-size=64", "--import", "tsx"];

/**
 * Lives the plans side by side, one process a core. A run is one thread all the same, so each is what it would be alone.
 * @param tell told of each in the order of the plans, as soon as those before it are over
 */
export async function liveAll(
  plans: readonly Plan[],
  { editions: given, isTraced }: Omit<SeedTask, "plan">,
  tell: (plan: Plan, lived: Lived) => void,
  progress: (text: string) => void,
): Promise<void> {
  const editions = editionsOnDisk(given);
  const lived: Lived[] = [];
  let [next, told] = [0, 0];
  const one = async () => {
    const child = fork(PROGRAM, { cwd: ROOT, execArgv: OPTIONS, serialization: "advanced" });
    try {
      for (let place = next++; place < plans.length; place = next++) {
        const plan = plans[place] as Plan;
        lived[place] = await waitForAnswer(child, { plan, editions, isTraced }, progress);
        for (; lived[told]; told++) {
          tell(plans[told] as Plan, lived[told] as Lived);
          (lived[told] as Lived).lines = [];
        }
      }
    } finally {
      child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(plans.length, availableParallelism()) }, one));
}

function waitForAnswer(
  child: ChildProcess,
  asked: SeedTask,
  progress: (text: string) => void,
): Promise<Lived> {
  const { seed } = asked.plan;
  return new Promise((resolve, reject) => {
    const done = () => child.removeAllListeners("message").removeAllListeners("exit");
    child.on("message", (answer: SeedAnswer) => {
      if ("week" in answer) return progress(`seed ${seed}: week ${answer.week} of ${answer.of}`);
      done();
      if ("error" in answer) reject(new Error(`Seed ${seed}: ${answer.error}`));
      else resolve(answer);
    });
    child.on("exit", (code, signal) => {
      done();
      reject(new Error(`The process of seed ${seed} ended with ${signal ?? code}`));
    });
    child.send(asked);
  });
}
