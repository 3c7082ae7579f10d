import type { Content } from "../../functions/domain/content.ts";
import { readCourses } from "./compile-courses.ts";
import { readNewsletter } from "./compile-issues.ts";
import { readAlbum } from "./pictures.ts";
import { CONTENT, type Problem, type Sources } from "./sources.ts";

/** What no other mail needs: a draft of an issue that cannot be read is left out, a lesson keeps its place. */
export const isOfIssue = ({ file }: Problem): boolean => /(?:^|\/)newsletter\/[^/]+\.md$/.test(file);
export const isOfIssueOrLesson = (problem: Problem): boolean =>
  isOfIssue(problem) || /\/lessons\/[^/]+\.md$/.test(problem.file);

/** Courses and issues without a template: all that is needed where nothing is rendered. Nothing is refused. */
export async function readOutline(sources: Sources, folder = CONTENT): Promise<Content> {
  await readAlbum(sources, folder);
  return { courses: readCourses(sources, folder), ...readNewsletter(sources, folder), languages: {} };
}
