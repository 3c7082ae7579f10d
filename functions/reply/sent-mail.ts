import { findShownVoice } from "../consent/voices.ts";
import { findCourse, findCourseOrNewsletter, firstCourse, isNewsletter } from "../domain/content.ts";
import type { Course } from "../domain/course/course.ts";
import { lessonBySlug } from "../domain/course/course.ts";
import { type Enrolment, isQuoting, quotedName } from "../domain/course/enrolment.ts";
import { findLetter } from "../domain/course/letters.ts";
import { inLanguage } from "../domain/course/translations.ts";
import { readFacts } from "../domain/course/whom.ts";
import type { Issue } from "../domain/newsletter/issue.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import type { AgendaEntry } from "../domain/sending/agenda.ts";
import { dispatchId } from "../domain/sending/dispatch.ts";
import type { DispatchKind } from "../domain/sending/mail-kinds.ts";
import { OperationalError } from "../errors.ts";
import { COMPOSE } from "../mail/compose/compose.ts";
import type { Composed, Composition, MailLinks } from "../mail/compose/composition.ts";
import { htmlText } from "../mail/inbound/html-text.ts";
import type { Reply } from "../mail/inbound/own-words/sent-mail.ts";
import type { Services } from "../ports.ts";
import type { Binding } from "./match-reply.ts";

/**
 * What is known of the mail that was replied to, for telling its quotation from the reader's words. Most kinds are
 * composed again (`AGAIN`); of the others the course's own texts are known.
 */
export async function sentMail(services: Services, bound: Binding): Promise<Reply["sent"]> {
  const { settings } = services;
  const { kind, list } = bound.dispatch;
  const find = kind === "welcome" ? findCourseOrNewsletter : findCourse;
  const course = inLanguage(find(services, list) ?? firstCourse(services), bound.subscriber.language);
  const again = course && (await ifComposable(services, bound, course));
  const issue = bound.dispatch.kind === "issue" ? await issueSent(services, bound.dispatch.slug) : undefined;
  return {
    addresses: [`@${settings.mailDomain}`],
    name: issue?.newsletter.senderName ?? course?.senderName ?? settings.ownerName,
    subject: again?.subject ?? "",
    text: [
      again?.text,
      again && htmlText(again.html),
      course && readTexts(course),
      passagesOfAll(bound, course),
    ]
      .filter(Boolean)
      .join("\n"),
    quoted: await quotedWords(services, bound),
  };
}

/** A passage that was its reader's when the lesson left may be so no more: all are known. */
function passagesOfAll({ dispatch }: Binding, course: Course | undefined): string {
  const { passages = [] } = (course && lessonBySlug(course, dispatch.slug)) ?? {};
  return passages.map(({ body }) => body.text).join("\n");
}

/**
 * A look-back and a letter quoted the reader's words, and a prompt may have shown another's: in a quotation of it they are no
 * new ones.
 */
async function quotedWords(services: Services, { subscriber, dispatch }: Binding): Promise<string> {
  const { store } = services;
  if (dispatch.kind === "prompt") return voiceShown(services, dispatch);
  if (!isQuoting(dispatch.kind)) return "";
  const enrolment = await store.enrolment(subscriber.id, dispatch.list);
  const quoted = enrolment?.lookedBack?.[quotedName(dispatch)];
  const reflection = quoted === undefined ? undefined : await store.reflection(subscriber.id, quoted);
  return reflection?.ownWords ?? "";
}

async function voiceShown(services: Services, dispatch: Binding["dispatch"]): Promise<string> {
  const entry = await services.store.ledgerEntry(dispatchId(dispatch));
  const key = entry?.voice === undefined ? undefined : await findShownVoice(services, entry);
  return (key && (await services.store.voice(key))?.words) ?? "";
}

/** Links differ from mail to mail and are known as links: any will do, if they differ from each other. */
const ANY_LINKS: MailLinks = {
  readerUrl: "https://link.invalid/reader",
  unsubscribeUrl: "https://link.invalid/unsubscribe",
  unsubscribeMailto: "mailto:link@link.invalid",
  replyAddress: "link@link.invalid",
  ownReplyUrl: "https://link.invalid/own-reply",
  removalUrl: "https://link.invalid/remove-answer",
  noLettersUrl: "https://link.invalid/no-letters",
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
  const again = AGAIN[dispatch.kind];
  const { content, settings, clock } = services;
  const common = { content, course, settings, links: ANY_LINKS, subscriber, dispatch };
  return again({ services, reader: subscriber.id, mail: { ...common, now: clock.now() } });
}

/** A mail to be composed again, as far as its dispatch tells it. */
interface ComposedAgain {
  services: Services;
  reader: string;
  mail: Composition;
}

type Again = (asked: ComposedAgain) => Promise<Composed | undefined>;

