import type { Dispatch } from "../sending/dispatch.ts";
import { type Course, type Lesson, lessonBySlug, wasHad } from "./course.ts";
import type { Enrolment } from "./enrolment.ts";
import { type Asking, findQuestion, labelIn, type Question } from "./questions.ts";

/*
 * A lesson may end in a choice: a question with two or three options, each of them a link. What is chosen is that
 * question's answer from then on, as if it had been given at the sign-up, so that a course branches there.
 */

/** A mail has room for these, one below the other. */
export const MOST_CHOICES = 3;

/** The question that a lesson asks at its end; undefined where it asks none. */
export const findChoice = (course: Asking, { choice }: Pick<Lesson, "choice">): Question | undefined =>
  choice === undefined ? undefined : findQuestion(course, choice);

/** …that a mail asks. */
export function findChoiceAsked(
  course: Course,
  { kind, slug }: Pick<Dispatch, "kind" | "slug">,
): Question | undefined {
  const lesson = kind === "lesson" ? lessonBySlug(course, slug) : undefined;
  return lesson && findChoice(course, lesson);
}

/** What a reader may be asked on their page: what the sign-up asks, what a lesson of theirs has asked, and what they have answered. */
export function questionsOf(
  { questions, lessons }: Pick<Course, "questions" | "lessons">,
  { done, answers = {} }: Pick<Enrolment, "done" | "answers">,
): Question[] {
  const had = new Set(lessons.filter((lesson) => wasHad(lesson, done)).map(({ choice }) => choice));
  return questions.filter(
    ({ slug, isAskedInLesson }) => !isAskedInLesson || had.has(slug) || Object.hasOwn(answers, slug),
  );
}

/** An option as a mail shows it, and a reply names it. */
export interface ChoiceWords {
  slug: string;
  label: string;
}

/** In the language of the mail. */
export const choiceWords = ({ options = [] }: Question, language: string): ChoiceWords[] =>
  options.map((option) => ({ slug: option.slug, label: labelIn(option, language) }));
