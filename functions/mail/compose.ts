import type { AgendaEntry } from "../domain/agenda.ts";
import type { Content, EmailName } from "../domain/content.ts";
import {
  type Course,
  type CourseText,
  type Lesson,
  lessonBySlug,
  lessonNumber,
  nextLesson,
  partOf,
  type RichText,
} from "../domain/course.ts";
import type { Dispatch } from "../domain/dispatch.ts";
import type { Enrolment } from "../domain/enrolment.ts";
import { holdToTell } from "../domain/hold.ts";
import { type Issue, NEWSLETTER } from "../domain/issue.ts";
import { longestIn, quotable, type Reflection } from "../domain/reflection.ts";
import { completionAt, dateInWords, nextLessonAt, slotInWords } from "../domain/schedule.ts";
import type { Settings } from "../domain/settings.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { Instant } from "../domain/time.ts";
import { ascii } from "./ascii.ts";
import { type DigestFacts, digestWords } from "./digest-words.ts";
import { excerpt, sentencesIn } from "./excerpt.ts";
import {
  answerHeaders,
  automaticHeaders,
  lessonHeaders,
  replySubject,
  threadHeaders,
  welcomeHeaders,
} from "./fields.ts";
import { entryHeading, journalOf } from "./journal.ts";
import type { Mailbox, MailParts } from "./mime.ts";
import { answerToCommand, JOURNAL_SO_FAR, MAILED_LINKS } from "./notices.ts";
import { setPlainText } from "./plain-text.ts";
import { type RelayFacts, relayWords } from "./relay-words.ts";

/** Every address that the mail leads to, as strings; whoever holds the keys makes them. */
export interface MailLinks {
  /** The reader's own page. */
  readerUrl: string;
  /** One-click unsubscribe (RFC 8058): https. */
  unsubscribeUrl: string;
  /** The same by mail: a whole `mailto:` link. */
  unsubscribeMailto: string;
  /** Where a reply goes; it names the reader and the dispatch. */
  replyAddress: string;
  /** Confirmations only. */
  confirmUrl?: string;
  /** The notice `personal` only. */
  personalUrl?: string;
}

/** What a mail is made of. Which of the last six it takes depends on its kind. */
export interface Composition {
  content: Content;
  course: Course;
  settings: Settings;
  links: MailLinks;
  subscriber: Pick<Subscriber, "address" | "firstName">;
  dispatch: Dispatch;
  /** When it leaves: the next lesson's day is counted from it. */
  now: Instant;
  /** All but confirmations and mailed links. */
  enrolment?: Enrolment;
  /** Prompts: which of them. */
  entry?: AgendaEntry;
  /** Prompts, answers to commands: what it answers. Look-backs: what it quotes. */
  reflection?: Reflection;
  /** Mails that quote the reader (`quotesReader`): everything that the reader wrote, in any order. */
  journal?: Reflection[];
  /** Answers: what the owner wrote. */
  answer?: Reflection;
  /** Relays: what is to be told beside the reflection. */
  relay?: RelayFacts;
  /** Digests only. */
  digest?: DigestFacts;
  /** Issues: what it says. */
  issue?: Issue;
  /** …and which words of it these are. */
  revision?: string;
}

/** A mail, ready for `mimeMessage`. */
export type Composed = MailParts;

/** Who mails come from: the course's name, at the stage's address. */
export const senderOf = (course: Course, settings: Settings): Mailbox => ({
  name: course.senderName,
  address: `${settings.senderLocalPart}@${settings.mailDomain}`,
});

/** Echoes nothing that was typed into the form but the address it goes to: anybody can type anything there. */
export function composeConfirmation(mail: Composition): Composed {
  const text = textOf(mail, "confirmation");
  const values = { text, confirmUrl: needed(mail.links.confirmUrl, "links.confirmUrl") };
  const to = { address: mail.subscriber.address };
  return { ...composed(mail, "confirmation", headOf(text), values, automaticHeaders()), to };
}

/** How the course works, the first rating, and a button for those who do not want to wait. */
export function composeWelcome(mail: Composition): Composed {
  const { enrolment } = mail;
  const text = textOf(mail, "welcome");
  const { agenda, done } = needed(enrolment, "enrolment");
  const first = done.length === 0 ? agenda.lesson : undefined;
  const values = {
    text,
    firstName: mail.subscriber.firstName,
    firstLesson: first && inWords(mail, first.dueAt),
    firstLessonUrl: `${pageUrl(mail)}?do=next-lesson`,
    ...ratingValues(mail),
  };
  return composed(mail, "welcome", headOf(text), values, welcomeHeaders(mail));
}

