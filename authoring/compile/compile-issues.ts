import { posix } from "node:path";
import type { Issue, Newsletter } from "../../functions/domain/newsletter/issue.ts";
import { checkLanguage } from "./check-language.ts";
import { accepted, CONTENT, listNames, readText } from "./files.ts";
import { richText, typographic } from "./markdown.ts";
import { issueSchema, newsletterSchema, type Problem, readYaml, splitFrontMatter } from "./schema.ts";

/** Beside the issues: what they have in common. */
const NEWSLETTER_FILE = "newsletter.yaml";
const SLUG = /^[a-z0-9-]{1,60}$/;

/**
 * The newsletter, and every issue of it below `<content>/newsletter`, as far as its file is right; what is wrong is
 * added to `problems`. An owner without a newsletter has no such folder.
 */
export function readNewsletter(
  root: string,
  problems: Problem[],
  content = CONTENT,
): { newsletter: Newsletter | undefined; issues: Issue[] } {
  const folder = posix.join(content, "newsletter");
  const slugs = listNames(root, folder, ".md");
  if (slugs.length === 0 && listNames(root, folder, ".yaml").length === 0)
    return { newsletter: undefined, issues: [] };
  const newsletter = readInCommon(root, posix.join(folder, NEWSLETTER_FILE), problems);
  const issues = slugs.flatMap((slug) => {
    const file = posix.join(folder, `${slug}.md`);
    const issue = readIssue(root, file, slug, problems);
    return issue && newsletter ? { ...issue, newsletter } : [];
  });
  return { newsletter, issues };
}

function readInCommon(root: string, file: string, problems: Problem[]): Newsletter | undefined {
  const source = readText(root, file, problems, "is missing; it names the newsletter and its sender");
  const checked =
    source === undefined ? undefined : accepted(readYaml(file, source, newsletterSchema), problems);
  if (checked) checkLanguage(root, file, checked, problems);
  return checked?.value;
}

function readIssue(
  root: string,
  file: string,
  slug: string,
  problems: Problem[],
): Omit<Issue, "newsletter"> | undefined {
  if (!SLUG.test(slug)) {
    const todo = "its name cannot be a slug; use a-z, 0-9 and -, at most 60 of them";
    problems.push({ file, line: 1, todo });
  }
  const split = splitFrontMatter(readText(root, file, problems, "is missing") ?? "");
  if (!split) {
    const todo = "has no front matter; begin the file with --- and end it with ---";
    problems.push({ file, line: 1, todo });
    return undefined;
  }
  const checked = accepted(readYaml(file, split.yaml, issueSchema, 2), problems);
  const body = richText(file, split.body, split.bodyLine, problems);
  if (!checked || !body) return undefined;
  const { title, subject, preview } = checked.value;
  return { slug, title: typographic(title), subject, preview, body };
}
