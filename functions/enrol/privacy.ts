import { consentText, PRIVACY_NOTICE } from "../domain/consent.ts";
import { courseOf, pageAnswer } from "../domain/page.ts";
import { whatIsKept } from "../domain/retention.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";

/** `GET /privacy`: what is kept, for how long and why, by this stage's own settings. */
export async function privacyPage(services: Services, _request: WebRequest): Promise<WebResponse> {
  const { settings } = services;
  return pageAnswer(services, {
    name: "privacy",
    title: "What is kept, and for how long",
    isPublic: true,
    values: {
      path: "/privacy",
      description: "What is kept about readers, for how long and why.",
      notice: consentText(PRIVACY_NOTICE, { settings, course: courseOf(services) }),
      kept: whatIsKept(settings.retention),
    },
  });
}
