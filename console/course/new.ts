import { existsSync } from "node:fs";
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CONTENT, openSources, WORDS } from "../../authoring/compile/sources.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import { RESERVED_SLUGS } from "../../functions/domain/content.ts";
import { STAGES } from "../../infra/stages.ts";
import { verb } from "../command.ts";

const SCAFFOLD = join(ROOT, "console", "course", "scaffold");
/** In one language; where there is none, the course begins in English. */
const scaffoldFor = (language: string): string => {
  const own = `${SCAFFOLD}-${language}`;
  return existsSync(own) ? own : SCAFFOLD;
};
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_SLUG = 60;
/** `senderName` takes no more, and stands in every inbox. */
const LONGEST_TITLE = 64;

/** `course new SLUG`: a course of two lessons to begin with. */
export const NEW_COURSE = verb({
  takes: ["SLUG"],
  says: "a folder with a course of two lessons that is right as it stands: change it line by line",
  flags: {
    title: { value: "TITLE", says: "what the course is called; its slug in words otherwise" },
    author: {
      value: "NAME",
      says: 'whose ideas these are, and who reads the replies; "the author" otherwise',
    },
    language: {
      value: "TAG",
      says: "of the words around yours, and of the texts that it begins with (en, de); en otherwise",
    },
  },
  run: async ({ words: [slug = ""], flags }) => {
    await newCourse(ROOT, slug, flags);
    return whatNext(slug);
  },
});

/**
 * Writes the folder of a new course below `content/courses`, whole or not at all. What is written passes the checks
 * of the content. Throws an ArgumentError if the slug, the title or the language will not do, or the folder is there.
 */
export async function newCourse(
  root: string,
  slug: string,
  {
    title = inWords(slug),
    author = "the author",
    language = "en",
  }: { title?: string; author?: string; language?: string } = {},
): Promise<void> {
  const folder = join(root, CONTENT, "courses", slug);
  refuse(root, slug, title, language, folder);
  const draft = `${folder}.new`;
  try {
    await rm(draft, { recursive: true, force: true });
    await cp(scaffoldFor(language), draft, { recursive: true });
    await fillPlaceholders(draft, {
      "[title]": inYaml(title),
      "[author name]": inYaml(author),
      "[language]": language,
    });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw new ArgumentError(`The folder ${folder} cannot be written: ${(error as Error).message}`);
  }
}

function refuse(root: string, slug: string, title: string, language: string, folder: string): void {
  if (RESERVED_SLUGS.includes(slug))
    throw new ArgumentError(`"${slug}" is the name of a list of its own: give the course another.`);
  if (!SLUG.test(slug) || slug.length > LONGEST_SLUG)
    throw new ArgumentError(
      `"${slug}" is not a slug: write a-z, 0-9 and - between them, at most ${LONGEST_SLUG}, for example better-meetings.`,
    );
  if (title.trim() === "" || title.length > LONGEST_TITLE || /[\r\n]/.test(title))
    throw new ArgumentError(`--title takes one line of 1 to ${LONGEST_TITLE} characters.`);
  const known = openSources(root).names(WORDS, ".yaml");
  if (!known.includes(language))
    throw new ArgumentError(
      `--language: there are no words in "${language}"; ${WORDS} has ${known.join(", ")}.`,
    );
  if (existsSync(folder))
    throw new ArgumentError(`There is a course "${slug}" already, in ${CONTENT}/courses/${slug}.`);
}

async function fillPlaceholders(folder: string, values: Record<string, string>): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    let text = await readFile(path, "utf8");
    for (const [place, value] of Object.entries(values)) text = text.replaceAll(place, value);
    await writeFile(path, text);
  }
}

/** Inside double quotes. */
const inYaml = (text: string): string => JSON.stringify(text).slice(1, -1);

/** `better-meetings` → `Better meetings`. */
const inWords = (slug: string): string => {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function whatNext(slug: string): string {
  const demo = `npm run demo -- --course ${slug}`;
  const [first = ""] = STAGES.local?.courses ?? [];
  return `${CONTENT}/courses/${slug} is there: two lessons, and the other mails. What is still to be
written stands in brackets, [write: …]; production is not deployed with it.

  ${demo}    one reader goes through it
  ${"npm run preview".padEnd(demo.length)}    every mail and page, while you write
  ${"npm run check:content".padEnd(demo.length)}    what a reader should not get

To give it to readers, name it in coursepost.config.ts; the first of the list has the front door:

  courses: ["${slug}", "${first}"],

A newsletter of its own, in the place of the one in content/newsletter:

  npm run console -- course newsletter ${slug}

docs/YOUR-COURSE.md goes on from here.`;
}
