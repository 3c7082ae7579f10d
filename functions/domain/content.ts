import type { Course } from "./course/course.ts";
import { inLanguage } from "./course/translations.ts";
import { type Issue, NEWSLETTER, type Newsletter } from "./newsletter/issue.ts";
import type { Picture } from "./pictures.ts";
import { DISPATCH_KINDS, type KindWhere, mailKind } from "./sending/mail-kinds.ts";
import type { Settings } from "./settings.ts";
import type { Words } from "./words/words.ts";

/** A template, precompiled at build. Throws on a value that is missing (Handlebars' strict mode). */
export type Template = (values: object) => string;

/** The mails that have templates. */
export type EmailName = KindWhere<"hasTemplate", true>;
export const EMAILS = DISPATCH_KINDS.filter((kind): kind is EmailName => mailKind(kind).hasTemplate);

export const PAGES = [
  "landing",
  "subscribe",
  "check-inbox",
  "confirm",
  "confirmed",
  "join",
  "no-letters",
  "link-expired",
  "link-too-old",
  "reader",
  "unsubscribe",
  "left",
  "personal",
  "erased",
  "own-reply",
  "answer",
  "voice",
  "address",
  "lesson",
  "copy",
  "privacy",
  "accessibility",
  "archive",
  "issue",
  "own-site",
  "own-site-form",
  "error",
] as const;
export type PageName = (typeof PAGES)[number];

/** All that the build makes of `content/` and `templates/`: the functions read nothing else of them. */
export interface Content {
  courses: Course[];
  /** Undefined for an owner who has none. */
  newsletter?: Newsletter;
  /** Where content is read from its files. Bundles hold none: an issue's words are kept with its broadcast. */
  issues?: Issue[];
  /** Where content is read from its files. Bundles hold none: a bucket serves them. */
  pictures?: Picture[];
  /** By its tag, each language that a course or the newsletter is in. */
  languages: Record<string, Language>;
}

/** A language's words, and the templates with its words in them. */
export interface Language {
  words: Words;
  emails: Record<EmailName, { html: Template; text: Template }>;
  pages: Record<PageName, Template>;
}

/**
 * The language of a course, or of a newsletter. An issue may have been started when its language was not deployed yet:
 * then what stands around it is in the first one's.
 */
export function findLanguage({ languages }: Content, { language }: { language: string }): Language {
  const found = languages[language] ?? Object.values(languages)[0];
  if (!found) throw new Error("the content holds no words");
  return found;
}

/** What is shipped, and what the stage's settings offer of it. */
interface Shipped {
  content: Content;
  settings: Settings;
}

/** The course of this slug; undefined if the stage does not ship it (any more). */
export const findCourse = (
  { content }: Pick<Shipped, "content">,
  slug: string | undefined,
): Course | undefined => content.courses.find((course) => course.slug === slug);

/** Where no course is named: the first of the stage's settings; of a stage that has none, its newsletter. */
export function firstCourse({ content, settings }: Shipped): Course {
  const [first] = settings.courses;
  const course = first === undefined ? undefined : (findCourse({ content }, first) ?? content.courses[0]);
  const found = course ?? newsletterAsCourse(content);
  if (!found) throw new Error("the content holds neither a course nor a newsletter");
  return found;
}

/**
 * The newsletter where a page or a mail speaks for a course: one that has no lessons. Its slug is the name of its list.
 * Undefined for an owner who has none.
 */
export function newsletterAsCourse({ newsletter }: Pick<Content, "newsletter">): Course | undefined {
  if (!newsletter) return undefined;
  const { title, language, senderName } = newsletter;
  const signature = { html: `<p>${escapeHtml(senderName)}</p>`, text: senderName };
  return {
    ...{ slug: NEWSLETTER, title, language, senderName },
    ...{ questions: [], parts: [], lessons: [], texts: { signature }, answersQuestions: false },
    defaults: { weekday: 1, time: "08:00", pace: "weekly" },
    attribution: { author: senderName, text: "", restsOn: "own" },
    ratingQuestion: "",
    ratingScale: { 1: "", 3: "", 5: "" },
  };
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const isNewsletter = ({ slug }: Pick<Course, "slug">): boolean => slug === NEWSLETTER;

/** Names of lists and of what stands for all of them: no course can have one. */
export const RESERVED_SLUGS: readonly string[] = [NEWSLETTER, "everything", "account"];

/** What a list is about: a course that is shipped, or the newsletter as one. */
export const findCourseOrNewsletter = (site: Pick<Shipped, "content">, slug: string): Course | undefined =>
  slug === NEWSLETTER ? newsletterAsCourse(site.content) : findCourse(site, slug);

/** The courses that can be signed up for, in the order of the settings. */
export const offeredCourses = ({ content, settings }: Shipped): Course[] =>
  settings.courses.flatMap((slug) => findCourse({ content }, slug) ?? []);

export const offeredCourse = (site: Shipped, slug: string): Course | undefined =>
  offeredCourses(site).find((course) => course.slug === slug);

/** What can be signed up for under this name: a course, or the newsletter alone. */
export const offeredList = (site: Shipped, slug: string): Course | undefined =>
  slug === NEWSLETTER ? newsletterAsCourse(site.content) : offeredCourse(site, slug);

/** Where the newsletter is asked for without a course. */
const SUBSCRIBE_PATH = "/subscribe";

/** Where a course's landing page is: the first has the front door. */
export function landingPath(site: Shipped, course: Course): string {
  if (course.slug === firstCourse(site).slug) return "/";
  return isNewsletter(course) ? SUBSCRIBE_PATH : `/courses/${course.slug}`;
}

/** Where the newsletter is asked for; the front door of an owner who has none. */
export function subscribePath(site: Shipped): string {
  const newsletter = newsletterAsCourse(site.content);
  return newsletter ? landingPath(site, newsletter) : "/";
}

/** What the site says where no course is meant but the first. */
export const siteWords = (site: Shipped): Words => findLanguage(site.content, firstCourse(site)).words;

/** The course, or the newsletter, that someone asked for last; the first one if it is not shipped any more. */
export const requestedCourse = (site: Shipped, { asksFor, language }: Asking): Course =>
  inLanguage(findCourseOrNewsletter(site, asksFor.course) ?? firstCourse(site), language);

/** A person, as far as it matters of what is spoken with them, and how. */
interface Asking extends Speaking {
  asksFor: { course: string };
}
interface Speaking {
  language?: string;
}

/** The course of this slug, in the language of who reads about it. */
export function findCourseFor(
  site: Pick<Shipped, "content">,
  slug: string | undefined,
  reader: Speaking | undefined,
): Course | undefined {
  const course = findCourse(site, slug);
  return course && inLanguage(course, reader?.language);
}
