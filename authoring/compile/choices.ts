import { MOST_CHOICES } from "../../functions/domain/course/choices.ts";
import type { Lesson } from "../../functions/domain/course/course.ts";
import type { CourseFile } from "./front-matter.ts";
import type { QuestionFile } from "./questions.ts";
import type { Sources } from "./sources.ts";
import type { WhenTerms } from "./when.ts";
import type { Checked } from "./yaml.ts";

/*
 * A lesson's choice, as an author writes it: `choice: role` in its head, by the name of a question of course.yaml. With
 * `asked: in a lesson` no sign-up asks that question.
 */

/**
 * The questions of a course, each with the place of the lesson that asks it first, where no sign-up does.
 * @param choices what each lesson of the course asks at its end
 */
export const placeQuestions = (
  { questions = [] }: CourseFile,
  choices: readonly (string | undefined)[],
): WhenTerms["questions"] =>
  questions.map((question) => {
    const place = question.asked === "in a lesson" ? choices.indexOf(question.slug) : -1;
    return place < 0 ? question : { ...question, askedAt: place };
  });

/** That a lesson's choice can be asked in a mail. */
export function checkChoice(
  sources: Sources,
  file: string,
  { value: { choice }, findLine }: Checked<{ choice?: string | undefined }>,
  questions: readonly QuestionFile[],
): void {
  if (choice === undefined) return;
  const report = (todo: string) => sources.report({ file, line: findLine("choice"), field: "choice", todo });
  const question = questions.find(({ slug }) => slug === choice);
  if (!question) report(unknownQuestion(choice, questions));
  const { kind, options = [] } = question ?? {};
  if (kind === "text")
    report(
      `asks ${choice}, which everybody answers in their own words; a lesson asks for one of two or three`,
    );
  if (options.length > MOST_CHOICES)
    report(
      `asks ${choice}, which has ${options.length} options; a mail has room for ${MOST_CHOICES}: ask it at the sign-up`,
    );
}

const unknownQuestion = (choice: string, questions: readonly QuestionFile[]): string =>
  questions.length === 0
    ? `asks ${choice}, and course.yaml has no questions; write it there, with its options`
    : `asks ${choice}, which is no question of course.yaml; there are ${questions.map(({ slug }) => slug).join(", ")}`;

/** That what no sign-up asks, a lesson does. */
export function checkAsked(
  sources: Sources,
  file: string,
  { value: { questions = [] }, findLine }: Checked<CourseFile>,
  lessons: readonly Pick<Lesson, "choice">[],
): void {
  for (const [index, { slug, asked }] of questions.entries())
    if (asked === "in a lesson" && !lessons.some(({ choice }) => choice === slug))
      sources.report({
        ...{ file, line: findLine("questions", index, "asked"), field: `questions.${index}.asked` },
        todo: `is asked in a lesson, and no lesson does; write choice: ${slug} in its head`,
      });
}
