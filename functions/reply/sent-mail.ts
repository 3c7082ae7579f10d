import type { Course } from "../domain/course/course.ts";
import { lessonBySlug } from "../domain/course/course.ts";
import type { Enrolment } from "../domain/course/enrolment.ts";
import type { Issue } from "../domain/newsletter/issue.ts";
import type { AgendaEntry } from "../domain/sending/agenda.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import { OperationalError } from "../errors.ts";
import { COMPOSE } from "../mail/compose/compose.ts";
import type { Composed, MailLinks } from "../mail/compose/composition.ts";
import { htmlText } from "../mail/inbound/html-text.ts";
import type { Reply } from "../mail/inbound/own-words/sent-mail.ts";
import type { Services } from "../ports.ts";
import type { Binding } from "./match-reply.ts";

/**
 * What is known of the mail that was replied to, for telling its quotation from the reader's words. Lessons, welcomes,
 * prompts, look-backs and notices are composed again; of other mails the course's own texts are known.
 */
export async function sentMail(services: Services, bound: Binding): Promise<Reply["sent"]> {
  const { content, settings } = services;
  const course = content.courses.find(({ slug }) => slug === bound.dispatch.list) ?? content.courses[0];
  const again = course && (await ifComposable(services, bound, course));
  const issue = bound.dispatch.kind === "issue" ? await issueSent(services, bound.dispatch.slug) : undefined;
  return {
    addresses: [`@${settings.mailDomain}`],
    name: issue?.newsletter.senderName ?? course?.senderName ?? settings.ownerName,
    subject: again?.subject ?? "",
    text: [again?.text, again && htmlText(again.html), course && readTexts(course)]
      .filter(Boolean)
      .join("\n"),
  };
}

/** Links differ from mail to mail and are known as links: any will do, if they differ from each other. */
const ANY_LINKS: MailLinks = {
  readerUrl: "https://link.invalid/reader",
  unsubscribeUrl: "https://link.invalid/unsubscribe",
  unsubscribeMailto: "mailto:link@link.invalid",
  replyAddress: "link@link.invalid",
};

/** A deploy may have changed a template or a text since. A reply is worth more than a clean cut of it. */
async function ifComposable(
  services: Services,
  bound: Binding,
  course: Course,
): Promise<Composed | undefined> {
  try {
    return await composedAgain(services, bound, course);
  } catch (error) {
    if (error instanceof OperationalError) throw error;
    services.log.warn("sent-mail-unknown", { dispatch: dispatchId(bound.dispatch) });
    return undefined;
  }
}

async function composedAgain(
  services: Services,
  { subscriber, dispatch }: Binding,
  course: Course,
): Promise<Composed | undefined> {
  const { content, settings, store } = services;
  if (dispatch.kind === "issue") {
    const issue = await issueSent(services, dispatch.slug);
    const written = { content, course, settings, links: ANY_LINKS, subscriber, dispatch };
    return issue && COMPOSE.issue({ ...written, now: services.clock.now(), issue });
  }
  const enrolment = await store.enrolment(subscriber.id, course.slug);
  const isAboutLesson = dispatch.kind === "lesson" || dispatch.kind === "prompt";
  if (!enrolment || (isAboutLesson && !lessonBySlug(course, dispatch.slug))) return undefined;
  const common = { content, course, settings, links: ANY_LINKS, subscriber, dispatch };
  const mail = { ...common, now: services.clock.now(), enrolment: before(enrolment, dispatch.slug) };
  if (dispatch.kind === "lesson") return COMPOSE.lesson(mail);
  if (dispatch.kind === "welcome") return COMPOSE.welcome(mail);
  if (dispatch.kind === "answer") {
    const answer = await store.reflection(subscriber.id, dispatch.slug);
    const question = answer?.answers ? await store.reflection(subscriber.id, answer.answers) : undefined;
    return answer && question ? COMPOSE.answer({ ...mail, answer, reflection: question }) : undefined;
  }
  const reflection = await store.reflection(subscriber.id, answeredMail(enrolment, dispatch));
  if (!reflection) return undefined;
  if (dispatch.kind === "prompt")
    return COMPOSE.prompt({ ...mail, reflection, entry: findEntry(reflection.replyKind) });
  // The reader's words in it stay theirs, should they write them again.
  if (dispatch.kind === "look-back")
    return COMPOSE["look-back"]({ ...mail, reflection: { ...reflection, ownWords: "" } });
  return dispatch.kind === "notice" ? COMPOSE.notice({ ...mail, reflection, journal: [] }) : undefined;
}

/** The words that went out last: a change meanwhile costs no more than a clean cut. */
async function issueSent({ broadcasts }: Services, slug: string): Promise<Issue | undefined> {
  const broadcast = await broadcasts.broadcast(slug);
  return broadcast && broadcasts.words(slug, broadcast.revision);
}

/** The reflection that a prompt or a notice answered, or that a look-back quoted. */
function answeredMail({ prompted, lookedBack }: Enrolment, { kind, slug }: Binding["dispatch"]): string {
  if (kind === "notice") return slug.slice(slug.indexOf("-") + 1);
  return (kind === "look-back" ? lookedBack?.[slug] : prompted[slug]) ?? "";
}

/** As it was when the lesson left: which lesson follows stands under it. */
function before(enrolment: Enrolment, lesson: string): Enrolment {
  const place = enrolment.done.indexOf(lesson);
  return place < 0 ? enrolment : { ...enrolment, done: enrolment.done.slice(0, place) };
}

function findEntry(replyKind: string): AgendaEntry {
  const answers = replyKind === "very-short" || replyKind === "question" ? replyKind : "substantial";
  return { dueAt: 0, doubts: 0, answers };
}

function readTexts(course: Course): string {
  const texts = Object.values(course.texts).map(({ text }) => text);
  return [course.title, ...texts, course.attribution.text].join("\n");
}
