import type { EmailName } from "../../domain/content.ts";
import { type Course, lessonBySlug } from "../../domain/course/course.ts";
import type { Dispatch } from "../../domain/sending/dispatch.ts";
import { type KindWhere, mailKind } from "../../domain/sending/mail-kinds.ts";
import { OperationalError } from "../../errors.ts";
import { composeAddress } from "./address.ts";
import type { Composed, Composition } from "./composition.ts";
import { composeAnswer, composeDigest, composePrompt, composeRelay, composeReport } from "./conversation.ts";
import { composeIssue } from "./issue.ts";
import { composeCompletion, composeLetter, composeLookBack } from "./journal.ts";
import { chooseRecap, composeLesson } from "./lesson.ts";
import { composeNotice, noticeOccasions } from "./notice.ts";
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
  letter: composeLetter,
  issue: composeIssue,
  notice: composeNotice,
  address: composeAddress,
};

/** The mail of a dispatch. Throws `template-failed`, naming the dispatch. */
export function compose(mail: Composition): Composed {
  const write = COMPOSE[mail.dispatch.kind as EmailName];
  if (!write)
    throw new OperationalError("template-failed", `there is no template for a ${mail.dispatch.kind}`);
  try {
    return write(mail);
  } catch (cause) {
    throw new OperationalError(
      "template-failed",
      `${mail.dispatch.kind} ${mail.dispatch.slug}: ${(cause as Error).message}`,
    );
  }
}

/**
 * True for a mail that quotes what the reader wrote, and so needs all of it: it teaches what is their signature.
 * @param done lessons that they have had
 */
export function quotesReader(course: Course, dispatch: Dispatch, done: readonly string[]): boolean {
  const { quotesReader: when } = mailKind(dispatch.kind);
  if (when !== "sometimes") return when === "always";
  return SOMETIMES_QUOTES[dispatch.kind as KindWhere<"quotesReader", "sometimes">](course, dispatch, done);
}

/** Of each kind that quotes the reader sometimes: whether this mail does. */
const SOMETIMES_QUOTES: Record<
  KindWhere<"quotesReader", "sometimes">,
  (course: Course, dispatch: Dispatch, done: readonly string[]) => boolean
> = {
  lesson: (course, { slug }, done) => {
    const lesson = lessonBySlug(course, slug);
    return lesson !== undefined && chooseRecap(course, lesson, done) !== undefined;
  },
  notice: (_, dispatch) => noticeOccasions(dispatch).includes("journal"),
};
