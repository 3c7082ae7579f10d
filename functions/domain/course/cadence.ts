/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** `HH:MM`, 24 hours, on the reader's own clock. */
export type LocalTime = string;

/** When a reader wants their lessons. */
export interface Cadence {
  /** IANA name, for example `Europe/Berlin`. */
  zone: string;
  weekday: Weekday;
  time: LocalTime;
  pace: Pace;
}

export const PACES = ["weekly", "twice-weekly", "workdays"] as const;

/** Once a week, twice a week, or every working day. */
export type Pace = (typeof PACES)[number];

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
