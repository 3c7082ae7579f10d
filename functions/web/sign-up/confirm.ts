import { beginCourse } from "../../consent/begin-course.ts";
import {
  findLanguage,
  firstCourse,
  offeredCourse,
  requestedCourse,
  siteWords,
} from "../../domain/content.ts";
import { type Course, nextLesson } from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { toNetwork } from "../../domain/people/address.ts";
import { consentRecord, LEAVE_TEXT, type Origin, readOrigin, shown } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import {
  asksForConfirmation,
  type Consent,
  latestConsent,
  type Subscriber,
  withConfirmation,
  withConsent,
} from "../../domain/people/subscriber.ts";
import type { Instant } from "../../domain/time.ts";
import { say, type Words } from "../../domain/words/words.ts";
import {
  EVERYTHING,
  NEWSLETTER,
  READER_LINK_LIFE,
  readConfirmToken,
  readerToken,
} from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, saying, unknownLink } from "../page.ts";
import { isAdmitted } from "./admission.ts";
import { cadenceChoices, ratingChoices } from "./choices.ts";
import { pressedMail } from "./pressed-mail.ts";
import { checkInbox } from "./sign-up.ts";
import { zoneGroups } from "./zones.ts";

/** `GET /confirm/{token}`: a button. Mail scanners follow links, so nothing changes here. */
export async function confirmPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  const { course } = found;
  const isIn = await isInCourse(services, found);
  const { token } = request.path;
  return pageAnswer(services, {
    name: "confirm",
    title: say(findLanguage(services.content, course).words, isIn ? "confirm.headingIn" : "confirm.heading"),
    course,
    values: { action: `/confirm/${token}/${course.slug}`, isIn },
  });
}

/** `POST /confirm/{token}`: the course begins. Pressed again, it says the same and changes nothing. */
export async function confirm(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  if (request.form.do === "never") return neverAgain(services, found, request);
  const wasIn = await isInCourse(services, found);
  const active = await activate(services, found, readOrigin(request, "/confirm", found.course));
  if (active?.status !== "active") return signUpAgain(services);
  await enrol(services, active, found.course);
  return confirmedPage(services, active, found.course, wasIn);
}

/** `POST /new-link/{token}`: one more confirmation, within the same limits, while the sign-up is kept. */
export async function newLink(services: Services, request: WebRequest): Promise<WebResponse> {
  const reading = await readToken(services, request);
  if (!("subscriber" in reading)) return unknownLink(services);
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (subscriber?.status === "unconfirmed") await askAgain(services, subscriber, request);
  return checkInbox(services, subscriber ? requestedCourse(services, subscriber) : firstCourse(services));
}

async function askAgain(services: Services, subscriber: Subscriber, { ip }: WebRequest): Promise<void> {
  if (!(await isAdmitted(services, { address: subscriber.address, network: toNetwork(ip) }))) return;
  const now = services.clock.now();
  await services.store.change(subscriber, (current) =>
    current.status === "unconfirmed" ? asksForConfirmation(current, now) : current,
  );
  await services.nudge.send({ subscriber: subscriber.id }, 0);
}

const readToken = (services: Services, { path }: WebRequest) =>
  readWithKeyring(services.keyring, (keys) => readConfirmToken(keys, path.token ?? "", services.clock.now()));

interface Link {
  subscriber: Subscriber;
  /** The course that the mail was about; in a link that names none, the one that was asked for last. */
  course: Course;
  expiresAt: Instant;
}

/** Whose sign-up a link confirms, or the page for a link that cannot confirm any. */
async function whoseLink(services: Services, request: WebRequest): Promise<Link | { answer: WebResponse }> {
  const reading = await readToken(services, request);
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (!subscriber || subscriber.status === "stopped") return { answer: signUpAgain(services) };
  const course = courseToBegin(services, subscriber, request.path.course);
  if (!course) return { answer: signUpAgain(services) };
  if (!("problem" in reading)) return { subscriber, course, expiresAt: reading.expiresAt };
  if (subscriber.status === "active")
    return { answer: messagePage(services, 410, "confirmedLongAgo", course) };
  const answer = pageAnswer(services, {
    name: "link-expired",
    title: say(findLanguage(services.content, course).words, "linkExpired.heading"),
    status: 410,
    course,
    values: { action: `/new-link/${request.path.token}` },
  });
  return { answer };
}

/**
 * The address was typed by another. Only its owner has the link; of somebody who is in a course it is not taken, since
 * they leave by the links in their mails, which forwarded confirmations must not do for them.
 */
