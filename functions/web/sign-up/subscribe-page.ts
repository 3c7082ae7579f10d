import { findLanguage, landingPath, newsletterAsCourse, offeredCourses } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { ARCHIVE_PATH } from "../../domain/newsletter/archive.ts";
import { consentText, SUBSCRIBE_FORM } from "../../domain/people/consent.ts";
import { agreementToList } from "../../domain/people/consent-texts.ts";
import { say } from "../../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer } from "../page.ts";
import { type FormState, formAsOpened, formValues, withOrigin } from "./form-state.ts";

/** `GET /subscribe`: the newsletter without a course, and its form. */
export async function subscribe(services: Services, request: WebRequest): Promise<WebResponse> {
  const newsletter = newsletterAsCourse(services.content);
  return newsletter
    ? subscribePage(services, newsletter, formAsOpened(services, request))
    : messagePage(services, 404, "unknownIssue");
}

/** @param newsletter as a course: what speaks on the page */
export async function subscribePage(
  services: Services,
  newsletter: Course,
  form: FormState,
): Promise<WebResponse> {
  const { settings, content } = services;
  const { words } = findLanguage(content, newsletter);
  const { privacy } = agreementToList(newsletter);
  return pageAnswer(services, {
    name: "subscribe",
    title: newsletter.title,
    status: form.status,
    isPublic: true,
    course: newsletter,
    values: {
      ...(await formValues(services, newsletter, form, SUBSCRIBE_FORM)),
      path: landingPath(services, newsletter),
      description: say(words, "subscribe.lead", { author: newsletter.senderName }),
      addressHint: say(words, "subscribe.hint"),
      button: say(words, "subscribe.button"),
      archivePath: settings.archive ? ARCHIVE_PATH : "",
      courses: offeredCourses(services).map((course) => ({
        title: course.title,
        href: withOrigin(landingPath(services, course), form),
      })),
      privacyNotice: consentText(privacy, { settings, course: newsletter }),
    },
  });
}
