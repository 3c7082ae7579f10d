import { leaveAsAsked } from "../consent/leave-as-asked.ts";
import { asksForReturn, returnByReply, saysLeft } from "../consent/return-by-reply.ts";
import { runCommands } from "../consent/run-commands.ts";
import { obeyVoiceWord } from "../consent/voice-by-reply.ts";
import { findCourse } from "../domain/content.ts";
import { type Course, lessonBySlug } from "../domain/course/course.ts";
import { type Enrolment, isGoingOn } from "../domain/course/enrolment.ts";
import { withSignOfLife } from "../domain/course/silence.ts";
import { personalLimit, UNPROVEN_FAREWELL_REST, UNPROVEN_FAREWELLS } from "../domain/people/limits.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { withLastNotice } from "../domain/people/subscriber.ts";
import { ALSO, PLAINLY } from "../domain/replies/command.ts";
import {
  bringsGraveNews,
  findLeaveRequest,
  isByAnybody,
  listCommands,
  type Reflection,
} from "../domain/replies/reflection.ts";
import { type Answerable, isAnswerable, promptPlanned } from "../domain/replies/reply.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import { MINUTE } from "../domain/time.ts";
import type { InboundMail } from "../mail/inbound/inbound.ts";
import type { LimitStore, Needs, Services } from "../ports.ts";
import { hasRoomForAnswer } from "./answer-limits.ts";
import { askWhetherTheirs } from "./ask-whether-theirs.ts";
import { hold } from "./hold.ts";
import type { Binding } from "./match-reply.ts";
import type { Reading } from "./read-reply.ts";

/** Longer than a queue may hold a nudge back, the minute's lanes do it. */
const LONGEST_NUDGE = 15 * MINUTE;

/** What is known of a reply beside what is kept of it. */
export interface Circumstance extends Pick<Reading, "awayUntil"> {
  /** False where From may be forged. */
  isProven: boolean;
  inbound: InboundMail | undefined;
}

/** What follows from a reply that is kept, for its reader. */
export async function carryOutReply(
  services: Services,
  bound: Binding,
  reflection: Reflection,
  { awayUntil, isProven, inbound }: Circumstance,
): Promise<void> {
  const { replyKind } = reflection;
  const manner = { isProven, isToldByMail: true };
  if (awayUntil !== undefined) return hold(services, bound, awayUntil);
  switch (replyKind) {
    case "unsubscribe":
      return leaveByWords(services, bound, reflection);
    case "command":
      if (saysLeft(bound.dispatch)) return returnOrAsk(services, bound, reflection);
      await obeyVoiceWord(services, bound, reflection, manner);
      return runCommands(services, bound, reflection, listCommands(reflection), manner);
    case "unclear-leaving":
      return runCommands(services, bound, reflection, [{ name: "unsure-leaving" }], manner);
    case "unclear-command":
      return runCommands(services, bound, reflection, [{ name: "unsure-steering" }], manner);
    case "foreign-sender":
      return askWhetherTheirs(services, bound, reflection, inbound);
  }
  if (isAnswerable(replyKind)) await planPrompt(services, bound, reflection, replyKind);
  if (isAnswerable(replyKind) || replyKind === "grave") await noteSignOfLife(services, bound);
}

/** To the mail after leaving. Where From may be forged, one mail asks once more before anything begins again. */
async function returnOrAsk(services: Services, bound: Binding, reflection: Reflection): Promise<void> {
  if (!asksForReturn(reflection)) return;
  if (reflection.awaits) await planLastNotice(services, bound, reflection, ["back"]);
  else await returnByReply(services, bound, reflection);
}

/** A reply is a sign of life. Most have written it with the answer that they get. */
async function noteSignOfLife(services: Services, bound: Binding): Promise<void> {
  const enrolment = await findEnrolment(services, bound);
  if (enrolment?.silent !== undefined) await services.store.change(enrolment, withSignOfLife);
}

/**
 * One of the words that every mail names is obeyed in silence; a reader who wrote more is told once, and how to come back.
 * So is every reader on whose page it was written: the link may be in other hands, and the way back must not be.
 */
async function leaveByWords(services: Services, bound: Binding, reflection: Reflection): Promise<void> {
  const { receivedAt } = reflection;
  const request = findLeaveRequest(reflection);
  const { list } = bound.dispatch;
  const left = await leaveAsAsked(services, bound.subscriber, { request, list, at: receivedAt });
  if (!request || (request.isExact && !reflection.isFromPage)) return;
  const isPlain = bringsGraveNews(reflection);
  const keepsCourse = left === "newsletter";
  const others = keepsCourse ? [] : (await services.store.enrolments(bound.subscriber.id)).filter(isGoingOn);
  const also = others.length > 0 ? [ALSO] : [];
  const occasions = ["left", ...(left ? [left] : []), ...also, ...(isPlain ? [PLAINLY] : [])];
  await planLastNotice(services, bound, reflection, occasions);
}

/** A mail to someone who has left, or has just asked to. A request that is delivered again is told of once. */
async function planLastNotice(
  services: Services,
  { subscriber }: Binding,
  reflection: Reflection,
  occasions: readonly string[],
): Promise<void> {
  const { store, clock, nudge } = services;
  const { id } = reflection;
  const slug = [...occasions, id].join("-");
  const dispatch = dispatchId({ subscriber: subscriber.id, list: "account", run: 1, kind: "notice", slug });
  if (await store.ledgerEntry(dispatch)) return;
  if (isByAnybody(reflection) && (await isToldEnough(services, subscriber.id, id))) return;
  const entry = { dueAt: clock.now(), doubts: 0, reflection: id };
  const told = await store.change(subscriber, (current) =>
    withLastNotice(current, mailKey("notice", slug), entry),
  );
  if (told) await nudge.send({ subscriber: subscriber.id }, 0);
}

/** The same mail, brought again, has the place that it took. */
async function isToldEnough(
  { store, log }: Needs<LimitStore, "log">,
  subscriber: string,
  by: string,
): Promise<boolean> {
  for (const name of UNPROVEN_FAREWELLS) {
    const place = { key: personalLimit(name, subscriber), restMs: UNPROVEN_FAREWELL_REST, by };
    if ((await store.take(place)) === undefined) return false;
  }
  log.warn("farewells-limited", { subscriber });
  return true;
}

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
  const delay = isRehearsal(enrolment.subscriber) ? 0 : services.settings.promptDelayMinutes * MINUTE;
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
