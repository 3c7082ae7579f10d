import { findLanguage, requestedCourse } from "../../domain/content.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import { ADDRESS } from "../../domain/people/consent.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Instant } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import { PERSONAL_LINK_LIFE, readPersonalToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { unknownLink } from "../page.ts";
import type { Said } from "./act.ts";
import { eraseKeptData, exportKeptData } from "./kept-data.ts";
import { PERSONAL_ACTS } from "./personal-acts.ts";
import { journalDownload, personalView } from "./personal-view.ts";
import { nobody, tooOld } from "./reader.ts";

/** `GET /personal/{token}`: what a reader wrote and what is kept about them. The link came by mail, and dies soon. */
export async function personalPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePersonalPage(services, request);
  return "answer" in found ? found.answer : personalView(services, found.subscriber, request, {});
}

/** `POST /personal/{token}`: does what the pressed button names. */
export async function actOnPersonalPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const reading = await readLink(services, request);
  if ("answer" in reading) return reading.answer;
  const { form } = request;
  // By the link alone: after an erasing that was cut short there is no person to look up.
  if (form.do === "erase" && form.sure === "yes" && (await isStillTheirs(services, reading)))
    return eraseKeptData(services, reading.id, request);
  const found = await whosePersonalPage(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber } = found;
  await noteSignOfLife(services, subscriber);
  if (form.do === "markdown" || form.do === "json") return journalDownload(services, subscriber, form);
  const said =
    form.do === "export"
      ? await exportKeptData(services, subscriber.id, form)
      : await act(services, subscriber, request);
  if ("answer" in said) return said.answer;
  const now = (await services.store.subscriber(subscriber.id)) ?? subscriber;
  return personalView(services, now, request, said);
}

/** This page is about no course: a press on it is a sign of life in each. */
export async function noteSignOfLife({ store }: Services, { id }: Subscriber): Promise<void> {
  for (const enrolment of await store.enrolments(id))
    if (enrolment.silent !== undefined) await store.change(enrolment, withSignOfLife);
}

async function act(services: Services, subscriber: Subscriber, request: WebRequest): Promise<Said> {
  const { words } = findLanguage(services.content, requestedCourse(services, subscriber));
  if (request.bodyProblem === "too-large") return { problem: say(words, "personal.tooLong") };
  if (request.bodyProblem) return { problem: say(words, "acts.unreadable") };
  const chosen = PERSONAL_ACTS.get(request.form.do ?? "");
  if (!chosen) return { problem: say(words, "acts.unknown") };
  return chosen({ services, words, subscriber, request });
}

/** Whose page a link opens that was mailed to the address that they have now. */
export async function whosePersonalPage(
  services: Services,
  request: WebRequest,
): Promise<{ subscriber: Subscriber } | { answer: WebResponse }> {
  const reading = await readLink(services, request);
  if ("answer" in reading) return reading;
  const subscriber = await services.store.subscriber(reading.id);
  if (!subscriber) return { answer: nobody(services) };
  if (wasMailedBefore(subscriber, reading))
    return { answer: tooOld(services, request.path.token ?? "", true) };
  return { subscriber };
}

interface PersonalLink {
  id: string;
  expiresAt: Instant;
}

/** Who has been erased has no address; the rest of an erasing is still theirs to ask for. */
async function isStillTheirs({ store }: Services, link: PersonalLink): Promise<boolean> {
  const subscriber = await store.subscriber(link.id);
  return !subscriber || !wasMailedBefore(subscriber, link);
}

/** The address was changed since: whoever reads mail at the one before opens nothing by it. */
function wasMailedBefore({ consents }: Subscriber, { expiresAt }: PersonalLink): boolean {
  const changedAt = consents.findLast(({ list }) => list === ADDRESS)?.at ?? 0;
  return expiresAt - PERSONAL_LINK_LIFE < changedAt;
}

async function readLink(
  services: Services,
  { path }: WebRequest,
): Promise<PersonalLink | { answer: WebResponse }> {
  const token = path.token ?? "";
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readPersonalToken(keys, token, services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: tooOld(services, token, true) };
  return { id: reading.subscriber, expiresAt: reading.expiresAt };
}
