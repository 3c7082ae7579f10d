import { findLanguage, siteWords } from "../../domain/content.ts";
import { readMoveOutcome } from "../../domain/course/moves.ts";
import { withSignOfLife } from "../../domain/course/silence.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { say } from "../../domain/words/words.ts";
import { readReaderToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { readRating } from "../sign-up/choices.ts";
import type { Said } from "./act.ts";
import { choiceProblem } from "./change-answers.ts";
import { ACTS } from "./reader-acts.ts";
import { currentEnrolment, type Preselected, readerView } from "./reader-view.ts";

/** `GET /reader/{token}[/{course}]`: a reader's own page. Links in mails lead here with their choice preselected. */
export async function readerPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const preselected: Preselected = {
    act: request.query.do ?? "",
    rating: readRating(request.query.rating),
    lesson: request.query.lesson,
    move: readMoveOutcome(request.query.move),
    question: request.query.question,
    answer: request.query.answer,
  };
  const page = makePage(request);
  const said =
    preselected.act === "choose" ? await whatIsGone(services, found.subscriber, page.slug, preselected) : {};
  return readerView(services, found.subscriber, page, said, preselected);
}

/** What an old mail's link would choose may not be asked any more, or not be among the options. */
async function whatIsGone(
  services: Services,
  subscriber: Subscriber,
  slug: string | undefined,
  chosen: Preselected,
): Promise<Said> {
  const { course, enrolment } = await currentEnrolment(services, subscriber, slug);
  const { words } = findLanguage(services.content, course);
  const problem = enrolment && enrolment.status !== "left" && choiceProblem(words, course, enrolment, chosen);
  return problem ? { problem } : {};
}

/** `POST /reader/{token}`: does what the pressed button names, and shows the page with a sentence about it. */
export async function actOnReaderPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber } = found;
  const said = await act(services, subscriber, request);
  const now = (await services.store.subscriber(subscriber.id)) ?? subscriber;
  return readerView(services, now, makePage(request), said, { act: "" });
}

/** The page's token, and the course that it is asked to show: `/reader/{token}/{course}`. */
const makePage = ({ path, form }: WebRequest) => ({
  token: path.token ?? "",
  slug: form.course ?? path.course,
});

async function act(services: Services, subscriber: Subscriber, request: WebRequest): Promise<Said> {
  const current = await currentEnrolment(services, subscriber, makePage(request).slug);
  const { words } = findLanguage(services.content, current.course);
  if (request.bodyProblem) return { problem: say(words, "acts.unreadable") };
  const chosen = ACTS.get(request.form.do ?? "");
  if (!chosen) return { problem: say(words, "acts.unknown") };
  const said = await chosen({ services, words, subscriber, ...current, request });
  // Most presses have written it with what they did.
  if (current.enrolment?.silent !== undefined) await services.store.change(current.enrolment, withSignOfLife);
  return said;
}

/** Whose page a link opens, or the page for a link that opens none. */
export async function whosePage(
  services: Services,
  { path }: WebRequest,
): Promise<{ subscriber: Subscriber } | { answer: WebResponse }> {
  const token = path.token ?? "";
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readReaderToken(keys, token, services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: tooOld(services, token, false) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  return subscriber ? { subscriber } : { answer: nobody(services) };
}

/** Offers a fresh link, by mail: the person with an old one need not be its reader. */
export const tooOld = (services: Services, token: string, isPersonal: boolean): WebResponse =>
  pageAnswer(services, {
    name: "link-too-old",
    title: say(siteWords(services), "linkTooOld.heading"),
    status: 410,
    values: { action: `/fresh-link/${token}`, isPersonal },
  });

export const nobody = (services: Services): WebResponse => messagePage(services, 410, "nobody");
