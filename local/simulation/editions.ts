import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { ROOT } from "../../cli/root.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { bundleFunctions, ENTRIES } from "../../infra/bundle.ts";
import { STAGES } from "../../infra/stages.ts";
import { type Synthesis, synthesize } from "../../infra/synthesis.ts";

/** A course as it stands at one deploy, and the folder of the functions that carry it. */
export interface Edition {
  functionsDir: string;
  lessons: { slug: string; part: string; subject: string }[];
  /** After its end. */
  letters: { slug: string; days: number }[];
  /** The newsletter's. */
  issues: Issue[];
}

/** All that a simulation runs, as it lies in a folder: the stack, and the course before and after a change of its content. */
export interface EditionsOnDisk {
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
const COURSE = STAGES.local.courses[0] as string;
export const REMOVED = "bring-the-example";
const RENAMED = { from: "a-better-number", to: "a-number-that-holds" };
const REORDERED = ["the-about-face", "room-to-use-their-skills"] as const;
const INSERTED = { slug: "one-more-thing", behind: "before-you-are-asked", from: "telling-or-listening" };

/** Bundles the functions twice, with the content as it is and with a changed one, and synthesizes the stack. */
export async function makeEditions(): Promise<Editions> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-simulation-"));
  try {
    const changed = join(folder, "sources");
    await changeContent(changed);
    const before = await bundleEdition(join(folder, "before"), ROOT);
    const after = await bundleEdition(join(folder, "after"), changed);
    const outdir = join(folder, "assembly");
    const { template } = synthesize(STAGES.local, { outdir, functionsDir: before.functionsDir });
    const remove = () => rm(folder, { recursive: true, force: true });
    return { ...openEditions({ synthesis: { template, outdir }, before, after }), remove };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What another process has made, and will remove. */
export const openEditions = ({ synthesis, before, after }: EditionsOnDisk): Editions => ({
  synthesis,
  before,
  after,
  originalOf: (slug) => (slug === RENAMED.to ? RENAMED.from : slug),
  remove: async () => undefined,
});

/**
 * The same stack and course with functions that were bundled otherwise, in a folder of their own. No deploy. Only the
 * programs that hold a changed file are bundled (0.4 s of a processor each), all others are copied.
 * @param files that the plugins change, from the root
 */
export async function withBundles(editions: Editions, files: string[], plugins: Plugin[]): Promise<Editions> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-simulation-"));
  const { functionsDir } = editions.before;
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
  const edition = { ...editions.before, functionsDir: all };
  const remove = () => rm(folder, { recursive: true, force: true });
  return { ...editions, before: edition, after: edition, remove };
}

/** Beside the bundles of an edition: what others with a change are made of. */
const MADE_OF = "made-of.json";
interface MadeOf {
  /** The module text of "coursepost:content". */
  content: string;
  /** The sources of each program, from the root. */
  sources: Record<string, string[]>;
}

async function bundleEdition(functionsDir: string, contentRoot: string): Promise<Edition> {
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
  const course = courses.find(({ slug }) => slug === COURSE) as Course;
  const lessons = course.lessons.map(({ slug, part, subject }) => ({ slug, part, subject }));
  return { functionsDir, lessons, letters: course.letters ?? [], issues };
}

/** Everything that an author may do to a course whose readers are in the middle of it. */
async function changeContent(root: string): Promise<void> {
  for (const name of ["content", "templates"])
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  const folder = join(root, "content", "courses", COURSE);
  const lesson = (slug: string) => join(folder, "lessons", `${slug}.md`);
  await edit(join(folder, "course.yaml"), (yaml) => {
    const [one, other] = REORDERED;
    return yaml
      .replace(`  - ${REMOVED}\n`, "")
      .replace(`  - ${INSERTED.behind}\n`, `  - ${INSERTED.behind}\n  - ${INSERTED.slug}\n`)
      .replace(`  - ${RENAMED.from}\n`, `  - ${RENAMED.to}\n`)
      .replace(`  - ${one}\n  - ${other}\n`, `  - ${other}\n  - ${one}\n`);
  });
  await rm(lesson(REMOVED));
  await rename(lesson(RENAMED.from), lesson(RENAMED.to));
  await edit(lesson(RENAMED.to), (text) => text.replace(/^---\n/, `---\nwas: [${RENAMED.from}]\n`));
  const like = await readFile(lesson(INSERTED.from), "utf8");
  const inserted = like
    .replace(/^title: .*$/m, "title: One more thing")
    .replace(/^subject: .*$/m, "subject: One more thing before the number")
    .replace(/^part: .*$/m, "part: up");
  await writeFile(lesson(INSERTED.slug), inserted);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(file, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${file} is not as the simulation's change of it expects`);
  await writeFile(file, changed);
}
