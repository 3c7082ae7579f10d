import { Temporal } from "temporal-polyfill";

/**
 * When lessons are promised, reckoned from the promise and not from the code that keeps it: this is what the
 * simulation measures the code by.
 */
export interface Wishes {
  zone: string;
  /** 1 is Monday. */
  weekday: number;
  time: string;
  pace: Pace;
  /** The days on which the course sends lessons at all. */
  week: readonly number[];
}

/** As a form names it; a set of weekdays is `days-135`. */
export type Pace = "weekly" | "twice-weekly" | "workdays" | "every-two-weeks" | `days-${string}`;

const THURSDAY = 4;
const HOUR = 3_600_000;
/** However the hour or the zone was changed in between. */
const LEAST_HOURS = 20;

/** A set of weekdays that is a pace. */
const isSet = (pace: Pace): pace is `days-${string}` => pace.startsWith("days-");
const daysOfSet = (pace: Pace): number[] => [...pace.slice("days-".length)].map(Number);

/** The other day of two a week: three days later, or the first day behind that on which lessons come. */
function otherDay(weekday: number, week: readonly number[]): number {
  const later = [3, 4, 5, 6, 7].map((days) => ((weekday + days - 1) % 7) + 1);
  return later.find((day) => week.includes(day)) ?? weekday;
}

function lessonDays({ weekday, pace, week }: Wishes): readonly number[] {
  if (isSet(pace)) return daysOfSet(pace);
  if (pace === "workdays") return week;
  return pace === "twice-weekly" ? [weekday, otherDay(weekday, week)] : [weekday];
}

function leastDays(pace: Pace): number {
  if (isSet(pace)) return 1;
  return { weekly: 4, "twice-weekly": 2, workdays: 1, "every-two-weeks": 11 }[pace];
}

/** How many lessons two weeks bring: by it one pace is slower than another. */
function lessonsInTwoWeeks(pace: Pace, week: readonly number[]): number {
  if (isSet(pace)) return 2 * daysOfSet(pace).length;
  return { weekly: 2, "twice-weekly": 4, workdays: 2 * week.length, "every-two-weeks": 1 }[pace];
}

/** The pace that is next to one among those that a course offers; the same one where there is none. */
export function paceBeside(offered: readonly Pace[], { pace, week }: Wishes, to: "slower" | "faster"): Pace {
  const rate = (one: Pace) => lessonsInTwoWeeks(one, week);
  const others = offered.filter((one) => (to === "faster" ? rate(one) > rate(pace) : rate(one) < rate(pace)));
  return others.reduce<Pace>((nearest, one) => {
    const isNearer =
      nearest === pace || Math.abs(rate(one) - rate(pace)) < Math.abs(rate(nearest) - rate(pace));
    return isNearer ? one : nearest;
  }, pace);
}

const localDate = (moment: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate();

type Clock = Pick<Wishes, "zone" | "time">;

const onDay = (date: Temporal.PlainDate, { zone, time }: Clock): number =>
  date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;

/** The first moment at the reader's hour on one of the weekdays, from a date on, and not before `from`. */
function first(date: Temporal.PlainDate, weekdays: readonly number[], wishes: Clock, from = 0): number {
  for (let day = date; ; day = day.add({ days: 1 })) {
    if (!weekdays.includes(day.dayOfWeek)) continue;
    const moment = onDay(day, wishes);
    if (moment >= from) return moment;
  }
}

/** The reader's hour on a day that is written `2027-01-12`. */
export const onDate = (date: string, clock: Clock): number => onDay(Temporal.PlainDate.from(date), clock);

/** The day on which somebody begins who confirms then, where a course begins on some: the first whose hour is still to come. */
export const startFor = (dates: readonly string[], clock: Clock, confirmed: number): string | undefined =>
  dates.find((date) => onDate(date, clock) > confirmed);

/** What is settled of the lesson that comes next, whatever its reader changes. */
export interface Settled {
  /** Days that it waits after the one before, by its author. */
  after?: number | undefined;
  /** Lesson 1: the day on which their cohort begins. */
  start?: string | undefined;
}

/** Lesson 1: on the cohort's day, or the first day after today on which lessons come. */
function firstLesson(wishes: Wishes, now: number, start: string | undefined): number {
  if (start !== undefined && onDate(start, wishes) > now) return onDate(start, wishes);
  return first(localDate(now, wishes.zone).add({ days: 1 }), wishes.week, wishes);
}

/** The lesson behind one that was sent then. */
export const followingLesson = (wishes: Wishes, sent: number, after?: number): number =>
  first(
    localDate(sent, wishes.zone).add({ days: after ?? leastDays(wishes.pace) }),
    after === undefined ? lessonDays(wishes) : wishes.week,
    wishes,
    sent + LEAST_HOURS * HOUR,
  );

/** The lesson for someone who changes something now: where it stood, if that is still ahead, else the next slot. */
export function nextLessonTime(
  wishes: Wishes,
  sent: number | undefined,
  now: number,
  { after, start }: Settled,
): number {
  if (sent === undefined) return firstLesson(wishes, now, start);
  const stood = followingLesson(wishes, sent, after);
  return stood >= now ? stood : first(localDate(now, wishes.zone), lessonDays(wishes), wishes, now);
}

/** A week after the last lesson. */
export const completion = (wishes: Wishes, sent: number): number =>
  onDay(localDate(sent, wishes.zone).add({ days: 7 }), wishes);

/** A Thursday at least two weeks after the words were written, and not before `now`. */
export function lookBack(wishes: Wishes, written: number, now: number): number {
  const ripe = onDay(localDate(written, wishes.zone).add({ days: 14 }), wishes);
  const from = Math.max(ripe, now);
  return first(localDate(from, wishes.zone), [THURSDAY], wishes, from);
}

/** A letter: so many days after the course's last mail, and then the first day on which lessons come. */
export const letter = (wishes: Wishes, completed: number, days: number): number =>
  first(localDate(completed, wishes.zone).add({ days }), wishes.week, wishes);

/** When a reader's clock next shows a time, from a moment on. */
export function clockShows(zone: string, time: string, from: number): number {
  const date = localDate(from, zone);
  const moments = [0, 1].map(
    (days) => date.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
  );
  return moments.find((moment) => moment >= from) as number;
}
