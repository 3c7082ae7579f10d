import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { fold } from "./split-words.ts";

/** In which order day, month and year stand where all three are numbers. */
export type DayOrder = "dmy" | "mdy" | "ymd";

/** What is known of the order in a column. */
export interface DateOrder {
  /** By the owner. */
  said?: DayOrder | undefined;
  /** By the column itself. */
  told?: DayOrder | undefined;
}

/** What the numbers of a column show of their order: how many can be only the one, and how many only the other. */
export interface DateSurvey {
  dayFirst: number;
  monthFirst: number;
  /** How many cells begin as a day does, in whatever order. */
  days: number;
}

export const emptyDateSurvey = (): DateSurvey => ({ dayFirst: 0, monthFirst: 0, days: 0 });

/** Takes one more cell of the column into account. Dots are written in no country that puts the month first. */
export function surveyDate(survey: DateSurvey, cell: string): void {
  if (DAY_LIKE.test(cell)) survey.days++;
  const [, first = "", second = ""] = SLASHED.exec(cell) ?? [];
  if (Number(first) > MONTHS_OF_YEAR) survey.dayFirst++;
  else if (Number(second) > MONTHS_OF_YEAR) survey.monthFirst++;
}

/** Undefined where the column does not tell: no day is above the twelfth, or some stand first and some second. */
export const orderTold = ({ dayFirst, monthFirst }: Omit<DateSurvey, "days">): DayOrder | undefined => {
  if (dayFirst > 0 && monthFirst > 0) return undefined;
  if (dayFirst > 0) return "dmy";
  return monthFirst > 0 ? "mdy" : undefined;
};

/** `DMY`, `DD.MM.YYYY`, `%d/%m/%Y`: the order in which the letters stand. Undefined if it says none. */
export function readDateFormat(typed: string): DayOrder | undefined {
  const date = typed.trim().split(/[ T]|hh?:/i, 1)[0] ?? "";
  const letters = [...date.toLowerCase().replace(/[^dmyj]/g, "")].map((letter) => letter.replace("j", "y"));
  const order = [...new Set(letters)].join("");
  return (["dmy", "mdy", "ymd"] as const).find((known) => known === order);
}

const MONTHS_OF_YEAR = 12;
/** The beginnings of the names of months: English, German, French, Spanish, without accents. */
const MONTHS: readonly RegExp[] = [
  /^(jan|jän|ene)/,
  /^(feb|fev)/,
  /^(mar|mrz)/,
  /^(apr|avr|abr)/,
  /^(may|mai)/,
  /^jun|^juin/,
  /^jul|^juil/,
  /^(aug|aou|ago)/,
  /^sep/,
  /^(oct|okt)/,
  /^nov/,
  /^(dec|dez|dic)/,
];

const TIME =
  "(?:[T,]? *(?:at |um |à )?(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)? ?(?<half>[AaPp]\\.?[Mm]\\.?)?(?: Uhr)?)?";
const ZONE = "(?: ?(?<zone>Z|UTC|(?:GMT|UTC)?[+-]\\d\\d(?::?\\d\\d)?(?: [A-Z]{2,4})?|GMT))?(?: \\([^)]*\\))?";
const WEEKDAY = "(?:\\p{L}+\\.?,? +)??";
const DAY_LIKE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)/;
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}(?!\d)/;
const YEAR_FIRST = new RegExp(
  `^(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?!\\d)${TIME}${ZONE}$`,
);
const YEAR_LAST = new RegExp(
  `^(?<first>\\d{1,2})(?<sign>[./-]) ?(?<other>\\d{1,2})\\k<sign> ?(?<year>\\d{4}|\\d\\d)(?!\\d)${TIME}${ZONE}$`,
);
const NAMED_DAY_FIRST = new RegExp(
  `^${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th)?[. -]+(?:de )?(?<name>\\p{L}{3,})\\.?,?[ -]+(?:de )?(?<year>\\d{4}|\\d\\d)(?!\\d)${TIME}${ZONE}$`,
  "u",
);
const NAMED_MONTH_FIRST = new RegExp(
  `^${WEEKDAY}(?<name>\\p{L}{3,})\\.? +(?<day>\\d{1,2})(?:st|nd|rd|th)?,? +(?<year>\\d{4})(?!\\d)${TIME}${ZONE}$`,
  "u",
);
/** Seconds or thousandths since 1970, between the years 2001 and 2286. */
const COUNTED = /^(\d{10})(\d{3})?$/;

