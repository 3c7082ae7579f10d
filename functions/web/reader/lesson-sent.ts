import { findCourseFor } from "../../domain/content.ts";
import { type Course, type Lesson, lessonBySlug, lessonPlace } from "../../domain/course/course.ts";
import { type Dispatch, readDispatchId } from "../../domain/sending/dispatch.ts";
import type { Services, WebResponse } from "../../ports.ts";
import { messagePage } from "../page.ts";

/** A lesson that was sent, and the mail that brought it. */
export interface LessonSent {
  course: Course;
  lesson: Lesson;
  dispatch: Dispatch;
}

/** A lesson that its reader has had; undefined for any other, and for what is none. */
export async function findLessonSent(
  services: Services,
  id: string,
  slug: string,
  name: string,
): Promise<LessonSent | undefined> {
  const course = findCourseFor(services, slug, await services.store.subscriber(id));
  const lesson = course && lessonBySlug(course, name);
  const dispatch = lesson && (await findDispatch(services, id, course, lesson));
  return dispatch && { course, lesson, dispatch };
}

/** The latest mail that brought it, in whichever run and under whichever of its names. The ledger may have lost it. */
async function findDispatch(
  { store }: Services,
  id: string,
  course: Course,
  lesson: Lesson,
): Promise<Dispatch | undefined> {
  const place = lessonPlace(course, lesson.slug);
  const sent = (await store.ledger(id)).flatMap(({ dispatch, sentAt }) => {
    const mail = readDispatchId(dispatch);
    const isMeant = mail?.kind === "lesson" && mail.list === course.slug;
    return isMeant && lessonPlace(course, mail.slug) === place ? [{ mail, sentAt }] : [];
  });
  const latest = sent.toSorted((one, other) => other.sentAt - one.sentAt)[0];
  if (latest) return latest.mail;
  const enrolment = await store.enrolment(id, course.slug);
  const slug = enrolment?.done.find((done) => lessonPlace(course, done) === place);
  return enrolment && slug
    ? { subscriber: id, list: course.slug, run: enrolment.run, kind: "lesson", slug }
    : undefined;
}

export const notSent = (services: Services): WebResponse => messagePage(services, 404, "notSent");