/** The lesson that the dispatch names. */
export function composeLesson(mail: Composition): Composed {
  const { course } = mail;
  const lesson = lessonOf(course, mail.dispatch.slug);
  const isLast = lessonNumber(course, lesson) === course.lessons.length;
  const [opening, rest] = halves(lesson.body);
  const values = {
    ...placeValues(course, lesson),
    recap: recapBefore(course, lesson),
    recapWords: recapWords(mail, lesson),
    title: lesson.title,
    underline: "=".repeat(lesson.title.length),
    opening,
    rest,
    pullQuote: lesson.pullQuote,
    move: lesson.move,
    question: lesson.question,
    rating: isLast ? ratingValues(mail) : undefined,
    steer: { hasNext: !isLast },
    next: nextInWords(mail, lesson),
  };
  return composed(mail, "lesson", lesson, values, lessonHeaders(mail));
}

/** The one automatic answer to a reply, in its thread. */
export function composePrompt(mail: Composition): Composed {
  const reflection = needed(mail.reflection, "reflection");
  const lesson = lessonOf(mail.course, mail.dispatch.slug);
  const note = textOf(mail, "prompt");
  const kept = needed(note.fields?.substantial, "texts.prompt.substantial");
  const words = promptWords(mail, lesson, kept);
  const head = {
    subject: replySubject(reflection.subject, lesson.subject),
    preview: words.kept ?? words.question,
  };
  const values = { note, ...words };
  return composed(mail, "prompt", head, values, answerHeaders(reflection));
}

/** The owner's answer to a reader, in the thread of the reader's mail. It is a person's, so it says no "automatic". */
export function composeAnswer(mail: Composition): Composed {
  const question = needed(mail.reflection, "reflection");
  const { ownWords: words } = needed(mail.answer, "answer");
  const lesson = lessonBySlug(mail.course, question.lesson);
  const head = {
    subject: replySubject(question.subject, lesson?.subject ?? mail.course.title),
    preview: `${mail.settings.ownerName} answers you.`,
  };
  const values = { ...entryWords(words, ROOM_IN_CONVERSATION), words: tidy(words) };
  return composed(mail, "answer", head, values, threadHeaders(question));
}

/** A reader's words, for the owner. Marked as a machine's mail: the owner's absence note must not answer it. */
export function composeRelay(mail: Composition): Composed {
  const reflection = needed(mail.reflection, "reflection");
  const words = relayWords(mail.course, reflection, needed(mail.relay, "relay"));
  const head = { subject: words.subject, preview: words.notes[0] ?? words.heading };
  const values = { ...words, ...entryWords(reflection.ownWords, ROOM_IN_CONVERSATION) };
  return composed(mail, "relay", head, values, automaticHeaders());
}

/** What readers wrote since yesterday, for the owner. */
export function composeDigest(mail: Composition): Composed {
  const words = digestWords(mail.content.courses, needed(mail.digest, "digest"));
  const head = { subject: words.heading, preview: "What readers wrote since yesterday morning" };
  return composed(mail, "digest", head, words, automaticHeaders());
}

/** A reader's own words, shown to them again. Neither subject nor preview quotes them: screens are shared. */
export function composeLookBack(mail: Composition): Composed {
  const { course } = mail;
  const reflection = needed(mail.reflection, "reflection");
  const lesson = lessonOf(course, reflection.lesson);
  const text = textOf(mail, "look-back");
  const quoted = tidy(quotable(mail.journal ?? [])(reflection));
  const values = {
    text,
    lessonNumber: lessonNumber(course, lesson),
    lessonTitle: lesson.title,
    writtenOn: dateInWords(needed(mail.enrolment, "enrolment").cadence, reflection.receivedAt),
    ...asQuoted(quoted, excerpt(quoted, MOST_IN_LOOK_BACK)),
    question: lesson.lookBack,
  };
  return composed(mail, "look-back", headOf(text), values, lessonHeaders(mail));
}

/** The journal: everything the reader wrote in this run, lesson by lesson, and both ratings if given. */
export function composeCompletion(mail: Composition): Composed {
  const text = textOf(mail, "completion");
  return composed(mail, "completion", headOf(text), { ...journalValues(mail), text }, lessonHeaders(mail));
}

function journalValues(mail: Composition) {
  const { course } = mail;
  const enrolment = needed(mail.enrolment, "enrolment");
  const ofThisRun = needed(mail.journal, "journal").filter(({ run }) => run === enrolment.run);
  const kept = journalOf({ course, cadence: enrolment.cadence, reflections: ofThisRun });
  const { before, after } = enrolment.ratings;
  return {
    entries: journalEntries(mail, enrolment, kept),
    isEmpty: kept.length === 0,
    isCut: kept.length > MOST_ENTRIES,
    ratings: before && after ? { question: course.ratingQuestion, before, after } : undefined,
  };
}

