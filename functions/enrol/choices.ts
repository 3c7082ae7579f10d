import type { Course, Weekday } from "../domain/course.ts";
import type { Rating } from "../domain/enrolment.ts";
import { type Cadence, isPace, isZone, PACES, type Pace, WEEKDAYS } from "../domain/schedule.ts";

/** Lessons go out on working days. */
const WORKDAYS = WEEKDAYS.slice(0, 5);
const PACE_SAYS: Record<Pace, string> = {
  weekly: "Once a week",
  "twice-weekly": "Twice a week: that day and three days later, never on a weekend",
  workdays: "Every working day, Monday to Friday",
};
const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The fields with which a reader says when they want their lessons, as they stand now. */
export function cadenceChoices(cadence: Cadence) {
  const weekdays = WORKDAYS.map((name, index) => ({
    value: index + 1,
    name,
    chosen: index + 1 === cadence.weekday,
  }));
  const paces = PACES.map((value) => ({ value, says: PACE_SAYS[value], chosen: value === cadence.pace }));
  return { weekdays, time: cadence.time, paces };
}

/** The cadence that a form asks for, or a sentence that names the field. */
export function readCadence(form: Record<string, string>): Cadence | { problem: string } {
  const weekday = Number(form.weekday);
  const { time = "", zone = "", pace = "" } = form;
  if (!WORKDAYS[weekday - 1]) return { problem: "Please choose a weekday from Monday to Friday." };
  if (!CLOCK_TIME.test(time))
    return { problem: "Please give the hour as 24-hour clock time, for example 07:30." };
  if (!isZone(zone)) return { problem: "Please choose the time zone whose clock you share." };
  if (!isPace(pace))
    return { problem: "Please choose how often: once or twice a week, or every working day." };
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
