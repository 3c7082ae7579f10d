import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Plugin } from "esbuild";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { bundleFunctions, ENTRIES } from "../../infra/bundle.ts";
import { STAGES } from "../../infra/stages.ts";
import type { Synthesis } from "../../infra/synthesis.ts";
import { keptOrMade } from "../kept-assembly.ts";
import { type AuthorsBranches, type AuthorsLesson, readAuthorsBranches } from "./authors-branches.ts";
import { type AuthorsCalendar, readAuthorsCalendar } from "./authors-calendar.ts";
import { type AuthorsChange, changeCourse } from "./authors-change.ts";

export interface EditedLesson extends AuthorsLesson {
  slug: string;
  part: string;
}

/** A course as it stands at one deploy, and the folder of the functions that carry it. */
export interface Edition {
  functionsDir: string;
  lessons: EditedLesson[];
  /** By its author's files. */
  calendar: AuthorsCalendar;
  branches: Pick<AuthorsBranches, "languages" | "questions">;
  /** After its end. */
  letters: { slug: string; days: number }[];
  /** The newsletter's. */
  issues: Issue[];
}

/** All that a simulation runs, as it lies in a folder: the stack, and the course before and after a change of its content. */
export interface EditionsOnDisk extends Pick<AuthorsChange, "removed" | "renamed"> {
  synthesis: Pick<Synthesis, "template" | "outdir">;
  before: Edition;
  after: Edition;
}

export interface Editions extends EditionsOnDisk {
  /** The same lesson under the name it has at the beginning. */
  originalOf(slug: string): string;
  remove(): Promise<void>;
}

/** The functions that are deployed, and what the owner's console does. */
const PROGRAMS = { ...ENTRIES, owner: "console/owner.handler.ts" };
const SHIPPED = join(ROOT, "content", "courses", STAGES.local.courses[0] as string);

/** The same bundles hold each of some courses: which of them is lived is a setting. */
export interface EditionsOfSeveral {
  of(slug: string): Editions;
  remove(): Promise<void>;
}

/**
 * Bundles the functions twice, with the content as it is and with a changed one, and synthesizes the stack.
 * @param course the folder of a course; it runs alone, with the newsletter that ships
 */
export async function makeEditions(course: string = SHIPPED): Promise<Editions> {
  const { of, remove } = await makeEditionsOfSeveral([course]);
  return { ...of(basename(resolve(course))), remove };
}

/** The same of several courses at once, which spares seconds of a processor for each; or as it was made of them before. */
export async function makeEditionsOfSeveral(courses: readonly string[]): Promise<EditionsOfSeveral> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-simulation-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const given = ["editions", STAGES.local, courses];
  try {
    const { template, bySlug } = await keptOrMade({
      ...{ given, more: courses, folder },
      make: () => makeIn(folder, courses),
    });
    const outdir = join(folder, ASSEMBLY);
    const of = (slug: string) => {
      const { before, after, ...change } = bySlug[slug] as MadeOfCourse;
      return openEditions({
        synthesis: { template: withSettings(template, { courses: [slug] }), outdir },
        before: { ...before, functionsDir: join(folder, BEFORE) },
        after: { ...after, functionsDir: join(folder, AFTER) },
        ...change,
      });
    };
    return { of, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Where what is assembled for this machine has them: for whoever has only the synthesis. */
const BEFORE = "functions";
const AFTER = "after";
const ASSEMBLY = "assembly";

/** What is told of a course, without the folder that holds all of it. */
interface MadeOfCourse extends Pick<AuthorsChange, "removed" | "renamed"> {
  before: Omit<Edition, "functionsDir">;
  after: Omit<Edition, "functionsDir">;
}

async function makeIn(
  folder: string,
  courses: readonly string[],
): Promise<{ template: Synthesis["template"]; bySlug: Record<string, MadeOfCourse> }> {
  const [asItIs, changed] = [join(folder, "as-it-is"), join(folder, "changed")];
  for (const root of [asItIs, changed]) await stageContent(root, courses);
  const slugs = courses.map((course) => basename(resolve(course)));
  const changes = new Map<string, AuthorsChange>();
  for (const slug of slugs) changes.set(slug, await changeCourse(join(changed, "content", "courses", slug)));
  const before = await bundleEdition(join(folder, BEFORE), asItIs);
  const after = await bundleEdition(join(folder, AFTER), changed);
  const { synthesize } = await import("../../infra/synthesis.ts");
  const where = { outdir: join(folder, ASSEMBLY), functionsDir: join(folder, BEFORE) };
  const { template } = synthesize(STAGES.local, where);
  const madeOf = (slug: string): MadeOfCourse => {
    const { removed, renamed } = changes.get(slug) ?? {};
    return {
      ...{ before: before(slug), after: after(slug) },
      ...(removed !== undefined && { removed }),
      ...(renamed && { renamed }),
    };
  };
  return { template, bySlug: Object.fromEntries(slugs.map((slug) => [slug, madeOf(slug)])) };
}

/** As much of it as another process can be told. */
export const editionsOnDisk = ({
  synthesis,
  before,
  after,
  removed,
  renamed,
}: EditionsOnDisk): EditionsOnDisk => ({
  ...{ synthesis, before, after },
  ...(removed !== undefined && { removed }),
  ...(renamed && { renamed }),
});

/** What another process has made, and will remove. */
export const openEditions = (made: EditionsOnDisk): Editions => ({
  ...made,
  originalOf: (slug) => (slug === made.renamed?.to ? made.renamed.from : slug),
  remove: async () => undefined,
});

/** The same, of a stage that tells what happens to its readers: it has a bus, and a function more. Whoever removes it leaves the others. */
export async function withEventsTold(editions: Editions): Promise<Editions> {
  const outdir = await mkdtemp(join(tmpdir(), "coursepost-telling-"));
  const { courses } = readSettings(editions.synthesis.template);
  const { synthesize } = await import("../../infra/synthesis.ts");
  const stage = { ...STAGES.local, ...(courses && { courses }), events: true };
  const { template } = synthesize(stage, { outdir, functionsDir: editions.before.functionsDir });
  const remove = () => rm(outdir, { recursive: true, force: true });
  return { ...editions, synthesis: { template, outdir }, remove };
}

function readSettings(template: Synthesis["template"]): { courses?: string[] } {
  const [, text = "{}"] = /"SETTINGS":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(template)) ?? [];
  return JSON.parse(String(JSON.parse(text)));
}

/** The stack with other settings of its stage, as a deploy would bring them. */
export function withSettings(
  template: Synthesis["template"],
  more: object | undefined,
): Synthesis["template"] {
  if (!more) return template;
  return JSON.parse(JSON.stringify(template), (name, value) =>
    name === "SETTINGS" ? JSON.stringify({ ...JSON.parse(value), ...more }) : value,
  );
}

/**
 * The same stack and course with functions that were bundled otherwise, in a folder of their own. Only the programs that
 * hold a changed file are bundled (0.4 s of a processor each), all others are copied.
 * @param files that the plugins change, from the root
 * @param isDeployed whether the change of the content is wanted too; else a deploy changes nothing
 */
export async function withBundles(
  editions: Editions,
  files: string[],
  plugins: Plugin[],
  isDeployed = false,
): Promise<Editions> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-simulation-"));
  const before = await bundledOtherwise(editions.before, join(folder, "before"), files, plugins);
  const after = isDeployed
    ? await bundledOtherwise(editions.after, join(folder, "after"), files, plugins)
    : before;
  const remove = () => rm(folder, { recursive: true, force: true });
  return { ...editions, before, after, remove };
}

