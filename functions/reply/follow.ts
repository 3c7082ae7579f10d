import { leave } from "../consent/leave.ts";
import { findCourse } from "../domain/content.ts";
import { type Course, lessonBySlug } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { withSignOfLife } from "../domain/course/silence.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import { type Answerable, isAnswerable, promptPlanned } from "../domain/replies/reply.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import { MINUTE } from "../domain/time.ts";
import { NEWSLETTER } from "../links/links.ts";
import type { Services } from "../ports.ts";
import { hasRoomForAnswer } from "./answer-limits.ts";
import { hold } from "./hold.ts";
import { makeMailedWithdrawal } from "./leave-by-address.ts";
import type { Binding } from "./match-reply.ts";
import type { Reading } from "./read-reply.ts";
import { runCommand } from "./run-command.ts";

/** Longer than a queue may hold a nudge back, the minute's lanes do it. */
const LONGEST_NUDGE = 15 * MINUTE;

/** What follows from a reply that is kept, for its reader. */
export async function carryOutReply(
  services: Services,
  bound: Binding,
  reflection: Reflection,
  { awayUntil }: Reading,
): Promise<void> {
  const { replyKind } = reflection;
  if (awayUntil !== undefined) return hold(services, bound, awayUntil);
  if (replyKind === "unsubscribe") return leaveByWords(services, bound, reflection);
  if (replyKind === "command") return runCommand(services, bound, reflection);
  if (isAnswerable(replyKind)) {
    await planPrompt(services, bound, reflection, replyKind);
    await noteSignOfLife(services, bound);
  }
}

/** A reply is a sign of life. Most have written it with the answer that they get. */
async function noteSignOfLife(services: Services, bound: Binding): Promise<void> {
  const enrolment = await findEnrolment(services, bound);
  if (enrolment?.silent !== undefined) await services.store.change(enrolment, withSignOfLife);
}

/** "Stop" leaves the course that was replied to and the newsletter, at once, and is not answered. */
async function leaveByWords(services: Services, bound: Binding, { receivedAt }: Reflection): Promise<void> {
  const { list } = bound.dispatch;
  const courses =
    list === NEWSLETTER || findCourse(services, list) === undefined
      ? await listCourses(services, bound)
      : [list];
  for (const left of [...courses, NEWSLETTER])
    await leave(services, bound.subscriber.id, makeMailedWithdrawal(left, receivedAt));
}

const listCourses = async ({ store }: Services, { subscriber }: Binding): Promise<string[]> =>
  (await store.enrolments(subscriber.id)).map((enrolment) => enrolment.course);

/** One versioned write on the enrolment is the right to the lesson's one answer; then its sending is asked for. */
async function planPrompt(
  services: Services,
  bound: Binding,
  reflection: Reflection,
  kind: Answerable,
): Promise<void> {
  const lesson = answerableLesson(services, bound);
  const enrolment = lesson && (await findEnrolment(services, bound));
  if (!lesson || !enrolment || !(await mayAnswer(services, enrolment, lesson.slug, reflection))) return;
  const delay = services.settings.promptDelayMinutes * MINUTE;
  const dueAt = services.clock.now() + delay;
  const plan = { lesson: lesson.slug, reflection: reflection.id, kind, dueAt };
  const planned = await services.store.change(enrolment, (current) =>
    promptPlanned(withSignOfLife(current), plan, lesson.course),
  );
  if (planned?.prompted[lesson.slug] !== reflection.id) return;
  const holder = { subscriber: enrolment.subscriber, course: enrolment.course };
  if (delay <= LONGEST_NUDGE) await services.nudge.send(holder, delay);
}

/** Only a reply to a lesson is answered; its answer's answer, and a look-back's, are kept. */
function answerableLesson(
  services: Services,
  { subscriber, dispatch }: Binding,
): { slug: string; course: Course } | undefined {
  const course = findCourse(services, dispatch.list);
  if (mailKind(dispatch.kind).reply !== "prompt" || subscriber.status !== "active" || !course)
    return undefined;
  const lesson = lessonBySlug(course, dispatch.slug);
  return lesson && { slug: lesson.slug, course };
}

/** True for a lesson that has had no answer; and for this very reply, which a crash may have left half done. */
async function mayAnswer(
  services: Services,
  enrolment: Enrolment,
  lesson: string,
  reflection: Reflection,
): Promise<boolean> {
  if (enrolment.run !== reflection.run) return false;
  const answered = enrolment.prompted[lesson];
  if (answered !== undefined) return answered === reflection.id;
  return hasRoomForAnswer(services, enrolment.subscriber);
}

/** Theirs in the course that was replied to. */
export const findEnrolment = (
  { store }: Services,
  { subscriber, dispatch }: Binding,
): Promise<Enrolment | undefined> => store.enrolment(subscriber.id, dispatch.list);
