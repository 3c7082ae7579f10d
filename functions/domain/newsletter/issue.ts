import type { RichText } from "../course/course.ts";

/** A newsletter, as the build checked it: sent once to an audience, outside any course. */
export interface Issue {
  slug: string;
  title: string;
  subject: string;
  preview: string;
  body: RichText;
  /** Where its file says so, whatever its audience. It is no word of the issue, so it may change after the start. */
  archive?: "public" | "private" | undefined;
  newsletter: Newsletter;
}

/** What all issues have in common. */
export interface Newsletter {
  title: string;
  /** Of all words around its own, as a course's. */
  language: string;
  /** Shown in From. The address itself is the stage's. */
  senderName: string;
  /** Stands above each issue, as HTML. */
  logo?: string;
}

/** The list of all issues, as it stands in dispatches, consents and links. */
export const NEWSLETTER = "newsletter";
