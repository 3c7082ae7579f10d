import { messagePage, unknownLink } from "../domain/page.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { readReaderToken } from "../mail/links.ts";
import { readWithKeyring } from "../mail/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { readRating } from "./choices.ts";
import { ACTS, type Said } from "./reader-acts.ts";
import { currentEnrolment, type Preselected, readerView } from "./reader-view.ts";

/** Answers with all that is known about a person, as a download. */
export type ExportAnswer = (services: Services, subscriber: string) => Promise<WebResponse>;

/** `GET /reader/{token}`: a reader's own page. Buttons in mails lead here with their choice preselected. */
export async function readerPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const preselected: Preselected = {
    act: request.query.do ?? "",
    rating: readRating(request.query.rating),
  };
  return readerView(services, found.subscriber, request.path.token ?? "", {}, preselected);
}

/** `POST /reader/{token}`: does what the pressed button names, and shows the page with a sentence about it. */
export const actOnReaderPage =
  (exportAnswer: ExportAnswer) =>
  async (services: Services, request: WebRequest): Promise<WebResponse> => {
    const found = await whosePage(services, request);
    if ("answer" in found) return found.answer;
    const { subscriber } = found;
    if (request.form.do === "export") return exportAnswer(services, subscriber.id);
    const said = await act(services, subscriber, request);
    const now = (await services.store.subscriber(subscriber.id)) ?? subscriber;
    return readerView(services, now, request.path.token ?? "", said, { act: "", rating: undefined });
  };

async function act(services: Services, subscriber: Subscriber, request: WebRequest): Promise<Said> {
  if (request.bodyProblem) return { problem: "The form could not be read. Please press the button again." };
  const chosen = ACTS.get(request.form.do ?? "");
  if (!chosen) return { problem: "The form did not name what to do (its field “do”). Nothing was changed." };
  const current = await currentEnrolment(services, subscriber);
  return chosen({ services, subscriber, ...current, request });
}

async function whosePage(
  services: Services,
  { path }: WebRequest,
): Promise<{ subscriber: Subscriber } | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readReaderToken(keys, path.token ?? "", services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: tooOld(services) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  return subscriber ? { subscriber } : { answer: nobody(services) };
}

const tooOld = (services: Services): WebResponse =>
  messagePage(services, 410, "This link is too old", [
    "Links to your page work for 60 days, because mails get forwarded. The newest mail of the course has a fresh one.",
  ]);

const nobody = (services: Services): WebResponse =>
  messagePage(services, 410, "There is nothing here any more", [
    "What was kept for this page has been erased, or was never confirmed and is forgotten.",
  ]);
