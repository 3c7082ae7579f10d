import type { Course } from "./course.ts";
import type { Issue } from "./issue.ts";

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
  "own-site",
  "own-site-form",
  "error",
] as const;
export type PageName = (typeof PAGES)[number];

/** All that the build makes of `content/` and `templates/`: the functions read nothing else of them. */
export interface Content {
  courses: Course[];
  /** Where content is read from its files. Bundles hold none: an issue's words are kept with its broadcast. */
  issues?: Issue[];
  emails: Record<EmailName, { html: Template; text: Template }>;
  pages: Record<PageName, Template>;
}
