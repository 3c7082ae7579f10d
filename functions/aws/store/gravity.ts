import type { StopReason } from "../../domain/people/subscriber.ts";

/** Which reason to stop may replace which: a complaint outlives everything, and only a reader's own stop can be lifted. */
export const GRAVITY: Record<StopReason, number> = { reader: 0, owner: 1, bounce: 2, complaint: 3 };
