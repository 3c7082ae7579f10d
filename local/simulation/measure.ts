import type { Editions } from "./editions.ts";
import type { Cost, Result } from "./report.ts";
import { type Plan, simulate } from "./simulate.ts";
import type { TraceLine } from "./trace.ts";

/** A run, and what it cost this process. */
export async function measureRun(
  plan: Plan,
  editions: Editions,
  told: ((line: TraceLine) => void) | undefined,
  progress?: (week: number, of: number) => void,
): Promise<{ result: Result; cost: Cost }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const { counts, broken, story, digest } = await simulate(plan, editions, told, progress);
  const { user, system } = process.cpuUsage(before);
  const { violations, events, strangers, faults, kills } = counts;
  return {
    result: { counts: { violations, events, strangers, faults, kills }, broken, story, digest },
    cost: {
      seconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1_000_000,
      peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    },
  };
}
