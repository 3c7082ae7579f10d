import { findChoice } from "../../functions/domain/course/choices.ts";
import { type Course, type Lesson, lessonPlace, wasHad } from "../../functions/domain/course/course.ts";
import { findQuestion, isOption, type Question } from "../../functions/domain/course/questions.ts";
import { counterpart, listAhead, type MidCourse } from "./paths.ts";

/*
 * What becomes of answers when the questions of a course change. They are kept by the names of a question and of its option,
 * so a name that is gone takes its answers out of the course's sight, while new words for the same name change nothing.
 */

/** An option, or a question, of which readers hold an answer. */
interface Held {
  slug: string;
  /** In the course's own language, by the version that has it. */
  label: string;
  /** Readers in mid-course who have given it. */
  hold: number;
}

/** A question of both versions in which something is different. */
export interface QuestionChange extends Held {
  /** Holders count as having answered nothing. */
  removed: Held[];
  added: Held[];
  /** The same option in other words. */
  reworded: (Held & { was: string })[];
  /** A removed option and an added one that say the same. */
  looksRenamed: { from: string; to: string; hold: number }[];
  /** Its own words before. */
  was?: string;
  kind?: Question["kind"];
  isAskedInLesson?: boolean;
  isNeeded?: boolean;
  /** Readers in mid-course without an answer. */
  without: number;
}

/** A lesson that ends in another choice than before. One that only the new content has is among them, if it asks something. */
export interface ChoiceChange {
  lesson: string;
  title: string;
  /** From 1, in the sequence that has it. */
  number: number;
  /** Slugs of questions. */
  from: string | undefined;
  to: string | undefined;
  /** Readers who have the lesson ahead of them; of one that is gone, who had. */
  ahead: number;
  /** Readers who have had it. */
  had: number;
  /** Readers without an answer whom no sign-up, and no lesson that they have had or have ahead, asks for it. */
  never: number;
}

export interface QuestionEffects {
  added: (Held & { isAskedInLesson: boolean; without: number })[];
  removed: Held[];
  changed: QuestionChange[];
  /** A removed question and an added one that ask the same. */
  looksRenamed: { from: string; to: string; hold: number }[];
  choices: ChoiceChange[];
}

/** What the new content does to whom has answered by the old one, and to whom it asks. */
export function findQuestionEffects(before: Course, after: Course, readers: MidCourse[]): QuestionEffects {
  const count = (question: Question): Held => ({ ...named(question), hold: countHolders(question, readers) });
  const added = after.questions.filter(({ slug }) => !findQuestion(before, slug));
  const removed = before.questions.filter(({ slug }) => !findQuestion(after, slug));
  return {
    added: added.map((question) => ({
      ...count(question),
      isAskedInLesson: question.isAskedInLesson ?? false,
      without: readers.length - countHolders(question, readers),
    })),
    removed: removed.map(count),
    changed: after.questions.flatMap((question) => {
      const old = findQuestion(before, question.slug);
      return old ? findChange(old, question, readers) : [];
    }),
    looksRenamed: removed.flatMap((from) => {
      const to = added.find((one) => asksTheSame(from, one));
      return to ? [{ from: from.slug, to: to.slug, hold: countHolders(from, readers) }] : [];
    }),
    choices: findChoiceChanges(before, after, readers),
  };
}

const named = ({ slug, label }: { slug: string; label: string }) => ({ slug, label });

const answerOf = ({ facts: { answers } }: MidCourse, slug: string): string | undefined =>
  Object.hasOwn(answers, slug) ? answers[slug] : undefined;

const countHolders = ({ slug }: { slug: string }, readers: readonly MidCourse[]): number =>
  readers.filter((reader) => answerOf(reader, slug) !== undefined).length;

const countChosen = (question: string, option: string, readers: readonly MidCourse[]): number =>
  readers.filter((reader) => answerOf(reader, question) === option).length;

/** In the same words, or between the same options. */
const asksTheSame = (one: Question, other: Question): boolean =>
  one.label === other.label ||
  (one.options !== undefined && listSlugs(one) === listSlugs(other) && one.kind === other.kind);

const listSlugs = ({ options = [] }: Question): string => options.map(({ slug }) => slug).join(" ");

function findChange(old: Question, question: Question, readers: MidCourse[]): QuestionChange[] {
  const { slug, options = [] } = question;
  const count = (option: { slug: string; label: string }): Held => ({
    ...named(option),
    hold: countChosen(slug, option.slug, readers),
  });
  const removed = (old.options ?? []).filter((one) => !isOption(question, one.slug));
  const added = options.filter((one) => !isOption(old, one.slug));
  const reworded = options.flatMap((one) => {
    const was = old.options?.find((other) => other.slug === one.slug)?.label;
    return was === undefined || was === one.label ? [] : [{ ...count(one), was }];
  });
  const hold = countHolders(question, readers);
  const differs = {
    ...(old.label !== question.label && { was: old.label }),
    ...(old.kind !== question.kind && { kind: question.kind }),
    ...(old.isAskedInLesson !== question.isAskedInLesson && {
      isAskedInLesson: question.isAskedInLesson ?? false,
    }),
    ...(old.isNeeded !== question.isNeeded && { isNeeded: question.isNeeded }),
  };
  if (removed.length + added.length + reworded.length + Object.keys(differs).length === 0) return [];
  const looksRenamed = removed.flatMap((from) => {
    const to = added.find(({ label }) => label === from.label);
    return to ? [{ from: from.slug, to: to.slug, hold: countChosen(slug, from.slug, readers) }] : [];
  });
  return [
    {
      ...{ ...named(question), hold, without: readers.length - hold, ...differs, reworded, looksRenamed },
      ...{ removed: removed.map(count), added: added.map(count) },
    },
  ];
}

function findChoiceChanges(before: Course, after: Course, readers: MidCourse[]): ChoiceChange[] {
  const gone = before.lessons.filter(({ slug, choice }) => choice && lessonPlace(after, slug) < 0);
  const changed = after.lessons.flatMap((lesson) => {
    const from = counterpart(before, lesson)?.choice;
    return from === lesson.choice ? [] : [describe(after, lesson, { from, to: lesson.choice })];
  });
  const removed = gone.map((lesson) => describe(before, lesson, { from: lesson.choice, to: undefined }));
  return [...changed, ...removed];

  function describe(course: Course, lesson: Lesson, change: Pick<ChoiceChange, "from" | "to">): ChoiceChange {
    const { slug, title } = lesson;
    const asked = change.to === undefined ? undefined : findChoice(after, lesson);
    return {
      ...{ lesson: slug, title, number: lessonPlace(course, slug) + 1, ...change },
      ahead: readers.filter((reader) => listAhead(course, reader).includes(lesson)).length,
      had: readers.filter(({ done }) => wasHad(lesson, done)).length,
      never: asked ? readers.filter((reader) => isNeverAsked(after, asked, reader)).length : 0,
    };
  }
}

/** Who has an answer needs not be asked; the page of who has had such a lesson asks them. */
function isNeverAsked(course: Course, { slug, isAskedInLesson }: Question, reader: MidCourse): boolean {
  if (!isAskedInLesson || answerOf(reader, slug) !== undefined) return false;
  const asking = course.lessons.filter(({ choice }) => choice === slug);
  const ahead = listAhead(course, reader);
  return !asking.some((lesson) => ahead.includes(lesson) || wasHad(lesson, reader.done));
}
