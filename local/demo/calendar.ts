import { Temporal } from "temporal-polyfill";
import type { Course } from "../../functions/domain/course/course.ts";

const WORKDAYS = [1, 2, 3, 4, 5] as const;
/** Days between two lessons, at the least. */
const APART = { weekly: 4, "twice-weekly": 2, workdays: 1 } as const;
const A_WEEK = 7;
const COMPLETION_AFTER_DAYS = 7;

/** When a reader who changes nothing gets each lesson, and the completion. Epoch ms. */
export interface Calendar {
  lessons: number[];
  completion: number;
  /** In the order of the course. */
  letters: number[];
}

/**
 * The calendar that a course promises, reckoned apart from the code that keeps it, so that the demo can tell if it
 * does not: lesson 1 on the next working day or that of the next cohort, each further one on the first of the course's days
 * that is far enough from the one before, or as many days after it as its author says; the completion a week after the last,
 * each letter on the first working day after its days from there; always at the course's hour, on the reader's own clock.
 */
export function promisedCalendar(
  confirmedAt: number,
  zone: string,
  { defaults, lessons, letters = [], starts }: Pick<Course, "defaults" | "lessons" | "letters" | "starts">,
): Calendar {
  const today = Temporal.Instant.fromEpochMilliseconds(confirmedAt).toZonedDateTimeISO(zone).toPlainDate();
  const atHour = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: zone, plainTime: defaults.time }).epochMilliseconds;
  const cohort = starts?.dates
    .map((date) => Temporal.PlainDate.from(date))
    .find((day) => atHour(day) > confirmedAt);
  const days = [cohort ?? firstDay(today.add({ days: 1 }), defaults.week ?? WORKDAYS)];
  const chosen = courseWeekdays(defaults);
  while (days.length < lessons.length) {
    const before = days.at(-1) as Temporal.PlainDate;
    const after = lessons[days.length]?.after;
    const fits = after === undefined ? chosen : (defaults.week ?? WORKDAYS);
    days.push(firstDay(before.add({ days: after ?? daysApart(defaults) }), fits));
  }
  const last = days.at(-1) as Temporal.PlainDate;
  const end = last.add({ days: COMPLETION_AFTER_DAYS });
  const later = letters.map((letter) => firstDay(end.add({ days: letter.days }), defaults.week ?? WORKDAYS));
  return { lessons: days.map(atHour), completion: atHour(end), letters: later.map(atHour) };
}

const daysApart = ({ pace, days, weeks }: Course["defaults"]): number =>
  days ? 1 : APART[pace] + (weeks ? A_WEEK : 0);

/** Twice a week is the chosen day and three days later, or the next day after on which lessons come. */
function courseWeekdays({ weekday, pace, days, week = WORKDAYS }: Course["defaults"]): readonly number[] {
  if (days) return days;
  if (pace === "workdays") return week;
  if (pace === "weekly") return [weekday];
  const later = [3, 4, 5, 6, 7, 8, 9].map((ahead) => ((weekday - 1 + ahead) % A_WEEK) + 1);
  return [weekday, ...later.filter((day) => isAmong(week, day)).slice(0, 1)];
}

/** How often the zone's offset from UTC changes between two moments: 0 or 1 within a course, by daylight saving. */
export function offsetChanges(
  from: number,
  to: number,
  zone: string,
): { before: string; after: string } | undefined {
  const [before, after] = [from, to].map(
    (moment) => Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).offset,
  );
  return before && after && before !== after ? { before, after } : undefined;
}

const isAmong = (weekdays: readonly number[], day: number): boolean => weekdays.includes(day);

function firstDay(from: Temporal.PlainDate, weekdays: readonly number[]): Temporal.PlainDate {
  return isAmong(weekdays, from.dayOfWeek) ? from : firstDay(from.add({ days: 1 }), weekdays);
}
