import { ownNumber } from "../../domain/course/branches.ts";
import type { Cadence } from "../../domain/course/cadence.ts";
import { type Course, lessonBySlug, lessonNumber, lessonPlace } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { findLetter } from "../../domain/course/letters.ts";
import { lessonsByMove } from "../../domain/course/moves.ts";
import { inJournal, quotable, type Reflection } from "../../domain/replies/reflection.ts";
import { say, type Words } from "../../domain/words/words.ts";

/** What a course's journal is made of, in any order; other courses' and other kinds of replies are left out. */
export interface Journal {
  words: Words;
  course: Course;
  /** On whose clock the days are told. */
  cadence: Cadence;
  reflections: readonly Reflection[];
  /** What became of the moves. */
  moves?: Enrolment["moves"];
  /** Lessons that its reader has had: by them theirs are counted. */
  done?: readonly string[];
  ratings?: Enrolment["ratings"];
}

/** What a journal holds, lesson by lesson; what answers no lesson, such as a look-back's reply, comes last. */
export function readJournal({ course, reflections }: Pick<Journal, "course" | "reflections">): Reflection[] {
  const place = ({ lesson }: Reflection): number => {
    const found = lessonPlace(course, lesson);
    return found < 0 ? course.lessons.length : found;
  };
  return reflections
    .filter((reflection) => inJournal(reflection) && reflection.course === course.slug)
    .sort(
      (one, other) => one.run - other.run || place(one) - place(other) || one.receivedAt - other.receivedAt,
    );
}

/**
 * What an entry stands under: "Lesson 4: Bring the example", or what else was replied to.
 * @param done lessons that its reader has had; left out, the lesson is counted in the course
 */
export function entryHeading(words: Words, course: Course, slug: string, done?: readonly string[]): string {
  const lesson = lessonBySlug(course, slug);
  if (lesson) {
    const number = done ? ownNumber(course, lesson, done) : lessonNumber(course, lesson);
    return say(words, "journal.lesson", { number, title: lesson.title });
  }
  const part = course.parts.find((candidate) => candidate.slug === slug);
  if (part) return say(words, "journal.lookBack", { part: part.title });
  const letter = findLetter(course, slug);
  return letter ? say(words, "journal.letter", { subject: letter.subject }) : say(words, "journal.between");
}

/** "Lesson 4: Bring the example", and the move of it: those that were made, in the order of the course. */
export const movesMade = (words: Words, course: Course, { moves, done }: Pick<Journal, "moves" | "done">) =>
  lessonsByMove(course, { moves }, "made").map(({ slug, move }) => ({
    heading: entryHeading(words, course, slug, done),
    move,
  }));

/** "Before: 2 of 5", "After: 4 of 5": those that were given. */
export const ratingsGiven = (words: Words, { ratings = {} }: Pick<Journal, "ratings">): string[] =>
  (["before", "after"] as const).flatMap((moment) => {
    const rating = ratings[moment];
    return rating === undefined ? [] : [say(words, `completion.${moment}`, { rating })];
  });

/** When an entry was written, and where, or whether its mail provider proved who wrote it. */
export function entryDate(
  words: Words,
  cadence: Cadence,
  { receivedAt, isUnproven, isFromPage }: Reflection,
): string {
  const date = dateInWords(words, cadence, receivedAt);
  if (isFromPage) return say(words, "journal.fromPage", { date });
  return isUnproven ? say(words, "journal.unproven", { date }) : date;
}

/**
 * The journal as a Markdown file (CommonMark): every entry word for word, without the signature that ends them all,
 * under the lesson and its question. What a reader typed shows as they typed it: their marks are escaped, their line ends kept.
 */
export function journalMarkdown(journal: Journal): string {
  const { words, course, cadence, reflections } = journal;
  const theirs = quotable(reflections);
  const entries = readJournal(journal).map((reflection) => {
    const question = lessonBySlug(course, reflection.lesson)?.question;
    return [
      `## ${escapeMarkdown(entryHeading(words, course, reflection.lesson, journal.done))}`,
      ...(question === undefined ? [] : [`*${escapeMarkdown(question)}*`]),
      quoteWords(theirs(reflection)),
      entryDate(words, cadence, reflection),
    ].join("\n\n");
  });
  const made = movesMade(words, course, journal).map(
    ({ heading, move }) => `- ${escapeMarkdown(heading)}: *${escapeMarkdown(move)}*`,
  );
  const moves =
    made.length > 0 ? [`## ${escapeMarkdown(say(words, "moves.listHeading"))}`, made.join("\n")] : [];
  const given = ratingsGiven(words, journal).map((rating) => `- ${escapeMarkdown(rating)}`);
  const ratings = given.length > 0 ? [`## ${escapeMarkdown(course.ratingQuestion)}`, given.join("\n")] : [];
  const title = `# ${escapeMarkdown(say(words, "journal.title", { course: course.title }))}`;
  return `${[title, ...entries, ...moves, ...ratings].join("\n\n")}\n`;
}

/** Each line of a paragraph ends in two spaces, which keeps its end (CommonMark §6.7). */
const quoteWords = (words: string): string =>
  words
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "" ? ">" : `> ${escapeMarkdown(line.trim())}  `))
    .join("\n");

const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>&~|]/g, "\\$&")
    .replace(/^(\s*)([#+=-])/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)])/, "$1\\$2");
