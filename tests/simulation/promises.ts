import { expect } from "vitest";
import type { Editions } from "../../local/simulation/editions.ts";
import { type Plan, type SimulationOutcome, simulate } from "../../local/simulation/simulate.ts";
import { ALL_STRANGERS } from "../../local/simulation/strangers/kinds.ts";
import { plan } from "./plan.ts";

/** With a seed in which at least six kinds of faults come about. */
export const PROMISED = plan({ intensity: 3, tells: true });

export const amongStrangers = (subscribers: number, more: Partial<Plan> = {}): Plan =>
  plan({ subscribers, strangers: new Set(ALL_STRANGERS), ...more });
/** Enough for each kind of stranger to do all of it. */
export const A_WEEK_AMONG_STRANGERS = amongStrangers(6, { weeks: 1 });

export function expectKept({ broken, counts }: SimulationOutcome): void {
  expect(broken).toEqual([]);
  expect(Object.keys(counts.faults).length).toBeGreaterThan(5);
  expect(counts.events.lessons).toBeGreaterThan(8);
  expect(counts.events["events-told"]).toBeGreaterThan(50);
}

export function expectHarmless({ broken, counts }: SimulationOutcome): void {
  expect(broken).toEqual([]);
  for (const kind of ALL_STRANGERS) expect(counts.strangers[kind], kind).toBeGreaterThan(0);
  expect(counts.events["confirmations-held"]).toBeGreaterThan(0);
  expect(counts.events["mailed-to-strangers"]).toBeGreaterThan(0);
}

interface Traced {
  result: SimulationOutcome;
  lines: string[];
}

/** Lives it when it is first asked for, and once. */
export function liveTraced(where: Plan, editions: Editions): () => Promise<Traced> {
  let lived: Promise<Traced> | undefined;
  const live = async (): Promise<Traced> => {
    const lines: string[] = [];
    const result = await simulate(where, editions, (line) => lines.push(JSON.stringify(line)));
    return { result, lines };
  };
  return () => {
    lived ??= live();
    return lived;
  };
}
