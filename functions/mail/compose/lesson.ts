import {
  type Course,
  type CourseText,
  findPart,
  type Lesson,
  lessonNumber,
  nextLesson,
  type RichText,
} from "../../domain/course/course.ts";
import { slotInWords } from "../../domain/course/dates-in-words.ts";
import { completionTime, nextLessonTime } from "../../domain/course/schedule.ts";
import { findLongest, quotable } from "../../domain/replies/reflection.ts";
import type { Instant } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import { lessonHeaders } from "../mime/fields.ts";
import { composed, pageUrl } from "./composed.ts";
import { type Composed, type Composition, chooseWords, composedLesson, needed } from "./composition.ts";
import { splitSentences } from "./excerpt.ts";
import { silenceValues } from "./silence.ts";

/** The lesson that the dispatch names. */
export function composeLesson(mail: Composition): Composed {
  const { course } = mail;
  const lesson = composedLesson(course, mail.dispatch.slug);
  const isLast = lessonNumber(course, lesson) === course.lessons.length;
  const [opening, rest] = halves(lesson.body);
  const silence = silenceValues(mail, isLast);
  const values = {
    ...placeValues(course, lesson),
    recap: chooseRecap(course, lesson),
    recapWords: recapWords(mail, lesson),
    title: lesson.title,
    underline: "=".repeat(lesson.title.length),
    opening,
    rest,
    pullQuote: lesson.pullQuote,
    isWeekly: course.defaults.pace === "weekly",
    move: lesson.move,
    question: lesson.question,
    rating: isLast ? ratingValues(mail) : undefined,
    steer: { hasNext: !isLast, ...silence },
    next: silence.pauses ? undefined : nextInWords(mail, lesson),
  };
  return composed(mail, "lesson", lesson, values, lessonHeaders(mail));
}

/** "Lesson 4 of 12 · Managing up", and a cell for each lesson of the course. */
function placeValues(course: Course, lesson: Lesson) {
  const number = lessonNumber(course, lesson);
  return {
    number,
    total: course.lessons.length,
    partTitle: findPart(course, lesson).title,
    cells: course.lessons.map((_, index) => ({ had: index < number })),
  };
}

/** The recap of what came before a part, in the part's first lesson. */
export function chooseRecap(course: Course, lesson: Lesson): CourseText | undefined {
  return opensPart(course, lesson) ? course.texts[`recap-${lesson.part}`] : undefined;
}

const opensPart = (course: Course, lesson: Lesson): boolean =>
  course.lessons.find(({ part }) => part === lesson.part) === lesson;

/** Under the recap: the longest sentence that fits of the reader's longest reflection in the part that ended. */
function recapWords({ course, enrolment, journal = [] }: Composition, lesson: Lesson): string | undefined {
  const ended = course.lessons[lessonNumber(course, lesson) - 2]?.part;
  if (!enrolment || ended === undefined || !chooseRecap(course, lesson)) return undefined;
  const longest = findLongest(journal, enrolment, course, ended);
  const sentences = longest ? splitSentences(quotable(journal)(longest)) : [];
  const fitting = sentences.filter(({ length }) => length >= LEAST_IN_RECAP && length <= MOST_IN_RECAP);
  return fitting.reduce<string | undefined>(
    (best, sentence) => (sentence.length > (best?.length ?? 0) ? sentence : best),
    undefined,
  );
}

const LEAST_IN_RECAP = 25;
const MOST_IN_RECAP = 240;

/** A body before and after the place of its pull-quote: between two of its blocks, near the middle. */
function halves({ html, text }: RichText): [RichText, RichText] {
  const blocks = { html: html.split("\n\n"), text: text.split("\n\n") };
  const middle = chooseMiddle(blocks.html);
  const between = (from: number, to?: number): RichText => ({
    html: blocks.html.slice(from, to).join("\n"),
    text: blocks.text.slice(from, to).join("\n\n"),
  });
  return [between(0, middle), between(middle)];
}

/** Not before a list or an example: it would be cut off from the sentence that leads to it. */
function chooseMiddle(blocks: string[]): number {
  let middle = Math.ceil(blocks.length / 2);
  while (middle > 1 && !/^<p\b/.test(blocks[middle] ?? "")) middle--;
  return middle;
}

function nextInWords(mail: Composition, lesson: Lesson): { when: string; title: string } {
  const { course, now } = mail;
  const enrolment = needed(mail.enrolment, "enrolment");
  const next = nextLesson(course, [...enrolment.done, lesson.slug]);
  const at = next ? nextLessonTime(enrolment.cadence, now) : completionTime(enrolment.cadence, now);
  return { when: inWords(mail, at), title: next?.title ?? say(chooseWords(mail), "footer.nextIsJournal") };
}

export const inWords = (mail: Composition, at: Instant): string =>
  slotInWords(chooseWords(mail), needed(mail.enrolment, "enrolment").cadence, at);

export function ratingValues(mail: Composition) {
  const { course } = mail;
  const scale: Record<string, string> = course.ratingScale;
  return {
    ratingQuestion: course.ratingQuestion,
    ratingUrl: `${pageUrl(mail)}?do=rating`,
    steps: ["1", "2", "3", "4", "5"].map((value) => ({
      value,
      says: scale[value],
      url: `${pageUrl(mail)}?do=rating&rating=${value}`,
    })),
  };
}
