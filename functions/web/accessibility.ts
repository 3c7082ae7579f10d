import { siteWords } from "../domain/content.ts";
import { say, splitParagraphs } from "../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { pageAnswer } from "./page.ts";

/** `GET /accessibility`: what the pages and mails hold to, what they do not, and whom to tell (Directive (EU) 2019/882, annex V). */
export async function accessibilityPage(services: Services, _request: WebRequest): Promise<WebResponse> {
  const words = siteWords(services);
  return pageAnswer(services, {
    name: "accessibility",
    title: say(words, "accessibility.heading"),
    isPublic: true,
    values: {
      path: "/accessibility",
      description: say(words, "accessibility.description"),
      held: splitParagraphs(say(words, "accessibility.heldSays")),
      limits: splitParagraphs(say(words, "accessibility.limitsSay")),
    },
  });
}
