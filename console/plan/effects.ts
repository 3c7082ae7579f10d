import { isDeepStrictEqual } from "node:util";
import {
  type Course,
  type Lesson,
  lessonPlace,
  type Translation,
  wasHad,
} from "../../functions/domain/course/course.ts";
import { nextLessonTime } from "../../functions/domain/course/schedule.ts";
import { isFor, type When } from "../../functions/domain/course/whom.ts";
import { DAY } from "../../functions/domain/time.ts";
import { counterpart, listAhead, type MidCourse } from "./paths.ts";
import { findQuestionEffects, type QuestionEffects } from "./questions.ts";

export interface LessonEffect {
  slug: string;
  title: string;
  /** From 1, in the sequence that has it: the new one, or for a removed lesson the old one. */
  number: number;
  /** Readers who would get it. */
  get: number;
  /** Readers who would not, though they have not had it. */
  not: number;
}

/** What of a course is in another language now, or is so no more. Lessons that only one version has are not named. */
export interface TranslationEffect {
  language: string;
  /** Slugs of lessons, and names of the course's other texts. */
  added: string[];
  removed: string[];
  /** Readers who chose the language and have such a lesson ahead. */
  get: number;
}

/** What a change of one course does to its readers in mid-course. */
export interface Effects {
  course: string;
  lessons: { before: number; after: number };
  readers: number;
  inserted: LessonEffect[];
  /** `get`: how many would have got it. */
  removed: LessonEffect[];
  renamed: { from: string; to: string }[];
  /** Lessons that both versions have, which readers who were still to get them would now never get. */
  skipped: LessonEffect[];
  /** Lessons of both versions that wait otherwise than before; undefined: by the pace. `get`: how many have it ahead. */
  waits: (LessonEffect & { from: number | undefined; to: number | undefined })[];
  /**
   * Lessons of both versions that are for others than before. `get`: how many have it ahead; `gain`, `lose`: how many of
   * those that are not behind it get it now, or no more, by what is known of them.
   */
  whom: (LessonEffect & { from: When | undefined; to: When | undefined; gain: number; lose: number })[];
  translated: TranslationEffect[];
  questions: QuestionEffects;
  /** Readers who wait for a day on which the course was to begin, and which it names no more. */
  otherStart: number;
  /** An inserted lesson that reads like a removed one, and how many readers would get it a second time. */
  looksRenamed: { from: string; to: string; again: number }[];
  /** Weekly readers who would get two lessons in a week because of the change. */
  tooSoon: number;
  /** Readers who have finished, asked for later lessons, and get one because of the change. */
  later: number;
  /** Readers whose course gets longer or shorter. */
  longer: number;
  shorter: number;
}

/** With this part of their words in common, two texts are one lesson under two names. */
const ALIKE = 0.6;
/** A week of a reader whose clocks change is an hour shorter. */
const A_WEEK_OR_SO = 6 * DAY;

/** Compares what each reader would get by the old content and by the new; by the same rule that delivery uses. */
export function findEffects(before: Course, after: Course, all: MidCourse[]): Effects {
  const readers = all.filter(({ wantsLater }) => !wantsLater);
  const finished = all.filter(({ wantsLater }) => wantsLater);
  const paths = readers.map((reader) => ({
    reader,
    old: listAhead(before, reader),
    now: listAhead(after, reader),
  }));
  const effect = (lesson: Lesson, course: Course): LessonEffect => {
    const has = (path: Lesson[]) => path.some(({ slug }) => slug === lesson.slug);
    const get = paths.filter(({ old, now }) => has(course === after ? now : old)).length;
    const not = paths.filter(({ reader, now }) => !has(now) && !wasHad(lesson, reader.done)).length;
    return { slug: lesson.slug, title: lesson.title, number: lessonPlace(course, lesson.slug) + 1, get, not };
  };
  const inserted = after.lessons.filter((lesson) => !counterpart(before, lesson));
  const removed = before.lessons.filter(({ slug }) => lessonPlace(after, slug) < 0);
  return {
    course: after.slug,
    lessons: { before: before.lessons.length, after: after.lessons.length },
    readers: readers.length,
    inserted: inserted.map((lesson) => effect(lesson, after)),
    removed: removed.map((lesson) => effect(lesson, before)),
    renamed: renames(before, after),
    skipped: listSkipped(before, after, paths),
    waits: after.lessons.flatMap((lesson) => {
      const old = counterpart(before, lesson);
      if (!old || old.after === lesson.after) return [];
      return [{ ...effect(lesson, after), from: old.after, to: lesson.after }];
    }),
    whom: after.lessons.flatMap((lesson) => {
      const old = counterpart(before, lesson);
      if (!old || isDeepStrictEqual(old.when, lesson.when)) return [];
      const { gain, lose } = countForWhom(old, lesson, paths);
      return [{ ...effect(lesson, after), from: old.when, to: lesson.when, gain, lose }];
    }),
    translated: findTranslated(before, after, paths),
    questions: findQuestionEffects(before, after, readers),
    otherStart: readers.filter(({ startsOn }) => startsOn && !after.starts?.dates.includes(startsOn)).length,
    looksRenamed: removed.flatMap((from) => lookalikes(from, inserted, paths)),
    tooSoon: paths.filter(({ reader, old, now }) => isTooSoon(reader, old.length, now)).length,
    later: finished.filter(
      (reader) => listAhead(after, reader).length > 0 && listAhead(before, reader).length === 0,
    ).length,
    longer: paths.filter(({ old, now }) => now.length > old.length).length,
    shorter: paths.filter(({ old, now }) => now.length < old.length).length,
  };
}

