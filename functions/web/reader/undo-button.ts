import { comeBack } from "../../consent/come-back.ts";
import { requestedCourse } from "../../domain/content.ts";
import { isPartlySent, readUndo, type Undo, withEnrolmentUndone } from "../../domain/course/undo.ts";
import { consentRecord, readOrigin, shown, UNDO_TEXT } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import { type Subscriber, withConsent } from "../../domain/people/subscriber.ts";
import { say } from "../../domain/words/words.ts";
import { NEWSLETTER, readUndoToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, unknownLink } from "../page.ts";
import type { Acting, Said } from "./act.ts";

/** The button below what was just said on a reader's page. */
export async function undoOnPage({ services, words, subscriber, request }: Acting): Promise<Said> {
  const reading = await readOwnUndo(services, request.form.undo ?? "");
  if (!("subscriber" in reading) || reading.subscriber !== subscriber.id)
    return { problem: say(words, "undo.notOurs") };
  if ("problem" in reading) return { problem: say(words, "undo.tooLate") };
  const outcome = await takeBack(services, subscriber, readUndo(reading.undo), request);
  if (outcome === "nothing") return { problem: say(words, "undo.nothing") };
  return { notice: say(words, outcome === "partly-sent" ? "undo.sent" : "undo.done") };
}

/** `POST /undo/{token}`: the button on the page that says that someone has left. */
export async function undo(services: Services, request: WebRequest): Promise<WebResponse> {
  const reading = await readOwnUndo(services, request.path.token ?? "");
  if (!("subscriber" in reading)) return unknownLink(services);
  if ("problem" in reading) return messagePage(services, 410, "undoTooLate");
  const subscriber = await services.store.subscriber(reading.subscriber);
  const outcome = subscriber && (await takeBack(services, subscriber, readUndo(reading.undo), request));
  if (outcome !== "done") return messagePage(services, 410, "undoNothing");
  return messagePage(services, 200, "undone");
}

const readOwnUndo = (services: Services, token: string) =>
  readWithKeyring(services.keyring, (keys) => readUndoToken(keys, token, services.clock.now()));

/** What came of taking back: all of it, all but mail that had left, or there was nothing to take back any more. */
type TakenBack = "done" | "partly-sent" | "nothing";
const doneIf = (isDone: boolean): TakenBack => (isDone ? "done" : "nothing");

/** Idempotent: taken back twice, it is taken back once. */
async function takeBack(
  services: Services,
  subscriber: Subscriber,
  undo: Undo,
  request: WebRequest,
): Promise<TakenBack> {
  if (undo.act === "leave") return doneIf(await rejoinList(services, subscriber, undo.list, request));
  if (subscriber.status !== "active") return "nothing";
  if (undo.act === "newsletter")
    return doneIf(await setNewsletter(services, subscriber, undo.newsletter, request));
  if (!("course" in undo)) return "nothing";
  const enrolment = await services.store.enrolment(subscriber.id, undo.course);
  if (!enrolment) return "nothing";
  const now = services.clock.now();
  let isSent = false;
  const after = await services.store.change(enrolment, (current) => {
    isSent = isPartlySent(current, undo);
    return withEnrolmentUndone(current, undo, now);
  });
  if (undo.act === "schedule") await restoreZone(services, subscriber, undo.before.cadence.zone);
  if (after) await services.nudge.send({ subscriber: subscriber.id, course: undo.course }, 0);
  if (after === undefined || after.version === enrolment.version) return "nothing";
  return isSent ? "partly-sent" : "done";
}

async function restoreZone({ store }: Services, subscriber: Subscriber, zone: string): Promise<void> {
  await store.change(subscriber, (current) => (current.zone === zone ? current : { ...current, zone }));
}

async function setNewsletter(
  services: Services,
  subscriber: Subscriber,
  newsletter: boolean,
  request: WebRequest,
): Promise<boolean> {
  const event = newsletter ? "confirmed" : "withdrawn";
  const { store, clock } = services;
  const origin = readOrigin(request, "/undo", requestedCourse(services, subscriber));
  const text = newsletter ? agreementText(origin.locale).newsletter : UNDO_TEXT;
  const record = consentRecord(event, NEWSLETTER, shown(text), clock.now(), origin);
  const after = await store.change(subscriber, (current) =>
    current.newsletter === newsletter || current.status !== "active"
      ? current
      : { ...current, newsletter, consents: withConsent(current.consents, record) },
  );
  return after?.newsletter === newsletter;
}

/** Back on one list, or on all that a stop of everything ended. */
async function rejoinList(
  services: Services,
  subscriber: Subscriber,
  list: string,
  request: WebRequest,
): Promise<boolean> {
  const origin = readOrigin(request, "/undo", requestedCourse(services, subscriber));
  const text = list === NEWSLETTER ? agreementText(origin.locale).newsletter : UNDO_TEXT;
  const record = consentRecord("confirmed", list, shown(text), services.clock.now(), origin);
  return comeBack(services, subscriber, record);
}
