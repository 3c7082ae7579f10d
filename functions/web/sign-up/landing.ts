import {
  findLanguage,
  firstCourse,
  landingPath,
  offeredCourse,
  offeredCourses,
} from "../../domain/content.ts";
import { type Course, lessonNumber } from "../../domain/course/course.ts";
import { consentText, LANDING_FORM } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { formToken } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { htmlForPage, messagePage, pageAnswer } from "../page.ts";
import { zoneGroups } from "./zones.ts";

/** What stands in the sign-up form: empty, or as someone typed it, with a sentence at each field that is wrong. */
export interface FormState {
  status: number;
  email: string;
  name: string;
  /** Empty: the browser fills in its own. */
  zone: string;
  newsletter: boolean;
  /** A password manager has filled the trap: the next press is a person's, and finds none. */
  isTrapSprung?: boolean;
  problems: { email?: string; name?: string; zone?: string; form?: string };
}

const EMPTY: FormState = { status: 200, email: "", name: "", zone: "", newsletter: false, problems: {} };

/** `GET /`: what the first course is, and its form. */
export const landing = (services: Services, _request: WebRequest): Promise<WebResponse> =>
  landingPage(services, firstCourse(services), EMPTY);

/** `GET /courses/{course}`: the same for each course of the stage. */
export async function courseLanding(services: Services, { path }: WebRequest): Promise<WebResponse> {
  const course = offeredCourse(services, path.course ?? "");
  return course ? landingPage(services, course, EMPTY) : noSuchCourse(services);
}

export const noSuchCourse = (services: Services): WebResponse => messagePage(services, 404, "unknownCourse");

/** The landing page of a course with its form in some state, and a fresh time in it. */
export async function landingPage(services: Services, course: Course, form: FormState): Promise<WebResponse> {
  const { settings } = services;
  const asking = { settings, course };
  const agreeing = agreementText(course.language);
  const { words } = findLanguage(services.content, course);
  const copy = landingCopy(course, words);
  const parts = course.parts.map((part) => ({
    title: part.title,
    lessons: course.lessons
      .filter((lesson) => lesson.part === part.slug)
      .map((lesson) => ({ number: lessonNumber(course, lesson), title: lesson.title })),
  }));
  return pageAnswer(services, {
    name: "landing",
    title: copy.headline,
    status: form.status,
    isPublic: true,
    course,
    values: {
      ...copy,
      path: landingPath(services, course),
      slug: course.slug,
      others: otherCourses(services, course),
      parts,
      firstLesson: course.lessons[0]?.slug ?? "",
      attribution: course.attribution.text,
      attributionUrl: course.attribution.url ?? "",
      form: { email: form.email, name: form.name, newsletter: form.newsletter },
      problems: { email: "", name: "", zone: "", form: "", ...form.problems },
      hasProblem: Object.keys(form.problems).length > 0,
      zoneGroups: zoneGroups(words, form.zone || settings.defaultZone),
      hasTrap: form.isTrapSprung !== true,
      fillsZone: form.zone === "",
      formToken: formToken(await services.keyring.keys(), services.clock.now()),
      version: LANDING_FORM,
      consentLine: consentText(agreeing.signUp, asking),
      newsletterLine: consentText(agreeing.newsletter),
      privacyNotice: consentText(agreeing.privacy, asking),
    },
  });
}

const otherCourses = (services: Services, course: Course) =>
  offeredCourses(services)
    .filter((other) => other !== course)
    .map((other) => ({ title: other.title, href: landingPath(services, other) }));

/** What the course's author wrote for this page, in `texts/landing.md`. */
function landingCopy(course: Course, words: Words) {
  const { html = "", fields = {} } = course.texts.landing ?? {};
  return {
    headline: fields.headline ?? course.title,
    description: fields.subhead ?? "",
    addressHint: fields.addressHint ?? "",
    button: fields.button ?? say(words, "form.button"),
    about: htmlForPage(html),
  };
}
