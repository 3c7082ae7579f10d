import { expect } from "vitest";
import type { Editions } from "../../local/simulation/editions.ts";
import { simulate } from "../../local/simulation/simulate.ts";
import { ALL_STRANGERS } from "../../local/simulation/strangers/kinds.ts";
import { plan } from "./plan.ts";

/** @param seed one in which at least six kinds of faults come about */
export async function expectPromisesKept(editions: Editions, seed: number): Promise<void> {
  const { broken, counts } = await simulate(plan({ seed, intensity: 3 }), editions);
  expect(broken).toEqual([]);
  expect(Object.keys(counts.faults).length).toBeGreaterThan(5);
  expect(counts.events.lessons).toBeGreaterThan(8);
}

export async function expectStrangersHarmless(editions: Editions, subscribers: number): Promise<void> {
  const { broken, counts } = await simulate(
    plan({ subscribers, strangers: new Set(ALL_STRANGERS) }),
    editions,
  );
  expect(broken).toEqual([]);
  for (const kind of ALL_STRANGERS) expect(counts.strangers[kind], kind).toBeGreaterThan(0);
  expect(counts.events["confirmations-held"]).toBeGreaterThan(0);
  expect(counts.events["mailed-to-strangers"]).toBeGreaterThan(0);
}
