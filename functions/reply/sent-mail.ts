import { type Course, type Lesson, lessonBySlug } from "../domain/course.ts";
import type { Dispatch } from "../domain/dispatch.ts";
import type { Reply } from "../mail/own-words.ts";
import type { Services } from "../ports.ts";

/**
 * What is known of the mail that was replied to, for telling its quotation from the reader's words: our addresses
 * and the texts that it was made of. The reply address itself is known by its beginning.
 */
export function sentMail({ content, settings }: Services, dispatch: Dispatch): Reply["sent"] {
  const course = content.courses.find(({ slug }) => slug === dispatch.list) ?? content.courses[0];
  const lesson = course && lessonBySlug(course, dispatch.slug);
  const domain = settings.mailDomain.toLowerCase();
  return {
    addresses: [`@${domain}`],
    name: course?.senderName ?? settings.ownerName,
    subject: lesson?.subject ?? "",
    text: course ? textsOf(course, lesson, settings.postalAddress) : "",
  };
}

function textsOf(course: Course, lesson: Lesson | undefined, postalAddress: string): string {
  const own = lesson
    ? [
        lesson.subject,
        lesson.preview,
        lesson.title,
        lesson.body.text,
        lesson.pullQuote,
        lesson.move,
        lesson.question,
        lesson.lookBack,
        ...Object.values(lesson.prompts),
      ]
    : [];
  const shared = Object.values(course.texts).map(({ text }) => text);
  return [course.title, ...own, ...shared, course.attribution.text, postalAddress].join("\n");
}
