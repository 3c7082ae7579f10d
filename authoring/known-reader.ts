import { type Course, lessonPlace, lessonsAhead } from "../functions/domain/course/course.ts";
import type { Enrolment } from "../functions/domain/course/enrolment.ts";
import { type Facts, isFor } from "../functions/domain/course/whom.ts";
import type { Composition } from "../functions/mail/compose/composition.ts";
import { walkThrough } from "./walk-through.ts";

/*
 * A sample as a reader gets it of whom something is known, in the place of whoever the sample was made up for. An answer to
 * what a lesson asks is known from that lesson on.
 */

/** Whether they get a lesson, by what is known when it would come. */
export function isTheirs(course: Course, slug: string, all: Facts): boolean {
  const place = lessonPlace(course, slug);
  const lesson = course.lessons[place];
  return lesson !== undefined && isFor(lesson, walkThrough(course, place, all).facts);
}

/** The composition of a sample as it is for them. A lesson that is not theirs stays as it was made up. */
export function composedFor(composition: Composition, all: Facts): Composition {
  const { course, enrolment, dispatch } = composition;
  const isLesson = dispatch.kind === "lesson";
  if (!enrolment || (isLesson && !isTheirs(course, dispatch.slug, all))) return composition;
  const passed = isLesson ? lessonPlace(course, dispatch.slug) : countPassed(composition, enrolment);
  const { done, facts } = walkThrough(course, passed, all);
  return {
    ...composition,
    ...{ facts, enrolment: enrolmentOf(enrolment, done, facts) },
    dispatch: { ...dispatch, run: facts.isAgain ? 2 : 1 },
  };
}

/** An enrolment that says what is known. */
export function enrolmentOf(
  enrolment: Enrolment,
  done: string[],
  { answers, silent, isAgain }: Facts,
): Enrolment {
  const { answers: _, silent: __, ...rest } = enrolment;
  return {
    ...{ ...rest, done, run: isAgain ? 2 : 1 },
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(silent > 0 && { silent }),
  };
}

/** Lessons of the course, theirs or not, that lie behind the sample's own reader. */
function countPassed({ course, facts }: Composition, { done }: Enrolment): number {
  if (facts && lessonsAhead(course, { done }, facts).length === 0) return course.lessons.length;
  return lessonPlace(course, done.at(-1) ?? "") + 1;
}
