import { isDeepStrictEqual } from "node:util";
import { beginCourse } from "../../consent/begin-course.ts";
import { mayAskAgain } from "../../consent/errands/ask-for-confirmation-again.ts";
import {
  findLanguage,
  firstCourse,
  isNewsletter,
  offeredList,
  requestedCourse,
  siteWords,
} from "../../domain/content.ts";
import { startAwaited } from "../../domain/course/cohort.ts";
import { type Course, nextLesson } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { inLanguage } from "../../domain/course/translations.ts";
import { type PersonFacts, readFacts } from "../../domain/course/whom.ts";
import { toNetwork } from "../../domain/people/address.ts";
import { consentRecord, LEAVE_TEXT, type Origin, readOrigin, shown } from "../../domain/people/consent.ts";
import { agreementText, agreementToList } from "../../domain/people/consent-texts.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import {
  type Consent,
  latestConsent,
  type Subscriber,
  withConfirmation,
  withConsent,
  withNewsletterWelcome,
  withoutAnswersWaiting,
} from "../../domain/people/subscriber.ts";
import { toMailbox } from "../../domain/people/twins.ts";
import type { Instant } from "../../domain/time.ts";
import { say, type Words } from "../../domain/words/words.ts";
import {
  addressHash,
  EVERYTHING,
  NEWSLETTER,
  READER_LINK_LIFE,
  readConfirmToken,
  readerToken,
} from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { elsewhere, messagePage, pageAnswer, saying, unknownLink } from "../page.ts";
import { cadenceChoices, ratingChoices } from "./choices.ts";
import { pressedMail } from "./pressed-mail.ts";
import { checkInbox } from "./sign-up.ts";
import { zoneGroups } from "./zones.ts";

/** `GET /confirm/{token}`: a button. Mail scanners follow links, so nothing changes here. */
export async function confirmPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  const { course } = found;
  const isIn = await isOnList(services, found);
  const { words } = findLanguage(services.content, course);
  if (isIn && isNewsletter(course)) return messagePage(services, 200, "joined", course);
  const { token } = request.path;
  const heading = isNewsletter(course) ? "join.heading" : "confirm.heading";
  return pageAnswer(services, {
    name: "confirm",
    title: say(words, isIn ? "confirm.headingIn" : heading),
    course,
    values: { action: `/confirm/${token}/${course.slug}`, isIn },
  });
}

/** `POST /confirm/{token}`: the course begins, or the newsletter comes. Pressed again, it says the same and changes nothing. */
export async function confirm(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whoseLink(services, request);
  if ("answer" in found) return found.answer;
  if (request.form.do === "never") return neverAgain(services, found, request);
  const wasIn = await isOnList(services, found);
  const active = await activate(services, found, readOrigin(request, "/confirm", found.course));
  if (active?.status !== "active") return signUpAgain(services);
  const { confirmed: own } = services.settings.thanks ?? {};
  const ownPage = own === undefined || wasIn ? undefined : elsewhere(own);
  if (isNewsletter(found.course)) {
    const page = await welcomeToNewsletter(services, active, found.course, wasIn);
    return ownPage ?? page;
  }
  await enrol(services, active, found.course);
  return ownPage ?? confirmedPage(services, active, found.course, wasIn);
}

/** `POST /new-link/{token}`: one more confirmation, within the same limits, while the sign-up is kept. */
export async function newLink(services: Services, request: WebRequest): Promise<WebResponse> {
  const reading = await readToken(services, request);
  if (!("subscriber" in reading)) return unknownLink(services);
  await services.errands.leave({
    ...{ does: "confirm-again", at: services.clock.now(), subscriber: reading.subscriber },
    network: toNetwork(request.ip),
    asking: addressHash(await services.keyring.keys(), `link ${request.path.token}`),
  });
  const subscriber = await services.store.subscriber(reading.subscriber);
  return checkInbox(services, subscriber ? requestedCourse(services, subscriber) : firstCourse(services));
}

const readToken = (services: Services, { path }: WebRequest) =>
  readWithKeyring(services.keyring, (keys) => readConfirmToken(keys, path.token ?? "", services.clock.now()));

interface ConfirmLink {
  subscriber: Subscriber;
  /** The course, or the newsletter, that the button is for; in a link that names none, what was asked for last. */
  course: Course;
  expiresAt: Instant;
}

