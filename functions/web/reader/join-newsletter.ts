import { findLanguage, requestedCourse } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { consentRecord, consentText, readOrigin, shown } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import { type Consent, type Subscriber, withNewsletter } from "../../domain/people/subscriber.ts";
import type { Instant } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import { NEWSLETTER, readJoinToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { pressedMail } from "../sign-up/pressed-mail.ts";
import { nobody } from "./reader.ts";

/** `GET /join/{token}`: the words of the newsletter's consent and a button. Mail scanners follow links: nothing changes. */
export async function joinPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await findLink(services, request);
  if ("answer" in found) return found.answer;
  const { course } = found;
  const { words } = findLanguage(services.content, course);
  return pageAnswer(services, {
    name: "join",
    title: say(words, "join.heading"),
    course,
    values: {
      action: `/join/${request.path.token}`,
      agreement: consentText(agreementText(course.language).newsletter),
    },
  });
}

/** `POST /join/{token}`: the newsletter comes from now on. Pressed again, it says the same and changes nothing. */
export async function join(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await findLink(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, course } = found;
  const record = await consentByMail(services, request, found);
  const after = await services.store.change(subscriber, (current) => withNewsletter(current, record));
  return after?.newsletter ? messagePage(services, 200, "joined", course) : nobody(services);
}

interface JoinLink {
  subscriber: Subscriber;
  course: Course;
  expiresAt: Instant;
}

/** Whom a link joins, or the page for a link that joins nobody. */
async function findLink(
  services: Services,
  { path }: WebRequest,
): Promise<JoinLink | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readJoinToken(keys, path.token ?? "", services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (subscriber?.status !== "active") return { answer: nobody(services) };
  const course = requestedCourse(services, subscriber);
  if ("problem" in reading) return { answer: messagePage(services, 410, "joinTooLate", course) };
  return { subscriber, course, expiresAt: reading.expiresAt };
}

/** The record of the press, with the mail whose button it was. */
async function consentByMail(
  { store, clock }: Services,
  request: WebRequest,
  { subscriber, course, expiresAt }: JoinLink,
): Promise<Consent> {
  const origin = readOrigin(request, "/join", course);
  const words = shown(agreementText(origin.locale).newsletter);
  const record = consentRecord("confirmed", NEWSLETTER, words, clock.now(), origin);
  const ledger = await store.ledger(subscriber.id);
  const isMeant = ({ kind, slug }: { kind: string; slug: string }) =>
    kind === "notice" && slug.startsWith("join-");
  const confirmation = pressedMail(ledger, expiresAt, isMeant);
  return confirmation ? { ...record, confirmation } : record;
}
