import type { Course } from "./course/course.ts";
import type { Issue, Newsletter } from "./newsletter/issue.ts";
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
  "check-inbox",
  "confirm",
  "confirmed",
  "join",
  "link-expired",
  "link-too-old",
  "reader",
  "unsubscribe",
  "left",
  "personal",
  "erased",
  "own-reply",
  "lesson",
  "copy",
  "privacy",
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

/** Where no course is named: the first of the stage's settings. Content holds at least one. */
export function firstCourse({ content, settings }: Shipped): Course {
  const course = findCourse({ content }, settings.courses[0]) ?? content.courses[0];
  if (!course) throw new Error("the content holds no course");
  return course;
}

/** The courses that can be signed up for, in the order of the settings. */
export const offeredCourses = ({ content, settings }: Shipped): Course[] =>
  settings.courses.flatMap((slug) => findCourse({ content }, slug) ?? []);

export const offeredCourse = (site: Shipped, slug: string): Course | undefined =>
  offeredCourses(site).find((course) => course.slug === slug);

/** Where a course's landing page is: the first has the front door. */
export const landingPath = (site: Shipped, course: Course): string =>
  course.slug === firstCourse(site).slug ? "/" : `/courses/${course.slug}`;

/** What the site says where no course is meant but the first. */
export const siteWords = (site: Shipped): Words => findLanguage(site.content, firstCourse(site)).words;

/** The course that someone asked for last; the first one if it is not shipped any more. */
export const requestedCourse = (site: Shipped, { asksFor }: { asksFor: { course: string } }): Course =>
  findCourse(site, asksFor.course) ?? firstCourse(site);
