import { type Enrolment, withReturn } from "../domain/course/enrolment.ts";
import { withSignOfLife } from "../domain/course/silence.ts";
import {
  type Consent,
  latestConsent,
  type Subscriber,
  withConsent,
  withNewsletter,
} from "../domain/people/subscriber.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import type { Services } from "../ports.ts";
import { enterCourse } from "./begin-course.ts";

/**
 * Takes leaving back: a person is on the list again that the record names, or on all that a stop of everything ended.
 * A bounce or a complaint is not taken back. Idempotent; true if they are there.
 */
export async function comeBack(
  services: Services,
  subscriber: Subscriber,
  record: Consent,
): Promise<boolean> {
  const { list } = record;
  if (list === NEWSLETTER) return withNewsletterBack(services, subscriber, record);
  const back = await withReactivation(services, subscriber, record);
  if (back?.status !== "active") return false;
  if (list === EVERYTHING) await services.store.liftSuppression(back.addressHash);
  const enrolments = (await services.store.enrolments(back.id)).filter(
    ({ course }) => course === list || (list === EVERYTHING && !leftOnItsOwn(back, course)),
  );
  for (const enrolment of enrolments) await enterAgain(services, back, enrolment);
  return true;
}

async function withNewsletterBack(
  { store }: Services,
  subscriber: Subscriber,
  record: Consent,
): Promise<boolean> {
  const after = await store.change(subscriber, (current) =>
    hasLeftSince(current, record) ? current : withNewsletter(current, record),
  );
  return after?.newsletter === true;
}

/** The record of it comes first: whoever enters the course reads it. */
async function withReactivation(
  { store }: Services,
  subscriber: Subscriber,
  record: Consent,
): Promise<Subscriber | undefined> {
  const { list } = record;
  return store.change(subscriber, (current) => {
    if (current.status === "unconfirmed") return current;
    const isStopped = current.status === "stopped";
    if (isStopped && (list !== EVERYTHING || current.stoppedBy !== "reader")) return current;
    if (latestConsent(current, list)?.event !== "withdrawn" || hasLeftSince(current, record)) return current;
    const back = { ...current, status: "active" as const, consents: withConsent(current.consents, record) };
    if (isStopped) back.newsletter = lastWord(current, NEWSLETTER) === "confirmed";
    delete back.stoppedBy;
    delete back.liftedFrom;
    return back;
  });
}

/** A mail that says "back" may be delivered again after its writer has left once more. */
function hasLeftSince(subscriber: Subscriber, { list, at }: Consent): boolean {
  const last = latestConsent(subscriber, list);
  return last?.event === "withdrawn" && last.at > at;
}

async function enterAgain(services: Services, back: Subscriber, enrolment: Enrolment): Promise<void> {
  const course = services.content.courses.find(({ slug }) => slug === enrolment.course);
  const enter = (current: Enrolment) => withSignOfLife(withReturn(current));
  if (course) await enterCourse(services, back, course, enrolment.cadence, enter);
}

const leftOnItsOwn = (subscriber: Subscriber, course: string): boolean =>
  lastWord(subscriber, course) === "withdrawn";

/** The latest event about exactly this list, whatever became of everything. */
const lastWord = ({ consents }: Subscriber, list: string) =>
  consents.findLast((consent) => consent.list === list)?.event;
