import { ALL_FAULTS } from "../../local/simulation/fault-injector.ts";
import type { Plan } from "../../local/simulation/simulate.ts";

/** A few readers for two weeks: enough for most of what can happen. */
export const plan = (more: Partial<Plan>): Plan => ({
  subscribers: 8,
  weeks: 2,
  seed: 1,
  faults: new Set(ALL_FAULTS),
  strangers: new Set(),
  ...more,
});

/** A run takes seconds of a processor, which a busy machine may share with many. In ms. */
export const PATIENCE = 300_000;
