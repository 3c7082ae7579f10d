import type { StopReason } from "../../domain/people/subscriber.ts";

/** Which reason to stop may replace which: a complaint outlives everything, and only a reader's own stop is lifted by a sign-up. */
export const GRAVITY: Record<StopReason, number> = {
  reader: 0,
  never: 0.5,
  owner: 1,
  bounce: 2,
  complaint: 3,
};
