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
  pace: "weekly" | "twice-weekly" | "workdays";
}

const [MONDAY, THURSDAY] = [1, 4] as const;
const WORKDAYS = [1, 2, 3, 4, 5];
const HOUR = 3_600_000;
/** The other day of two a week, by the first: three days later, but never on a weekend. */
const SECOND_DAY: Record<number, number> = { 1: 4, 2: 5, 3: MONDAY, 4: MONDAY, 5: MONDAY };
const LEAST_DAYS = { weekly: 4, "twice-weekly": 2, workdays: 1 };
/** However the hour or the zone was changed in between. */
const LEAST_HOURS = 20;

function lessonDays({ weekday, pace }: Wishes): number[] {
  if (pace === "workdays") return WORKDAYS;
  return pace === "weekly" ? [weekday] : [weekday, SECOND_DAY[weekday] as number];
}

const localDate = (moment: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate();

const onDay = (date: Temporal.PlainDate, { zone, time }: Wishes): number =>
  date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;

/** The first moment at the reader's hour on one of the weekdays, from a date on, and not before `from`. */
function first(date: Temporal.PlainDate, weekdays: number[], wishes: Wishes, from = 0): number {
  for (let day = date; ; day = day.add({ days: 1 })) {
    if (!weekdays.includes(day.dayOfWeek)) continue;
    const moment = onDay(day, wishes);
    if (moment >= from) return moment;
  }
}

/** Lesson 1: the next working day after today. */
const firstLesson = (wishes: Wishes, now: number): number =>
  first(localDate(now, wishes.zone).add({ days: 1 }), WORKDAYS, wishes);

/** The lesson behind one that was sent then. */
export const followingLesson = (wishes: Wishes, sent: number): number =>
  first(
    localDate(sent, wishes.zone).add({ days: LEAST_DAYS[wishes.pace] }),
    lessonDays(wishes),
    wishes,
    sent + LEAST_HOURS * HOUR,
  );

/** The lesson for someone who changes something now: where it stood, if that is still ahead, else the next slot. */
export function nextLessonTime(wishes: Wishes, sent: number | undefined, now: number): number {
  if (sent === undefined) return firstLesson(wishes, now);
  const stood = followingLesson(wishes, sent);
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

/** A letter: so many days after the course's last mail, and then the first working day. */
export const letter = (wishes: Wishes, completed: number, days: number): number =>
  first(localDate(completed, wishes.zone).add({ days }), WORKDAYS, wishes);

/** When a reader's clock next shows a time, from a moment on. */
export function clockShows(zone: string, time: string, from: number): number {
  const date = localDate(from, zone);
  const moments = [0, 1].map(
    (days) => date.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
  );
  return moments.find((moment) => moment >= from) as number;
}
