import { Temporal } from "temporal-polyfill";
import { nextClockTime } from "./course/schedule.ts";
import type { Instant } from "./time.ts";

/** When the owner gets the week's report, on a Monday, on the clock of the stage's default zone. */
const TIME_OF_REPORT = "07:00";
/** How much sooner the counting begins: what fails is begun again and is still in time. */
export const COUNTED_AT = { hour: 6, minute: 30 };

/** A week of the owner's: from Monday to Monday, on the clock of the stage's default zone. */
export interface Week {
  /** `2026-11-30`: the Monday on which it is told of. Names the report. */
  monday: string;
  from: Instant;
  /** Its end, which is not in it. */
  until: Instant;
  /** When the report leaves. */
  toldAt: Instant;
}

/** The week that ended last. The same one from Monday to Sunday, so that counting late counts the same. */
export function lastWeek(zone: string, now: Instant): Week {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const begin = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  const until = begin(monday);
  const from = begin(monday.subtract({ days: 7 }));
  return { monday: monday.toString(), from, until, toldAt: nextClockTime(zone, TIME_OF_REPORT, until) };
}

/** The Monday before, which named the report before. */
export const lastMonday = (monday: string): string =>
  Temporal.PlainDate.from(monday).subtract({ days: 7 }).toString();

/** What came of a week, in numbers. Holds nothing about anybody. */
export interface WeekReport {
  monday: string;
  /** People, each once, whatever they did in it. */
  signedUp: number;
  confirmed: number;
  imported: number;
  completed: number;
  left: number;
  bounced: number;
  complained: number;
  /** Replies that stand in journals, and all mails of the ledger. */
  replies: number;
  mails: number;
  /** How it stands at the time of counting. */
  now: {
    active: number;
    inCourse: number;
    paused: number;
    newsletter: number;
    unconfirmed: number;
  };
  /** What waits for the owner. */
  waiting: {
    questions: number;
    parked: number;
    unmatched: number;
    deadLetters: number;
  };
  cost: WeekCost;
}

/** In USD, by list prices. */
export interface WeekCost {
  /** SES, for the mails. */
  sending: number;
  /** The table, the functions and the queues, for the same. */
  around: number;
  /** What a week without mail costs. */
  standing: number;
  /** Day and region of the prices. */
  prices: { date: string; region: string };
}

/** All that the report's function may read of an item: no address, no name, no word of a reader's is among it. */
export const COUNTED_ATTRIBUTES = [
  "pk",
  "sk",
  "kind",
  "status",
  "stoppedBy",
  "liftedFrom",
  "consents",
  "newsletter",
  "completedAt",
  "agenda",
  "replyKind",
  "receivedAt",
  "sentAt",
  "erasedAt",
  "expiresAt",
] as const;
