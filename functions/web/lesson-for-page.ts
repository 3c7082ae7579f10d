import { rhythmName } from "../domain/course/cadence.ts";
import type { Course, Lesson } from "../domain/course/course.ts";
import { divideBody, readersBody } from "../domain/course/lesson-body.ts";
import type { Facts } from "../domain/course/whom.ts";
import { htmlForPage } from "./page.ts";

/**
 * What `page-lesson.hbs` shows: a lesson's body with its move behind the opening, as the mail has it.
 * @param facts of the reader whose link it is; without, what is for everybody
 */
export function lessonForPage({ attribution, defaults }: Course, lesson: Lesson, facts?: Facts) {
  const { opening, beforeQuote, afterQuote } = divideBody(facts ? readersBody(lesson, facts) : lesson.body);
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
