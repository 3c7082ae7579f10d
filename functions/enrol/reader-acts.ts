import { consentRecord, NEWSLETTER_TEXT, originOf } from "../domain/consent.ts";
import { type Course, nextLesson } from "../domain/course.ts";
import { type Enrolment, paused, resumed, wantsLessonNow, withCadence } from "../domain/enrolment.ts";
import { ERASE_REQUEST_LIMIT } from "../domain/limits.ts";
import { type Subscriber, withConsent } from "../domain/subscriber.ts";
import { DAY } from "../domain/time.ts";
import { NEWSLETTER } from "../mail/links.ts";
import type { Services, WebRequest } from "../ports.ts";
import { beginCourse } from "./begin-course.ts";
import { readCadence, readRating } from "./choices.ts";

/** The sentence that the page shows about what was just done. */
export interface Said {
  notice?: string;
  problem?: string;
}

export interface Acting {
  services: Services;
  subscriber: Subscriber;
  course: Course;
  /** Undefined for somebody who has only the newsletter. */
  enrolment: Enrolment | undefined;
  request: WebRequest;
}
type Act = (acting: Acting) => Promise<Said>;

const NOT_ENROLLED: Said = { problem: "You are not in the course now, so there is nothing to change." };
const WEEK = 7 * DAY;
const MOST_WEEKS = 26;

/** What the buttons of a reader's own page do, by the value of their field `do`. Leaving is a link of its own. */
export const ACTS: ReadonlyMap<string, Act> = new Map([
  ["begin", begin],
  ["settings", saveSettings],
  ["pause", pause],
  ["resume", resume],
  ["first-lesson", sendFirstLesson],
  ["rating", rate],
  ["return", returnToCourse],
  ["newsletter", joinNewsletter],
  ["erase", askToErase],
]);

/** The page after the confirmation: the cadence, and the rating if one was given. */
async function begin(acting: Acting): Promise<Said> {
  const saved = await saveSettings(acting);
  if (saved.problem) return saved;
  if (acting.request.form.rating) await rate(acting);
  return saved;
}

async function saveSettings({ services, subscriber, enrolment, request }: Acting): Promise<Said> {
  const cadence = readCadence(request.form);
  if ("problem" in cadence) return cadence;
  const now = services.clock.now();
  await services.store.change(subscriber, (current) =>
    current.zone === cadence.zone ? current : { ...current, zone: cadence.zone },
  );
  if (enrolment) await services.store.change(enrolment, (current) => withCadence(current, cadence, now));
  return { notice: "Saved." };
}

async function pause({ services, enrolment, request }: Acting): Promise<Said> {
  if (enrolment?.status !== "active" && enrolment?.status !== "paused") return NOT_ENROLLED;
  const weeks = Number(request.form.weeks ?? "0");
  if (!Number.isInteger(weeks) || weeks < 0 || weeks > MOST_WEEKS)
    return { problem: `Please choose how long to pause: at most ${MOST_WEEKS} weeks, or until you resume.` };
  const until = weeks > 0 ? services.clock.now() + weeks * WEEK : undefined;
  await services.store.change(enrolment, (current) => paused(current, until));
  return { notice: "Paused. Answers to your replies still come; lessons do not." };
}

async function resume({ services, enrolment }: Acting): Promise<Said> {
  if (enrolment?.status !== "paused") return { notice: "The course was not paused; it goes on as it was." };
  const now = services.clock.now();
  await services.store.change(enrolment, (current) => resumed(current, now));
  return { notice: "Welcome back. The next lesson comes at your hour." };
}

async function sendFirstLesson({ services, enrolment }: Acting): Promise<Said> {
  if (enrolment?.status !== "active") return NOT_ENROLLED;
  if (enrolment.done.length > 0) return { notice: "Lesson 1 has been sent already; look in your inbox." };
  const now = services.clock.now();
  await services.store.change(enrolment, (current) => wantsLessonNow(current, now));
  await services.nudge.send({ subscriber: enrolment.subscriber, course: enrolment.course }, 0);
  return { notice: "Lesson 1 is on its way to your inbox." };
}

/** Before the last lesson it is the first rating, afterwards the second. */
async function rate({ services, enrolment, course, request }: Acting): Promise<Said> {
  const rating = readRating(request.form.rating);
  if (!rating) return { problem: "Please choose one of the five ratings." };
  if (!enrolment) return NOT_ENROLLED;
  await services.store.change(enrolment, (current) => {
    const moment = ratingMoment(current, course);
    if (current.ratings[moment] === rating) return current;
    return { ...current, ratings: { ...current.ratings, [moment]: rating } };
  });
  return { notice: "Your rating is kept." };
}

/** Which of the two ratings is asked for now. */
export const ratingMoment = ({ done }: Enrolment, course: Course): "before" | "after" =>
  nextLesson(course, done) ? "before" : "after";

async function returnToCourse({ services, subscriber, enrolment, course, request }: Acting): Promise<Said> {
  if (subscriber.status !== "active")
    return { problem: "You have left everything. To come back, please sign up again on the course's page." };
  if (enrolment?.status !== "left" && enrolment?.status !== "completed")
    return { notice: "You are in the course already." };
  const now = services.clock.now();
  const record = consentRecord("confirmed", course.slug, "confirm-1", now, originOf(request, "/reader"));
  await services.store.change(subscriber, (current) =>
    current.status === "active" ? withRecord(current, record) : current,
  );
  await beginCourse(services, subscriber, course, enrolment.cadence);
  return { notice: "Welcome back. The course goes on at your hour." };
}

async function joinNewsletter({ services, subscriber, request }: Acting): Promise<Said> {
  if (subscriber.status !== "active")
    return { problem: "You have left everything. To come back, please sign up again on the course's page." };
  const now = services.clock.now();
  const record = consentRecord("confirmed", NEWSLETTER, NEWSLETTER_TEXT, now, originOf(request, "/reader"));
  await services.store.change(subscriber, (current) =>
    current.newsletter || current.status !== "active"
      ? current
      : { ...withRecord(current, record), newsletter: true },
  );
  return { notice: "You will get the newsletter." };
}

const withRecord = (subscriber: Subscriber, record: Subscriber["consents"][number]): Subscriber => ({
  ...subscriber,
  consents: withConsent(subscriber.consents, record),
});

/** Erasing takes a link that is mailed anew: this page may have been forwarded, the inbox is theirs. */
async function askToErase({ services, subscriber }: Acting): Promise<Said> {
  if (subscriber.status !== "active")
    return {
      problem:
        "You get no more mail, so no link can be sent. Reply to any of the old mails and ask to be erased.",
    };
  const over = await services.store.count({ key: `erase#${subscriber.id}`, ...ERASE_REQUEST_LIMIT });
  if (over)
    return {
      problem: "That link was asked for three times today. Please use the newest mail, or try tomorrow.",
    };
  const now = services.clock.now();
  await services.store.change(subscriber, (current) => {
    const waits = Object.keys(current.agenda).some((key) => key.startsWith("notice_erase-"));
    const agenda = { ...current.agenda, [`notice_erase-${now}`]: { dueAt: now, doubts: 0 } };
    return waits ? current : { ...current, agenda };
  });
  await services.nudge.send({ subscriber: subscriber.id }, 0);
  return { notice: "A mail is on its way. Its link works for one hour and erases everything." };
}