async function neverAgain(
  services: Services,
  { subscriber, course }: Link,
  request: WebRequest,
): Promise<WebResponse> {
  if (subscriber.status === "active") return signUpAgain(services);
  const origin = readOrigin(request, "/confirm", course);
  const now = services.clock.now();
  const record = consentRecord("withdrawn", EVERYTHING, shown(LEAVE_TEXT), now, origin);
  await services.store.stopEverything(subscriber.id, "never", record);
  services.log.info("never-again", { subscriber: subscriber.id });
  const { words } = findLanguage(services.content, course);
  const { senderLocalPart, mailDomain } = services.settings;
  const says = say(words, "messages.never.says", { address: `${senderLocalPart}@${mailDomain}` });
  return saying(services, 200, course, say(words, "messages.never.heading"), says);
}

function signUpAgain(services: Services): WebResponse {
  const words = siteWords(services);
  const says = say(words, "messages.signUpAgain.says", { days: services.settings.retention.unconfirmedDays });
  return saying(services, 410, firstCourse(services), say(words, "messages.signUpAgain.heading"), says);
}

/** The subscriber as active, with the record of it; a suppression that they made themselves is lifted. */
async function activate(
  services: Services,
  { subscriber, course: { slug: list }, expiresAt }: Link,
  origin: Origin,
): Promise<Subscriber | undefined> {
  const now = services.clock.now();
  const confirmation = pressedMail(
    await services.store.ledger(subscriber.id),
    expiresAt,
    ({ kind }) => kind === "confirmation",
  );
  const byMail = (record: Consent): Consent => (confirmation ? { ...record, confirmation } : record);
  const agreeing = agreementText(origin.locale);
  const course = byMail(consentRecord("confirmed", list, shown(agreeing.confirm), now, origin));
  const newsletter = byMail(consentRecord("confirmed", NEWSLETTER, shown(agreeing.newsletter), now, origin));
  const active = await services.store.change(subscriber, (current) => {
    const after = withConfirmation(current, course);
    const joins = after !== current && after.newsletter && !current.newsletter;
    return joins ? { ...after, consents: withConsent(after.consents, newsletter) } : after;
  });
  if (active?.status === "active") await services.store.liftSuppression(active.addressHash);
  return active;
}

async function enrol(services: Services, subscriber: Subscriber, course: Course): Promise<void> {
  await beginCourse(services, subscriber, course, defaultCadence(course, subscriber.zone));
}

/** The address of a link is not signed, so it can choose only among what they have asked for and not left since. */
function courseToBegin(
  services: Services,
  subscriber: Subscriber,
  named: string | undefined,
): Course | undefined {
  if (named === undefined) return offeredCourse(services, subscriber.asksFor.course) ?? firstCourse(services);
  const isAskedFor = ["requested", "confirmed"].includes(latestConsent(subscriber, named)?.event ?? "");
  return isAskedFor ? offeredCourse(services, named) : undefined;
}

async function isInCourse(services: Services, { subscriber, course }: Link): Promise<boolean> {
  if (subscriber.status !== "active") return false;
  const enrolment = await services.store.enrolment(subscriber.id, course.slug);
  return enrolment?.status === "active" || enrolment?.status === "paused";
}

/** @param wasIn the button was pressed before: nothing was sent this time */
async function confirmedPage(
  services: Services,
  { id, zone }: Subscriber,
  course: Course,
  wasIn: boolean,
): Promise<WebResponse> {
  const expiresAt = services.clock.now() + READER_LINK_LIFE;
  const token = readerToken(await services.keyring.keys(), { subscriber: id, expiresAt });
  const enrolment = await services.store.enrolment(id, course.slug);
  const cadence = enrolment?.cadence ?? defaultCadence(course, zone);
  const { words } = findLanguage(services.content, course);
  const goesOn = !wasIn && enrolment ? nextStep(words, course, enrolment) : false;
  const comesBack = goesOn ? "confirmed.headingBack" : "confirmed.heading";
  return pageAnswer(services, {
    name: "confirmed",
    title: say(words, wasIn ? "confirmed.headingIn" : comesBack),
    course,
    values: {
      action: `/reader/${token}`,
      slug: course.slug,
      wasIn,
      zoneGroups: zoneGroups(words, cadence.zone),
      goesOn,
      cadence: cadenceChoices(words, cadence),
      rating: ratingChoices(course, enrolment?.ratings.before),
    },
  });
}

/** Who had lessons before goes on behind them, or starts again. */
function nextStep(words: Words, course: Course, { done, movedTo, run }: Enrolment) {
  const next = nextLesson(course, done, movedTo);
  if (done.length === 0) return false;
  return { course: course.slug, run, title: next?.title ?? say(words, "confirmed.journal") };
}
