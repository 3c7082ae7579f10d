import type { Instant } from "../time.ts";
import { type Enrolment, type Hold, withPause } from "./enrolment.ts";
import { nextDay } from "./schedule.ts";

/**
 * Pauses the course until the day after `lastDay`. Never shortens a pause, and never renews a hold: a reader who went
 * on before its end is not held again by the next note that names the same day.
 * @param lastDay `2026-11-30`, on the reader's calendar
 */
export function pausedForAbsence(enrolment: Enrolment, lastDay: string, now: Instant): Enrolment {
  const until = nextDay(enrolment.cadence, lastDay);
  const isKnown = enrolment.hold !== undefined && enrolment.hold.until >= until;
  if (until <= now || isKnown || isHeld(enrolment, until)) return enrolment;
  const waiting = withPause(enrolment, until);
  return waiting === enrolment ? enrolment : { ...waiting, hold: { until, since: now } };
}

function isHeld({ status, agenda }: Enrolment, until: Instant): boolean {
  return status === "paused" && (agenda.resume === undefined || agenda.resume.dueAt >= until);
}

/** What the next mail has to tell: the hold in force, or the one that has passed. A reader who went on earlier knows. */
export function holdToTell({ hold, status }: Enrolment, now: Instant): Hold | undefined {
  if (!hold || hold.isTold) return undefined;
  return status === "paused" || now >= hold.until ? hold : undefined;
}
