import { DAY, type Instant } from "../time.ts";

/** A hold on mail: until the owner resumes, or until a moment. */
interface Held {
  held?: { until?: Instant };
  easedFrom?: Instant;
}

/** How much of its allowance mail has right after a hold; each day it is twice as much, until it is all. */
const FIRST_DAY = 0.25;

export const isHeld = ({ held }: Held, now: Instant): boolean =>
  held !== undefined && (held.until === undefined || now < held.until);

/** The share of the usual allowance that holds now: 1, but in the days after a hold that ended by itself. */
export function allowanceAfterHold({ easedFrom }: Held, now: Instant): number {
  if (easedFrom === undefined) return 1;
  return Math.min(1, FIRST_DAY * 2 ** Math.floor((now - easedFrom) / DAY));
}
