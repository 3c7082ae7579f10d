import {
  type Foreseen,
  findPlace,
  foresee,
  isLast,
  lessonBefore,
  type PlaceInCourse,
} from "../../domain/course/branches.ts";
import { rhythmName } from "../../domain/course/cadence.ts";
import { choiceWords, findChoice } from "../../domain/course/choices.ts";
import {
  type Course,
  type CourseText,
  findPart,
  type Lesson,
  ownLessons,
  type Path,
} from "../../domain/course/course.ts";
import { slotInWords } from "../../domain/course/dates-in-words.ts";
import { MOVE_OUTCOMES } from "../../domain/course/enrolment.ts";
import { divideBody, readersBody } from "../../domain/course/lesson-body.ts";
import { findMoveAsked } from "../../domain/course/moves.ts";
import { labelIn } from "../../domain/course/questions.ts";
import { completionTime, nextLessonTime } from "../../domain/course/schedule.ts";
import { findLongest, quotable } from "../../domain/replies/reflection.ts";
import type { Instant } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import { lessonHeaders } from "../mime/fields.ts";
import { composeMail, pageUrl, webUrl } from "./composed.ts";
import {
  type Composed,
  type Composition,
  chooseWords,
  composedLesson,
  need,
  withReadersAnswers,
} from "./composition.ts";
import { splitSentences } from "./excerpt.ts";
import { silenceValues } from "./silence.ts";

/** The lesson that the dispatch names. */
export function composeLesson(mail: Composition): Composed {
  const { course } = mail;
  const lesson = composedLesson(course, mail.dispatch.slug);
  const path = pathBehind(mail, lesson);
  const facts = need(mail.facts, "what is known of its reader");
  const foreseen = foresee(course, path, facts);
  const place = findPlace(course, lesson, path);
  const isTheLast = isLast(foreseen);
  const silence = silenceValues(mail, isTheLast);
  const recap = chooseRecap(course, lesson, path.done);
  const values = {
    ...placeValues(course, lesson, place),
    recap: recap && withReadersAnswers(mail, recap),
    recapWords: recap && recapWords(mail, lesson),
    title: lesson.title,
    underline: "=".repeat(lesson.title.length),
    ...divideBody(withReadersAnswers(mail, readersBody(lesson, facts))),
    pullQuote: lesson.pullQuote,
    author: course.attribution.author,
    isWeekly: rhythmName(course.defaults) === "weekly",
    move: lesson.move,
    wordsToUse: lesson.wordsToUse.length > 0 ? lesson.wordsToUse : undefined,
    question: lesson.question,
    choice: choiceValues(mail, lesson),
    moveBefore: moveBeforeValues(mail),
    calendarUrl: lesson.moment ? `${webUrl(mail)}/move.ics` : undefined,
    rating: isTheLast ? ratingValues(mail) : undefined,
    steer: { hasNext: !isTheLast, ...silence },
    next: silence.pauses ? undefined : nextInWords(mail, foreseen),
  };
  const head = { subject: lesson.subject, preview: previewInWords(mail, lesson, place) };
  return composeMail(mail, "lesson", head, values, lessonHeaders(mail));
}

/** Where its reader is once they have had it. */
function pathBehind({ enrolment }: Composition, lesson: Lesson): Path {
  const { done } = need(enrolment, "enrolment");
  return { done: [...done, lesson.slug] };
}

/** "Lesson 4 of 12", or "Lesson 4", and what its author wrote behind it. */
function previewInWords(mail: Composition, { preview }: Lesson, { number, of }: PlaceInCourse): string {
  const words = chooseWords(mail);
  return of === undefined
    ? say(words, "lesson.previewAlone", { number: String(number), preview })
    : say(words, "lesson.preview", { number: String(number), total: String(of), preview });
}

/** "Lesson 4 of 12 · Managing up", and a cell for each lesson of the course, where their number is certain. */
function placeValues(course: Course, lesson: Lesson, { number, of }: PlaceInCourse) {
  return {
    number,
    total: of,
    partTitle: findPart(course, lesson).title,
    cells: of && Array.from({ length: of }, (_, index) => ({ had: index < number })),
  };
}

/** The recap of what came before a part, in its first lesson of a reader. @param done lessons that they have had */
export function chooseRecap(course: Course, lesson: Lesson, done: readonly string[]): CourseText | undefined {
  return opensPart(course, lesson, done) ? course.texts[`recap-${lesson.part}`] : undefined;
}

const opensPart = (course: Course, lesson: Lesson, done: readonly string[]): boolean =>
  ownLessons(course, [...done, lesson.slug]).find(({ part }) => part === lesson.part) === lesson;

/** Under the recap: the longest sentence that fits of the reader's longest reflection in the part that ended. */
function recapWords({ course, enrolment, journal = [] }: Composition, lesson: Lesson): string | undefined {
  const ended = enrolment && lessonBefore(course, lesson, enrolment.done)?.part;
  if (!enrolment || ended === undefined) return undefined;
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

/** The next lesson, or the end. The title is left out where an answer may still put another lesson in its place. */
function nextInWords(
  mail: Composition,
  { next, isCertain }: Foreseen,
): { when: string; title: string | undefined } | undefined {
  const { now } = mail;
  const { cadence } = need(mail.enrolment, "enrolment");
  if (!next) {
    const title = say(chooseWords(mail), "footer.nextIsJournal");
    return isCertain ? { when: inWords(mail, completionTime(cadence, now)), title } : undefined;
  }
  const when = inWords(mail, nextLessonTime(cadence, now, next.after));
  return { when, title: isCertain ? next.title : undefined };
}

export const inWords = (mail: Composition, at: Instant): string =>
  slotInWords(chooseWords(mail), need(mail.enrolment, "enrolment").cadence, at);

/** What the lesson asks at its end. A link only chooses: it takes a press on the page. */
function choiceValues(mail: Composition, lesson: Lesson) {
  const question = findChoice(mail.course, lesson);
  if (!question) return undefined;
  const { language } = chooseWords(mail);
  return {
    label: labelIn(question, language),
    options: choiceWords(question, language).map(({ slug, label }) => ({
      says: label,
      url: `${pageUrl(mail)}?do=choose&question=${question.slug}&answer=${slug}`,
    })),
  };
}

/**
 * What became of the move of the lesson that this reader had before. A link only chooses: it takes a press on the page,
 * as programs that look through mail follow links.
 */
export function moveBeforeValues(mail: Composition) {
  const { course, dispatch, enrolment } = mail;
  const before = enrolment && findMoveAsked(course, enrolment.done, dispatch);
  if (!before) return undefined;
  const url = `${pageUrl(mail)}?do=move&lesson=${before.slug}`;
  const words = chooseWords(mail);
  return {
    lesson: before.title,
    url,
    choices: MOVE_OUTCOMES.map((outcome) => ({
      says: say(words, `moves.${outcome}`),
      url: `${url}&move=${outcome}`,
    })),
  };
}

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
