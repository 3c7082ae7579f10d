import { Temporal } from "temporal-polyfill";
import { HOUR, type Instant } from "../time.ts";
import { type Cadence, type LocalTime, lessonWeek, rhythmName, spreadLessons } from "./cadence.ts";
import type { Course, Moment } from "./course.ts";

/**
 * The least time between two lessons, beside the days between that a pace has: the next day by the calendar can be an hour away, once the hour was changed or the zone.
 * Less than 23 hours, so that the night on which the clocks go forward puts nothing off.
 */
const LEAST_BETWEEN = 20 * HOUR;

const THURSDAY = 4;
const COMPLETION_AFTER_DAYS = 7;
const LOOK_BACK_AFTER_DAYS = 14;
const DAYS_IN_A_WEEK = 7;

/** The cadence of a reader who has changed nothing. */
export const defaultCadence = ({ defaults }: Pick<Course, "defaults">, zone: string): Cadence => ({
  zone,
  ...defaults,
});

/** True for an IANA zone name that this runtime knows; offsets such as `+02:00` are not zones. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lesson 1: the reader's hour on the next day after today on which lessons come, by the reader's calendar.
 * @param start the day on which their cohort begins, if it is still ahead
 */
export function firstLessonTime(cadence: Cadence, now: Instant, start?: string): Instant {
  if (start !== undefined && slotOnDay(cadence, start) > now) return slotOnDay(cadence, start);
  return at(firstDay(localDay(cadence, now).add({ days: 1 }), weekDays(cadence)), cadence);
}

/**
 * The lesson after the one that left at `previous`: the reader's hour on their first lesson day that is far
 * enough away. For lesson 2 and a weekly pace that is the first chosen weekday at least four days later.
 * @param after days that its author lets it wait instead: it comes on the first day then on which the course sends lessons
 */
export function nextLessonTime(cadence: Cadence, previous: Instant, after?: number): Instant {
  const { zone, weekday, time, week = [] } = cadence;
  const key = [zone, weekday, time, rhythmName(cadence), week.join(""), after].join(" ");
  const known = nextLessons.get(key);
  if (known && previous >= known.from && previous < known.until) return known.slot;
  const found = lookUpNextLesson(cadence, previous, after);
  if (nextLessons.size >= MOST_NEXT_LESSONS) nextLessons.clear();
  nextLessons.set(key, found);
  return found.slot;
}

/** Thousands of readers with one cadence get their lessons on one morning, and all of them the next at one moment. */
const nextLessons = new Map<string, NextLesson>();
const MOST_NEXT_LESSONS = 1_000;

/** The slot that follows each lesson that left `from` this moment and before `until`. */
interface NextLesson {
  slot: Instant;
  from: Instant;
  until: Instant;
}

function lookUpNextLesson(cadence: Cadence, previous: Instant, after: number | undefined): NextLesson {
  const today = localDay(cadence, previous);
  const fits = after === undefined ? lessonDays(cadence) : weekDays(cadence);
  const first = firstDay(today.add({ days: after ?? spreadLessons(cadence).daysBetween }), fits);
  const slot = at(first, cadence);
  const tomorrow = today.add({ days: 1 }).toZonedDateTime(cadence.zone).epochMilliseconds;
  const tooCloseFrom = slot - LEAST_BETWEEN + 1;
  if (previous < tooCloseFrom) return { slot, from: previous, until: Math.min(tomorrow, tooCloseFrom) };
  return { slot: at(firstDay(first.add({ days: 1 }), fits), cadence), from: previous, until: tomorrow };
}

/** The reader's hour on a day: `2027-01-12`. */
export const slotOnDay = (cadence: Cadence, date: string): Instant =>
  at(Temporal.PlainDate.from(date), cadence);

/** After a pause, or a change of cadence: the first lesson slot from `now` on. */
export function resumedLessonTime(cadence: Cadence, now: Instant): Instant {
  return findFirstSlot(cadence, now, lessonDays(cadence));
}

/** True if a moment lies on the same day of the reader's calendar as `now`. */
export const wasToday = (cadence: Cadence, moment: Instant, now: Instant): boolean =>
  localDay(cadence, moment).equals(localDay(cadence, now));

