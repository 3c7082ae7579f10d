import type { Cadence, LocalTime, Rhythm, Weekday } from "./cadence.ts";
import type { Question } from "./questions.ts";
import { type Facts, isFor, type When } from "./whom.ts";

/** What an author writes, as the build checked it. Slugs are a-z, 0-9 and `-`. */
export interface Course {
  slug: string;
  title: string;
  /** Of all words around its own: the tag of a file in `templates/words`. */
  language: string;
  /** All that it speaks, its own among them; absent of a course in one language. */
  languages?: string[];
  /** By its other languages. */
  translations?: Readonly<Record<string, Translation>>;
  /** Shown in From. The address itself is the stage's. */
  senderName: string;
  /** Stands above each mail of the course, as HTML. */
  logo?: string;
  /** Who teaches, on the landing page, as HTML. */
  portrait?: string;
  /** Where a reader begins; they can change all of it but the days on which the course sends lessons. */
  defaults: Omit<Cadence, "zone">;
  /** How often lessons can come, by the reader's choice; absent: each pace. */
  paces?: Rhythm[];
  /** The days on which it begins; absent: for each reader at once. */
  starts?: Starts;
  attribution: { author: string; text: string; url?: string; restsOn: "article" | "own" };
  /** Who answers a reader's question, and whether they do. */
  answersQuestions: boolean;
  ratingQuestion: string;
  ratingScale: Record<"1" | "3" | "5", string>;
  /** Whether readers may let others read their answers; they may unless it is false. */
  voices?: boolean;
  /** What its sign-up form asks beside the address, or a lesson at its end, in this order. */
  questions: readonly Question[];
  parts: Part[];
  /** In the order in which they are sent. */
  lessons: Lesson[];
  /** In the order in which they are sent; absent of a course that ends with its last mail. */
  letters?: Letter[];
  /** The copy of the course's other mails and its landing page, by name. */
  texts: Record<string, CourseText>;
}

/** The days on which a course begins, in their order, and what happens to who signs up after the last. */
interface Starts {
  /** `2027-01-12`, on the reader's own clock. */
  dates: string[];
  afterTheLast: "starts at once" | "closed";
}

/** Copy with its short lines, such as a mail's subject. */
export interface CourseText extends RichText {
  fields?: Record<string, string>;
}

export interface Part {
  slug: string;
  title: string;
}

export interface Lesson {
  slug: string;
  /** Its slugs before a rename: what is done under an old name is done. */
  was: string[];
  part: string;
  /** For whom it is; absent: for everybody. */
  when?: When;
  /** The question that it ends in, by its slug: each option is a link. */
  choice?: string;
  /** Days after the lesson before, on the first day on which lessons come, instead of by the reader's pace. */
  after?: number;
  title: string;
  subject: string;
  /** Behind the lesson's number, which the mail puts before it. */
  preview: string;
  /** Of the course's author; empty where a lesson shows none. */
  pullQuote: string;
  question: string;
  move: string;
  /** When the move is made, where that is a time of the week: then it can be put into a calendar. */
  moment?: Moment;
  /** Lines that the reader can copy, for the move; none where it needs no words. */
  wordsToUse: string[];
  prompts: { substantial: string; veryShort: string; question: string };
  lookBack: string;
  /** What is for everybody who gets it. */
  body: RichText;
  /** For some of them, in their order; absent of a lesson that is the same for all. */
  passages?: Passage[];
}

/** Blocks of a lesson for some readers. */
export interface Passage {
  when: When;
  /** How many of the blocks for everybody stand before it. */
  before: number;
  body: RichText;
}

/** What of a lesson is said in another language. Its place, part, wait and moment are the lesson's own. */
export type LessonTranslation = Pick<
  Lesson,
  | "title"
  | "subject"
  | "preview"
  | "pullQuote"
  | "question"
  | "move"
  | "wordsToUse"
  | "prompts"
  | "lookBack"
  | "body"
  | "passages"
