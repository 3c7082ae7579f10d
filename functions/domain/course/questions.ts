/** A name for programs and one for readers: in the course's language, and in others that it speaks, by their tags. */
export interface Labelled {
  slug: string;
  label: string;
  labels?: Readonly<Record<string, string>>;
}

/** What a sign-up form asks, or a lesson. A slug stands for one question for ever: answers are kept by it. */
export interface Question extends Labelled {
  kind: "choice" | "text";
  /** Of a choice only. */
  options?: readonly Labelled[];
  /** Whether nobody signs up without an answer. Who was there before it was asked, or was imported, may have none. */
  isNeeded: boolean;
  /** Not asked when somebody signs up: a lesson ends in it. */
  isAskedInLesson?: true;
}

/** By the question's slug: the slug of an option, or a short text. */
export type Answers = Readonly<Record<string, string>>;

/** Characters of a text. All answers stand on the enrolment, which is written with each mail. */
export const LONGEST_ANSWER = 100;

export const labelIn = ({ label, labels }: Labelled, language: string): string => labels?.[language] ?? label;

export const findQuestion = ({ questions }: Asking, slug: string): Question | undefined =>
  questions.find((question) => question.slug === slug);

/** What a sign-up form asks. */
export const atSignUp = ({ questions }: Asking): Asking => ({
  questions: questions.filter(({ isAskedInLesson }) => !isAskedInLesson),
});

export interface Asking {
  questions: readonly Question[];
}

export const isOption = ({ options = [] }: Question, slug: string): boolean =>
  options.some((option) => option.slug === slug);

/** As a reader reads it: an option by its label. */
export function answerInWords(question: Question, answer: string, language: string): string {
  const option = question.options?.find(({ slug }) => slug === answer);
  return option ? labelIn(option, language) : answer;
}