/** The reader's hour on the day after `now`, by their calendar. */
export const timeTomorrow = (cadence: Cadence, now: Instant): Instant =>
  at(localDay(cadence, now).add({ days: 1 }), cadence);

/** The beginning of the day after `day` (`2026-11-30`), on the reader's clock. */
export const nextDay = ({ zone }: Cadence, day: string): Instant =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The moment at which a day (`2026-12-24`) begins on the reader's own clock; undefined if there is no such day. */
export function beginOfDay({ zone }: Cadence, date: string): Instant | undefined {
  if (!DATE.test(date)) return undefined;
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** `2026-12-24`: the day of a moment on the reader's own clock, as a form's date field takes it. */
export const localDate = (cadence: Cadence, moment: Instant): string => localDay(cadence, moment).toString();

/** When a zone's clock first shows this time, from a moment on. */
export function nextClockTime(zone: string, time: LocalTime, from: Instant): Instant {
  return findFirstSlot({ zone, time, weekday: 1, pace: "weekly" }, from, () => true);
}

/** When a zone's clock next shows this time on this weekday, from a moment on. */
export function nextMoment(zone: string, { weekday, time }: Moment, from: Instant): Instant {
  const cadence: Cadence = { zone, time, weekday, pace: "weekly" };
  return findFirstSlot(cadence, from, (day) => day.dayOfWeek === weekday);
}

/** The completion mail: seven days after the last lesson, at the reader's hour. */
export function completionTime(cadence: Cadence, lastLesson: Instant): Instant {
  return at(localDay(cadence, lastLesson).add({ days: COMPLETION_AFTER_DAYS }), cadence);
}

/** A look-back: the first Thursday from `now` on that is at least 14 days after the reflection. */
export function lookBackTime(cadence: Cadence, reflectedAt: Instant, now: Instant): Instant {
  const ripe = at(localDay(cadence, reflectedAt).add({ days: LOOK_BACK_AFTER_DAYS }), cadence);
  return findFirstSlot(cadence, Math.max(ripe, now), (day) => day.dayOfWeek === THURSDAY);
}

/** A letter: the reader's hour on the first day on which lessons come that is at least so many days after the course's last mail. */
export const letterTime = (cadence: Cadence, completedAt: Instant, days: number): Instant =>
  at(firstDay(localDay(cadence, completedAt).add({ days }), weekDays(cadence)), cadence);

type Day = Temporal.PlainDate;

/** Tells the days on which a lesson can come at the reader's pace. */
const lessonDays = (cadence: Cadence) => isAmong(spreadLessons(cadence).weekdays);

/** Tells the days on which the course sends lessons at all. */
const weekDays = (cadence: Cadence) => isAmong(lessonWeek(cadence));

const isAmong =
  (weekdays: readonly number[]) =>
  (day: Day): boolean =>
    weekdays.includes(day.dayOfWeek);

function firstDay(from: Day, fits: (day: Day) => boolean): Day {
  let day = from;
  for (let tried = 0; tried < DAYS_IN_A_WEEK && !fits(day); tried++) day = day.add({ days: 1 });
  return day;
}

function findFirstSlot(cadence: Cadence, from: Instant, fits: (day: Day) => boolean): Instant {
  const today = firstDay(localDay(cadence, from), fits);
  const slot = at(today, cadence);
  return slot >= from ? slot : at(firstDay(today.add({ days: 1 }), fits), cadence);
}

/**
 * The reader's hour on a day. An hour that the clocks skip moves forward by the gap, one that they repeat is
 * taken the first time (Temporal's "compatible", the rule of RFC 5545).
 */
function at(day: Day, cadence: Cadence): Instant {
  return day.toZonedDateTime({ timeZone: cadence.zone, plainTime: Temporal.PlainTime.from(cadence.time) })
    .epochMilliseconds;
}

export function toReadersTime(cadence: Cadence, moment: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(cadence.zone);
}

export const localDay = (cadence: Cadence, moment: Instant): Day =>
  toReadersTime(cadence, moment).toPlainDate();