/** A newsletter. It comes from its own sender, on its own list, whatever course the reader is in. */
export function composeIssue(mail: Composition): Composed {
  const issue = needed(mail.issue, "issue");
  const { newsletter, title, body } = issue;
  const course = {
    ...mail.course,
    title: newsletter.title,
    slug: NEWSLETTER,
    senderName: newsletter.senderName,
  };
  const onList = { ...mail, course };
  const values = {
    newsletterTitle: newsletter.title,
    title,
    underline: "=".repeat(title.length),
    body,
    askedFor: `the newsletter ${newsletter.title}`,
  };
  return composed(onList, "issue", issue, values, lessonHeaders(onList));
}

/** A short mail about something that a reader asked for. The slug of its dispatch begins with the occasion. */
export function composeNotice(mail: Composition): Composed {
  const occasion = occasionOf(mail.dispatch);
  if (Object.hasOwn(MAILED_LINKS, occasion)) return composeMailedLink(mail, occasion);
  if (occasion === "journal") return composeJournal(mail);
  const reflection = needed(mail.reflection, "reflection");
  const subject = replySubject(reflection.subject, mail.course.title);
  const enrolment = needed(mail.enrolment, "enrolment");
  const facts = { course: mail.course, enrolment, readerUrl: pageUrl(mail) };
  const notice = needed(answerToCommand(occasion, facts), `a notice about "${occasion}"`);
  return composed(mail, "notice", { subject, preview: notice.preview }, notice, answerHeaders(reflection));
}

function composeMailedLink(mail: Composition, occasion: string): Composed {
  const { urlIn, ...link } = needed(MAILED_LINKS[occasion], occasion);
  const values = { ...link, url: needed(urlIn(mail.links), `a link for ${occasion}`) };
  return composed(mail, "notice", { ...link, subject: link.heading }, values, automaticHeaders());
}

/** In the thread of the mail that asked for it, or on its own where a button of the page did. */
function composeJournal(mail: Composition): Composed {
  const { heading, preview, paragraphs, automatic } = JOURNAL_SO_FAR;
  const { reflection } = mail;
  const subject = reflection ? replySubject(reflection.subject, mail.course.title) : heading;
  const headers = reflection ? answerHeaders(reflection) : automaticHeaders();
  const text = richText(reflection ? [...paragraphs, automatic] : paragraphs);
  return composed(
    mail,
    "completion",
    { subject, preview },
    { ...journalValues(mail), heading, text },
    headers,
  );
}

const occasionOf = ({ slug }: Dispatch): string => slug.split("-")[0] ?? "";

/** True for a mail that quotes what the reader wrote, and so needs all of it: it teaches what is their signature. */
export function quotesReader(course: Course, dispatch: Dispatch): boolean {
  if (dispatch.kind === "look-back" || holdsJournal(dispatch)) return true;
  const lesson = dispatch.kind === "lesson" ? lessonBySlug(course, dispatch.slug) : undefined;
  return lesson !== undefined && recapBefore(course, lesson) !== undefined;
}

/** True for a mail that holds everything that the reader wrote. */
const holdsJournal = (dispatch: Dispatch): boolean =>
  dispatch.kind === "completion" || (dispatch.kind === "notice" && occasionOf(dispatch) === "journal");

const richText = (paragraphs: string[]): RichText => ({
  html: paragraphs.map((paragraph) => `<p style="margin:0 0 18px 0;">${paragraph}</p>`).join("\n"),
  text: paragraphs.join("\n\n"),
});

/** How to compose each kind of dispatch that has a template. */
export const COMPOSE: Record<EmailName, (mail: Composition) => Composed> = {
  confirmation: composeConfirmation,
  welcome: composeWelcome,
  lesson: composeLesson,
  prompt: composePrompt,
  answer: composeAnswer,
  relay: composeRelay,
  digest: composeDigest,
  "look-back": composeLookBack,
  completion: composeCompletion,
  issue: composeIssue,
  notice: composeNotice,
};

interface Head {
  subject: string;
  preview: string;
}

type Headers = MailParts["headers"];

