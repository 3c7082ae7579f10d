import type { Settings } from "../settings.ts";
import { DAY, type Instant } from "../time.ts";
import type { Priority } from "./mail-kinds.ts";

/*
 * The problem: mailbox providers know nothing of a new domain, and take thousands of mails on its first day for a
 * spammer's. The idea: the stage sends from N a day and a factor more each day, whatever SES grants. All mail counts, since
 * a provider counts all; where the day is short, issues wait before lessons, and lessons before what a person waits for.
 *
 *   of the day's mails   0 ────────── 50 % ─────────── 90 % ── 95 % ── 100 %
 *   issues               at once ─────┤ as the day goes on ┤
 *   lessons              ──────────────────────────────────────┤
 *   confirmations, answers ────────────────────────────────────────────┤
 */

/** The days of a ramp are UTC's. */
interface RampDay {
  /** Whose reputation it is: another mail domain begins anew. */
  domain: string;
  /** Days since the epoch: the first of the ramp, and the present one. */
  firstDay: number;
  day: number;
  /** Mails that may leave on the present day, and those that have got a slot. */
  most: number;
  booked: number;
}

/** What the governor keeps of it. */
export interface Ramped {
  warmUp?: RampDay;
}

type RampSettings = Pick<Settings, "warmUp" | "mailDomain">;

/** What issues get at once, and what they get at the end of the day if nobody else has used it. */
const ISSUES_AT_ONCE = 0.5;
const ISSUES_AT_MOST = 0.9;
const LESSONS_AT_MOST = 0.95;
/** A slot that is booked and not used is lost: one booking takes no more than this share of what is left. */
const OF_THE_REST = 0.01;

const dayNumber = (at: Instant): number => Math.floor(at / DAY);

/** Mails that may leave on a day of the ramp; the first is 0. */
export const rampAllowance = ({ from, factor }: NonNullable<Settings["warmUp"]>, day: number): number =>
  Math.floor(Math.min(from * factor ** day, Number.MAX_SAFE_INTEGER));

/**
 * The governor with the ramp as it stands at this moment. A clock that is behind the one that began the day goes on with
 * that day. Where the settings have no ramp, one that was kept goes on counting and lets all leave: while a deploy changes
 * the settings, functions with both are at work.
 */
export function withRampDay<G extends Ramped>(governor: G, settings: RampSettings, now: Instant): G {
  const { warmUp: found } = governor;
  const { warmUp: ramp, mailDomain: domain } = settings;
  if (!ramp && !found) return governor;
  const before = found?.domain === domain ? found : undefined;
  const day = Math.max(dayNumber(now), before?.day ?? 0);
  const firstDay = before?.firstDay ?? day;
  const booked = before?.day === day ? before.booked : 0;
  const most = ramp ? rampAllowance(ramp, day - firstDay) : Number.MAX_SAFE_INTEGER;
  return { ...governor, warmUp: { domain, firstDay, day, most, booked } };
}

/** How many more mails of this priority the ramp lets leave today. Once it has grown to the quota, that has its own shares. */
export function rampRoom(
  { warmUp, quota }: Ramped & { quota: number },
  priority: Priority,
  now: Instant,
): number {
  if (!warmUp) return Number.POSITIVE_INFINITY;
  const { most, day, booked } = warmUp;
  if (quota >= 0 && most >= quota) return Math.max(0, most - booked);
  const gone = Math.min(1, Math.max(0, now / DAY - day));
  const share = {
    bulk: Math.min(ISSUES_AT_MOST, Math.max(ISSUES_AT_ONCE, gone)),
    lesson: LESSONS_AT_MOST,
    urgent: 1,
  }[priority];
  return Math.max(0, Math.floor(most * share) - booked);
}

/** How many slots may be booked at once, of those that are wanted. */
export const rampBooking = (wanted: number, room: number): number =>
  Math.min(wanted, Math.max(1, Math.floor(room * OF_THE_REST)));

/** The governor with slots that were booked. */
export const withRampBooked = <G extends Ramped>(governor: G, slots: number): G =>
  governor.warmUp
    ? { ...governor, warmUp: { ...governor.warmUp, booked: governor.warmUp.booked + slots } }
    : governor;

/** What SES grants in a day and the ramp lets leave; -1: any number. */
export const grantedToday = ({ warmUp, quota }: Ramped & { quota: number }): number =>
  warmUp && (quota < 0 || warmUp.most < quota) ? warmUp.most : quota;

/** Issues that may leave on a day that begins after so many others, at the most. */
export const rampIssues = (ramp: NonNullable<Settings["warmUp"]>, day: number, others: number): number =>
  Math.max(0, Math.floor(rampAllowance(ramp, day) * ISSUES_AT_MOST) - others);

/** The first day on which the ramp lets as many leave as SES grants; undefined where SES grants any number. */
export function rampReaches(
  { warmUp }: Ramped,
  ramp: NonNullable<Settings["warmUp"]>,
  quota: number,
): Instant | undefined {
  if (!warmUp || quota < 0) return undefined;
  const days = Math.max(0, Math.ceil(Math.log(quota / ramp.from) / Math.log(ramp.factor)));
  return (warmUp.firstDay + days) * DAY;
}