interface ReaderPath {
  reader: MidCourse;
  old: Lesson[];
  now: Lesson[];
}

/** Who has it ahead by one version alone, as it is for them by that one alone. */
function countForWhom(old: Lesson, lesson: Lesson, paths: ReaderPath[]): { gain: number; lose: number } {
  const isAhead = (path: Lesson[], { slug }: Lesson) => path.some((one) => one.slug === slug);
  const concerned = paths.filter(({ reader }) => isFor(old, reader.facts) !== isFor(lesson, reader.facts));
  return {
    gain: concerned.filter(({ now }) => isAhead(now, lesson)).length,
    lose: concerned.filter((path) => isAhead(path.old, old)).length,
  };
}

function renames(before: Course, after: Course): Effects["renamed"] {
  return after.lessons.flatMap((lesson) => {
    const old = counterpart(before, lesson);
    return old && old.slug !== lesson.slug ? [{ from: old.slug, to: lesson.slug }] : [];
  });
}

/** A lesson moved in front of a reader's place, or a reader moved behind it, is never sent. */
function listSkipped(before: Course, after: Course, paths: ReaderPath[]): LessonEffect[] {
  const kept = after.lessons.filter((lesson) => counterpart(before, lesson));
  return kept.flatMap((lesson) => {
    const old = counterpart(before, lesson) as Lesson;
    const not = paths.filter(
      (path) =>
        path.old.some(({ slug }) => slug === old.slug) &&
        !path.now.some(({ slug }) => slug === lesson.slug) &&
        // Whom it is not for any more is told of under `whom`.
        isFor(lesson, path.reader.facts),
    ).length;
    const get = paths.filter(({ now }) => now.some(({ slug }) => slug === lesson.slug)).length;
    const number = lessonPlace(after, lesson.slug) + 1;
    return not > 0 ? [{ slug: lesson.slug, title: lesson.title, number, get, not }] : [];
  });
}

/** Where a lesson or a text has got a translation, or has lost it. */
function findTranslated(before: Course, after: Course, paths: ReaderPath[]): TranslationEffect[] {
  const languages = new Set([before, after].flatMap(({ translations = {} }) => Object.keys(translations)));
  return [...languages].toSorted().flatMap((language) => {
    const [was, is] = [before, after].map((course) => course.translations?.[language] ?? NOT_TRANSLATED);
    const lessons = after.lessons.flatMap((lesson) => {
      const old = counterpart(before, lesson);
      return old ? [change(lesson.slug, was?.lessons[old.slug], is?.lessons[lesson.slug])] : [];
    });
    const texts = Object.keys(after.texts).map((name) => change(name, was?.texts[name], is?.texts[name]));
    const changed = lessons.filter(({ to }) => to).map(({ name }) => name);
    const named = (to: "added" | "removed") =>
      [...lessons, ...texts].filter((one) => one.to === to).map(({ name }) => name);
    const [added, removed] = [named("added"), named("removed")];
    if (added.length + removed.length === 0) return [];
    const get = paths.filter(
      ({ reader, now }) => reader.language === language && now.some(({ slug }) => changed.includes(slug)),
    ).length;
    return [{ language, added, removed, get }];
  });
}

const NOT_TRANSLATED: Translation = { lessons: {}, texts: {} };

const change = (name: string, was: object | undefined, is: object | undefined) => ({
  name,
  to: !was === !is ? undefined : is ? ("added" as const) : ("removed" as const),
});

function lookalikes(from: Lesson, inserted: Lesson[], paths: ReaderPath[]): Effects["looksRenamed"] {
  const to = inserted.find((lesson) => likeness(from.body.text, lesson.body.text) >= ALIKE);
  if (!to) return [];
  const again = paths.filter(
    ({ reader, now }) => wasHad(from, reader.done) && now.some(({ slug }) => slug === to.slug),
  ).length;
  return [{ from: from.slug, to: to.slug, again }];
}

/** The share of words that two texts have in common, of those that either has. */
function likeness(one: string, other: string): number {
  const [first, second] = [one, other].map((text) => new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []));
  const common = [...(first as Set<string>)].filter((word) => second?.has(word)).length;
  const either = (first?.size ?? 0) + (second?.size ?? 0) - common;
  return either === 0 ? 1 : common / either;
}

/**
 * Whether a lesson that only the new content sends would come within a week of another, against a weekly pace, without
 * that its author asked for it.
 */
function isTooSoon({ cadence, nextAt }: MidCourse, old: number, now: readonly Lesson[]): boolean {
  if (cadence.pace !== "weekly" || nextAt === undefined) return false;
  let at = nextAt;
  for (const [sent, { after }] of now.entries()) {
    if (sent === 0) continue;
    const next = nextLessonTime(cadence, at, after);
    if (sent >= old && after === undefined && next - at < A_WEEK_OR_SO) return true;
    at = next;
  }
  return false;
}
