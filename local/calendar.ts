import { Temporal } from "temporal-polyfill";

const TUESDAY = 2;
const FRIDAY = 5;
const HOUR_OF_LESSONS = "07:30";

/** When a reader who changes nothing gets each lesson, and the completion. Epoch ms. */
export interface Calendar {
  lessons: number[];
  completion: number;
}

/**
 * The calendar that the course promises, reckoned apart from the code that keeps it, so that the demo can tell if
 * it does not: lesson 1 on the next working day, lesson 2 on the first Tuesday at least four days later, then
 * every week, the completion a week after the last; always at 07:30 on the reader's own clock.
 */
export function promisedCalendar(confirmedAt: number, zone: string, lessons: number): Calendar {
  const today = Temporal.Instant.fromEpochMilliseconds(confirmedAt).toZonedDateTimeISO(zone).toPlainDate();
  const first = firstDay(today.add({ days: 1 }), (day) => day.dayOfWeek <= FRIDAY);
  const second = firstDay(first.add({ days: 4 }), (day) => day.dayOfWeek === TUESDAY);
  const days = [first, ...Array.from({ length: lessons }, (_, week) => second.add({ weeks: week }))];
  const moments = days.map(
    (day) => day.toZonedDateTime({ timeZone: zone, plainTime: HOUR_OF_LESSONS }).epochMilliseconds,
  );
  return { lessons: moments.slice(0, lessons), completion: moments[lessons] as number };
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

function firstDay(from: Temporal.PlainDate, fits: (day: Temporal.PlainDate) => boolean): Temporal.PlainDate {
  return fits(from) ? from : firstDay(from.add({ days: 1 }), fits);
}
