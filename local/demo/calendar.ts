import { Temporal } from "temporal-polyfill";
import type { Course } from "../../functions/domain/course/course.ts";

const FRIDAY = 5;
const WORKDAYS = [1, 2, 3, 4, FRIDAY];
/** Days between two lessons, at the least. */
const APART = { weekly: 4, "twice-weekly": 2, workdays: 1 } as const;
const COMPLETION_AFTER_DAYS = 7;

/** When a reader who changes nothing gets each lesson, and the completion. Epoch ms. */
export interface Calendar {
  lessons: number[];
  completion: number;
}

/**
 * The calendar that a course promises, reckoned apart from the code that keeps it, so that the demo can tell if it
 * does not: lesson 1 on the next working day, each further one on the first of the course's days that is far enough
 * from the one before, the completion a week after the last; always at the course's hour, on the reader's own clock.
 */
export function promisedCalendar(
  confirmedAt: number,
  zone: string,
  { defaults, lessons }: Pick<Course, "defaults" | "lessons">,
): Calendar {
  const today = Temporal.Instant.fromEpochMilliseconds(confirmedAt).toZonedDateTimeISO(zone).toPlainDate();
  const days = [firstDay(today.add({ days: 1 }), WORKDAYS)];
  const chosen = courseWeekdays(defaults);
  while (days.length < lessons.length) {
    const before = days.at(-1) as Temporal.PlainDate;
    days.push(firstDay(before.add({ days: APART[defaults.pace] }), chosen));
  }
  const last = days.at(-1) as Temporal.PlainDate;
  const [completion = 0, ...moments] = [last.add({ days: COMPLETION_AFTER_DAYS }), ...days].map(
    (day) => day.toZonedDateTime({ timeZone: zone, plainTime: defaults.time }).epochMilliseconds,
  );
  return { lessons: moments, completion };
}

/** Twice a week is the chosen day and three days later, or the Monday after if that is a weekend. */
function courseWeekdays({ weekday, pace }: Course["defaults"]): number[] {
  if (pace === "workdays") return WORKDAYS;
  if (pace === "weekly") return [weekday];
  const later = ((weekday + 2) % 7) + 1;
  return [weekday, later > FRIDAY ? 1 : later];
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

function firstDay(from: Temporal.PlainDate, weekdays: number[]): Temporal.PlainDate {
  return weekdays.includes(from.dayOfWeek) ? from : firstDay(from.add({ days: 1 }), weekdays);
}
