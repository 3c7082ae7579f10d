import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";

/*
 * The problem: a hold stops what strangers cause, and what waits meanwhile is the readers' and the strangers' alike. All at
 * once at its end, it would bring the next hold, and so on, each longer. The idea: after a hold confirmations leave in
 * portions, the eldest first, which grow while next to nothing of them comes back.
 *
 *   held ──▶ 5 an hour ──▶ 10 ──▶ 20 ──▶ … 12 hours without trouble ──▶ as before
 *                ▲            a fifth comes back │
 *                └──────────────────────────────┘
 */

/** A hold on mail: until the owner resumes, or until a moment. */
interface Held {
  held?: { until?: Instant };
  easedFrom?: Instant;
  growsFrom?: Instant;
}

/** How much of its allowance mail has right after a hold; each day it is twice as much, until it is all. */
const FIRST_DAY = 0.25;
/** Confirmations in the first hour after a hold; each hour it is twice as many. */
const FIRST_PORTION = 5;
const PORTIONS_FOR = 12 * HOUR;
const MOST_THAT_COMES_BACK = 0.2;
/** A hold that ended longer ago than this is no reason to look whose network or company has bounced. */
export const SUSPECT_FOR = 7 * DAY;
/**
 * No confirmation waits longer than this because of a hold. Holds last half a day at the most, and what came before one leaves
 * before any that could bring the next: what has not left by then stands behind hundreds of strangers'.
 */
export const LONGEST_WAIT = 2 * DAY;

export const isHeld = ({ held }: Held, now: Instant): boolean =>
  held !== undefined && (held.until === undefined || now < held.until);

/** When the latest hold has ended, or will: also where nobody has looked since. */
export const endOfHold = ({ held, easedFrom }: Held): Instant | undefined => held?.until ?? easedFrom;

/** The share of the usual allowance that holds now: 1, but in a hold and in the days after one that ended by itself. */
export function allowanceAfterHold(breaker: Held, now: Instant): number {
  const ended = endOfHold(breaker);
  if (ended === undefined) return 1;
  return Math.min(1, FIRST_DAY * 2 ** Math.max(0, Math.floor((now - ended) / DAY)));
}

/** How many confirmations may leave in an hour; undefined: any number. */
export function portionAfterHold(breaker: Held, now: Instant): number | undefined {
  const ended = endOfHold(breaker);
  if (ended === undefined) return undefined;
  const growing = now - Math.max(ended, breaker.growsFrom ?? 0);
  return growing < PORTIONS_FOR ? FIRST_PORTION * 2 ** Math.max(0, Math.floor(growing / HOUR)) : undefined;
}

/** Portions begin anew where so much of an hour's has come back. */
export const isTooMuchBack = (cameBack: number, portion: number): boolean =>
  cameBack >= portion * MOST_THAT_COMES_BACK;

/** When one that may not leave before a moment is looked at again: the longer it has waited, the sooner in that minute. */
export const inTurn = (until: Instant, askedAt: Instant): Instant =>
  until + Math.round(MINUTE * (1 - Math.min(1, Math.max(0, until - askedAt) / (2 * LONGEST_WAIT))));
