import { findCourseFor, findLanguage, firstCourse } from "../../domain/content.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { withoutLetters } from "../../domain/course/letters.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { say } from "../../domain/words/words.ts";
import { readNoLettersToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, unknownLink } from "../page.ts";
import { nobody } from "./reader.ts";
import { readerUndo } from "./reader-view.ts";

/** `GET /no-letters/{token}`: a button. Mail scanners follow links: nothing changes. */
export async function noLettersPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await findLink(services, request);
  if ("answer" in found) return found.answer;
  return lettersPage(services, request, found, "");
}

/** `POST /no-letters/{token}`: no letters of the course from now on. Pressed again, it says the same and changes nothing. */
export async function refuseLetters(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await findLink(services, request);
  if ("answer" in found) return found.answer;
  const { subscriber, enrolment } = found;
  const after = await services.store.change(enrolment, withoutLetters);
  if (!after) return nobody(services);
  const undo =
    after.version === enrolment.version
      ? ""
      : await readerUndo(services, subscriber, { act: "letters", course: after.course, noLetters: false });
  return lettersPage(services, request, { ...found, enrolment: after }, undo);
}

interface LettersOf {
  subscriber: Subscriber;
  enrolment: Enrolment;
}

/** Whose letters of which course a link ends, or the page for a link that ends none. */
async function findLink(
  services: Services,
  { path }: WebRequest,
): Promise<LettersOf | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readNoLettersToken(keys, path.token ?? ""),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  const subscriber = await services.store.subscriber(reading.subscriber);
  const enrolments = subscriber ? await services.store.enrolments(subscriber.id) : [];
  const enrolment = enrolments.find(({ course }) => reading.isAbout(course));
  return subscriber && enrolment ? { subscriber, enrolment } : { answer: nobody(services) };
}

/** Before the press, or after it. @param undo the token of the button that takes it back; empty for none */
function lettersPage(
  services: Services,
  { path }: WebRequest,
  { enrolment, subscriber }: LettersOf,
  undo: string,
): WebResponse {
  const course = findCourseFor(services, enrolment.course, subscriber) ?? firstCourse(services);
  const { words } = findLanguage(services.content, course);
  const isDone = enrolment.noLetters === true;
  return pageAnswer(services, {
    name: "no-letters",
    title: say(words, isDone ? "noLetters.done" : "noLetters.heading"),
    course,
    values: { action: `/no-letters/${path.token}`, isDone, undo },
  });
}
