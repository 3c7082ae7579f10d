import type { Course } from "./course.ts";

/** A template, precompiled at build. Throws on a value that is missing (Handlebars' strict mode). */
export type Template = (values: object) => string;

export const EMAILS = [
  "confirmation",
  "welcome",
  "lesson",
  "prompt",
  "look-back",
  "completion",
  "notice",
] as const;
export type EmailName = (typeof EMAILS)[number];

export const PAGES = [
  "landing",
  "check-inbox",
  "confirm",
  "confirmed",
  "link-expired",
  "reader",
  "unsubscribe",
  "left",
  "erase",
  "erased",
  "lesson",
  "own-site",
  "own-site-form",
  "error",
] as const;
export type PageName = (typeof PAGES)[number];

/** All that the build makes of `content/` and `templates/`: the functions read nothing else of them. */
export interface Content {
  courses: Course[];
  emails: Record<EmailName, { html: Template; text: Template }>;
  pages: Record<PageName, Template>;
}
