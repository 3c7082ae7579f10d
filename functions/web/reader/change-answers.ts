import { readAnswer, withAnswer } from "../../domain/course/answers.ts";
import { choiceWords, findChoice, questionsOf } from "../../domain/course/choices.ts";
import { type Course, wasHad } from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { answerInWords, isOption, labelIn, type Question } from "../../domain/course/questions.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import { ANSWER_CHANGE_LIMIT, personalLimit } from "../../domain/people/limits.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { questionFields, takesAnswerAway, typedAnswer } from "../sign-up/answers.ts";
import type { Acting, Said } from "./act.ts";

type Form = Acting["request"]["form"];

/**
 * What a reader answers now to the questions that they were asked when they signed up. Whoever has a forwarded link could
 * press it: it sends nothing, shows nothing that was written, and is done ten times a day at most.
 */
export async function changeAnswers(acting: Acting): Promise<Said> {
  const { services, subscriber, enrolment, course, request, words } = acting;
  if (!enrolment || enrolment.status === "left") return { problem: say(words, "acts.notEnrolled") };
  const questions = questionsOf(course, enrolment);
  const wrong = questions.map((question) => findProblem(words, question, request.form)).find(Boolean);
  if (wrong) return { problem: wrong };
  const apply = (current: Enrolment): Enrolment =>
    questions.reduce((one, question) => answerInForm(one, question, request.form), current);
  if (apply(enrolment) !== enrolment && (await isEnough(acting)))
    return { problem: say(words, "acts.answersEnough") };
  await services.store.change(enrolment, (current) => {
    const changed = apply(current);
    return changed === current ? current : withSignOfLife(changed);
  });
  services.log.info("answers-changed", { subscriber: subscriber.id });
  return { notice: say(words, "acts.answersKept") };
}

/** What a lesson asked at its end, by the button behind the mail's link. Chosen anew, the last counts. */
export async function choose(acting: Acting): Promise<Said> {
  const { services, subscriber, enrolment, course, request, words } = acting;
  if (!enrolment || enrolment.status === "left") return { problem: say(words, "acts.notEnrolled") };
  const { question: name, answer = "" } = request.form;
  const question = findChoiceMeant(course, enrolment, name);
  const problem = choiceProblem(words, course, enrolment, { question: name, answer });
  if (!question || problem !== undefined) return { problem: problem ?? say(words, "acts.noSuchChoice") };
  const isNew = withAnswer(enrolment, question, answer) !== enrolment;
  if (isNew && (await isEnough(acting))) return { problem: say(words, "acts.answersEnough") };
  await services.store.change(enrolment, (current) => {
    const changed = withAnswer(current, question, answer);
    return changed === current ? current : withSignOfLife(changed);
  });
  services.log.info("answers-changed", { subscriber: subscriber.id });
  return { notice: say(words, "acts.chosen", { answer: answerInWords(question, answer, words.language) }) };
}

/** Why an answer cannot be chosen: nothing asks it any more, or it is no option, of which an old mail's link can be. */
export function choiceProblem(
  words: Words,
  course: Course,
  enrolment: Enrolment,
  { question: name, answer }: ChoiceNamed,
): string | undefined {
  const question = findChoiceMeant(course, enrolment, name);
  if (!question) return say(words, "acts.noSuchChoice");
  return answer !== undefined && !isOption(question, answer) ? say(words, "acts.badChoice") : undefined;
}

interface ChoiceNamed {
  question?: string | undefined;
  answer?: string | undefined;
}

/** The question that a mail's link names, if a lesson of its reader's has asked it. */
function findChoiceMeant(
  course: Course,
  { done }: Pick<Enrolment, "done">,
  name: string | undefined,
): Question | undefined {
  const asking = course.lessons.find((lesson) => lesson.choice === name && wasHad(lesson, done));
  return asking && findChoice(course, asking);
}

/** The card of the page behind such a link: what it has chosen already takes a press to count. */
export function choiceCard(
  words: Words,
  course: Course,
  enrolment: Enrolment,
  { question: name, answer }: ChoiceNamed,
) {
  const question = findChoiceMeant(course, enrolment, name);
  if (!question) return undefined;
  const chosen = answer ?? enrolment.answers?.[question.slug];
  return {
    slug: question.slug,
    label: labelIn(question, words.language),
    options: choiceWords(question, words.language).map((option) => ({
      ...option,
      isChosen: option.slug === chosen,
    })),
  };
}

async function isEnough({ services, subscriber }: Acting): Promise<boolean> {
  const limit = { key: personalLimit("answer-changes", subscriber.id), ...ANSWER_CHANGE_LIMIT };
  return (await services.store.count(limit)) !== undefined;
}

/** A field that is empty, or that an older page did not have, is about nothing. */
const isSaid = (question: Question, form: Form): boolean => typedAnswer(form, question).trim() !== "";

function findProblem(words: Words, question: Question, form: Form): string | undefined {
  const read = isSaid(question, form) ? readAnswer(question, typedAnswer(form, question)) : undefined;
  return read && "problem" in read
    ? `${labelIn(question, words.language)} ${say(words, read.problem)}`
    : undefined;
}

function answerInForm(enrolment: Enrolment, question: Question, form: Form): Enrolment {
  if (isSaid(question, form)) return withAnswer(enrolment, question, typedAnswer(form, question));
  return takesAnswerAway(form, question) ? withAnswer(enrolment, question, undefined) : enrolment;
}

/** What was chosen stands in its field; what was written does not: mails with the link to this page get forwarded. */
export const answerFields = (
  words: Words,
  course: Pick<Course, "questions" | "lessons">,
  enrolment: Pick<Enrolment, "done" | "answers">,
) => {
  const { answers = {} } = enrolment;
  const questions = questionsOf(course, enrolment);
  return questionFields(words, { questions }, choicesAlone(questions, answers)).map((field) => ({
    ...field,
    isKept: field.isText && Object.hasOwn(answers, field.slug),
  }));
};

const choicesAlone = (questions: readonly Question[], answers: NonNullable<Enrolment["answers"]>) =>
  Object.fromEntries(
    questions
      .filter(({ kind, slug }) => kind === "choice" && Object.hasOwn(answers, slug))
      .map(({ slug }) => [slug, answers[slug] ?? ""]),
  );