/** Both parts of a mail by the templates of its kind, with what stands around every mail. */
function composed(
  mail: Composition,
  name: EmailName,
  head: Head,
  values: object,
  headers: Headers,
): Composed {
  const { course, settings, links, subscriber } = mail;
  const { subject, preview } = head;
  const all = { subject, heading: subject, preview, ...aroundEveryMail(mail, name), ...values };
  const templates = mail.content.emails[name];
  return {
    from: senderOf(course, settings),
    to: { name: subscriber.firstName, address: subscriber.address },
    replyTo: { name: course.senderName, address: links.replyAddress },
    subject,
    headers,
    html: ascii(templates.html(all)),
    text: setPlainText(templates.text(all)),
  };
}

function aroundEveryMail(mail: Composition, name: EmailName) {
  const { course, settings, links } = mail;
  const isOnList = !["confirmation", "relay", "digest"].includes(name);
  return {
    courseTitle: course.title,
    askedFor: `the email course ${course.title}`,
    signature: course.texts.signature,
    attributionAuthor: course.attribution.author,
    attributionUrl: course.attribution.url,
    waited: waitedInWords(mail),
    next: undefined,
    ownerName: settings.ownerName,
    postalAddress: settings.postalAddress,
    steer: undefined,
    readerUrl: isOnList ? pageUrl(mail) : undefined,
    unsubscribeUrl: isOnList ? links.unsubscribeUrl : undefined,
  };
}

/** To the reader whose course waited while they were away: why, and how to undo it. */
function waitedInWords({ enrolment, now }: Composition): string | undefined {
  const hold = enrolment && holdToTell(enrolment, now);
  if (!hold) return undefined;
  const until = dateInWords(enrolment.cadence, hold.until - 1);
  if (enrolment.status === "paused")
    return `An automatic answer from your mailbox said that you are away until ${until}, so the course waits until the day after. To undo it, reply “resume”.`;
  return `An automatic answer from your mailbox said that you were away until ${until}, so the course waited until the day after. To make up for it, reply “next”; for a longer break, reply “pause”.`;
}

/** "Lesson 4 of 12 · Managing up", and a cell for each lesson of the course. */
function placeValues(course: Course, lesson: Lesson) {
  const number = lessonNumber(course, lesson);
  return {
    number,
    total: course.lessons.length,
    partTitle: partOf(course, lesson).title,
    cells: course.lessons.map((_, index) => ({ had: index < number })),
  };
}

/** The recap of what came before a part, in the part's first lesson. */
function recapBefore(course: Course, lesson: Lesson): CourseText | undefined {
  return opensPart(course, lesson) ? course.texts[`recap-${lesson.part}`] : undefined;
}

const opensPart = (course: Course, lesson: Lesson): boolean =>
  course.lessons.find(({ part }) => part === lesson.part) === lesson;

/** Under the recap: the longest sentence that fits of the reader's longest reflection in the part that ended. */
function recapWords({ course, enrolment, journal = [] }: Composition, lesson: Lesson): string | undefined {
  const ended = course.lessons[lessonNumber(course, lesson) - 2]?.part;
  if (!enrolment || ended === undefined || !recapBefore(course, lesson)) return undefined;
  const longest = longestIn(journal, enrolment, course, ended);
  const sentences = longest ? sentencesIn(quotable(journal)(longest)) : [];
  const fitting = sentences.filter(({ length }) => length >= LEAST_IN_RECAP && length <= MOST_IN_RECAP);
  return fitting.reduce<string | undefined>(
    (best, sentence) => (sentence.length > (best?.length ?? 0) ? sentence : best),
    undefined,
  );
}

/** A body before and after the place of its pull-quote: between two of its blocks, near the middle. */
function halves({ html, text }: RichText): [RichText, RichText] {
  const blocks = { html: html.split("\n\n"), text: text.split("\n\n") };
  const middle = middleOf(blocks.html);
  const between = (from: number, to?: number): RichText => ({
    html: blocks.html.slice(from, to).join("\n"),
    text: blocks.text.slice(from, to).join("\n\n"),
  });
  return [between(0, middle), between(middle)];
}

/** Not before a list or an example: it would be cut off from the sentence that leads to it. */
function middleOf(blocks: string[]): number {
  let middle = Math.ceil(blocks.length / 2);
  while (middle > 1 && !blocks[middle]?.startsWith("<p")) middle--;
  return middle;
}

function nextInWords(mail: Composition, lesson: Lesson): { when: string; title: string } {
  const { course, now } = mail;
  const enrolment = needed(mail.enrolment, "enrolment");
  const next = nextLesson(course, [...enrolment.done, lesson.slug]);
  const at = next ? nextLessonAt(enrolment.cadence, now) : completionAt(enrolment.cadence, now);
  return { when: inWords(mail, at), title: next?.title ?? "Your journal" };
}