/** Composes a mail of a course again, if its reader still has an enrolment there. */
const inCourse =
  (
    again: (
      asked: ComposedAgain,
      enrolment: Enrolment,
    ) => Promise<Composed | undefined> | Composed | undefined,
  ): Again =>
  async (asked) => {
    const { course, dispatch } = asked.mail;
    const enrolment = await asked.services.store.enrolment(asked.reader, course.slug);
    if (!enrolment) return undefined;
    const facts = readFacts(enrolment, asked.mail.subscriber);
    return again(
      { ...asked, mail: { ...asked.mail, facts, enrolment: before(enrolment, dispatch.slug) } },
      enrolment,
    );
  };

/** The same for a mail that answered or quoted what its reader wrote. */
const aboutReflection = (again: (mail: Composition, reflection: Reflection) => Composed | undefined): Again =>
  inCourse(async ({ services, reader, mail }, enrolment) => {
    const reflection = await services.store.reflection(reader, answeredMail(enrolment, mail.dispatch));
    return reflection && again({ ...mail, reflection }, reflection);
  });

const hasLesson = ({ course, dispatch }: Composition): boolean =>
  lessonBySlug(course, dispatch.slug) !== undefined;

const welcomeAgain = inCourse(({ mail }) => COMPOSE.welcome(mail));

/** Only the texts of its course are known of it. */
const byTexts = aboutReflection(() => undefined);

/** How the mail of each kind is composed again. */
const AGAIN: Record<DispatchKind, Again> = {
  confirmation: byTexts,
  welcome: async (asked) =>
    isNewsletter(asked.mail.course) ? COMPOSE.welcome(asked.mail) : welcomeAgain(asked),
  lesson: inCourse(({ mail }) => (hasLesson(mail) ? COMPOSE.lesson(mail) : undefined)),
  prompt: aboutReflection((mail, { replyKind }) =>
    hasLesson(mail) ? promptAgain({ ...mail, entry: findEntry(replyKind) }) : undefined,
  ),
  answer: inCourse(answerAgain),
  // The reader's words in it stay theirs, should they write them again.
  "look-back": aboutReflection((mail, reflection) =>
    COMPOSE["look-back"]({ ...mail, reflection: { ...reflection, ownWords: "" } }),
  ),
  letter: aboutReflection((mail, reflection) =>
    findLetter(mail.course, mail.dispatch.slug)
      ? COMPOSE.letter({ ...mail, reflection: { ...reflection, ownWords: "" } })
      : undefined,
  ),
  completion: byTexts,
  issue: issueAgain,
  address: byTexts,
  notice: aboutReflection((mail) => COMPOSE.notice({ ...mail, journal: [] })),
  relay: byTexts,
  digest: byTexts,
  report: byTexts,
  test: byTexts,
};

const ANY_OFFER = { offerUrl: "https://link.invalid/offer" };
const ANY_VOICE = {
  voice: { key: { subscriber: "", id: "" }, words: "", url: "https://link.invalid/voice" },
};

/** With a question whether others may read the answer and without, and so with what another wrote: each numbers its links otherwise. */
function promptAgain(mail: Composition): Composed {
  const ways = [{}, ANY_OFFER, ANY_VOICE, { ...ANY_OFFER, ...ANY_VOICE }];
  const all = ways.map((way) => COMPOSE.prompt({ ...mail, ...way }));
  return {
    ...(all[0] as Composed),
    text: all.map(({ text }) => text).join("\n"),
    html: all.map(({ html }) => html).join("\n"),
  };
}

async function answerAgain({ services, reader, mail }: ComposedAgain): Promise<Composed | undefined> {
  const { store } = services;
  const answer = await store.reflection(reader, mail.dispatch.slug);
  const reflection = answer?.answers ? await store.reflection(reader, answer.answers) : undefined;
  return answer && reflection && COMPOSE.answer({ ...mail, answer, reflection });
}

async function issueAgain({ services, mail }: ComposedAgain): Promise<Composed | undefined> {
  const issue = await issueSent(services, mail.dispatch.slug);
  return issue && COMPOSE.issue({ ...mail, issue });
}

/** The words that went out last: a change meanwhile costs no more than a clean cut. */
async function issueSent({ broadcasts }: Services, slug: string): Promise<Issue | undefined> {
  const broadcast = await broadcasts.broadcast(slug);
  return broadcast && broadcasts.words(slug, broadcast.revision);
}

/** The reflection that a prompt or a notice answered, or that a look-back or a letter quoted. */
function answeredMail({ prompted, lookedBack }: Enrolment, { kind, slug }: Binding["dispatch"]): string {
  if (kind === "notice") return slug.slice(slug.lastIndexOf("-") + 1);
  return (isQuoting(kind) ? lookedBack?.[quotedName({ kind, slug })] : prompted[slug]) ?? "";
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
