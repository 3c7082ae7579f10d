import { type Content, findLanguage } from "../../domain/content.ts";
import {
  type Course,
  type CourseText,
  type Lesson,
  type Letter,
  lessonBySlug,
  type RichText,
} from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import { fillAnswers } from "../../domain/course/merge-fields.ts";
import type { Silence } from "../../domain/course/silence.ts";
import type { Facts, PersonFacts } from "../../domain/course/whom.ts";
import type { Issue } from "../../domain/newsletter/issue.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import type { VoiceKey } from "../../domain/replies/voices/voice.ts";
import type { AgendaEntry } from "../../domain/sending/agenda.ts";
import type { Dispatch } from "../../domain/sending/dispatch.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Instant } from "../../domain/time.ts";
import type { Words } from "../../domain/words/words.ts";
import type { MailParts } from "../mime/mime.ts";
import type { DigestFacts } from "./digest-words.ts";
import type { RelayFacts } from "./relay-words.ts";
import type { ReportFacts } from "./report-words.ts";

/** Every address that the mail leads to, as strings; they are made where the keys are. */
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
  /** Issues only, where they are public: the page that is the same for everybody. */
  archiveUrl?: string;
  /** Letters, and completions that announce them: the button that ends them. */
  noLettersUrl?: string;
  /** The notice `personal` only. */
  personalUrl?: string;
  /** The notice `join` only. */
  joinUrl?: string;
  /** Mails to a new address only: the button that takes it. */
  newAddressUrl?: string;
  /** Mails to the address before only: the button that takes the change back. */
  oldAddressUrl?: string;
  /** Notices that ask whether a reply was its reader's: the button that says so. */
  ownReplyUrl?: string;
  /** Prompts to what was written on the page: the button that removes it. */
  removalUrl?: string;
}

/** What a mail is made of. Which of the optional ones it takes depends on its kind. */
export interface Composition {
  content: Content;
  course: Course;
  settings: Settings;
  links: MailLinks;
  subscriber: Pick<Subscriber, "address" | "firstName"> & PersonFacts;
  dispatch: Dispatch;
  /** When it leaves: the next lesson's day is counted from it. */
  now: Instant;
  /** All but confirmations and mailed links. */
  enrolment?: Enrolment;
  /** What is known of their reader: by it some passages are theirs, and some lessons. Those without an enrolment have none. */
  facts?: Facts;
  /** Lessons: what they say of it. Told and not counted out here, as few readers have the same count. */
  silence?: Silence;
  /** Confirmations: what else waits for its button, and the page with it. */
  alsoAsked?: { title: string; url: string }[];
  /** The newsletter's welcome: the newest issue that everybody may read. */
  latestIssue?: { title: string; url: string };
  /** The mail after leaving: titles of the courses that go on. */
  goesOn?: string[];
  /** Prompts: which of them. */
  entry?: AgendaEntry;
  /** Prompts, answers to commands: what it answers. Look-backs, letters: what it quotes. */
  reflection?: Reflection;
  /** Completions: the letters that they announce. */
  letters?: Letter[];
  /** The notice `sender`: from where the reply came that it asks about, masked. */
  otherAddress?: string;
  /** Prompts: where their reader lets others read the answer, if they are asked. */
  offerUrl?: string;
  /** Prompts: what another reader wrote, whose it is, and where their reader says what they think of it. */
  voice?: { key: VoiceKey; words: string; url: string };
  /** Mails that quote the reader (`quotesReader`): everything that the reader wrote, in any order. */
  journal?: Reflection[];
  /** Answers: what the owner wrote. */
  answer?: Reflection;
  /** Relays: what is to be told beside the reflection. */
  relay?: RelayFacts | "how-to-answer";
  /** Digests only. */
  digest?: DigestFacts;
  /** Reports only. */
  report?: ReportFacts;
  /** Issues: what it says. */
  issue?: Issue;
  /** …and which words of it these are. */
  revision?: string;
}

/** A mail, ready for `mimeMessage`. */
export type Composed = MailParts;

/** What is said around a course's own words, in its language. */
export const chooseWords = ({ content, course }: Pick<Composition, "content" | "course">): Words =>
  findLanguage(content, course).words;

export const courseText = (mail: Composition, name: string): CourseText =>
  withReadersAnswers(mail, need(mail.course.texts[name], `the text "${name}" of ${mail.course.slug}`));

/** What an author wrote, with what its reader answered in it. */
export const withReadersAnswers = <Text extends RichText>(mail: Composition, written: Text): Text =>
  fillAnswers(written, {
    course: mail.course,
    enrolment: mail.enrolment,
    language: chooseWords(mail).language,
  });

export const composedLesson = (course: Course, slug: string): Lesson =>
  need(lessonBySlug(course, slug), `the lesson "${slug}" of ${course.slug}`);

/** What the kind of a mail calls for. That it is missing is a programmer's error. */
export function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`a mail cannot be composed without ${what}`);
  return value;
}
