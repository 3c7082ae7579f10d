import { rhythmName } from "../domain/course/cadence.ts";
import type { Course, Lesson } from "../domain/course/course.ts";
import { divideBody } from "../domain/course/lesson-body.ts";
import { htmlForPage } from "./page.ts";

/** What `page-lesson.hbs` shows: a lesson's body with its move behind the opening, as the mail has it. */
export function lessonForPage({ attribution, defaults }: Course, lesson: Lesson) {
  const { opening, beforeQuote, afterQuote } = divideBody(lesson.body);
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
