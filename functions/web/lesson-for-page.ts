import { rhythmName } from "../domain/course/cadence.ts";
import type { Course, Lesson } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { divideBody, readersBody } from "../domain/course/lesson-body.ts";
import { fillAnswers } from "../domain/course/merge-fields.ts";
import type { Facts } from "../domain/course/whom.ts";
import { htmlForPage } from "./page.ts";

/** Whose link it is, and what is known of them. */
interface PageReader {
  enrolment: Pick<Enrolment, "answers">;
  facts: Facts;
}

/**
 * What `page-lesson.hbs` shows: a lesson's body with its move behind the opening, as the mail has it. What its reader wrote
 * when they signed up is not shown: links get forwarded.
 * @param reader without, what is for everybody
 */
export function lessonForPage(course: Course, lesson: Lesson, reader?: PageReader) {
  const { attribution, defaults, language } = course;
  const body = reader ? readersBody(lesson, reader.facts) : lesson.body;
  const filled = fillAnswers(body, { course, enrolment: reader?.enrolment, language, hidesTexts: true });
  const { opening, beforeQuote, afterQuote } = divideBody(filled);
  return {
    opening: htmlForPage(opening.html),
    beforeQuote: htmlForPage(beforeQuote.html),
    afterQuote: htmlForPage(afterQuote.html),
    move: lesson.move,
    wordsToUse: lesson.wordsToUse,
    pullQuote: lesson.pullQuote,
    author: attribution.author,
    isWeekly: rhythmName(defaults) === "weekly",
  };
}
