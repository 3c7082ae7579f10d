import { readAnswer } from "../../domain/course/answers.ts";
import type { Course } from "../../domain/course/course.ts";
import { type Answers, LONGEST_ANSWER, labelIn, type Question } from "../../domain/course/questions.ts";
import { say, type Words } from "../../domain/words/words.ts";

type Form = Readonly<Record<string, string>>;
/** By the question's slug: what to say beside its field. */
export type AnswerProblems = Readonly<Record<string, string>>;

const MOST_ECHOED = 300;

/** No field of ours is called so otherwise, and no question can take the name of one. */
export const fieldName = ({ slug }: Question): string => `answer-${slug}`;

const awayName = ({ slug }: Question): string => `no-answer-${slug}`;

/** Nothing typed, and the choice of no answer, are both empty. */
export const typedAnswer = (form: Form, question: Question): string => {
  const typed = form[fieldName(question)] ?? "";
  return question.kind === "choice" && typed === NO_ANSWER ? "" : typed;
};
const NO_ANSWER = "none";

/** On a page that does not show what was written, an empty field alone takes nothing away. */
export const takesAnswerAway = (form: Form, question: Question): boolean =>
  form[question.kind === "text" ? awayName(question) : fieldName(question)] ===
  (question.kind === "text" ? "yes" : NO_ANSWER);

/** The answers of a form, or what to say beside each that is wrong. A question without one is not among them. */
export function readAnswers(
  words: Words,
  { questions }: Pick<Course, "questions">,
  form: Form,
): { answers: Answers } | { problems: AnswerProblems } {
  const answers: Record<string, string> = {};
  const problems: Record<string, string> = {};
  for (const question of questions) {
    const read = readAnswer(question, typedAnswer(form, question));
    if ("problem" in read) problems[question.slug] = say(words, read.problem);
    else if (read.answer !== undefined) answers[question.slug] = read.answer;
  }
  return Object.keys(problems).length > 0 ? { problems } : { answers };
}

/** What was typed or chosen, whether it is an answer or not: the form shows it again. */
export const echoAnswers = ({ questions }: Pick<Course, "questions">, form: Form): Answers =>
  Object.fromEntries(
    questions.map((question) => [question.slug, typedAnswer(form, question).slice(0, MOST_ECHOED)]),
  );

/** The fields of a form, in the words of its language. */
export const questionFields = (
  words: Words,
  { questions }: Pick<Course, "questions">,
  given: Answers,
  problems: AnswerProblems = {},
) =>
  questions.map((question) => ({
    slug: question.slug,
    field: fieldName(question),
    away: awayName(question),
    label: labelIn(question, words.language),
    isText: question.kind === "text",
    isNeeded: question.isNeeded,
    most: LONGEST_ANSWER,
    isAnswered: (question.options ?? []).some(({ slug }) => slug === given[question.slug]),
    given: given[question.slug] ?? "",
    problem: problems[question.slug] ?? "",
    options: (question.options ?? []).map((option) => ({
      value: option.slug,
      label: labelIn(option, words.language),
      isChosen: option.slug === given[question.slug],
    })),
  }));
