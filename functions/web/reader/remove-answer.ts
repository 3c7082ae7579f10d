import { findCourse, findLanguage, firstCourse } from "../../domain/content.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import { say } from "../../domain/words/words.ts";
import { readRemovalToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import { entryHeading } from "../../mail/compose/journal-text.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { forgetReflection } from "./forget-reflection.ts";

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

interface AnswerToRemove {
  subscriber: Subscriber;
  reflection: Reflection;
}

/** An answer that is not there any more was removed: there is nothing to ask. */
async function readAsked(
  services: Services,
  { path }: WebRequest,
): Promise<AnswerToRemove | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readRemovalToken(keys, path.token ?? "", services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: messagePage(services, 410, "removeTooOld") };
  const subscriber = await services.store.subscriber(reading.subscriber);
  const reflection = subscriber && (await services.store.reflection(subscriber.id, reading.reflection));
  return reflection ? { subscriber, reflection } : { answer: showGone(services, undefined) };
}

function showQuestion(services: Services, { path }: WebRequest, written: AnswerToRemove): WebResponse {
  const { subscriber, reflection } = written;
  const course = findCourse(services, reflection.course) ?? firstCourse(services);
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
