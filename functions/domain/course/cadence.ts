/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** `HH:MM`, 24 hours, on the reader's own clock. */
export type LocalTime = string;

/** From the slowest to the fastest. */
export const PACES = ["weekly", "twice-weekly", "workdays"] as const;

/** Once a week, twice a week, or every day of the course's week. */
export type Pace = (typeof PACES)[number];

/**
 * How often lessons come. Every two weeks, and a set of weekdays, stand beside the pace that comes nearest to them, so that
 * code that does not know them reads that one. They count beside that pace alone: who was given another by such code has
 * the other.
 */
export interface Rhythm {
  pace: Pace;
  /** Beside `weekly`: every two weeks. */
  weeks?: 2;
  /** Beside what `paceBeside` says: these weekdays, whichever one the reader chose. */
  days?: readonly Weekday[];
}

/** When a reader wants their lessons. */
export interface Cadence extends Rhythm {
  /** IANA name, for example `Europe/Berlin`. */
  zone: string;
  weekday: Weekday;
  time: LocalTime;
  /** The days on which the course sends lessons; absent: Monday to Friday. */
  week?: readonly Weekday[];
}

/** How a rhythm spreads its lessons. */
interface Spread {
  /** A lesson never follows another sooner than this, whatever the reader changed in between. */
  daysBetween: number;
  weekdays: readonly Weekday[];
}

const WORKING_WEEK: readonly Weekday[] = [1, 2, 3, 4, 5];
const DAYS_IN_A_WEEK = 7;
/** Twice a week is the chosen day and this many days later, put off to the next day on which lessons come. */
const SECOND_DAY_AFTER = 3;
/** Of a week; every two weeks has seven more. */
const WEEKLY_DAYS_BETWEEN = 4;
/** So many days a week, and more, are read as every working day by code that knows no sets. */
const MANY_DAYS = 5;

/** The days on which a course sends lessons. */
export const lessonWeek = ({ week = WORKING_WEEK }: Pick<Cadence, "week">): readonly Weekday[] => week;

export const isWorkingWeek = (week: readonly Weekday[]): boolean =>
  week.length === WORKING_WEEK.length && WORKING_WEEK.every((day) => week.includes(day));

/** The pace that stands beside a set of weekdays: the nearest that is no faster. */
export const paceBeside = (days: readonly Weekday[]): Pace =>
  days.length < MANY_DAYS ? "twice-weekly" : "workdays";

/** What counts of a rhythm: no more than what belongs beside its pace. */
export function plainRhythm({ pace, weeks, days }: Rhythm): Rhythm {
  if (days && paceBeside(days) === pace) return { pace, days };
  return weeks && pace === "weekly" ? { pace, weeks } : { pace };
}

/** As a form names it: `weekly`, `every-two-weeks`, `days-135`. */
export function rhythmName(rhythm: Rhythm): string {
  const { pace, weeks, days } = plainRhythm(rhythm);
  if (days) return `days-${[...days].sort().join("")}`;
  return weeks ? EVERY_TWO_WEEKS : pace;
}
export const EVERY_TWO_WEEKS = "every-two-weeks";

/** On which weekdays lessons come, and how far apart at the least. */
export function spreadLessons(cadence: Pick<Cadence, "weekday" | "week" | keyof Rhythm>): Spread {
  const { pace, weeks, days } = plainRhythm(cadence);
  const week = lessonWeek(cadence);
  if (days) return { daysBetween: 1, weekdays: days };
  if (pace === "workdays") return { daysBetween: 1, weekdays: week };
  if (pace === "twice-weekly")
    return { daysBetween: 2, weekdays: [cadence.weekday, secondDay(cadence.weekday, week)] };
  return { daysBetween: WEEKLY_DAYS_BETWEEN + (weeks ? DAYS_IN_A_WEEK : 0), weekdays: [cadence.weekday] };
}

/** The other day of two a week. */
export function secondDay(chosen: Weekday, week: readonly Weekday[]): Weekday {
  let day = addDays(chosen, SECOND_DAY_AFTER);
  while (!week.includes(day)) day = addDays(day, 1);
  return day;
}

const addDays = (day: Weekday, days: number): Weekday => (((day - 1 + days) % DAYS_IN_A_WEEK) + 1) as Weekday;

/** How many lessons a rhythm brings in two weeks: by it one is slower or faster than another. */
export function lessonsInTwoWeeks(rhythm: Rhythm, { week }: Pick<Cadence, "week">): number {
  const cadence = { ...rhythm, weekday: 1 as const, ...(week && { week }) };
  return rhythmName(rhythm) === EVERY_TWO_WEEKS ? 1 : 2 * spreadLessons(cadence).weekdays.length;
}

/** Where a course names none. */
const USUAL_RHYTHMS: readonly Rhythm[] = PACES.map((pace) => ({ pace }));

/** Among which readers choose, in the order of the course. */
export const offeredRhythms = ({ paces = USUAL_RHYTHMS }: { paces?: readonly Rhythm[] }): readonly Rhythm[] =>
  paces;

/** The next slower or faster of those that are offered; undefined where none is. */
export function findRhythm(
  offered: readonly Rhythm[],
  cadence: Cadence,
  to: "slower" | "faster",
): Rhythm | undefined {
  const rate = (rhythm: Rhythm) => lessonsInTwoWeeks(rhythm, cadence);
  const ladder = [...offered].sort((one, other) => rate(one) - rate(other));
  return to === "faster"
    ? ladder.find((rhythm) => rate(rhythm) > rate(cadence))
    : ladder.findLast((rhythm) => rate(rhythm) < rate(cadence));
}

/** The same day, hour and zone at another rhythm. */
export function withRhythm({ weeks: _, days: __, ...cadence }: Cadence, rhythm: Rhythm): Cadence {
  return { ...cadence, ...plainRhythm(rhythm) };
}

/** Pace names as a form or a reply gives them. */
export const isPace = (value: string): value is Pace => PACES.some((pace) => pace === value);

/** As an author writes a course's default. */
export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
