import { findCourseFor, findLanguage, firstCourse, type Language } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { inLanguage } from "../../domain/course/translations.ts";
import { UNDO_LIFE, writeUndo } from "../../domain/course/undo.ts";
import { LEAVE_REASONS } from "../../domain/people/leave-reason.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { EVERYTHING, NEWSLETTER, undoToken } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, type Page, pageAnswer, saying } from "../page.ts";

const formAction = ({ path }: WebRequest): string => `/unsubscribe/${path.token}`;

/** The page behind the link: leaving is one press, and pausing is offered once, here. */
export function leavePage(
  services: Services,
  request: WebRequest,
  { list, canPause, reader }: { list: string | undefined; canPause: boolean; reader: Subscriber | undefined },
): WebResponse {
  const left = whatIs(services, list, reader);
  const { words } = speech(services, left, reader);
  return pageAnswer(services, {
    name: "unsubscribe",
    title: say(words, "unsubscribe.title"),
    ...about(left, words),
    values: {
      action: formAction(request),
      heading: heading(words, "unsubscribe", left),
      button: say(words, `unsubscribe.button.${left.kind}`),
      isEverything: list === EVERYTHING,
      isNewsletter: list === NEWSLETTER,
      canPause,
    },
  });
}

/** After leaving: what was left, an undo while it works, and one optional click about why. */
export async function leftPage(
  services: Services,
  request: WebRequest,
  left: { list: string | undefined; subscriber: Subscriber | undefined; isTold: boolean },
): Promise<WebResponse> {
  const { list, subscriber, isTold } = left;
  const what = whatIs(services, list, subscriber);
  const { words } = speech(services, what, subscriber);
  return pageAnswer(services, {
    name: "left",
    title: say(words, "left.title"),
    ...about(what, words),
    values: {
      action: formAction(request),
      heading: heading(words, "left", what),
      isEverything: list === EVERYTHING,
      isNewsletter: list === NEWSLETTER,
      scope: list === EVERYTHING ? EVERYTHING : "",
      undo: list && subscriber ? await leaveUndo(services, subscriber, list) : "",
      isTold,
      reasons: LEAVE_REASONS.map((value) => ({ value, says: say(words, `left.because.${value}`) })),
    },
  });
}

/** Counted from the leaving itself: pressing again does not make it longer. Empty once it is over. */
async function leaveUndo(
  { keyring, clock }: Services,
  subscriber: Subscriber,
  list: string,
): Promise<string> {
  const latest = subscriber.consents.findLast((consent) => consent.list === list);
  const expiresAt = (latest?.at ?? 0) + UNDO_LIFE;
  if (latest?.event !== "withdrawn" || expiresAt <= clock.now()) return "";
  const undo = writeUndo({ act: "leave", list });
  return undoToken(await keyring.keys(), { subscriber: subscriber.id, expiresAt }, undo);
}

/** After "pause instead". */
export function pausedPage(
  services: Services,
  _request: WebRequest,
  enrolment: Enrolment | undefined,
  reader: Subscriber | undefined,
): WebResponse {
  const course = findCourseFor(services, enrolment?.course, reader) ?? firstCourse(services);
  if (enrolment?.status !== "paused") return messagePage(services, 200, "nothingToPause", course);
  const resume = enrolment.agenda.resume;
  if (!resume) return messagePage(services, 200, "paused", course);
  const { words } = findLanguage(services.content, course);
  const date = dateInWords(words, enrolment.cadence, resume.dueAt);
  const says = say(words, "messages.pausedUntil.says", { date });
  return saying(services, 200, course, say(words, "messages.pausedUntil.heading"), says);
}

/** What a link leaves. A list that is gone has no name any more. */
type LeftList = { kind: "course"; course: Course } | { kind: "newsletter" | "everything" | "unknown" };

function whatIs({ content }: Services, list: string | undefined, reader: Subscriber | undefined): LeftList {
  if (list === EVERYTHING) return { kind: "everything" };
  if (list === NEWSLETTER) return { kind: "newsletter" };
  const course = findCourseFor({ content }, list, reader);
  return course ? { kind: "course", course } : { kind: "unknown" };
}

function speech(services: Services, left: LeftList, reader: Subscriber | undefined): Language {
  const { newsletter } = services.content;
  if (left.kind === "newsletter" && newsletter) return findLanguage(services.content, newsletter);
  const course = left.kind === "course" ? left.course : inLanguage(firstCourse(services), reader?.language);
  return findLanguage(services.content, course);
}

/** Whose page it is, and in which language. */
const about = (left: LeftList, { language }: Words): Pick<Page, "course" | "language"> => ({
  language,
  ...(left.kind === "course" && { course: left.course }),
});

const heading = (words: Words, page: "unsubscribe" | "left", left: LeftList): string =>
  left.kind === "course"
    ? say(words, `${page}.heading.course`, { title: left.course.title })
    : say(words, `${page}.heading.${left.kind}`);