/** Whose sign-up a link confirms, or the page for a link that cannot confirm any. */
async function whoseLink(
  services: Services,
  request: WebRequest,
): Promise<ConfirmLink | { answer: WebResponse }> {
  const reading = await readToken(services, request);
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (!subscriber || subscriber.status === "stopped") return { answer: signUpAgain(services) };
  const course = listToConfirm(services, subscriber, request.path.course);
  if (!course) return { answer: signUpAgain(services) };
  if (!("problem" in reading)) return { subscriber, course, expiresAt: reading.expiresAt };
  if (subscriber.status === "active" && latestConsent(subscriber, course.slug)?.event !== "requested")
    return { answer: messagePage(services, 410, "confirmedLongAgo", course) };
  if (!mayAskAgain(subscriber, services.clock.now())) return { answer: signUpAgain(services) };
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
  { subscriber, course }: ConfirmLink,
  request: WebRequest,
): Promise<WebResponse> {
  if (subscriber.status === "active") return signUpAgain(services);
  const origin = readOrigin(request, "/confirm", course);
  const now = services.clock.now();
  const record = consentRecord("withdrawn", EVERYTHING, shown(LEAVE_TEXT), now, origin);
  await services.store.stopEverything(subscriber.id, "never", record);
  const mailbox = addressHash(await services.keyring.keys(), toMailbox(subscriber.address));
  // Every spelling of it: strangers type what they like. A reader's own they leave by the links in their mails.
  if (!isRehearsal(subscriber.id) && (await services.store.findSubscriber(mailbox)) === undefined)
    await services.store.suppress(mailbox, "never");
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
  { subscriber, course: { slug: list }, expiresAt }: ConfirmLink,
  origin: Origin,
): Promise<Subscriber | undefined> {
  const now = services.clock.now();
  const confirmation = pressedMail(
    await services.store.ledger(subscriber.id),
    expiresAt,
    ({ kind }) => kind === "confirmation",
  );
  const byMail = (record: Consent): Consent => (confirmation ? { ...record, confirmation } : record);
  const agreeing = agreementToList({ slug: list, language: origin.locale });
  const beside = agreementText(origin.locale).newsletter;
  const record = byMail(consentRecord("confirmed", list, shown(agreeing.confirm), now, origin));
  const newsletter = byMail(consentRecord("confirmed", NEWSLETTER, shown(beside), now, origin));
  const active = await services.store.change(subscriber, (current) => {
    const after = withConfirmation(current, record);
    if (after === current) return current;
    if (list === NEWSLETTER) return withNewsletterWelcome(after, now);
    const joins = after.newsletter && !current.newsletter;
    return joins ? { ...after, consents: withConsent(after.consents, newsletter) } : after;
  });
  if (active?.status === "active") await services.store.liftSuppression(active.addressHash);
  return active;
}

async function enrol(services: Services, subscriber: Subscriber, course: Course): Promise<void> {
  const answers = subscriber.answersWaiting?.[course.slug];
  await beginCourse(services, subscriber, course, defaultCadence(course, subscriber.zone), answers);
  // Only now: a press that was cut short before is made once more, and must find them.
  if (answers)
    await services.store.change(subscriber, (current) =>
      isDeepStrictEqual(current.answersWaiting?.[course.slug], answers)
        ? withoutAnswersWaiting(current, course.slug)
        : current,
    );
}

/** The address of a link is not signed, so it can choose only among what they have asked for and not left since. */
function listToConfirm(
  services: Services,
  subscriber: Subscriber,
  named: string | undefined,
): Course | undefined {
  const offered = offeredList(services, named ?? subscriber.asksFor.course);
  if (named === undefined) return inLanguage(offered ?? firstCourse(services), subscriber.language);
  const isAskedFor = ["requested", "confirmed"].includes(latestConsent(subscriber, named)?.event ?? "");
  return isAskedFor && offered ? inLanguage(offered, subscriber.language) : undefined;
}

async function isOnList(services: Services, { subscriber, course }: ConfirmLink): Promise<boolean> {
  if (subscriber.status !== "active") return false;
  if (isNewsletter(course)) return subscriber.newsletter;
  const enrolment = await services.store.enrolment(subscriber.id, course.slug);
  return enrolment?.status === "active" || enrolment?.status === "paused";
}

/** @param wasIn the button was pressed before: nothing is sent this time */
async function welcomeToNewsletter(
  services: Services,
  { id }: Subscriber,
  course: Course,
  wasIn: boolean,
): Promise<WebResponse> {
  if (!wasIn) await services.nudge.send({ subscriber: id }, 0);
  return messagePage(services, 200, wasIn ? "joined" : "joinedAlone", course);
}

/** @param wasIn the button was pressed before: nothing was sent this time */
async function confirmedPage(
  services: Services,
  subscriber: Subscriber,
  course: Course,
  wasIn: boolean,
): Promise<WebResponse> {
  const { id, zone } = subscriber;
  const expiresAt = services.clock.now() + READER_LINK_LIFE;
  const token = readerToken(await services.keyring.keys(), { subscriber: id, expiresAt });
  const enrolment = await services.store.enrolment(id, course.slug);
  const cadence = enrolment?.cadence ?? defaultCadence(course, zone);
  const { words } = findLanguage(services.content, course);
  const starts = enrolment && startAwaited(enrolment);
  const goesOn = !wasIn && enrolment ? nextStep(words, course, enrolment, subscriber) : false;
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
      starts: starts === undefined ? "" : dateInWords(words, cadence, starts),
      cadence: cadenceChoices(words, course, cadence),
      rating: ratingChoices(course, enrolment?.ratings.before),
    },
  });
}

/** Who had lessons before goes on behind them, or starts again. */
function nextStep(words: Words, course: Course, enrolment: Enrolment, person: PersonFacts) {
  const next = nextLesson(course, enrolment, readFacts(enrolment, person));
  if (enrolment.done.length === 0) return false;
  return { course: course.slug, run: enrolment.run, title: next?.title ?? say(words, "confirmed.journal") };
}
