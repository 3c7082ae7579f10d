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

/** From the slowest to the fastest. */
export const PACES = ["weekly", "twice-weekly", "workdays"] as const;

/** Once a week, twice a week, or every working day. */
export type Pace = (typeof PACES)[number];

/** How a pace spreads its lessons over a week. */
interface Spread {
  /** A lesson never follows another sooner than this, whatever the reader changed in between. */
  daysBetween: number;
  /** On which weekdays a lesson can come, for a reader who chose one. */
  weekdays(chosen: Weekday): readonly Weekday[];
}

export const FRIDAY = 5;
/** Twice a week is the chosen day and this many days later, put off to Monday where that is a weekend. */
const SECOND_DAY_AFTER = 3;

export const SPREADS: Record<Pace, Spread> = {
  weekly: { daysBetween: 4, weekdays: (chosen) => [chosen] },
  "twice-weekly": {
    daysBetween: 2,
    weekdays(chosen) {
      const second = (((chosen - 1 + SECOND_DAY_AFTER) % WEEKDAYS.length) + 1) as Weekday;
      return [chosen, second > FRIDAY ? 1 : second];
    },
  },
  workdays: { daysBetween: 1, weekdays: () => [1, 2, 3, 4, FRIDAY] },
};

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
