import { leave } from "../consent/leave.ts";
import type { Course } from "../domain/course/course.ts";
import { lessonBySlug } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import { withSignOfLife } from "../domain/course/silence.ts";
import { recipientDomain } from "../domain/people/address.ts";
import { LARGE_PROVIDERS } from "../domain/people/limits.ts";
import { readRatingRequest } from "../domain/replies/command.ts";
import { inJournal, type Reflection } from "../domain/replies/reflection.ts";
import { type Answerable, isAnswerable, promptPlanned } from "../domain/replies/reply.ts";
import { dispatchId, readDispatchId } from "../domain/sending/dispatch.ts";
import { MINUTE } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import { NEWSLETTER } from "../links/links.ts";
import { type InboundMail, parseInbound } from "../mail/inbound/inbound.ts";
import type { ReceivedMail, Services } from "../ports.ts";
import { hasRoomForAnswer } from "./answer-limits.ts";
import { siteCommands } from "./commands.ts";
import { noteForDigest } from "./digest.ts";
import { hold } from "./hold.ts";
import { leaveByAddress } from "./leave.ts";
import { type Binding, fromHash, matchReply } from "./match-reply.ts";
import { ownerAnswers } from "./owner-answer.ts";
import { type Circumstances, type Reading, readReply, UNREADABLE } from "./read-reply.ts";
import { reflectionId } from "./reflection-id.ts";
import { relay } from "./relay.ts";
import { runCommand } from "./run-command.ts";
import { sentMail } from "./sent-mail.ts";

/** SES takes mails of 40 MB; what is parsed of one is less. */
const MOST_RAW_BYTES = 42 * 1024 * 1024;
/** Longer than a queue may hold a nudge back, the minute's lanes do it. */
const LONGEST_NUDGE = 15 * MINUTE;

/**
 * A mail to one of our addresses. It is kept first, whatever it is; only then does anything follow from it. Each
 * step may be run again: the same mail, however often it is delivered, is one reflection and one answer.
 */
export async function receive(services: Services, mail: ReceivedMail): Promise<void> {
  if (await leaveByAddress(services, mail)) return;
  const inbound = await read(services, mail);
  const ofOwner = await ownerAnswers(services, mail, inbound);
  if (ofOwner === "done") return;
  const bound = ofOwner ?? (await matchReply(services, mail, inbound));
  if ("unmatched" in bound) return keepUnmatched(services, mail, inbound, bound.unmatched);
  const reading = inbound
    ? readReply(inbound, await makeCircumstances(services, bound, mail, inbound))
    : UNREADABLE;
  const reflection = {
    ...makeReflection(bound, mail, inbound, reading),
    ...(await makeReaderLink(services, bound)),
  };
  const isNew = await services.store.keepReflection(reflection);
  services.log.info("reply-kept", {
    dispatch: reflection.inReplyTo,
    kind: reflection.replyKind,
    reason: reflection.reason,
    isNew,
  });
  services.log.count("Replies");
  const kept = isNew ? reflection : await services.store.reflection(reflection.subscriber, reflection.id);
  if (!kept) return;
  await carryOutReply(services, describeMatch(bound, kept), kept, reading);
  await noteOnIssue(services, kept);
  await relay(services, kept);
  await noteForDigest(services, kept);
}

/** For the owner, who sees what became of an issue: who wrote back, and who left by it. */
async function noteOnIssue({ store }: Services, reflection: Reflection): Promise<void> {
  const { subscriber, inReplyTo, replyKind, receivedAt } = reflection;
  if (readDispatchId(inReplyTo)?.kind !== "issue") return;
  const isMeant = (dispatch: string) => dispatch === inReplyTo;
  if (inJournal(reflection)) await store.noteOnEntry(subscriber, isMeant, "repliedAt", receivedAt);
  if (replyKind === "unsubscribe") await store.noteOnEntry(subscriber, isMeant, "leftAt", receivedAt);
}

/**
 * A mail that went to several of our addresses comes once for each: what it was bound to first counts, so that it is
 * answered once. One that its reader has taken back is not kept any more: nothing follows from it.
 */
function describeMatch(bound: Binding, { inReplyTo }: Reflection): Binding {
  return { ...bound, dispatch: readDispatchId(inReplyTo) ?? bound.dispatch };
}