async function bundledOtherwise(
  edition: Edition,
  folder: string,
  files: string[],
  plugins: Plugin[],
): Promise<Edition> {
  const { functionsDir } = edition;
  const { content, sources } = JSON.parse(await readFile(join(functionsDir, MADE_OF), "utf8")) as MadeOf;
  const held = Object.entries(PROGRAMS).filter(([name]) =>
    files.some((file) => sources[name]?.includes(file)),
  );
  if (held.length === 0) throw new Error(`No program of a simulation holds ${files.join(" or ")}`);
  const entries = Object.fromEntries(held);
  const changed = join(folder, "changed");
  await bundleFunctions({ entries, outdir: changed, content: async () => ({ module: content }), plugins });
  const all = join(folder, "all");
  for (const from of [functionsDir, changed]) await cp(from, all, { recursive: true });
  return { ...edition, functionsDir: all };
}

/** Beside the bundles of an edition: what others with a change are made of. */
const MADE_OF = "made-of.json";
interface MadeOf {
  /** The module text of "coursepost:content". */
  content: string;
  /** The sources of each program, from the root. */
  sources: Record<string, string[]>;
}

/** Bundles a content, and tells each of its courses as it stands there. */
async function bundleEdition(
  functionsDir: string,
  contentRoot: string,
): Promise<(slug: string) => Omit<Edition, "functionsDir">> {
  const compiler = await import("../../authoring/compile/compile.ts");
  const content = await compiler.compileContent(contentRoot);
  const bundles = await bundleFunctions({
    entries: PROGRAMS,
    outdir: functionsDir,
    content: async () => content,
  });
  const sources = Object.fromEntries(bundles.map((bundle) => [bundle.name, bundle.sources]));
  const madeOf: MadeOf = { content: content.module, sources };
  await writeFile(join(functionsDir, MADE_OF), JSON.stringify(madeOf));
  const { courses, issues = [] } = await compiler.loadContent(contentRoot);
  const files = new Map<string, { calendar: AuthorsCalendar; branches: AuthorsBranches }>();
  for (const { slug } of courses) {
    const folder = join(contentRoot, "content", "courses", slug);
    files.set(slug, {
      calendar: await readAuthorsCalendar(folder),
      branches: await readAuthorsBranches(folder),
    });
  }
  return (slug) => {
    const course = courses.find((one) => one.slug === slug) as Course;
    const { calendar, branches } = files.get(slug) as {
      calendar: AuthorsCalendar;
      branches: AuthorsBranches;
    };
    const { lessons: written, ...asks } = branches;
    const lessons = course.lessons.map(({ slug: name, part }) => ({
      ...(written[name] as AuthorsLesson),
      slug: name,
      part,
    }));
    return { lessons, calendar, branches: asks, letters: course.letters ?? [], issues };
  };
}

/** Courses in a content of their own, with the newsletter that ships, and the templates. */
async function stageContent(root: string, courses: readonly string[]): Promise<void> {
  const copy = (from: string, ...to: string[]) => cp(from, join(root, ...to), { recursive: true });
  for (const course of courses.map((one) => resolve(one)))
    await copy(course, "content", "courses", basename(course));
  await copy(join(ROOT, "content", "newsletter"), "content", "newsletter");
  await copy(join(ROOT, "templates"), "templates");
}
