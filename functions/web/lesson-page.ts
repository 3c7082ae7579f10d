import { firstCourse, offeredCourse } from "../domain/content.ts";
import { branches, lessonsOffered } from "../domain/course/branches.ts";
import { findPart, lessonBySlug, lessonNumber } from "../domain/course/course.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { courseAsAsked, pageInLanguages, pathIn } from "./languages.ts";
import { lessonForPage } from "./lesson-for-page.ts";
import { messagePage, pageAnswer } from "./page.ts";
import { noSuchCourse } from "./sign-up/landing.ts";

/**
 * `GET /courses/{course}/{slug}`: a lesson for those to whom it was forwarded; `GET /lesson/{slug}` is the same for the
 * first course. It knows nothing of any reader.
 */
export async function lessonPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const { path } = request;
  const offered = path.course === undefined ? firstCourse(services) : offeredCourse(services, path.course);
  if (!offered) return noSuchCourse(services);
  const course = courseAsAsked(offered, request);
  const lesson = lessonBySlug(course, path.slug ?? "");
  if (!lesson) return messagePage(services, 404, "unknownLesson");
  const { title, preview, question } = lesson;
  const address = `/courses/${course.slug}/${lesson.slug}`;
  return pageAnswer(services, {
    name: "lesson",
    title,
    isPublic: true,
    course,
    values: {
      path: pathIn(course, address),
      alternates: pageInLanguages(course, address),
      number: branches(course) ? undefined : lessonNumber(course, lesson),
      of: lessonsOffered(course),
      part: findPart(course, lesson).title,
      description: preview,
      ...lessonForPage(course, lesson),
      question,
      attribution: course.attribution.text,
      attributionUrl: course.attribution.url ?? "",
    },
  });
}
