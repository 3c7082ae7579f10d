import {
  type Course,
  type Lesson,
  lessonBySlug,
  lessonPlace,
  lessonsBehind,
  ownLessons,
  type Path,
} from "./course.ts";
import { anything, canHold, countTrue, type HowMany, type Possible, whatMayCome } from "./foreseen.ts";
import { type Facts, isFor, type When } from "./whom.ts";

/*
 * A course in which some lessons are for some readers branches and comes together again. What a reader is told of it is only
 * what no answer can change: a lesson says "of 12" where 12 come whatever is answered, and names the next one where
 * nothing that may still be answered puts another in its place.
 */

/** What of a course decides who gets how many lessons. */
type Sequence = Pick<Course, "lessons" | "questions">;

/** Some of its lessons are for some readers. */
export const branches = ({ lessons }: Pick<Course, "lessons">): boolean =>
  lessons.some(({ when }) => when !== undefined);

/** What can be known of readers of a course. */
const whatCanBe = ({ questions }: Pick<Course, "questions">): Possible =>
  anything((slug) => {
    const question = questions.find((one) => one.slug === slug);
    return question?.options?.map((option) => option.slug);
  });

/** What a reader has ahead of them behind a lesson, as far as it is certain. */
export interface Foreseen {
  /** As things stand. */
  next: Lesson | undefined;
  /** Nothing that may still be said of this reader puts another lesson in its place, or one where there is none. */
  isCertain: boolean;
}

/** @param path with the lesson behind which it is asked */
export function foresee(course: Course, path: Path, facts: Facts): Foreseen {
  const behind = lessonsBehind(course, path);
  const place = behind.findIndex((lesson) => isFor(lesson, facts));
  const next = behind[place];
  const others = place < 0 ? behind : behind.slice(0, place);
  const settled = withoutAsked(course, path, facts);
  const mayChange =
    others.some(({ when }) => mayHold(course, when, settled)) ||
    (next?.when !== undefined && mayHold(course, { not: next.when }, settled));
  return { next, isCertain: !mayChange };
}

/** What is known but for what the latest lesson asks at its end: who has answered that may be about to answer otherwise. */
function withoutAsked(course: Course, { done }: Path, facts: Facts): Facts {
  const choice = lessonBySlug(course, done.at(-1) ?? "")?.choice;
  if (choice === undefined || !Object.hasOwn(facts.answers, choice)) return facts;
  const { [choice]: _, ...answers } = facts.answers;
  return { ...facts, answers };
}

/** That nothing comes any more, whatever is still said. */
export const isLast = ({ next, isCertain }: Foreseen): boolean => next === undefined && isCertain;

const mayHold = (course: Course, when: When | undefined, facts: Facts): boolean =>
  when === undefined || canHold([when], whatMayCome(facts, whatCanBe(course)));

/** How many lessons the course has for a reader who is there, by what can still become known of them. */
export function countLessons(course: Sequence, path: Path): HowMany {
  const open = lessonsBehind(course, path).flatMap(({ when }): When[] => (when ? [when] : []));
  const { least, most } = open.length === 0 ? NONE : countTrue(open, whatCanBe(course));
  const own = ownLessons(course, path.done).length;
  return { least: own + least, most: own + most };
}
const NONE: HowMany = { least: 0, most: 0 };

/** "12", or "9\u201312" where readers get more or fewer: of a course that nobody has begun. */
export function lessonsOffered(course: Sequence): string {
  const { least, most } = countLessons(course, { done: [] });
  return least === most ? String(most) : `${least}\u2013${most}`;
}

/** "Lesson 4": counted from 1 among the lessons of a reader. @param done with those that they have had */
export function ownNumber(course: Course, lesson: Lesson, done: readonly string[]): number {
  const place = lessonPlace(course, lesson.slug);
  return ownLessons(course, done).filter((one) => lessonPlace(course, one.slug) < place).length + 1;
}

/** The lesson before it, of those that this reader has had and those for everybody. */
export function lessonBefore(course: Course, lesson: Lesson, done: readonly string[]): Lesson | undefined {
  const place = lessonPlace(course, lesson.slug);
  return ownLessons(course, done).findLast((one) => lessonPlace(course, one.slug) < place);
}

/** A lesson's place for its reader: "Lesson 4 of 12", or "Lesson 4". */
export interface PlaceInCourse {
  number: number;
  of: number | undefined;
}

/** @param path up to this lesson, or beyond it */
export function findPlace(course: Course, lesson: Lesson, { done, movedTo }: Path): PlaceInCourse {
  const had = done.includes(lesson.slug) ? done : [...done, lesson.slug];
  const { least, most } = countLessons(course, { done: had, movedTo });
  return { number: ownNumber(course, lesson, had), of: least === most ? most : undefined };
}
