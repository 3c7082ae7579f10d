import { findOfferable, offerVoice, takeBackVoice, voiceId } from "../../consent/voices.ts";
import { findCourseFor, findLanguage, firstCourse } from "../../domain/content.ts";
import { type Course, lessonBySlug } from "../../domain/course/course.ts";
import { consentText, readOrigin } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import { isOffered } from "../../domain/replies/voices/voice.ts";
import { say, splitParagraphs } from "../../domain/words/words.ts";
import { readOfferToken } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer } from "../page.ts";
import { findLinkedReply } from "./linked-reply.ts";
import { nobody } from "./reader.ts";

/*
 * Whether others may read an answer. The page names its lesson and shows none of the words: the mail that leads here may
 * have been passed on.
 */

/** `GET /offer/{token}`: what is asked, and the button; or that it was said, and how to take it back. Changes nothing. */
export async function offerPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  return "answer" in asked ? asked.answer : showOffer(services, request, asked);
}

/** `POST /offer/{token}`: others may, or not any more. Pressed again, the page says the same. */
export async function answerOffer(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  if ("answer" in asked) return asked.answer;
  const { reflection, course } = asked;
  const origin = readOrigin(request, "/offer", course);
  const key = { subscriber: reflection.subscriber, id: voiceId(reflection) };
  if (request.form.do === "take-back") await takeBackVoice(services, key, origin);
  if (request.form.do === "offer" && !(await offerVoice(services, reflection, origin)))
    return messagePage(services, 410, "offerGone", course);
  return showOffer(services, request, asked);
}

interface AnswerAsked {
  reflection: Reflection;
  course: Course;
}

async function readAsked(
  services: Services,
  request: WebRequest,
): Promise<AnswerAsked | { answer: WebResponse }> {
  const link = await findLinkedReply(services, request, readOfferToken, "offerTooOld");
  if ("answer" in link) return link;
  if (!link.found) return { answer: nobody(services) };
  const { reflection, subscriber } = link.found;
  return {
    reflection,
    course: findCourseFor(services, reflection.course, subscriber) ?? firstCourse(services),
  };
}

async function showOffer(
  services: Services,
  { path }: WebRequest,
  { reflection, course }: AnswerAsked,
): Promise<WebResponse> {
  const { words } = findLanguage(services.content, course);
  const voice = await services.store.voice({ subscriber: reflection.subscriber, id: voiceId(reflection) });
  const isOut = voice !== undefined && isOffered(voice);
  if (!isOut && !findOfferable(services, reflection)) return messagePage(services, 410, "offerGone", course);
  const lesson = lessonBySlug(course, reflection.lesson)?.title ?? course.title;
  const state = isOut ? "given" : "asked";
  const asks = consentText(agreementText(course.language).voice);
  return pageAnswer(services, {
    name: "voice",
    title: say(words, `offer.${state}.heading`),
    course,
    values: {
      action: `/offer/${path.token}`,
      heading: say(words, `offer.${state}.heading`),
      sentences: [
        say(words, `offer.${state}.lead`, { lesson }),
        ...(isOut ? [] : [asks]),
        ...splitParagraphs(say(words, `offer.${state}.says`)),
      ],
      buttons: [
        { value: isOut ? "take-back" : "offer", says: say(words, `offer.${state}.button`), quiet: isOut },
      ],
      hint: say(words, `offer.${state}.hint`),
    },
  });
}
