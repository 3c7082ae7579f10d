import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";

/*
 * All that an author may do to a course whose readers are in the middle of it: a lesson taken out, one renamed, one
 * put in, two in another order. What a course is too short for is left out.
 */

export interface AuthorsChange {
  /** The lesson that is taken out. */
  removed?: string;
  renamed?: { from: string; to: string };
  swapped?: readonly [string, string];
  inserted?: Added;
  /** Behind the end. */
  appended?: Added;
}

interface Added {
  slug: string;
  behind: string;
  /** Whose words it has. */
  like: string;
}

/** By the course's slug: what was chosen by hand. */
const CHOSEN: Record<string, AuthorsChange> = {
  "managing-up-leading-down": {
    removed: "bring-the-example",
    renamed: { from: "a-better-number", to: "a-number-that-holds" },
    swapped: ["the-about-face", "room-to-use-their-skills"],
    inserted: { slug: "one-more-thing", behind: "before-you-are-asked", like: "telling-or-listening" },
  },
};

/** Changes a course's files. @param folder of a course that compiles */
export async function changeCourse(folder: string): Promise<AuthorsChange> {
  const file = join(folder, "course.yaml");
  const course = parseDocument(await readFile(file, "utf8"));
  const lessons = (course.toJS() as { lessons: string[] }).lessons;
  const change = CHOSEN[basename(folder)] ?? chooseChange(lessons);
  course.set("lessons", changedOrder(lessons, change));
  await writeFile(file, course.toString());
  await changeLessons(join(folder, "lessons"), change);
  return change;
}

function chooseChange(lessons: readonly string[]): AuthorsChange {
  const [, second, third, fourth, fifth, sixth] = lessons;
  const last = lessons.at(-1);
  return {
    ...(last && { appended: { slug: "and-one-later", behind: last, like: last } }),
    ...(third && second && { inserted: { slug: "one-more-thing", behind: second, like: second } }),
    ...(third && { renamed: { from: third, to: `${third}-anew` } }),
    ...(fifth && fourth && { swapped: [fourth, fifth] as const }),
    ...(sixth && { removed: sixth }),
  };
}

function changedOrder(
  lessons: readonly string[],
  { removed, renamed, swapped, inserted, appended }: AuthorsChange,
): string[] {
  const [one, other] = swapped ?? [];
  return [...lessons, ...(appended ? [appended.slug] : [])]
    .filter((slug) => slug !== removed)
    .flatMap((slug) => (slug === inserted?.behind ? [slug, inserted.slug] : [slug]))
    .map((slug) => (slug === one ? (other as string) : slug === other ? (one as string) : slug))
    .map((slug) => (slug === renamed?.from ? renamed.to : slug));
}

async function changeLessons(
  folder: string,
  { removed, renamed, inserted, appended }: AuthorsChange,
): Promise<void> {
  const files = await readdir(folder);
  /** A lesson's files: its own, and those in other languages. */
  const of = (slug: string) => files.filter((name) => name.startsWith(`${slug}.`));
  for (const added of [inserted, appended])
    if (added) for (const name of of(added.like)) await addLesson(folder, name, added);
  for (const name of removed ? of(removed) : []) await rm(join(folder, name));
  if (renamed)
    for (const name of of(renamed.from)) {
      const to = join(folder, name.replace(renamed.from, renamed.to));
      await rename(join(folder, name), to);
      // A translation is that of the lesson whose name it has.
      if (name === `${renamed.from}.md`)
        await edit(to, (text) => text.replace(/^---\n/, `---\nwas: [${renamed.from}]\n`));
    }
}

const TITLES: Record<string, string> = {
  "one-more-thing": "One more thing",
  "and-one-later": "And one later",
};

/** A copy under names of its own, in the part of the lesson that it comes behind. */
async function addLesson(folder: string, name: string, { slug, behind, like }: Added): Promise<void> {
  const part = /^part: .*$/m.exec(await readFile(join(folder, `${behind}.md`), "utf8"))?.[0];
  const inserted = (await readFile(join(folder, name), "utf8"))
    .replace(/^title: .*$/m, `title: ${TITLES[slug]}`)
    .replace(/^subject: .*$/m, `subject: ${TITLES[slug]} before the number`)
    .replace(/^part: .*$/m, part as string);
  await writeFile(join(folder, name.replace(like, slug)), inserted);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(file, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${file} is not as the simulation's change of it expects`);
  await writeFile(file, changed);
}