type DateParts = Partial<Record<string, string>>;

/**
 * A moment as people's tools write it; without a zone it is UTC.
 * `problem`: why it is none, as the end of "its date … is".
 */
export function readDate(typed: string, { said, told }: DateOrder): Instant | { problem: string } {
  const text = typed.replace(/\s+/g, " ");
  const counted = COUNTED.exec(text);
  if (counted) return counted[2] === undefined ? Number(text) * SECOND : Number(text);
  const whole = (YEAR_FIRST.exec(text) ?? NAMED_DAY_FIRST.exec(text) ?? NAMED_MONTH_FIRST.exec(text))?.groups;
  if (whole) return toMoment({ ...whole, month: whole.month ?? monthNamed(whole.name ?? "") });
  const { first, other, sign, ...rest } = YEAR_LAST.exec(text)?.groups ?? {};
  if (first === undefined || other === undefined)
    return { problem: "not like 2026-03-24, 2026-03-24 07:30:00, 24.03.2026 or Mar 24, 2026" };
  if (sign === "-" && rest.year?.length === 2)
    return { problem: "read in more than one way: write its year with four digits" };
  const order = said ?? (sign === "." ? "dmy" : (told ?? clearOrder(Number(first), Number(other))));
  if (order === "dmy") return toMoment({ ...rest, day: first, month: other });
  if (order === "mdy") return toMoment({ ...rest, day: other, month: first });
  return {
    problem:
      order === "ymd"
        ? "not as --date-format says: the year comes last"
        : "two days, by what comes first: say --date-format DMY or --date-format MDY",
  };
}

/** What one date shows by itself. */
function clearOrder(first: number, other: number): DayOrder | undefined {
  if (first > MONTHS_OF_YEAR || first === other) return "dmy";
  return other > MONTHS_OF_YEAR ? "mdy" : undefined;
}

/** `3` for `März`; an empty word if no month is called so. */
function monthNamed(name: string): string {
  const plain = fold(name);
  return String(MONTHS.findIndex((month) => month.test(plain)) + 1);
}

const CENTURY = 2000;

function toMoment({ year, month, day, fraction, zone, ...time }: DateParts): Instant | { problem: string } {
  const fullYear = Number(year) + (year?.length === 2 ? CENTURY : 0);
  const midnight = Date.UTC(fullYear, Number(month) - 1, Number(day));
  const date = new Date(midnight);
  // `Date` takes February 30 for March 1.
  if (
    Number(month) === 0 ||
    date.getUTCDate() !== Number(day) ||
    date.getUTCMonth() !== Number(month) - 1 ||
    date.getUTCFullYear() !== fullYear
  )
    return { problem: "no day of the calendar" };
  const clock = clockTime(
    Number(time.hour ?? 0),
    Number(time.minute ?? 0),
    Number(time.second ?? 0),
    time.half,
  );
  return clock === undefined
    ? { problem: "at no time of day" }
    : midnight + clock + thousandths(fraction) - zoneOffset(zone);
}

/** Of `.123456`: databases write more digits than a moment has. */
const thousandths = (fraction = ""): number => Number(fraction.slice(0, 3).padEnd(3, "0"));

const HALF_DAY = 12;

function clockTime(
  hour: number,
  minute: number,
  second: number,
  half: string | undefined,
): number | undefined {
  if (half !== undefined && (hour < 1 || hour > HALF_DAY)) return undefined;
  const isLate = half?.toLowerCase().startsWith("p");
  const hours = half === undefined ? hour : (hour % HALF_DAY) + (isLate ? HALF_DAY : 0);
  const time = hours * HOUR + minute * MINUTE + second * SECOND;
  return hours * HOUR < DAY && minute < 60 && second < 60 ? time : undefined;
}

/** Of `+01:00`, `GMT+0100`, `+00`; everything else is UTC. */
function zoneOffset(zone: string | undefined): number {
  const [, sign, hours = "0", minutes = "0"] = /([+-])(\d\d):?(\d\d)?/.exec(zone ?? "") ?? [];
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return sign === "-" ? -offset : offset;
}