/** Undefined if the mail cannot be parsed: it is then kept by what its envelope tells. */
async function read(services: Services, mail: ReceivedMail): Promise<InboundMail | undefined> {
  try {
    return await parseInbound(await services.inbox.read(mail.key, MOST_RAW_BYTES));
  } catch (error) {
    const isUnreadable =
      error instanceof OperationalError && ["mail-unreadable", "mail-too-large"].includes(error.code);
    if (!isUnreadable) throw error;
    services.log.warn(error.code, { mail: mail.sesMessageId, detail: error.message });
    return undefined;
  }
}

async function keepUnmatched(
  services: Services,
  mail: ReceivedMail,
  inbound: InboundMail | undefined,
  reason: string,
): Promise<void> {
  const messageId = inbound?.messageId ?? `<${mail.sesMessageId}>`;
  await services.store.keepUnmatched({ messageId, receivedAt: mail.receivedAt, raw: mail.key, reason });
  services.log.warn("reply-unmatched", { mail: mail.sesMessageId, reason });
  services.log.count("RepliesUnmatched");
}

async function makeCircumstances(
  services: Services,
  bound: Binding,
  mail: ReceivedMail,
  inbound: InboundMail,
): Promise<Circumstances> {
  const { subscriber } = bound;
  return {
    sent: await sentMail(services, bound),
    received: { receivedAt: mail.receivedAt, zone: subscriber.zone },
    source: mail.source,
    isFromSubscriber: (await fromHash(services, inbound)) === subscriber.addressHash,
    isFromSubscribersDomain: isSameDomain(subscriber, inbound),
    isByToken: bound.isByToken,
    mailDomain: services.settings.mailDomain,
    commands: siteCommands(services, bound),
    asksForRating: asksForRating(services, bound),
    verdicts: mail.verdicts,
  };
}

/** A domain of their company or their own: everybody is at the large providers. */
function isSameDomain({ address }: Binding["subscriber"], { from = "" }: InboundMail): boolean {
  const domain = recipientDomain(from);
  return domain === recipientDomain(address) && !LARGE_PROVIDERS.has(domain);
}

function asksForRating(services: Services, { dispatch }: Binding): boolean {
  const course = findCourse(services, dispatch.list);
  return course !== undefined && readRatingRequest(course, dispatch) !== undefined;
}

function makeReflection(
  { subscriber, dispatch }: Binding,
  mail: ReceivedMail,
  inbound: InboundMail | undefined,
  { classification: { kind, reason }, words }: Reading,
): Reflection {
  const messageId = inbound?.messageId ?? `<${mail.sesMessageId}@unnamed.invalid>`;
  return {
    kind: "reflection",
    id: reflectionId(messageId),
    subscriber: subscriber.id,
    course: dispatch.list,
    run: dispatch.run,
    lesson: dispatch.slug,
    inReplyTo: dispatchId(dispatch),
    receivedAt: mail.receivedAt,
    replyKind: kind,
    reason,
    ownWords: kind === "virus" ? "" : (words?.text ?? ""),
    subject: inbound?.subject ?? "",
    messageId,
    references: inbound?.references ?? [],
    attachments: inbound?.attachments ?? [],
    raw: mail.key,
  };
}

/** The answer to a look-back belongs to what the look-back had quoted. */
async function makeReaderLink(services: Services, bound: Binding): Promise<Pick<Reflection, "follows">> {
  const { kind, slug, run } = bound.dispatch;
  const enrolment = kind === "look-back" ? await findEnrolment(services, bound) : undefined;
  const follows = enrolment?.run === run ? enrolment.lookedBack?.[slug] : undefined;
  return follows === undefined ? {} : { follows };
}

async function carryOutReply(
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
  await leave(services, bound.subscriber.id, [...courses, NEWSLETTER], receivedAt);
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
  if (dispatch.kind !== "lesson" || subscriber.status !== "active" || !course) return undefined;
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

const findEnrolment = (
  { store }: Services,
  { subscriber, dispatch }: Binding,
): Promise<Enrolment | undefined> => store.enrolment(subscriber.id, dispatch.list);

const findCourse = ({ content }: Services, slug: string): Course | undefined =>
  content.courses.find((course) => course.slug === slug);
