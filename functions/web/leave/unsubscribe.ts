import { leave } from "../../consent/leave.ts";
import { findCourse, firstCourse, siteWords } from "../../domain/content.ts";
import { type Enrolment, withPause } from "../../domain/course/enrolment.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import { consentRecord, LEAVE_TEXT, readOrigin, shown } from "../../domain/people/consent.ts";
import { isLeaveReason, type LeaveReason } from "../../domain/people/leave-reason.ts";
import type { Consent, Subscriber } from "../../domain/people/subscriber.ts";
import type { LEAVE_ROUTES } from "../../domain/routes.ts";
import { DAY } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import {
  EVERYTHING,
  NEWSLETTER,
  type SignedLeave as ReadLeaving,
  readUnsubscribeToken,
} from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { HolderStore, Needs, Services, WebRequest, WebResponse } from "../../ports.ts";
import { plainAnswer, unknownLink } from "../page.ts";
import { leavePage, leftPage, pausedPage } from "./leave-pages.ts";

/** What a link names. Its list may have gone since; then there is nothing to leave, and that is no error. */
interface LinkedLeave {
  subscriber: string;
  list: string | undefined;
  isFrom?: ReadLeaving["isFrom"];
}

/** "Pause instead", for those who would rather have less than nothing. */
const PAUSE_INSTEAD = 28 * DAY;

/**
 * RFC 8058: the POST of a mail program unsubscribes at once, in either form encoding, without a login, a redirect
 * or an expiry. A GET changes nothing, because mail scanners follow links.
 */
export const unsubscribeRoutes = {
  "GET /unsubscribe/{token}": unsubscribePage,
  "POST /unsubscribe/{token}": unsubscribe,
} satisfies Record<(typeof LEAVE_ROUTES)[number], unknown>;

/** The page behind the link in a mail: a button for this list, one to pause instead, and one for everything. */
async function unsubscribePage(services: Services, request: WebRequest): Promise<WebResponse> {
  const leaving = await readLink(services, request);
  if (!leaving) return unknownLink(services);
  const { subscriber, list } = leaving;
  const enrolment = list && (await findEnrolment(services, subscriber, list));
  const canPause = enrolment ? enrolment.status === "active" : false;
  const reader = await services.store.subscriber(subscriber);
  return leavePage(services, request, { list, canPause, reader });
}

/**
 * Leaves the list of the link, or everything if the page's other button was pressed. All is written before the
 * answer. A body that cannot be read is no reason to go on mailing someone: the link alone says what to do.
 */
async function unsubscribe(services: Services, request: WebRequest): Promise<WebResponse> {
  const leaving = await readLink(services, request);
  if (!leaving) return unknownLink(services);
  const { form } = request;
  const list = form.scope === EVERYTHING ? EVERYTHING : leaving.list;
  if (list && form.instead === "pause") return pauseInstead(services, request, leaving.subscriber, list);
  if (list && isLeaveReason(form.why)) await keepReason(services, leaving.subscriber, list, form.why);
  else if (list) await leave(services, leaving.subscriber, leaveRecord(services, request, list));
  if (leaving.isFrom)
    await services.store.noteOnEntry(leaving.subscriber, leaving.isFrom, "leftAt", services.clock.now());
  if (form.page !== "yes") return plainAnswer(200, `${say(siteWords(services), "plain.unsubscribed")}\n`);
  const subscriber = await services.store.subscriber(leaving.subscriber);
  return leftPage(services, request, { list, subscriber, isTold: isLeaveReason(form.why) });
}

async function findEnrolment(
  { store }: Needs<HolderStore>,
  id: string,
  list: string,
): Promise<Enrolment | undefined> {
  return list === NEWSLETTER || list === EVERYTHING ? undefined : store.enrolment(id, list);
}

async function pauseInstead(
  services: Services,
  request: WebRequest,
  id: string,
  list: string,
): Promise<WebResponse> {
  const enrolment = await findEnrolment(services, id, list);
  const until = services.clock.now() + PAUSE_INSTEAD;
  const after =
    enrolment &&
    (await services.store.change(enrolment, (current) =>
      current.status === "active" ? withSignOfLife(withPause(current, until)) : current,
    ));
  return pausedPage(services, request, after, await services.store.subscriber(id));
}

function leaveRecord(services: Services, request: WebRequest, list: string): Consent {
  const origin = readOrigin(request, "/unsubscribe", findCourse(services, list) ?? firstCourse(services));
  return consentRecord("withdrawn", list, shown(LEAVE_TEXT), services.clock.now(), origin);
}

/** On the record of their leaving, and in a metric; a second click corrects the first. */
async function keepReason(
  services: Needs<HolderStore, "log">,
  id: string,
  list: string,
  why: LeaveReason,
): Promise<void> {
  const subscriber = await services.store.subscriber(id);
  if (!subscriber) return;
  const withReason = (current: Subscriber): Subscriber => {
    const place = current.consents.findLastIndex((consent) => consent.list === list);
    const latest = current.consents[place];
    if (latest?.event !== "withdrawn" || latest.why === why) return current;
    const told: Consent = { ...latest, why };
    return { ...current, consents: current.consents.with(place, told) };
  };
  const after = await services.store.change(subscriber, withReason);
  if (after?.version !== subscriber.version) services.log.count(`LeftBecause-${why}`);
}

/** Undefined for a link that we have not signed. */
async function readLink(
  services: Needs<HolderStore, "content" | "keyring">,
  { path }: WebRequest,
): Promise<LinkedLeave | undefined> {
  const known = services.content.courses.map(({ slug }) => slug);
  const read = (courses: string[]) =>
    readWithKeyring(services.keyring, (keys) => readUnsubscribeToken(keys, path.token ?? "", courses));
  const reading = await read(known);
  if (!("subscriber" in reading)) return undefined;
  if ("list" in reading) return reading;
  // A course that is not shipped any more: the reader's own enrolments still know its name.
  const enrolments = await services.store.enrolments(reading.subscriber);
  const again = await read(enrolments.map(({ course }) => course));
  return { subscriber: reading.subscriber, list: "list" in again ? again.list : undefined };
}
