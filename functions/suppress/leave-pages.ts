import type { Course } from "../domain/course.ts";
import type { Enrolment } from "../domain/enrolment.ts";
import { LEAVE_REASONS } from "../domain/leave-reason.ts";
import { messagePage, pageAnswer } from "../domain/page.ts";
import { dateInWords } from "../domain/schedule.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { UNDO_LIFE, writeUndo } from "../domain/undo.ts";
import { EVERYTHING, NEWSLETTER, undoToken } from "../mail/links.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";

const actionOf = ({ path }: WebRequest): string => `/unsubscribe/${path.token}`;

/** The page behind the link: leaving is one press, and pausing is offered once, here. */
export function leavePage(
  services: Services,
  request: WebRequest,
  { list, canPause }: { list: string | undefined; canPause: boolean },
): WebResponse {
  return pageAnswer(services, {
    name: "unsubscribe",
    title: "Leave",
    course: courseOf(services, list),
    values: {
      action: actionOf(request),
      list: nameOf(services, list),
      button: buttonFor(services, list),
      isEverything: list === EVERYTHING,
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
  return pageAnswer(services, {
    name: "left",
    title: "You have left",
    course: courseOf(services, list),
    values: {
      action: actionOf(request),
      list: nameOf(services, list),
      isEverything: list === EVERYTHING,
      scope: list === EVERYTHING ? EVERYTHING : "",
      undo: list && subscriber ? await undoOf(services, subscriber, list) : "",
      isTold,
      reasons: Object.entries(LEAVE_REASONS).map(([value, says]) => ({ value, says })),
    },
  });
}

/** Counted from the leaving itself: pressing again does not make it longer. Empty once it is over. */
async function undoOf({ keyring, clock }: Services, subscriber: Subscriber, list: string): Promise<string> {
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
): WebResponse {
  const resume = enrolment?.agenda.resume;
  if (enrolment?.status !== "paused")
    return messagePage(services, 200, "There is nothing to pause", ["The course sends you no lessons now."]);
  const until = resume ? ` until ${dateInWords(enrolment.cadence, resume.dueAt)}` : "";
  return messagePage(services, 200, "Paused", [
    `No lessons come${until}. Your place is kept, and answers to your replies still come.`,
    "To go on sooner, reply “resume” to any lesson.",
  ]);
}

/** The course that is left, if the list is one. */
const courseOf = ({ content }: Services, list: string | undefined): Course | undefined =>
  content.courses.find(({ slug }) => slug === list);

/** A course's title is too long for a button on a phone. */
const buttonFor = (services: Services, list: string | undefined): string =>
  `Leave ${courseOf(services, list) ? "this course" : nameOf(services, list)}`;

function nameOf(services: Services, list: string | undefined): string {
  if (list === EVERYTHING) return "everything";
  if (list === NEWSLETTER) return "the newsletter";
  return courseOf(services, list)?.title ?? "this list";
}
