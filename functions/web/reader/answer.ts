import { reflectionId } from "../../consent/reflection-id.ts";
import { findLanguage } from "../../domain/content.ts";
import { PAGE_ANSWER_LIMIT, personalLimit } from "../../domain/people/limits.ts";
import { MOST_WRITTEN, readWritten } from "../../domain/replies/written.ts";
import { dispatchId } from "../../domain/sending/dispatch.ts";
import { type PlainKey, say } from "../../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer } from "../page.ts";
import { findLessonSent, type LessonSent, notSent } from "./lesson-sent.ts";
import { whosePage } from "./reader.ts";

const ONCE_BYTES = 10;
const LONGEST_ONCE = 20;

/** The box under a lesson's question. @param typed what was just sent and is not taken; what was written before is never shown */
export const answerBox = (
  { random }: Pick<Services, "random">,
  action: string,
  typed = "",
  problem = "",
) => ({
  ...{ action, typed, problem },
  once: random(ONCE_BYTES),
  most: MOST_WRITTEN,
});

/**
 * `POST /reader/{token}/{course}/{slug}`: an answer to the question of a lesson that the reader has had. It is kept and
 * answered like a reply by mail, by the function that takes those. The page says the same whatever was written and whether it
 * was written before: mails with this link get forwarded.
 */
export async function takeAnswer(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const { id } = found.subscriber;
  const { course: list = "", slug = "" } = request.path;
  const sent = await findLessonSent(services, id, list, slug);
  if (!sent) return notSent(services);
  const read = readForm(request);
  if ("problem" in read) return showProblem(services, request, sent, read.problem);
  if (await isEnoughToday(services, id))
    return showProblem(services, request, sent, "answerPage.enoughToday");
  const inReplyTo = dispatchId(sent.dispatch);
  const once = (request.form.once ?? "").slice(0, LONGEST_ONCE);
  await services.written.handOver({
    ...{ writes: "answer", subscriber: id, inReplyTo, writtenAt: services.clock.now(), words: read.words },
    reflection: reflectionId(`written on the page ${inReplyTo} ${once} ${read.words}`),
  });
  return showTaken(services, request, sent);
}

function readForm({ form, bodyProblem }: WebRequest): { words: string } | { problem: PlainKey } {
  if (bodyProblem === "too-large") return { problem: "answerPage.tooLong" };
  if (bodyProblem) return { problem: "acts.unreadable" };
  const read = readWritten(form.answer ?? "");
  return "words" in read ? read : { problem: `answerPage.${read.problem}` };
}

/** By mail a person has no such limit: there the sender is looked at. */
async function isEnoughToday({ store, log }: Services, subscriber: string): Promise<boolean> {
  const limit = { key: personalLimit("page-answers", subscriber), ...PAGE_ANSWER_LIMIT };
  if ((await store.count(limit)) === undefined) return false;
  log.warn("page-answers-limited", { subscriber });
  return true;
}

function showProblem(
  services: Services,
  request: WebRequest,
  sent: LessonSent,
  problem: PlainKey,
): WebResponse {
  const { words } = findLanguage(services.content, sent.course);
  const box = answerBox(services, answerPath(request), request.form.answer ?? "", say(words, problem));
  return showAnswer(services, request, sent, { answer: box });
}

const showTaken = (services: Services, request: WebRequest, sent: LessonSent): WebResponse =>
  showAnswer(services, request, sent, { answer: false });

function showAnswer(
  services: Services,
  { path }: WebRequest,
  { course, lesson }: LessonSent,
  values: { answer: ReturnType<typeof answerBox> | false },
): WebResponse {
  const { words } = findLanguage(services.content, course);
  return pageAnswer(services, {
    name: "answer",
    title: say(words, values.answer ? "answerPage.box" : "answerPage.taken"),
    course,
    values: { ...values, lesson: lesson.title, question: lesson.question, ownPage: `/reader/${path.token}` },
  });
}

export const answerPath = ({ path }: Pick<WebRequest, "path">): string =>
  `/reader/${path.token}/${path.course}/${path.slug}`;
