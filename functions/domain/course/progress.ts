import { LESSON_KEY } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import { say, type Words } from "../words/words.ts";
import { countLessons, type Foreseen, foresee } from "./branches.ts";
import { type Course, type Lesson, lessonPlace, lessonsAhead, ownLessons } from "./course.ts";
import { dateInWords, slotInWords } from "./dates-in-words.ts";
import type { Enrolment } from "./enrolment.ts";
import { findMove } from "./moves.ts";
import type { Facts } from "./whom.ts";

/** How far a reader is, for their own page. */
export interface Progress {
  had: number;
  /** One sentence: where they are and what comes when. */
  sentence: string;
  parts: { title: string; lessons: LessonProgress[] }[];
}

interface LessonProgress {
  number: number;
  slug: string;
  title: string;
  had: boolean;
  /** The day on which it was sent, on the reader's own clock; empty where that is not known any more. */
  date: string;
  next: boolean;
  /** What became of its move, in words; empty where that was not told. */
  move: string;
}

/**
 * How far the enrolment is, on the reader's own clock. A lesson had under an old slug counts as had; of lessons for some,
 * those are shown that they had, and those that are for them now and still ahead.
 * @param facts what is known of its reader
 * @param sentAt when each lesson of this run left, by its slug
 */
export function progressInWords(
  words: Words,
  course: Course,
  enrolment: Enrolment,
  facts: Facts,
  sentAt: ReadonlyMap<string, Instant> = new Map(),
): Progress {
  const had = new Set(enrolment.done.map((slug) => lessonPlace(course, slug)));
  const dates = new Map(
    [...sentAt].map(([slug, at]) => [lessonPlace(course, slug), dateInWords(words, enrolment.cadence, at)]),
  );
  const isRunning = enrolment.status === "active" || enrolment.status === "paused";
  const foreseen = foresee(course, enrolment, facts);
  const next = isRunning ? foreseen.next : undefined;
  const theirs = listTheirs(course, enrolment, facts);
  const state = (lesson: Lesson): LessonProgress => ({
    number: theirs.indexOf(lesson) + 1,
    slug: lesson.slug,
    title: lesson.title,
    had: had.has(lessonPlace(course, lesson.slug)),
    date: dates.get(lessonPlace(course, lesson.slug)) ?? "",
    next: lesson === next && foreseen.isCertain,
    move: moveInWords(words, enrolment, lesson),
  });
  const parts = course.parts.map((part) => ({
    title: part.title,
    lessons: theirs.filter((lesson) => lesson.part === part.slug).map(state),
  }));
  const count = parts.flatMap((part) => part.lessons).filter((lesson) => lesson.had).length;
  const { least, most } = countLessons(course, enrolment);
  const of = least === most ? most : undefined;
  const sentence = `${countInWords(words, count, of)} ${whatComes(words, enrolment, foreseen)}`;
  return { had: count, sentence, parts: parts.filter(({ lessons }) => lessons.length > 0) };
}

/** Those that they had, those for everybody, and those that are still to come as things stand. */
function listTheirs(course: Course, enrolment: Enrolment, facts: Facts): Lesson[] {
  const own = ownLessons(course, enrolment.done);
  const ahead = isOver(enrolment) ? [] : lessonsAhead(course, enrolment, facts);
  return course.lessons.filter((lesson) => own.includes(lesson) || ahead.includes(lesson));
}

const isOver = ({ status }: Enrolment): boolean => status === "completed" || status === "left";

function moveInWords(words: Words, enrolment: Enrolment, lesson: Lesson): string {
  const outcome = findMove(enrolment, lesson);
  return outcome ? say(words, `moves.${outcome}`) : "";
}

/** @param of undefined where an answer can still change it */
export function countInWords(words: Words, had: number, of: number | undefined): string {
  if (had === 0) return say(words, "progress.none");
  if (of === undefined) return say(words, "progress.had", { count: had });
  return had >= of ? say(words, "progress.all", { count: of }) : say(words, "progress.some", { had, of });
}

function whatComes(words: Words, enrolment: Enrolment, { next, isCertain }: Foreseen): string {
  const { status, cadence, agenda } = enrolment;
  if (status === "left" || status === "completed") return say(words, `progress.${status}`);
  if (status === "paused") return pauseInWords(words, enrolment);
  const entry = agenda[LESSON_KEY];
  if (!next && isCertain) return say(words, "progress.journalNext");
  if (!next || !entry) return "";
  const slot = slotInWords(words, cadence, entry.dueAt);
  const date = dateInWords(words, cadence, entry.dueAt);
  return isCertain
    ? say(words, "progress.next", { slot, date, title: next.title })
    : say(words, "progress.nextDay", { slot, date });
}

function pauseInWords(words: Words, { agenda, cadence, toldOfSilence }: Enrolment): string {
  const resume = agenda.resume;
  if (!resume)
    return say(words, toldOfSilence === undefined ? "progress.paused" : "progress.pausedInSilence");
  return say(words, "progress.pausedUntil", { date: dateInWords(words, cadence, resume.dueAt) });
}
