import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { readNewsletterFile } from "../../authoring/compile/compile-issues.ts";
import { readOutline } from "../../authoring/compile/outline.ts";
import { CONTENT, openSources } from "../../authoring/compile/sources.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { verb } from "../command.ts";

const FOLDER = `${CONTENT}/newsletter`;
const ASIDE = `${CONTENT}/newsletter-before`;

/** `course newsletter SLUG`: a newsletter for a course of one's own, in the place of the one that shipped. */
export const OWN_NEWSLETTER = verb({
  takes: ["SLUG"],
  says: `an empty newsletter for this course in ${FOLDER}; the one that is there is set aside`,
  flags: {},
  run: ({ words: [slug = ""] }) => giveNewsletter(ROOT, slug),
});

/**
 * Writes the newsletter of a course. Issues and file of the one before are moved beside it, where nothing reads them.
 * Throws an ArgumentError if there is no such course, if it has the newsletter already, or if one was set aside before.
 */
export async function giveNewsletter(root: string, slug: string): Promise<string> {
  const sources = openSources(root);
  const { courses } = await readOutline(sources);
  const course = courses.find((one) => one.slug === slug);
  if (!course)
    throw new ArgumentError(
      `There is no course "${slug}"; ${CONTENT}/courses has ${courses.map((one) => one.slug).join(", ")}.`,
    );
  if (readNewsletterFile(sources).course === slug)
    throw new ArgumentError(`${FOLDER} is the newsletter of "${slug}" already.`);
  const isThere = existsSync(join(root, FOLDER));
  if (isThere && existsSync(join(root, ASIDE)))
    throw new ArgumentError(
      `A newsletter was set aside in ${ASIDE} before: move or remove that folder first.`,
    );
  if (isThere) await rename(join(root, FOLDER), join(root, ASIDE));
  await mkdir(join(root, FOLDER), { recursive: true });
  await writeFile(join(root, FOLDER, "newsletter.yaml"), newsletterFile(course));
  const aside = isThere ? ` The one before lies in ${ASIDE}, where nothing reads it.` : "";
  return `${FOLDER}/newsletter.yaml is the newsletter of “${course.title}”.${aside}
An issue is a file beside it, named by its slug: docs/NEWSLETTER.md.`;
}

const newsletterFile = ({
  slug,
  title,
  language,
  senderName,
}: Course): string => `# What all issues have in common. Each issue is a file beside this one, named by its slug.
title: ${JSON.stringify(titleWith(title, NOTES[language] ?? NOTES.en))}
language: ${language}
senderName: ${JSON.stringify(senderName)}
# The course that it belongs to: no stage without it is deployed with these issues.
course: ${slug}

# House style: see docs/YOUR-COURSE.md.
checks:
  all: off
`;
const NOTES = { en: ": the newsletter", de: ": der Newsletter" } as {
  en: string;
  [language: string]: string;
};
const LONGEST_TITLE = 64;

const titleWith = (title: string, notes: string): string =>
  title.slice(0, LONGEST_TITLE - notes.length) + notes;
