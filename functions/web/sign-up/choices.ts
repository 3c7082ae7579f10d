import {
  type Cadence,
  lessonWeek,
  offeredRhythms,
  plainRhythm,
  type Rhythm,
  rhythmName,
  type Weekday,
} from "../../domain/course/cadence.ts";
import type { Course } from "../../domain/course/course.ts";
import type { Rating } from "../../domain/course/enrolment.ts";
import { paceToChoose } from "../../domain/course/pace-in-words.ts";
import { canonicalZone } from "../../domain/course/zones.ts";
import type { PlainKey, Words } from "../../domain/words/words.ts";

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The fields with which a reader says when they want their lessons, as they stand now. */
export function cadenceChoices(words: Words, course: Course, cadence: Cadence) {
  const { week } = course.defaults;
  const weekdays = weekdaysToChoose(course, cadence).map((value) => ({
    value,
    name: words.weekdays[value - 1] ?? "",
    chosen: value === cadence.weekday,
  }));
  const paces = pacesToChoose(course, cadence).map((rhythm) => ({
    value: rhythmName(rhythm),
    says: paceToChoose(words, { ...rhythm, ...(week && { week }) }),
    chosen: rhythmName(rhythm) === rhythmName(cadence),
  }));
  return { weekdays, time: cadence.time, paces };
}

/** Those of the course; who has another since it offered that keeps it. */
function weekdaysToChoose({ defaults }: Course, { weekday }: Cadence): readonly Weekday[] {
  const week = lessonWeek(defaults);
  return week.includes(weekday) ? week : [...week, weekday];
}

function pacesToChoose(course: Course, cadence: Cadence): readonly Rhythm[] {
  const offered = offeredRhythms(course);
  const isOffered = offered.some((rhythm) => rhythmName(rhythm) === rhythmName(cadence));
  return isOffered ? offered : [...offered, plainRhythm(cadence)];
}

/**
 * The cadence that a form asks for, or what to say about the field that is wrong.
 * @param own as it stands
 */
export function readCadence(
  form: Record<string, string>,
  course: Course,
  own: Cadence,
): Cadence | { problem: PlainKey } {
  const { time = "", pace = "" } = form;
  const weekday = weekdaysToChoose(course, own).find((day) => String(day) === form.weekday);
  const rhythm = pacesToChoose(course, own).find((one) => rhythmName(one) === pace);
  const zone = canonicalZone(form.zone ?? "");
  if (weekday === undefined) return { problem: "cadence.badWeekday" };
  if (!CLOCK_TIME.test(time)) return { problem: "cadence.badHour" };
  if (zone === undefined) return { problem: "cadence.badZone" };
  if (!rhythm) return { problem: "cadence.badPace" };
  const { week } = course.defaults;
  return { zone, weekday, time, ...rhythm, ...(week && { week }) };
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
