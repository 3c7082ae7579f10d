import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { Pace, Wishes } from "./timetable.ts";

/*
 * When a course's lessons come, read from its author's files: nothing of the compiler's is used, so that what it
 * misreads shows.
 */

/** What a course says of when its lessons come. */
export interface AuthorsCalendar {
  /** 1 is Monday. */
  week: number[];
  /** Among which its readers choose, in its order. */
  paces: Pace[];
  /** With which each of them begins. */
  begins: Omit<Wishes, "zone" | "week">;
  /** The days on which it begins; none where each reader does at once. */
  starts: string[];
  /** Nobody signs up after the last of them. */
  closes: boolean;
  /** Days that a lesson waits after the one before, by its slug. */
  waits: Record<string, number>;
}

interface CourseFile {
  defaults: { weekday: string; time: string; pace?: string };
  week?: string;
  paces?: string[];
  starts?: string | string[];
  afterTheLast?: string;
}

const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const USUAL = ["weekly", "twice-weekly", "workdays"];
const NAMED = [...USUAL, "every-two-weeks"];

/** @param folder of a course that compiles: with its `course.yaml` and its `lessons` */
export async function readAuthorsCalendar(folder: string): Promise<AuthorsCalendar> {
  const file = parse(await readFile(join(folder, "course.yaml"), "utf8")) as CourseFile;
  const week = days(file.week ?? "Monday to Friday");
  const paces = (file.paces ?? USUAL).map((written) => readPace(written, week));
  const { weekday, time, pace } = file.defaults;
  const first = !file.paces || paces.includes("weekly") ? "weekly" : (paces[0] ?? "weekly");
  return {
    week,
    paces,
    begins: { weekday: day(weekday), time, pace: pace ? readPace(pace, week) : first },
    starts: [file.starts ?? []].flat(),
    closes: file.afterTheLast === "closed",
    waits: await readWaits(join(folder, "lessons")),
  };
}

const day = (name: string): number => NAMES.indexOf(name.trim()) + 1;

/** `Sunday to Thursday`, or `Monday, Wednesday`. */
function days(text: string): number[] {
  if (!text.includes(" to ")) return text.split(",").map(day);
  const [from = 1, to = 1] = text.split(" to ").map(day);
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => ((from + at - 1) % 7) + 1);
}

/** A set that is the whole week is each day of it. */
function readPace(written: string, week: readonly number[]): Pace {
  if (NAMED.includes(written)) return written as Pace;
  const set = days(written).sort();
  return set.join("") === [...week].sort().join("") ? "workdays" : `days-${set.join("")}`;
}

async function readWaits(lessons: string): Promise<Record<string, number>> {
  const files = (await readdir(lessons)).filter((name) => name.endsWith(".md"));
  const waits = await Promise.all(
    files.map(async (name) => [basename(name, ".md"), readWait(await readFile(join(lessons, name), "utf8"))]),
  );
  return Object.fromEntries(waits.filter(([, wait]) => wait !== undefined));
}

/** `after: 2 weeks`, in days. */
function readWait(lesson: string): number | undefined {
  const [, count, unit] = /^after: *"?(\d+) (day|week)s?"? *$/m.exec(lesson.split(/^---$/m)[1] ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "week" ? 7 : 1);
}
