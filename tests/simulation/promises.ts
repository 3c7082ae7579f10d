import { expect } from "vitest";
import type { Editions } from "../../local/simulation/editions.ts";
import { type Lived, liveAll } from "../../local/simulation/seeds.ts";
import { type Plan, type SimulationOutcome, simulate } from "../../local/simulation/simulate.ts";
import { ALL_STRANGERS, type StrangerName } from "../../local/simulation/strangers/kinds.ts";
import { plan } from "./plan.ts";

/** With a seed in which at least six kinds of faults come about. */
export const PROMISED = plan({ subscribers: 5, intensity: 3 });
/** A bit of all: mails, faults, and strangers who come at random. */
export const A_SHORT_WEEK = plan({
  ...{ subscribers: 3, weeks: 1, intensity: 3 },
  strangers: new Set<StrangerName>(["bouncers", "enumerators"]),
});

export const amongStrangers = (subscribers: number, more: Partial<Plan> = {}): Plan =>
  plan({ subscribers, strangers: new Set(ALL_STRANGERS), ...more });
/** Enough for each kind of stranger to do all of it. */
export const A_WEEK_AMONG_STRANGERS = amongStrangers(6, { weeks: 1 });

export function expectKept({ broken, counts }: SimulationOutcome): void {
  expect(broken).toEqual([]);
  expect(Object.keys(counts.faults).length).toBeGreaterThan(5);
  expect(counts.events.lessons).toBeGreaterThan(8);
}

/** The bus has heard of so much, each as it came about. */
export function expectTold({ broken, counts }: SimulationOutcome, many: number): void {
  expect(broken).toEqual([]);
  expect(counts.events["events-told"]).toBeGreaterThan(many);
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

/** What a run comes to, and all that happened in it. */
async function liveTraced(where: Plan, editions: Editions): Promise<Traced> {
  const lines: string[] = [];
  const result = await simulate(where, editions, (line) => lines.push(JSON.stringify(line)));
  return { result, lines };
}

/** Lives it here and in another process; the traces are the same, line for line. Returns what it comes to. */
export async function expectTheSame(where: Plan, editions: Editions): Promise<SimulationOutcome> {
  const { result, lines } = await liveTraced(where, editions);
  const again: object[] = [];
  const tell = (_: unknown, lived: Lived) =>
    void again.push({ digest: lived.result.digest, lines: lived.lines });
  await liveAll([where], { editions, isTraced: true }, tell, () => undefined);
  expect(lines.length).toBeGreaterThan(100);
  expect(again).toEqual([{ digest: result.digest, lines }]);
  return result;
}
