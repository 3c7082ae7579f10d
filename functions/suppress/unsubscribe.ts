import { consentRecord, LEAVE_TEXT, type Origin, originOf } from "../domain/consent.ts";
import { type Enrolment, left } from "../domain/enrolment.ts";
import { pageAnswer, plainAnswer, unknownLink } from "../domain/page.ts";
import { type Subscriber, withConsent } from "../domain/subscriber.ts";
import { EVERYTHING, NEWSLETTER, readUnsubscribeToken } from "../mail/links.ts";
import { readWithKeyring } from "../mail/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";

/** What a link names. Its list may have gone since; then there is nothing to leave, and that is no error. */
interface Leaving {
  subscriber: string;
  list: string | undefined;
}

/**
 * RFC 8058: the POST of a mail program unsubscribes at once, in either form encoding, without a login, a redirect
 * or an expiry. A GET changes nothing, because mail scanners follow links.
 */
export const unsubscribeRoutes = {
  "GET /unsubscribe/{token}": unsubscribePage,
  "POST /unsubscribe/{token}": unsubscribe,
};

/** The page behind the link in a mail: a button for this list, and one for everything. */
export async function unsubscribePage(services: Services, request: WebRequest): Promise<WebResponse> {
  const leaving = await readLink(services, request);
  if (!leaving) return unknownLink(services);
  return pageAnswer(services, {
    name: "unsubscribe",
    title: "Leave",
    values: {
      action: `/unsubscribe/${request.path.token}`,
      list: nameOf(services, leaving.list),
      button: buttonFor(services, leaving.list),
      isEverything: leaving.list === EVERYTHING,
    },
  });
}

/**
 * Leaves the list of the link, or everything if the page's other button was pressed. All is written before the
 * answer. A body that cannot be read is no reason to go on mailing somebody: the link alone says what to do.
 */
export async function unsubscribe(services: Services, request: WebRequest): Promise<WebResponse> {
  const leaving = await readLink(services, request);
  if (!leaving) return unknownLink(services);
  const list = request.form.scope === EVERYTHING ? EVERYTHING : leaving.list;
  if (list) await leave(services, leaving.subscriber, list, originOf(request, "/unsubscribe"));
  services.log.info("unsubscribed", { subscriber: leaving.subscriber, list });
  if (request.form.page !== "yes") return plainAnswer(200, "You are unsubscribed.\n");
  const isEverything = list === EVERYTHING;
  return pageAnswer(services, {
    name: "left",
    title: "You have left",
    values: { action: `/unsubscribe/${request.path.token}`, list: nameOf(services, list), isEverything },
  });
}

async function leave(services: Services, id: string, list: string, origin: Origin): Promise<void> {
  const { store } = services;
  const record = consentRecord("withdrawn", list, LEAVE_TEXT, services.clock.now(), origin);
  if (list === EVERYTHING) return store.stopEverything(id, "reader", record);
  const enrolment = list === NEWSLETTER ? undefined : await store.enrolment(id, list);
  if (enrolment) await store.change<Enrolment>(enrolment, left);
  const subscriber = await store.subscriber(id);
  if (!subscriber) return;
  await store.change<Subscriber>(subscriber, (current) => {
    const wasLeft = current.consents.findLast((consent) => consent.list === list)?.event === "withdrawn";
    const newsletter = current.newsletter && list !== NEWSLETTER;
    if (wasLeft && newsletter === current.newsletter) return current;
    return { ...current, newsletter, consents: withConsent(current.consents, record) };
  });
}

/** Undefined for a link that we have not signed. */
async function readLink(services: Services, { path }: WebRequest): Promise<Leaving | undefined> {
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

/** A course's title is too long for a button on a phone. */
function buttonFor(services: Services, list: string | undefined): string {
  const isCourse = services.content.courses.some(({ slug }) => slug === list);
  return `Leave ${isCourse ? "this course" : nameOf(services, list)}`;
}

function nameOf({ content }: Services, list: string | undefined): string {
  if (list === EVERYTHING) return "everything";
  if (list === NEWSLETTER) return "the newsletter";
  return content.courses.find(({ slug }) => slug === list)?.title ?? "this list";
}
