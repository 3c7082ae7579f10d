import { nextMoment } from "../../domain/course/schedule.ts";
import { moveUid } from "../../links/links.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { iCalendar } from "../icalendar.ts";
import { plainAnswer } from "../page.ts";
import { findLessonSent, notSent } from "./lesson-sent.ts";
import { whosePage } from "./reader.ts";

/**
 * `GET /reader/{token}/{course}/{slug}/move.ics`: a lesson's move as an appointment, the next time that its moment comes on its
 * reader's clock. It holds no link: calendars are shared, and whoever has a link has the page.
 */
export async function moveCalendar(services: Services, request: WebRequest): Promise<WebResponse> {
  const found = await whosePage(services, request);
  if ("answer" in found) return found.answer;
  const { clock, store, webOrigin } = services;
  const { course: slug = "", slug: name = "" } = request.path;
  const { id } = found.subscriber;
  const { course, lesson } = (await findLessonSent(services, id, slug, name)) ?? {};
  const enrolment = course && (await store.enrolment(id, course.slug));
  if (!lesson?.moment || !enrolment) return notSent(services);
  const now = clock.now();
  const uid = moveUid({ subscriber: id, course: enrolment.course, run: enrolment.run, lesson: lesson.slug });
  const body = iCalendar({
    uid: `${uid}@${new URL(webOrigin).hostname}`,
    stampedAt: now,
    startsAt: nextMoment(enrolment.cadence.zone, lesson.moment, now),
    minutes: lesson.moment.minutes,
    summary: lesson.title,
    description: lesson.move,
  });
  return plainAnswer(200, body, {
    "content-type": "text/calendar; charset=utf-8",
    "content-disposition": 'inline; filename="move.ics"',
  });
}
