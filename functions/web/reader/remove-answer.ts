import { findCourse, findCourseFor, findLanguage, firstCourse } from "../../domain/content.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { say } from "../../domain/words/words.ts";
import { readRemovalToken } from "../../links/links.ts";
import { entryHeading } from "../../mail/compose/journal-text.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer } from "../page.ts";
import { forgetReflection } from "./forget-reflection.ts";
import { findLinkedReply, type LinkedReply } from "./linked-reply.ts";

/** `GET /remove-answer/{token}`: asks whether to remove an answer that somebody wrote on the page. Shows none of its words. */
export async function removeAnswerPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  return "answer" in asked ? asked.answer : showQuestion(services, request, asked);
}

/** `POST /remove-answer/{token}`: it is gone. Pressed again, the page says the same. */
export async function removeAnswer(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  if ("answer" in asked) return asked.answer;
  await forgetReflection(services, asked.subscriber.id, asked.reflection.id);
  return showGone(services, asked.reflection.course);
}

/** An answer that is not there any more was removed: there is nothing to ask. */
async function readAsked(
  services: Services,
  request: WebRequest,
): Promise<LinkedReply | { answer: WebResponse }> {
  const link = await findLinkedReply(services, request, readRemovalToken, "removeTooOld");
  if ("answer" in link) return link;
  return link.found ?? { answer: showGone(services, undefined) };
}

function showQuestion(services: Services, { path }: WebRequest, written: LinkedReply): WebResponse {
  const { subscriber, reflection } = written;
  const course = findCourseFor(services, reflection.course, subscriber) ?? firstCourse(services);
  const { words } = findLanguage(services.content, course);
  const date = dateInWords(words, defaultCadence(course, subscriber.zone), reflection.receivedAt);
  const lesson = entryHeading(words, course, reflection.lesson);
  const values = {
    heading: say(words, "removeAnswer.heading"),
    sentences: [
      say(words, "removeAnswer.says", { lesson, date }),
      say(words, "removeAnswer.what", { owner: services.settings.ownerName }),
    ],
    button: say(words, "removeAnswer.button"),
    hint: say(words, "removeAnswer.hint"),
    action: `/remove-answer/${path.token}`,
  };
  return pageAnswer(services, { name: "own-reply", title: values.heading, course, values });
}

const showGone = (services: Services, course: string | undefined): WebResponse =>
  messagePage(services, 200, "answerRemoved", findCourse(services, course) ?? firstCourse(services));