const inWords = ({ enrolment }: Composition, at: Instant): string =>
  slotInWords(needed(enrolment, "enrolment").cadence, at);

/** The reader's page about the course of the mail. Where a stage has one course, its name is left out. */
function pageUrl({ content, course, links }: Composition): string {
  const isOneOfSeveral =
    content.courses.length > 1 && content.courses.some(({ slug }) => slug === course.slug);
  return isOneOfSeveral ? `${links.readerUrl}/${course.slug}` : links.readerUrl;
}

function ratingValues(mail: Composition) {
  const { course } = mail;
  const scale: Record<string, string> = course.ratingScale;
  return {
    ratingQuestion: course.ratingQuestion,
    ratingUrl: `${pageUrl(mail)}?do=rating`,
    steps: ["1", "2", "3", "4", "5"].map((value) => ({
      value,
      says: scale[value],
      url: `${pageUrl(mail)}?do=rating&rating=${value}`,
    })),
  };
}

/** True of every reply of its kind: nothing is guessed about what was said. */
function promptWords({ course, entry }: Composition, lesson: Lesson, kept: string) {
  if (entry?.answers === "very-short") return { kept: undefined, question: lesson.prompts.veryShort };
  if (entry?.answers === "question" && course.answersQuestions)
    return { kept: undefined, question: lesson.prompts.question };
  return { kept, question: lesson.prompts.substantial };
}

/** Characters: a look-back reminds, it does not repeat. */
const MOST_IN_LOOK_BACK = 600;
/** More than the 20,000 characters that are kept of a reply, unless they are of a script that HTML writes at length. */
const ROOM_IN_CONVERSATION = 70_000;
const LEAST_IN_RECAP = 25;
const MOST_IN_RECAP = 240;
/** Gmail cuts a mail at 102 KB of HTML: so much of it may be a reader's words, and so much stands around them. */
const ROOM_IN_JOURNAL = 70_000;
const ROOM_AROUND_ENTRY = 1_000;
const MOST_ENTRIES = 55;

function journalEntries({ course, journal = [] }: Composition, { cadence }: Enrolment, kept: Reflection[]) {
  const words = quotable(journal);
  const shown = kept.slice(0, MOST_ENTRIES);
  const room = Math.floor(ROOM_IN_JOURNAL / Math.max(1, shown.length)) - ROOM_AROUND_ENTRY;
  return shown.map((reflection) => ({
    heading: entryHeading(course, reflection.lesson),
    question: lessonBySlug(course, reflection.lesson)?.question,
    writtenOn: dateInWords(cadence, reflection.receivedAt),
    ...entryWords(words(reflection), room),
  }));
}

/**
 * A reader's words with their own paragraphs and line ends, shortened only where the mail would be cut off.
 * @param room bytes of HTML
 */
function entryWords(words: string, room: number) {
  const whole = tidy(words);
  return asQuoted(whole, fitting(whole, room));
}

/** Without the spaces that clients leave at the ends of lines. */
const tidy = (words: string): string => words.replace(/[^\S\n]+$/gm, "").trim();

function asQuoted(whole: string, shown: string) {
  const paragraphs = shown.split(/\n{2,}/).map((paragraph) => ({ lines: paragraph.split("\n") }));
  return { paragraphs, quoted: shown.replace(/^/gm, "> "), isShortened: shown !== whole };
}

function fitting(words: string, room: number): string {
  let length = 0;
  let used = 0;
  for (const character of words) {
    used += bytesInHtml(character);
    if (used > room) return `${words.slice(0, length).trimEnd()} \u2026`;
    length += character.length;
  }
  return words;
}

/** Of a character in HTML: as itself, or as an entity. A line end becomes a tag. */
function bytesInHtml(character: string): number {
  if (character === "\n") return PARAGRAPH_TAGS;
  return /[\w ,.]/.test(character) ? 1 : LONGEST_ENTITY;
}
const PARAGRAPH_TAGS = 36;
const LONGEST_ENTITY = 9;

function headOf(text: CourseText): Head {
  const { subject, preview } = text.fields ?? {};
  return { subject: needed(subject, "a text's subject"), preview: needed(preview, "a text's preview") };
}

const textOf = ({ course }: Composition, name: string): CourseText =>
  needed(course.texts[name], `the text "${name}" of ${course.slug}`);

const lessonOf = (course: Course, slug: string): Lesson =>
  needed(lessonBySlug(course, slug), `the lesson "${slug}" of ${course.slug}`);

/** What the kind of a mail calls for. That it is missing is a programmer's error. */
function needed<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`a mail cannot be composed without ${what}`);
  return value;
}
