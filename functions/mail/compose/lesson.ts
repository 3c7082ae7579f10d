import { rhythmName } from "../../domain/course/cadence.ts";
import {
  type Course,
  type CourseText,
  findPart,
  type Lesson,
  lessonNumber,
  nextLesson,
} from "../../domain/course/course.ts";
import { slotInWords } from "../../domain/course/dates-in-words.ts";
import { MOVE_OUTCOMES } from "../../domain/course/enrolment.ts";
import { divideBody } from "../../domain/course/lesson-body.ts";
import { findMoveAsked } from "../../domain/course/moves.ts";
import { completionTime, nextLessonTime } from "../../domain/course/schedule.ts";
import { findLongest, quotable } from "../../domain/replies/reflection.ts";
import type { Instant } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import { lessonHeaders } from "../mime/fields.ts";
import { composeMail, pageUrl, webUrl } from "./composed.ts";
import { type Composed, type Composition, chooseWords, composedLesson, need } from "./composition.ts";
import { splitSentences } from "./excerpt.ts";
import { silenceValues } from "./silence.ts";

/** The lesson that the dispatch names. */
export function composeLesson(mail: Composition): Composed {
  const { course } = mail;
  const lesson = composedLesson(course, mail.dispatch.slug);
  const isLast = lessonNumber(course, lesson) === course.lessons.length;
  const silence = silenceValues(mail, isLast);
  const values = {
    ...placeValues(course, lesson),
    recap: chooseRecap(course, lesson),
    recapWords: recapWords(mail, lesson),
    title: lesson.title,
    underline: "=".repeat(lesson.title.length),
    ...divideBody(lesson.body),
    pullQuote: lesson.pullQuote,
    author: course.attribution.author,
    isWeekly: rhythmName(course.defaults) === "weekly",
    move: lesson.move,
    wordsToUse: lesson.wordsToUse.length > 0 ? lesson.wordsToUse : undefined,
    question: lesson.question,
    moveBefore: moveBeforeValues(mail),
    calendarUrl: lesson.moment ? `${webUrl(mail)}/move.ics` : undefined,
    rating: isLast ? ratingValues(mail) : undefined,
    steer: { hasNext: !isLast, ...silence },
    next: silence.pauses ? undefined : nextInWords(mail, lesson),
  };
  const head = { subject: lesson.subject, preview: previewInWords(mail, lesson) };
  return composeMail(mail, "lesson", head, values, lessonHeaders(mail));
}

/** "Lesson 4 of 12", and what its author wrote behind it. */
const previewInWords = (mail: Composition, lesson: Lesson): string =>
  say(chooseWords(mail), "lesson.preview", {
    number: String(lessonNumber(mail.course, lesson)),
    total: String(mail.course.lessons.length),
    preview: lesson.preview,
  });

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

function nextInWords(mail: Composition, lesson: Lesson): { when: string; title: string } {
  const { course, now } = mail;
  const enrolment = need(mail.enrolment, "enrolment");
  const next = nextLesson(course, [...enrolment.done, lesson.slug]);
  const at = next
    ? nextLessonTime(enrolment.cadence, now, next.after)
    : completionTime(enrolment.cadence, now);
  return { when: inWords(mail, at), title: next?.title ?? say(chooseWords(mail), "footer.nextIsJournal") };
}

export const inWords = (mail: Composition, at: Instant): string =>
  slotInWords(chooseWords(mail), need(mail.enrolment, "enrolment").cadence, at);

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
