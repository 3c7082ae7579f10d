import { withoutControls } from "../controls.ts";
import { cleanLine, holdsLink } from "../people/address.ts";
import type { PlainKey } from "../words/words.ts";
import type { Enrolment } from "./enrolment.ts";
import {
  type Answers,
  type Asking,
  findQuestion,
  isOption,
  LONGEST_ANSWER,
  type Question,
} from "./questions.ts";

/** What was typed or chosen, or what to say beside the field. Nothing at all is the wish to have no answer there. */
export function readAnswer(
  question: Question,
  typed: string,
): { answer: string | undefined } | { problem: PlainKey } {
  const answer = question.kind === "text" ? cleanLine(typed) : withoutControls(typed).trim();
  if (answer === "") return question.isNeeded ? { problem: "form.answerMissing" } : { answer: undefined };
  if (question.kind === "choice")
    return isOption(question, answer) ? { answer } : { problem: "form.answerUnknown" };
  if (holdsLink(typed)) return { problem: "form.answerLink" };
  return [...answer].length > LONGEST_ANSWER ? { problem: "form.answerLong" } : { answer };
}

/**
 * The answer that holds today. Undefined where there is none, and where its option or its question is gone: a lesson is
 * for nobody by an answer that nobody can give any more.
 */
export function findAnswer(
  course: Asking,
  { answers }: Pick<Enrolment, "answers">,
  slug: string,
): string | undefined {
  const question = findQuestion(course, slug);
  const answer = answers && Object.hasOwn(answers, slug) ? answers[slug] : undefined;
  if (!question || answer === undefined) return undefined;
  return question.kind === "text" || isOption(question, answer) ? answer : undefined;
}

/**
 * An answer given or changed; undefined takes it away, but none that is needed. Unchanged by what cannot be an answer.
 * @param value as `readAnswer` gives it
 */
export function withAnswer(enrolment: Enrolment, question: Question, value: string | undefined): Enrolment {
  const read = readAnswer(question, value ?? "");
  if ("problem" in read || enrolment.answers?.[question.slug] === read.answer) return enrolment;
  const { answers: { [question.slug]: _, ...others } = {}, ...rest } = enrolment;
  const answers = read.answer === undefined ? others : { ...others, [question.slug]: read.answer };
  return Object.keys(answers).length > 0 ? { ...rest, answers } : rest;
}

/** Several at once, as a sign-up brought them. What the course does not ask any more is left out. */
export const withAnswers = (enrolment: Enrolment, course: Asking, answers: Answers): Enrolment =>
  course.questions.reduce(
    (current, question) =>
      Object.hasOwn(answers, question.slug) ? withAnswer(current, question, answers[question.slug]) : current,
    enrolment,
  );
