import { makeExport } from "../../consent/export.ts";
import { findLanguage, requestedCourse, siteWords } from "../../domain/content.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { say } from "../../domain/words/words.ts";
import { readPersonalToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, plainAnswer, unknownLink } from "../page.ts";
import type { Said } from "./act.ts";
import { PERSONAL_ACTS } from "./personal-acts.ts";
import { journalDownload, personalView } from "./personal-view.ts";
import { nobody, tooOld } from "./reader.ts";

/** What another verb does for this page. */
export interface KeptData {
  /** Answers with all that is known about a person, as a download. */
  exportAnswer(services: Services, subscriber: string): Promise<WebResponse>;
  erase(services: Services, subscriber: string): Promise<void>;
}

/** `GET /personal/{token}`: what a reader wrote and what is kept about them. The link came by mail, and dies soon. */
export async function personalPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whose(services, request);
  return "answer" in found ? found.answer : personalView(services, found.subscriber, request, {});
}

/** `POST /personal/{token}`: does what the pressed button names. */
export const actOnPersonalPage =
  (kept: KeptData) =>
  async (services: Services, request: WebRequest): Promise<WebResponse> => {
    const reading = await readLink(services, request);
    if ("answer" in reading) return reading.answer;
    const { form } = request;
    // By the link alone: after an erasing that was cut short there is no person to look up.
    if (form.do === "erase" && form.sure === "yes") {
      await kept.erase(services, reading.id);
      return pageAnswer(services, {
        name: "erased",
        title: say(siteWords(services), "erased.heading"),
        values: {},
      });
    }
    const found = await whose(services, request);
    if ("answer" in found) return found.answer;
    const { subscriber } = found;
    await noteSignOfLife(services, subscriber);
    if (form.do === "export") return kept.exportAnswer(services, subscriber.id);
    if (form.do === "markdown") return journalDownload(services, subscriber, form.course ?? "");
    const said = await act(services, subscriber, request);
    const now = (await services.store.subscriber(subscriber.id)) ?? subscriber;
    return personalView(services, now, request, said);
  };

/** This page is about no course: a press on it is a sign of life in each. */
async function noteSignOfLife({ store }: Services, { id }: Subscriber): Promise<void> {
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

async function whose(
  services: Services,
  request: WebRequest,
): Promise<{ subscriber: Subscriber } | { answer: WebResponse }> {
  const reading = await readLink(services, request);
  if ("answer" in reading) return reading;
  const subscriber = await services.store.subscriber(reading.id);
  return subscriber ? { subscriber } : { answer: nobody(services) };
}

async function readLink(
  services: Services,
  { path }: WebRequest,
): Promise<{ id: string } | { answer: WebResponse }> {
  const token = path.token ?? "";
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readPersonalToken(keys, token, services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: tooOld(services, token, true) };
  return { id: reading.subscriber };
}

/** The export as a download. */
export async function exportAnswer(services: Services, subscriber: string): Promise<WebResponse> {
  const body = JSON.stringify(await makeExport(services, subscriber), undefined, 2);
  return plainAnswer(200, `${body}\n`, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": 'attachment; filename="everything-about-me.json"',
  });
}