>;

/** What there is of a course in one of its other languages. */
export interface Translation {
  /** By the slugs of the lessons. */
  lessons: Readonly<Record<string, LessonTranslation>>;
  /** Of the course's other mails and its landing page, by name. */
  texts: Readonly<Record<string, CourseText>>;
}

/** A look-back long after the course: its reader's own words, and one question. */
export interface Letter {
  slug: string;
  /** From the course's last mail on. */
  days: number;
  subject: string;
  preview: string;
  question: string;
}

/** A time of the week on the reader's own clock. */
export interface Moment {
  weekday: Weekday;
  time: LocalTime;
  minutes: number;
}

/** Markdown, rendered at build for both parts of a mail. HTML is safe to insert as it is; text has no wrapping yet. */
export interface RichText {
  html: string;
  text: string;
}

/** The place of a lesson in the sequence, from 0, by its slug or by one it had before; -1 if it is gone. */
export function lessonPlace(course: Pick<Course, "lessons">, slug: string): number {
  return course.lessons.findIndex((lesson) => lesson.slug === slug || lesson.was.includes(slug));
}

export function lessonBySlug(course: Pick<Course, "lessons">, slug: string): Lesson | undefined {
  return course.lessons[lessonPlace(course, slug)];
}

/** Where a reader is in a course. */
export interface Path {
  /** Slugs, in the order in which they were sent. */
  done: readonly string[];
  /** Where the owner has put them: it comes first, until it was had. */
  movedTo?: string | undefined;
}

/**
 * The lesson a reader gets next: the first behind the latest they have had that they have not had yet, and that is for
 * them. So an inserted lesson reaches only those who have not passed its place, a removed or renamed one disturbs no
 * reader, one that was moved to another place holds up only those who have just had it, and one that is for others is
 * passed over.
 * @param facts what is known of them now
 */
export const nextLesson = (course: Course, path: Path, facts: Facts): Lesson | undefined =>
  lessonsBehind(course, path).find((lesson) => isFor(lesson, facts));

/** All behind a reader's place that they have not had, whoever they are for. */
export function lessonsBehind(course: Pick<Course, "lessons">, { done, movedTo }: Path): Lesson[] {
  const chosen = movedTo === undefined ? undefined : lessonBySlug(course, movedTo);
  const latest = done.findLast((slug) => lessonPlace(course, slug) >= 0);
  const after = latest === undefined ? 0 : lessonPlace(course, latest) + 1;
  const from = chosen && !wasHad(chosen, done) ? course.lessons.indexOf(chosen) : after;
  return course.lessons.slice(from).filter((lesson) => !wasHad(lesson, done));
}

/** All that are still to come as things stand, in the order in which they will. */
export const lessonsAhead = (course: Course, path: Path, facts: Facts): Lesson[] =>
  lessonsBehind(course, path).filter((lesson) => isFor(lesson, facts));

/** The lessons of a reader so far: those for everybody, and of the others those that they had. */
export const ownLessons = (course: Pick<Course, "lessons">, done: readonly string[]): Lesson[] =>
  course.lessons.filter((lesson) => lesson.when === undefined || wasHad(lesson, done));

/** Whether a reader has had a lesson, under its name or one it had before. */
export const wasHad = ({ slug, was }: Lesson, done: readonly string[]): boolean =>
  done.some((had) => had === slug || was.includes(had));

/** "Lesson 4 of 12": counted from 1. */
export function lessonNumber(course: Course, lesson: Lesson): number {
  return lessonPlace(course, lesson.slug) + 1;
}

export function findPart(course: Course, lesson: Lesson): Part {
  const part = course.parts.find((candidate) => candidate.slug === lesson.part);
  if (!part)
    throw new Error(`lesson ${lesson.slug} names the part ${lesson.part}, which the course does not have`);
  return part;
}
