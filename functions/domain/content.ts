import type { Course } from "./course/course.ts";
import type { Issue, Newsletter } from "./newsletter/issue.ts";
import type { Words } from "./words/words.ts";

/** A template, precompiled at build. Throws on a value that is missing (Handlebars' strict mode). */
export type Template = (values: object) => string;

export const EMAILS = [
  "confirmation",
  "welcome",
  "lesson",
  "prompt",
  "answer",
  "look-back",
  "completion",
  "issue",
  "notice",
  "relay",
  "digest",
  "report",
] as const;
export type EmailName = (typeof EMAILS)[number];

export const PAGES = [
  "landing",
  "check-inbox",
  "confirm",
  "confirmed",
  "link-expired",
  "link-too-old",
  "reader",
  "unsubscribe",
  "left",
  "personal",
  "erased",
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
export function languageOf({ languages }: Content, { language }: { language: string }): Language {
  const found = languages[language] ?? Object.values(languages)[0];
  if (!found) throw new Error("the content holds no words");
  return found;
}
