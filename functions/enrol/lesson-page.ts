import { lessonBySlug, lessonNumber, partOf } from "../domain/course.ts";
import { courseOf, htmlForPage, messagePage, pageAnswer } from "../domain/page.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";

/** `GET /lesson/{slug}`: a lesson for those to whom it was forwarded. It knows nothing of any reader. */
export async function lessonPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const course = courseOf(services);
  const lesson = lessonBySlug(course, request.path.slug ?? "");
  if (!lesson)
    return messagePage(services, 404, "There is no such lesson", [
      "The address may have been cut short. All lessons are listed on the course's page.",
    ]);
  const { title, preview, body, question, move, pullQuote } = lesson;
  return pageAnswer(services, {
    name: "lesson",
    title,
    isPublic: true,
    values: {
      path: `/lesson/${lesson.slug}`,
      number: lessonNumber(course, lesson),
      of: course.lessons.length,
      part: partOf(course, lesson).title,
      description: preview,
      body: htmlForPage(body.html),
      pullQuote,
      author: course.attribution.author,
      move,
      question,
      attribution: course.attribution.text,
      attributionUrl: course.attribution.url ?? "",
    },
  });
}
