import { type Course, lessonBySlug, lessonPlace } from "../functions/domain/course/course.ts";
import { findQuestion } from "../functions/domain/course/questions.ts";
import { type Facts, isFor } from "../functions/domain/course/whom.ts";

/** What of a course decides who gets which lesson. */
type Sequence = Pick<Course, "lessons" | "questions">;

/** What of all that comes to be known of a reader is known once they have had these lessons. */
function knownBy(course: Sequence, done: readonly string[], all: Facts): Facts {
  const had = (slug: string): boolean =>
    done.some((one) => lessonPlace(course, one) === lessonPlace(course, slug));
  const isAsked = (slug: string): boolean =>
    !findQuestion(course, slug)?.isAskedInLesson ||
    done.some((one) => lessonBySlug(course, one)?.choice === slug);
  return {
    ...all,
    answers: pick(all.answers, isAsked),
    moves: pick(all.moves, had),
    replied: pick(all.replied, had),
    hasReplied: all.hasReplied && done.length > 0,
    silent: Math.min(all.silent, done.length),
  };
}

const pick = <Value>(all: Readonly<Record<string, Value>>, isKept: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => isKept(name)));

/**
 * A reader who has come by so many lessons of a course: those of them that were theirs, and what is known of them by then.
 * @param all that comes to be known of them: an answer counts from the lesson on that asks for it
 */
export function walkThrough(course: Sequence, passed: number, all: Facts): { done: string[]; facts: Facts } {
  const done: string[] = [];
  for (const lesson of course.lessons.slice(0, passed))
    if (lesson.when === undefined || isFor(lesson, knownBy(course, done, all))) done.push(lesson.slug);
  return { done, facts: knownBy(course, done, all) };
}
