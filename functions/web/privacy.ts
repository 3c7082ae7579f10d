import { firstCourse, siteWords } from "../domain/content.ts";
import { consentText } from "../domain/people/consent.ts";
import { agreementToList } from "../domain/people/consent-texts.ts";
import { daysKept, whatIsKept } from "../domain/people/retention.ts";
import { say, splitParagraphs } from "../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { pageAnswer } from "./page.ts";

/** `GET /privacy`: what is kept, for how long and why, by this stage's own settings. */
export async function privacyPage(services: Services, _request: WebRequest): Promise<WebResponse> {
  const { settings } = services;
  const words = siteWords(services);
  const course = firstCourse(services);
  return pageAnswer(services, {
    name: "privacy",
    title: say(words, "privacy.heading"),
    isPublic: true,
    values: {
      path: "/privacy",
      description: say(words, "kept.description"),
      notice: consentText(agreementToList(course).privacy, { settings, course }),
      short: splitParagraphs(say(words, "privacy.short", daysKept(words, settings.retention))),
      kept: whatIsKept(words, settings.retention),
    },
  });
}
