import {
  findLanguage,
  firstCourse,
  isNewsletter,
  landingPath,
  offeredCourse,
  offeredCourses,
  subscribePath,
} from "../../domain/content.ts";
import { branches } from "../../domain/course/branches.ts";
import { rhythmName } from "../../domain/course/cadence.ts";
import { isClosed, nextStart } from "../../domain/course/cohort.ts";
import { type Course, lessonNumber, type RichText } from "../../domain/course/course.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { divideBody } from "../../domain/course/lesson-body.ts";
import { fillAnswers } from "../../domain/course/merge-fields.ts";
import { consentText, LANDING_FORM } from "../../domain/people/consent.ts";
import { agreementText } from "../../domain/people/consent-texts.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { excerpt } from "../../mail/compose/excerpt.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { courseAsAsked, pageInLanguages, pathIn } from "../languages.ts";
import { htmlForPage, messagePage, pageAnswer } from "../page.ts";
import { type FormState, formAsOpened, formValues, NO_PROBLEMS, withOrigin } from "./form-state.ts";
import { subscribePage } from "./subscribe-page.ts";

/** UTF-16 units: a first paragraph, as much as an inbox shows beside its list. */
const MOST_OF_OPENING = 480;

/** `GET /`: what the first course is, and its form. */
export const landing = (services: Services, request: WebRequest): Promise<WebResponse> =>
  landingPage(services, courseAsAsked(firstCourse(services), request), formAsOpened(services, request));

/** `GET /courses/{course}`: the same for each course of the stage. */
export async function courseLanding(services: Services, request: WebRequest): Promise<WebResponse> {
  const course = offeredCourse(services, request.path.course ?? "");
  if (!course) return noSuchCourse(services);
  return landingPage(services, courseAsAsked(course, request), formAsOpened(services, request));
}

export const noSuchCourse = (services: Services): WebResponse => messagePage(services, 404, "unknownCourse");

/** The landing page of a course, or of the newsletter, with its form in some state, and a fresh time in it. */
export async function landingPage(services: Services, course: Course, form: FormState): Promise<WebResponse> {
  if (isNewsletter(course)) return subscribePage(services, course, form);
  const { settings } = services;
  const asking = { settings, course };
  const agreeing = agreementText(course.language);
  const { words } = findLanguage(services.content, course);
  const copy = landingCopy(course, words);
  const parts = course.parts.map((part) => ({
    title: part.title,
    lessons: course.lessons
      .filter((lesson) => lesson.part === part.slug)
      .map((lesson) => ({
        number: branches(course) ? "\u00b7" : lessonNumber(course, lesson),
        title: lesson.title,
      })),
  }));
  return pageAnswer(services, {
    name: "landing",
    title: copy.headline,
    status: form.status,
    isPublic: true,
    course,
    values: {
      ...copy,
      portrait: htmlForPage(course.portrait ?? ""),
      path: pathIn(course, landingPath(services, course)),
      alternates: pageInLanguages(course, landingPath(services, course)),
      others: otherCourses(services, course, form),
      parts,
      ...startValues(services, course, words),
      lessonOne: firstLesson(course),
      noProblems: NO_PROBLEMS,
      attribution: course.attribution.text,
      attributionUrl: course.attribution.url ?? "",
      subscribePath: services.content.newsletter ? withOrigin(subscribePath(services), form) : "",
      ...(await formValues(services, course, form, LANDING_FORM)),
      privacyNotice: consentText(agreeing.privacy, asking),
    },
  });
}

/** The day on which it begins, on the owner's clock, and whether it takes sign-ups. */
function startValues({ settings, clock }: Services, course: Course, words: Words) {
  const now = clock.now();
  const start = nextStart(course, settings.defaultZone, now);
  return {
    starts: start ? dateInWords(words, start.cadence, start.at) : "",
    isClosed: isClosed(course, settings.defaultZone, now),
  };
}

const otherCourses = (services: Services, course: Course, form: FormState) =>
  offeredCourses(services)
    .filter(({ slug }) => slug !== course.slug)
    .map((other) => ({ title: other.title, href: withOrigin(landingPath(services, other), form) }));

/** Nobody's answers stand there. */
const asPublic = (written: RichText): RichText =>
  fillAnswers(written, { course: { questions: [] }, language: "" });

/** In the text of a mail `_word_` and `*word*` are emphasis; on a page they would be signs. */
const withoutEmphasis = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}])([_*]+)(?=\S)([^_*\n]+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2");

/** What a reader would see of it in an inbox, opening and move; undefined of a course that has none yet. */
function firstLesson(course: Course) {
  const { slug, senderName, defaults, lessons } = course;
  const [lesson] = lessons;
  return (
    lesson && {
      from: senderName,
      subject: lesson.subject,
      opening: excerpt(withoutEmphasis(divideBody(asPublic(lesson.body)).opening.text), MOST_OF_OPENING),
      isWeekly: rhythmName(defaults) === "weekly",
      move: lesson.move,
      path: pathIn(course, `/courses/${slug}/${lesson.slug}`),
    }
  );
}

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
