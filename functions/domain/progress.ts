import { LESSON_KEY } from "./agenda.ts";
import { type Course, type Lesson, lessonNumber, nextLesson, placeOf } from "./course.ts";
import type { Enrolment } from "./enrolment.ts";
import { dateInWords, slotInWords } from "./schedule.ts";
import type { Instant } from "./time.ts";

/** How far a reader is, for their own page. */
export interface Progress {
  had: number;
  of: number;
  /** One sentence: where they are and what comes when. */
  sentence: string;
  parts: { title: string; lessons: LessonProgress[] }[];
}

export interface LessonProgress {
  number: number;
  slug: string;
  title: string;
  had: boolean;
  /** The day on which it was sent, on the reader's own clock; empty where that is not known any more. */
  date: string;
  next: boolean;
}

/**
 * How far the enrolment is, on the reader's own clock. A lesson had under an old slug counts as had.
 * @param sentAt when each lesson of this run left, by its slug
 */
export function progressOf(
  course: Course,
  enrolment: Enrolment,
  sentAt: ReadonlyMap<string, Instant> = new Map(),
): Progress {
  const had = new Set(enrolment.done.map((slug) => placeOf(course, slug)));
  const dates = new Map(
    [...sentAt].map(([slug, at]) => [placeOf(course, slug), dateInWords(enrolment.cadence, at)]),
  );
  const isRunning = enrolment.status === "active" || enrolment.status === "paused";
  const next = nextLesson(course, enrolment.done);
  const state = (lesson: Lesson): LessonProgress => ({
    number: lessonNumber(course, lesson),
    slug: lesson.slug,
    title: lesson.title,
    had: had.has(placeOf(course, lesson.slug)),
    date: dates.get(placeOf(course, lesson.slug)) ?? "",
    next: isRunning && lesson === next,
  });
  const parts = course.parts.map((part) => ({
    title: part.title,
    lessons: course.lessons.filter((lesson) => lesson.part === part.slug).map(state),
  }));
  const count = parts.flatMap((part) => part.lessons).filter((lesson) => lesson.had).length;
  const sentence = `${countInWords(count, course.lessons.length)} ${whatComes(enrolment, next)}`;
  return { had: count, of: course.lessons.length, sentence, parts };
}

function countInWords(had: number, of: number): string {
  if (had === 0) return "Your first lesson is still ahead of you.";
  if (had >= of) return `You have had all ${of} lessons.`;
  return `You have had ${had} of ${of} lessons.`;
}

function whatComes(enrolment: Enrolment, next: Lesson | undefined): string {
  if (enrolment.status === "left") return "You have left the course: nothing more is sent.";
  if (enrolment.status === "completed") return "The course is complete.";
  if (enrolment.status === "paused") return `${pauseInWords(enrolment)} Your place is kept.`;
  const entry = enrolment.agenda[LESSON_KEY];
  if (!next) return "Your journal, all together, comes a week after the last one.";
  if (!entry) return "";
  return `Next: ${slotInWords(enrolment.cadence, entry.dueAt)} (${dateInWords(enrolment.cadence, entry.dueAt)}): ${next.title}.`;
}

function pauseInWords({ agenda, cadence, toldOfSilence }: Enrolment): string {
  const resume = agenda.resume;
  if (!resume && toldOfSilence !== undefined) return "Paused, as nothing was heard from you for a while.";
  return resume ? `Paused until ${dateInWords(cadence, resume.dueAt)}.` : "Paused until you resume.";
}
