import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import {
  EVERY_TWO_WEEKS,
  isPace,
  PACES,
  paceBeside,
  type Rhythm,
  rhythmName,
  secondDay,
  WEEKDAYS,
  type Weekday,
} from "../../functions/domain/course/cadence.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Sources } from "./sources.ts";
import type { Checked } from "./yaml.ts";

/*
 * When lessons come, as an author writes it: the days on which a course sends lessons (`week`), the paces among which its
 * readers choose (`paces`), and how long one lesson waits (`after`).
 */

const PACE_NAMES = [EVERY_TWO_WEEKS, ...PACES];
const AN_EXAMPLE = "Monday, Wednesday, Friday";
const LONGEST_WAIT = 60;
const DAYS_IN_A_WEEK = 7;
/** Two days a week, so that lessons can come twice. */
const FEWEST_DAYS = 2;

/** `Sunday to Thursday`, or `Monday, Wednesday, Friday`: in the order in which they are written. */
export function readDays(text: string): Weekday[] | undefined {
  const range = /^(\w+) to (\w+)$/.exec(text.trim());
  const named = (range ? range.slice(1) : text.split(",")).map(readDay);
  const [first, last] = named;
  if (named.includes(undefined) || new Set(named).size !== named.length) return undefined;
  return range && first && last ? daysBetween(first, last) : (named as Weekday[]);
}

function readDay(name: string): Weekday | undefined {
  const names: readonly string[] = WEEKDAYS;
  const place = names.indexOf(name.trim());
  return place < 0 ? undefined : ((place + 1) as Weekday);
}

const daysBetween = (first: Weekday, last: Weekday): Weekday[] =>
  Array.from(
    { length: ((last - first + DAYS_IN_A_WEEK) % DAYS_IN_A_WEEK) + 1 },
    (_, at) => (((first - 1 + at) % DAYS_IN_A_WEEK) + 1) as Weekday,
  );

const isSet = (text: string): boolean => (readDays(text)?.length ?? 0) >= FEWEST_DAYS;

export const pace = z
  .string(`is not a pace; write one of ${PACE_NAMES.join(", ")}, or weekdays: ${AN_EXAMPLE}`)
  .refine(
    (name) => PACE_NAMES.includes(name) || isSet(name),
    `is not a pace; write one of ${PACE_NAMES.join(", ")}, or two weekdays or more: ${AN_EXAMPLE}`,
  );
export const paces = z.optional(
  z
    .array(pace, `is not a list of paces; write each on a line of its own, behind a dash`)
    .min(1, "is empty; name a pace, or take it out"),
);
export const week = z.optional(
  z
    .string("is not a week; write for example Sunday to Thursday")
    .refine(isSet, "is not a week; write two days or more, for example Sunday to Thursday"),
);

const A_DATE = "write for example 2027-01-12";
const date = z.string(`is not a day; ${A_DATE}`).refine(isDate, `is not a day; ${A_DATE}`);
/** One day, or several. */
export const starts = z.optional(
  z.preprocess(
    (given) => (typeof given === "string" ? [given] : given),
    z.array(date, `is not a day; ${A_DATE}`).min(1, "is empty; name a day, or take it out"),
  ),
);
const AFTER_THE_LAST = ["starts at once", "closed"] as const;
export const afterTheLast = z.optional(
  z.enum(AFTER_THE_LAST, `is not known; write one of: ${AFTER_THE_LAST.join(", ")}`),
);

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

const WAIT = /^(\d{1,3}) (day|week)s?$/;
export const after = z.optional(
  z
    .string("is not a wait; write for example 3 days")
    .regex(WAIT, "is not a wait; write for example 3 days, or 2 weeks")
    .transform(readWait)
    .pipe(
      z
        .int()
        .min(1, "is no wait; two lessons never come on one day: write 1 day or more")
        .max(LONGEST_WAIT, `is longer than ${LONGEST_WAIT} days; nobody knows by then what came before`),
    ),
);

function readWait(text: string): number {
  const [, count, unit] = WAIT.exec(text) ?? [];
  return Number(count) * (unit === "week" ? DAYS_IN_A_WEEK : 1);
}

interface TimingFields<Day> {
  defaults: { weekday: Day; time: string; pace?: string | undefined };
  week?: string | undefined;
  paces?: string[] | undefined;
  starts?: string[] | undefined;
  afterTheLast?: (typeof AFTER_THE_LAST)[number] | undefined;
}

/** A pace by its name; weekdays in the order of the course's week. All days of it are each lesson day. */
function compileRhythm(name: string, days: readonly Weekday[]): Rhythm {
  if (name === EVERY_TWO_WEEKS) return { pace: "weekly", weeks: 2 };
  if (isPace(name)) return { pace: name };
  const set = [...(readDays(name) ?? [])].sort((one, other) => days.indexOf(one) - days.indexOf(other));
  const isWhole = set.length === days.length && set.every((day) => days.includes(day));
  return isWhole ? { pace: "workdays" } : { pace: paceBeside(set), days: set };
}

