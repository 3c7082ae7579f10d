import type { Course } from "../functions/domain/course/course.ts";
import type { Enrolment } from "../functions/domain/course/enrolment.ts";
import { answerInWords, type Question } from "../functions/domain/course/questions.ts";

/** Before a question's name: a column of a list, so that none is taken for one of ours. */
export const ANSWER_COLUMN = "answers.";

/** All that the courses ask; where two ask the same, it is one. */
export const listQuestions = (courses: readonly Pick<Course, "questions">[]): Question[] =>
  courses
    .flatMap(({ questions }) => questions)
    .filter(({ slug }, place, all) => all.findIndex((one) => one.slug === slug) === place);

/** What somebody answers, in whichever course they were asked. */
export const findAnswers = (enrolments: readonly Pick<Enrolment, "answers">[], slug: string): string[] =>
  enrolments.flatMap(({ answers }) => (answers && Object.hasOwn(answers, slug) ? (answers[slug] ?? []) : []));

/** The questions of an enrolment's course that were answered, in the course's words. */
export function answersShown(
  courses: readonly Course[],
  { course: slug, answers = {} }: Pick<Enrolment, "course" | "answers">,
): { question: string; answer: string; isText: boolean }[] {
  const course = courses.find((one) => one.slug === slug);
  return Object.entries(answers).map(([name, answer]) => {
    const question = course?.questions.find((one) => one.slug === name);
    // Of a question that the course asks no more, its name is all there is.
    return question && course
      ? {
          question: question.label,
          answer: answerInWords(question, answer, course.language),
          isText: question.kind === "text",
        }
      : { question: name, answer, isText: true };
  });
}
