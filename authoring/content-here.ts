import { ArgumentError } from "../cli/arguments.ts";
import { ROOT } from "../cli/root.ts";
import type { Content } from "../functions/domain/content.ts";
import { isOfIssue, isOfIssueOrLesson, readOutline } from "./compile/outline.ts";
import { ContentError, inWords, openSources, type Problem } from "./compile/sources.ts";

/*
 * The working tree for the owner's commands. A draft that cannot be read yet must not keep them from what has nothing
 * to do with it: it is named, and left out.
 */

/** Where the owner is told what cannot be read. */
type TellOwner = (says: string) => void;

/** All that a course's mails are rendered from. Throws an ArgumentError for all that is wrong but in issues. */
export const contentHere = (root = ROOT, tell: TellOwner = console.error): Promise<Content> =>
  readable(root, tell, isOfIssue);

/** The same for the mails of issues: what is wrong in lessons is of no account either. */
export const issuesHere = (root = ROOT, tell: TellOwner = console.error): Promise<Content> =>
  readable(root, tell, isOfIssueOrLesson);

async function readable(
  root: string,
  tell: TellOwner,
  isSpared: (problem: Problem) => boolean,
): Promise<Content> {
  // Templates are compiled by MJML, which takes a quarter of a second to load.
  const { compileSources } = await import("./compile/compile.ts");
  const sources = openSources(root);
  try {
    const content = await compileSources(sources, undefined, isSpared);
    tellUnread(sources.problems, tell);
    return content;
  } catch (error) {
    throw error instanceof ContentError ? new ArgumentError(error.message) : error;
  }
}

/**
 * Courses and issues, for commands that render nothing. A lesson that cannot be read keeps its place, by its slug; what
 * else cannot be read is left out.
 */
export async function outlineHere(root = ROOT, tell: TellOwner = console.error): Promise<Content> {
  const sources = openSources(root);
  const outline = await readOutline(sources);
  tellUnread(sources.problems, tell);
  return outline;
}

/** The same, for commands that let people begin a course: each must be there. Throws an ArgumentError. */
export async function coursesHere(root = ROOT, tell: TellOwner = console.error): Promise<Content> {
  const sources = openSources(root);
  const outline = await readOutline(sources);
  const broken = sources.problems.filter(({ file }) => file.endsWith("/course.yaml"));
  if (broken.length > 0) throw new ArgumentError(broken.map(inWords).join("\n"));
  tellUnread(sources.problems, tell);
  return outline;
}

/** What is wrong with the file of an issue, a line each; undefined if nothing is, or there is no such file. */
export async function issueProblems(slug: string, root = ROOT): Promise<string | undefined> {
  const sources = openSources(root);
  await readOutline(sources);
  const found = sources.problems.filter(({ file }) => file.endsWith(`newsletter/${slug}.md`));
  const inCommon = sources.problems.filter(({ file }) => file.endsWith("newsletter/newsletter.yaml"));
  return [...found, ...inCommon].map(inWords).join("\n") || undefined;
}

function tellUnread(problems: readonly Problem[], tell: TellOwner): void {
  if (problems.length === 0) return;
  const lines = [...new Set(problems.map(inWords))].map((line) => `  ${line}`);
  tell(["This could not be read, and is left out:", ...lines].join("\n"));
}
