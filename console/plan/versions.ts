import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readCourses } from "../../authoring/compile/compile-courses.ts";
import { readAlbum } from "../../authoring/compile/pictures.ts";
import { inWords, openSources } from "../../authoring/compile/sources.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import type { Course } from "../../functions/domain/course/course.ts";

const CONTENT = "content/courses";
const MOST_BYTES = 16 * 1024 * 1024;

/** The courses of a folder that holds `content/`. Throws an ArgumentError with every problem, file and line. */
export async function readSnapshot(folder: string): Promise<Course[]> {
  const sources = openSources(folder);
  await readAlbum(sources, CONTENT);
  const courses = readCourses(sources);
  const { problems } = sources;
  if (problems.length > 0) throw new ArgumentError(problems.map(inWords).join("\n"));
  return courses;
}

/** The courses as they stand elsewhere: in a folder, or in a branch, tag or commit of this repository. */
export async function readCoursesAtRevision(where: string, root: string): Promise<Course[]> {
  const folder = resolve(where);
  if (existsSync(join(folder, CONTENT))) return readSnapshot(folder);
  const copy = mkdtempSync(join(tmpdir(), "coursepost-plan-"));
  try {
    for (const path of listPaths(where, root)) {
      const file = join(copy, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, git(root, "show", `${where}:${path}`));
    }
    return await readSnapshot(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function listPaths(ref: string, root: string): string[] {
  let listed: Buffer;
  try {
    git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
    listed = git(root, "ls-tree", "-r", "-z", "--name-only", ref, CONTENT);
  } catch {
    throw new ArgumentError(
      `"${ref}" is neither a folder with ${CONTENT} nor a branch, tag or commit of this repository.`,
    );
  }
  const paths = listed.toString("utf8").split("\0").filter(Boolean);
  if (paths.length === 0) throw new ArgumentError(`"${ref}" has no ${CONTENT}.`);
  return paths;
}

/** git's own words about what it does not find are replaced by ours. */
const git = (root: string, ...args: string[]): Buffer =>
  execFileSync("git", args, { cwd: root, maxBuffer: MOST_BYTES, stdio: ["ignore", "pipe", "ignore"] });
