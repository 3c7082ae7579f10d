import { type Cadence, isPace, PACES, type Weekday } from "../../domain/course/cadence.ts";
import type { Course } from "../../domain/course/course.ts";
import type { Rating } from "../../domain/course/enrolment.ts";
import { canonicalZone } from "../../domain/course/zones.ts";
import { type PlainKey, say, type Words } from "../../domain/words/words.ts";

/** Lessons go out on working days. */
const WORKDAYS = [1, 2, 3, 4, 5];
const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The fields with which a reader says when they want their lessons, as they stand now. */
export function cadenceChoices(words: Words, cadence: Cadence) {
  const weekdays = WORKDAYS.map((value) => ({
    value,
    name: words.weekdays[value - 1] ?? "",
    chosen: value === cadence.weekday,
  }));
  const paces = PACES.map((value) => ({
    value,
    says: say(words, `cadence.${value}`),
    chosen: value === cadence.pace,
  }));
  return { weekdays, time: cadence.time, paces };
}

/** The cadence that a form asks for, or what to say about the field that is wrong. */
export function readCadence(form: Record<string, string>): Cadence | { problem: PlainKey } {
  const weekday = Number(form.weekday);
  const { time = "", pace = "" } = form;
  const zone = canonicalZone(form.zone ?? "");
  if (!WORKDAYS.includes(weekday)) return { problem: "cadence.badWeekday" };
  if (!CLOCK_TIME.test(time)) return { problem: "cadence.badHour" };
  if (zone === undefined) return { problem: "cadence.badZone" };
  if (!isPace(pace)) return { problem: "cadence.badPace" };
  return { zone, weekday: weekday as Weekday, time, pace };
}

/** The five buttons of a self-rating; `chosen` is marked. */
export function ratingChoices(course: Course, chosen: Rating | undefined) {
  const says: Record<string, string> = course.ratingScale;
  const options = [1, 2, 3, 4, 5].map((value) => ({
    value,
    says: says[value] ?? "",
    chosen: value === chosen,
  }));
  return { question: course.ratingQuestion, options };
}

export function readRating(text: string | undefined): Rating | undefined {
  return /^[1-5]$/.test(text ?? "") ? (Number(text) as Rating) : undefined;
}
