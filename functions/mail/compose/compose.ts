import type { EmailName } from "../../domain/content.ts";
import { type Course, lessonBySlug } from "../../domain/course/course.ts";
import type { Dispatch } from "../../domain/sending/dispatch.ts";
import type { Composed, Composition } from "./composition.ts";
import { composeAnswer, composeDigest, composePrompt, composeRelay, composeReport } from "./conversation.ts";
import { composeIssue } from "./issue.ts";
import { composeCompletion, composeLookBack } from "./journal.ts";
import { chooseRecap, composeLesson } from "./lesson.ts";
import { composeNotice, noticeOccasion } from "./notice.ts";
import { composeConfirmation, composeWelcome } from "./sign-up.ts";

/** How to compose each kind of dispatch that has a template. */
export const COMPOSE: Record<EmailName, (mail: Composition) => Composed> = {
  confirmation: composeConfirmation,
  welcome: composeWelcome,
  lesson: composeLesson,
  prompt: composePrompt,
  answer: composeAnswer,
  relay: composeRelay,
  digest: composeDigest,
  report: composeReport,
  "look-back": composeLookBack,
  completion: composeCompletion,
  issue: composeIssue,
  notice: composeNotice,
};

/** True for a mail that quotes what the reader wrote, and so needs all of it: it teaches what is their signature. */
export function quotesReader(course: Course, dispatch: Dispatch): boolean {
  if (dispatch.kind === "look-back" || holdsJournal(dispatch)) return true;
  const lesson = dispatch.kind === "lesson" ? lessonBySlug(course, dispatch.slug) : undefined;
  return lesson !== undefined && chooseRecap(course, lesson) !== undefined;
}

/** True for a mail that holds everything that the reader wrote. */
const holdsJournal = (dispatch: Dispatch): boolean =>
  dispatch.kind === "completion" || (dispatch.kind === "notice" && noticeOccasion(dispatch) === "journal");