const WORKING_WEEK = "Monday to Friday";
const compileWeek = (written: string | undefined): Weekday[] => readDays(written ?? WORKING_WEEK) ?? [];
/** With which a reader begins: weekly where it is offered, else the first that is. */
const chooseDefault = ({ defaults, paces: offered = PACE_NAMES }: TimingFields<unknown>): string =>
  defaults.pace ?? (offered.includes("weekly") ? "weekly" : (offered[0] ?? "weekly"));

/** The calendar of a course, with no more fields than it says itself. */
export function compileTiming(file: TimingFields<Weekday>): Pick<Course, "defaults" | "paces" | "starts"> {
  const days = compileWeek(file.week);
  const { weekday, time } = file.defaults;
  const rhythm = compileRhythm(chooseDefault(file), days);
  return {
    defaults: { weekday, time, ...rhythm, ...(file.week !== undefined && { week: days }) },
    ...(file.starts && {
      starts: { dates: file.starts, afterTheLast: file.afterTheLast ?? "starts at once" },
    }),
    ...(file.paces && { paces: file.paces.map((name) => compileRhythm(name, days)) }),
  };
}

/** That what a course offers goes together, with the line of what does not. */
export function checkTiming(
  sources: Sources,
  file: string,
  { value, findLine }: Checked<TimingFields<(typeof WEEKDAYS)[number]>>,
): void {
  const days = compileWeek(value.week);
  const report: Report = (todo, ...path) =>
    sources.report({ file, line: findLine(...path), field: path.join("."), todo });
  const names = (value.paces ?? []).map((name) => rhythmName(compileRhythm(name, days)));
  for (const [index, name] of (value.paces ?? []).entries()) {
    if (names.indexOf(names[index] ?? "") !== index)
      report(`names a pace a second time, ${name}; take one of them out`, "paces", index);
    const todo = misfit(name, days, value.week);
    if (todo) report(todo, "paces", index);
  }
  reportStarts(value, days, report);
  const begins = chooseDefault(value);
  const isOffered = names.includes(rhythmName(compileRhythm(begins, days)));
  const wrong = value.paces ? isOffered || notAmongPaces(begins) : misfit(begins, days, value.week);
  if (typeof wrong === "string") report(wrong, "defaults", "pace");
  const weekday = (WEEKDAYS.indexOf(value.defaults.weekday) + 1) as Weekday;
  if (value.week !== undefined && !days.includes(weekday))
    report(`is not a day of the course's week, ${value.week}; choose one of them`, "defaults", "weekday");
}

type Report = (todo: string, ...path: (string | number)[]) => void;

/** Days on which lessons come, one after the other; and the owner's choice for who comes too late. */
function reportStarts(
  { starts: dates, afterTheLast: late, week: written = WORKING_WEEK }: TimingFields<unknown>,
  days: readonly Weekday[],
  report: Report,
): void {
  if (!dates && late !== undefined)
    report("is said of no day; name one in `starts`, or take it out", "afterTheLast");
  if (dates && late === undefined)
    report(
      `says nothing of who signs up after the last day; write afterTheLast: ${AFTER_THE_LAST.join(", or ")}`,
      "starts",
    );
  for (const [index, one] of (dates ?? []).entries()) {
    const day = Temporal.PlainDate.from(one).dayOfWeek as Weekday;
    if (!days.includes(day))
      report(
        `is a ${WEEKDAYS[day - 1]}, on which the course sends no lessons; its week is ${written}`,
        "starts",
        index,
      );
    if (index > 0 && one <= (dates?.[index - 1] ?? ""))
      report(`is no later than the day before it in the list; put them in order`, "starts", index);
  }
}

const notAmongPaces = (name: string): string =>
  `is not among the course's paces, ${name}; add it to them, or choose one`;

/** Why lessons cannot come at a pace in such a week. */
function misfit(name: string, days: readonly Weekday[], written = WORKING_WEEK): string | undefined {
  const strange = (readDays(name) ?? []).find((day) => !days.includes(day));
  if (strange !== undefined)
    return `names ${WEEKDAYS[strange - 1]}, on which the course sends no lessons; its week is ${written}: write another in \`week\`, or take the day out`;
  if (name === "twice-weekly" && !days.every((day) => isApart(day, secondDay(day, days))))
    return `does not fit into the week ${written}: there is no second day far enough from each; name weekdays instead, for example ${AN_EXAMPLE}`;
  return undefined;
}

/** Two days of a week that leave a day between them, both ways. */
const isApart = (one: Weekday, other: Weekday): boolean =>
  ![0, 1, DAYS_IN_A_WEEK - 1].includes(Math.abs(one - other));

/** The first lesson comes after none. */
export function checkWait(
  sources: Sources,
  file: string,
  { value, findLine, isFirst }: Checked<{ after?: number | undefined }> & { isFirst: boolean },
): void {
  const todo = "is in the first lesson, before which none comes; take it out";
  if (isFirst && value.after !== undefined)
    sources.report({ file, line: findLine("after"), field: "after", todo });
}
