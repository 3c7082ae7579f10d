import { nextClockTime } from "../course/schedule.ts";
import { DAY, HOUR, type Instant, iso } from "../time.ts";

/** When the owner gets the day's reflections, on the clock of the stage's default zone. */
const TIME_OF_DIGEST = "07:00";
const LETTERS_OF_A_DATE = "2026-11-24".length;
/** From one digest to the next it is 23 to 25 hours. */
const MORE_THAN_A_DAY = DAY + 3 * HOUR;

/** A reflection that the owner is to be told of. */
export interface DigestEntry {
  subscriber: string;
  reflection: string;
  receivedAt: Instant;
}

/** The next digest: its moment, and the day (UTC) by which it is known. */
export function nextDigest(zone: string, now: Instant): { day: string; dueAt: Instant } {
  const dueAt = nextClockTime(zone, TIME_OF_DIGEST, now + 1);
  return { day: iso(dueAt).slice(0, LETTERS_OF_A_DATE), dueAt };
}

/** What a day's digest tells of: all that came since the one before it, however late it leaves. */
export function inDigest(entries: DigestEntry[], zone: string, day: string): DigestEntry[] {
  const until = nextClockTime(zone, TIME_OF_DIGEST, Date.parse(day));
  const since = nextClockTime(zone, TIME_OF_DIGEST, until - MORE_THAN_A_DAY);
  return entries.filter(({ receivedAt }) => receivedAt >= since && receivedAt < until);
}
