import { maskAddress } from "../domain/address.ts";
import { type Course, lessonBySlug } from "../domain/course.ts";
import type { Enrolment, Rating } from "../domain/enrolment.ts";
import { courseOf, pageAnswer } from "../domain/page.ts";
import { progressOf } from "../domain/progress.ts";
import { inJournal, type Reflection } from "../domain/reflection.ts";
import { type Cadence, dateInWords } from "../domain/schedule.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { zoneGroups } from "../domain/zones.ts";
import { EVERYTHING, NEWSLETTER, unsubscribeToken } from "../mail/links.ts";
import type { Services, WebResponse } from "../ports.ts";
import { cadenceChoices, ratingChoices } from "./choices.ts";
import { ratingMoment, type Said } from "./reader-acts.ts";

/** What a button in a mail has chosen already; it takes a press on the page to do it. */
export interface Preselected {
  act: string;
  rating: Rating | undefined;
}

const PAUSES = [
  { weeks: 1, says: "for one week" },
  { weeks: 2, says: "for two weeks" },
  { weeks: 4, says: "for four weeks" },
  { weeks: 8, says: "for eight weeks" },
  { weeks: 0, says: "until I resume" },
];

/** The enrolment that the page is about: that of the latest sign-up's course, or the first there is. */
export async function currentEnrolment(
  services: Services,
  subscriber: Subscriber,
): Promise<{ course: Course; enrolment: Enrolment | undefined }> {
  const enrolments = await services.store.enrolments(subscriber.id);
  const asked = enrolments.find(({ course }) => course === subscriber.asksFor.course);
  const enrolment = asked ?? enrolments[0];
  const course = services.content.courses.find(({ slug }) => slug === enrolment?.course);
  return { course: course ?? courseOf(services), enrolment: course && enrolment };
}

/** A reader's own page. The address is masked: mails with this link get forwarded. */
export async function readerView(
  services: Services,
  subscriber: Subscriber,
  token: string,
  said: Said,
  preselected: Preselected,
): Promise<WebResponse> {
  const { course, enrolment } = await currentEnrolment(services, subscriber);
  const reflections = (await services.store.reflections(subscriber.id)).filter(inJournal);
  const cadence = cadenceOf(subscriber, course, enrolment);
  return pageAnswer(services, {
    name: "reader",
    title: "Your page",
    values: {
      action: `/reader/${token}`,
      notice: said.notice ?? "",
      problem: said.problem ?? "",
      masked: maskAddress(subscriber.address),
      isStopped: subscriber.status === "stopped",
      newsletter: subscriber.newsletter,
      course: enrolment ? courseValues(course, enrolment, preselected) : false,
      cadence: cadenceChoices(cadence),
      zoneGroups: zoneGroups(cadence.zone),
      journal: reflections.map((reflection) => entry(course, cadence, reflection)),
      leave: await leaveLinks(services, subscriber, course),
    },
  });
}

function courseValues(course: Course, enrolment: Enrolment, preselected: Preselected) {
  const { status, done } = enrolment;
  const moment = ratingMoment(enrolment, course);
  const isActive = status === "active";
  return {
    title: course.title,
    progress: progressOf(course, enrolment),
    isActive,
    isPaused: status === "paused",
    isOver: status === "left" || status === "completed",
    runs: isActive || status === "paused",
    canSendFirst: isActive && done.length === 0,
    asksForFirst: preselected.act === "first-lesson",
    asksToPause: preselected.act === "pause",
    pauses: PAUSES,
    isSecondRating: moment === "after",
    asksToRate: preselected.rating !== undefined,
    rating: ratingChoices(course, preselected.rating ?? enrolment.ratings[moment]),
  };
}

function cadenceOf(subscriber: Subscriber, course: Course, enrolment: Enrolment | undefined): Cadence {
  const { weekday, time } = course.defaults;
  return enrolment?.cadence ?? { zone: subscriber.zone, weekday, time, pace: "weekly" };
}

function entry(course: Course, cadence: Cadence, { lesson, receivedAt, ownWords }: Reflection) {
  const replied = lessonBySlug(course, lesson);
  return {
    title: replied?.title ?? "",
    question: replied?.question ?? "",
    date: dateInWords(cadence, receivedAt),
    words: ownWords,
  };
}

async function leaveLinks({ keyring }: Services, { id }: Subscriber, course: Course) {
  const keys = await keyring.keys();
  const link = (list: string) => `/unsubscribe/${unsubscribeToken(keys, { subscriber: id, list })}`;
  return { course: link(course.slug), newsletter: link(NEWSLETTER), everything: link(EVERYTHING) };
}
