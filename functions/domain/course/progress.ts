import { LESSON_KEY } from "../sending/agenda.ts";
import type { Instant } from "../time.ts";
import { say, type Words } from "../words/words.ts";
import { type Course, type Lesson, lessonNumber, lessonPlace, nextLesson } from "./course.ts";
import { dateInWords, slotInWords } from "./dates-in-words.ts";
import type { Enrolment } from "./enrolment.ts";
import { findMove } from "./moves.ts";

/** How far a reader is, for their own page. */
export interface Progress {
  had: number;
  of: number;
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
 * How far the enrolment is, on the reader's own clock. A lesson had under an old slug counts as had.
 * @param sentAt when each lesson of this run left, by its slug
 */
export function progressInWords(
  words: Words,
  course: Course,
  enrolment: Enrolment,
  sentAt: ReadonlyMap<string, Instant> = new Map(),
): Progress {
  const had = new Set(enrolment.done.map((slug) => lessonPlace(course, slug)));
  const dates = new Map(
    [...sentAt].map(([slug, at]) => [lessonPlace(course, slug), dateInWords(words, enrolment.cadence, at)]),
  );
  const isRunning = enrolment.status === "active" || enrolment.status === "paused";
  const next = nextLesson(course, enrolment.done, enrolment.movedTo);
  const state = (lesson: Lesson): LessonProgress => ({
    number: lessonNumber(course, lesson),
    slug: lesson.slug,
    title: lesson.title,
    had: had.has(lessonPlace(course, lesson.slug)),
    date: dates.get(lessonPlace(course, lesson.slug)) ?? "",
    next: isRunning && lesson === next,
    move: moveInWords(words, enrolment, lesson),
  });
  const parts = course.parts.map((part) => ({
    title: part.title,
    lessons: course.lessons.filter((lesson) => lesson.part === part.slug).map(state),
  }));
  const count = parts.flatMap((part) => part.lessons).filter((lesson) => lesson.had).length;
  const sentence = `${countInWords(words, count, course.lessons.length)} ${whatComes(words, enrolment, next)}`;
  return { had: count, of: course.lessons.length, sentence, parts };
}

function moveInWords(words: Words, enrolment: Enrolment, lesson: Lesson): string {
  const outcome = findMove(enrolment, lesson);
  return outcome ? say(words, `moves.${outcome}`) : "";
}

function countInWords(words: Words, had: number, of: number): string {
  if (had === 0) return say(words, "progress.none");
  return had >= of ? say(words, "progress.all", { count: of }) : say(words, "progress.some", { had, of });
}

function whatComes(words: Words, enrolment: Enrolment, next: Lesson | undefined): string {
  const { status, cadence, agenda } = enrolment;
  if (status === "left" || status === "completed") return say(words, `progress.${status}`);
  if (status === "paused") return pauseInWords(words, enrolment);
  const entry = agenda[LESSON_KEY];
  if (!next) return say(words, "progress.journalNext");
  if (!entry) return "";
  const slot = slotInWords(words, cadence, entry.dueAt);
  return say(words, "progress.next", {
    slot,
    date: dateInWords(words, cadence, entry.dueAt),
    title: next.title,
  });
}

function pauseInWords(words: Words, { agenda, cadence, toldOfSilence }: Enrolment): string {
  const resume = agenda.resume;
  if (!resume)
    return say(words, toldOfSilence === undefined ? "progress.paused" : "progress.pausedInSilence");
  return say(words, "progress.pausedUntil", { date: dateInWords(words, cadence, resume.dueAt) });
}
