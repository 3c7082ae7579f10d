import { CLAIM_LIFE } from "../sending/claim.ts";
import type { Instant } from "../time.ts";
import { type Enrolment, paused } from "./enrolment.ts";
import { dayAfter } from "./schedule.ts";

/** The course waits because the reader's mailbox said that they are away. */
export interface Hold {
  /** The beginning of the day after, on the reader's clock. */
  until: Instant;
  /** When we heard of it. */
  since: Instant;
  /** A mail has told the reader how to undo it. */
  isTold?: boolean;
}

/**
 * Pauses the course until the day after `lastDay`. Never shortens a pause, and never renews a hold: a reader who went
 * on before its end is not held again by the next note that names the same day.
 * @param lastDay `2026-11-30`, on the reader's calendar
 */
export function held(enrolment: Enrolment, lastDay: string, now: Instant): Enrolment {
  const until = dayAfter(enrolment.cadence, lastDay);
  const isKnown = enrolment.hold !== undefined && enrolment.hold.until >= until;
  if (until <= now || isKnown || isPausedFor(enrolment, until)) return enrolment;
  const waiting = paused(enrolment, until);
  return waiting === enrolment ? enrolment : { ...waiting, hold: { until, since: now } };
}

function isPausedFor({ status, agenda }: Enrolment, until: Instant): boolean {
  return status === "paused" && (agenda.resume === undefined || agenda.resume.dueAt >= until);
}

/** The hold, after a mail left that was composed when the claim was taken. */
export function toldBy({ hold, claim }: Enrolment): Hold | undefined {
  const composedAt = claim ? claim.until - CLAIM_LIFE : undefined;
  const isIn = hold && composedAt !== undefined && composedAt >= hold.since;
  return isIn ? { ...hold, isTold: true } : hold;
}

/** What the next mail has to tell: the hold in force, or the one that has passed. A reader who went on earlier knows. */
export function holdToTell({ hold, status }: Enrolment, now: Instant): Hold | undefined {
  if (!hold || hold.isTold) return undefined;
  return status === "paused" || now >= hold.until ? hold : undefined;
}
