import { findCourseFor } from "../domain/content.ts";
import { countLessons, foresee } from "../domain/course/branches.ts";
import { lessonBySlug } from "../domain/course/course.ts";
import { type Enrolment, isGoingOn } from "../domain/course/enrolment.ts";
import { readFacts } from "../domain/course/whom.ts";
import type { Subscriber } from "../domain/people/subscriber.ts";
import { LESSON_KEY } from "../domain/sending/agenda.ts";
import { readDispatchId } from "../domain/sending/dispatch.ts";
import { type Instant, iso } from "../domain/time.ts";
import type { ApiServices } from "./operation.ts";

/** How far a person is in each of their courses that the stage still has. */
export async function viewProgress(services: ApiServices, subscriber: Subscriber) {
  const enrolments = await services.store.enrolments(subscriber.id);
  const sent = await findSentLessons(services, subscriber.id);
  return enrolments.map((enrolment) => viewEnrolment(services, subscriber, enrolment, sent));
}

/** When the lessons left, by course, run and slug. */
async function findSentLessons({ store }: ApiServices, id: string): Promise<ReadonlyMap<string, Instant>> {
  const sent = new Map<string, Instant>();
  for (const { dispatch: name, sentAt } of await store.ledger(id)) {
    const dispatch = readDispatchId(name);
    if (dispatch?.kind === "lesson") sent.set(sentName(dispatch.list, dispatch.run, dispatch.slug), sentAt);
  }
  return sent;
}

const sentName = (course: string, run: number, slug: string): string => `${course} ${run} ${slug}`;

function viewEnrolment(
  services: ApiServices,
  subscriber: Subscriber,
  enrolment: Enrolment,
  sent: ReadonlyMap<string, Instant>,
) {
  const { course: slug, status, run, done, agenda } = enrolment;
  const course = findCourseFor(services, slug, subscriber);
  const had = done.map((name) => {
    const sentAt = sent.get(sentName(slug, run, name));
    const title = (course && lessonBySlug(course, name)?.title) ?? name;
    return { slug: name, title, sentAt: sentAt === undefined ? null : iso(sentAt) };
  });
  if (!course) return { course: slug, status, run, had, next: null, of: null };
  const next = isGoingOn(enrolment)
    ? foresee(course, enrolment, readFacts(enrolment, subscriber)).next
    : undefined;
  const dueAt = agenda[LESSON_KEY]?.dueAt;
  const { least, most } = countLessons(course, enrolment);
  return {
    ...{ course: slug, status, run, had },
    next: next
      ? { slug: next.slug, title: next.title, dueAt: dueAt === undefined ? null : iso(dueAt) }
      : null,
    of: least === most ? most : null,
  };
}
