import { posix } from "node:path";
import type { Issue, Newsletter } from "../../functions/domain/newsletter/issue.ts";
import { checkLanguage } from "./check-language.ts";
import { issueSchema, newsletterSchema } from "./front-matter.ts";
import { richText } from "./markdown.ts";
import { fieldPicture } from "./picture-fields.ts";
import { CONTENT, type Sources } from "./sources.ts";
import { typographic } from "./typographic.ts";
import { readMarkdown, readYaml } from "./yaml.ts";

/** Beside the issues: what they have in common. */
const NEWSLETTER_FILE = "newsletter.yaml";
const SLUG = /^[a-z0-9-]{1,60}$/;

/**
 * The newsletter, and every issue of it below `<content>/newsletter`, as far as its file is right. An owner without a
 * newsletter has no such folder.
 */
export function readNewsletter(
  sources: Sources,
  content = CONTENT,
): { newsletter: Newsletter | undefined; issues: Issue[] } {
  const folder = posix.join(content, "newsletter");
  const slugs = sources.names(folder, ".md");
  if (slugs.length === 0 && sources.names(folder, ".yaml").length === 0)
    return { newsletter: undefined, issues: [] };
  const newsletter = readInCommon(sources, posix.join(folder, NEWSLETTER_FILE));
  const issues = slugs.flatMap((slug) => {
    const issue = readIssue(sources, posix.join(folder, `${slug}.md`), slug);
    return issue && newsletter ? { ...issue, newsletter } : [];
  });
  return { newsletter, issues };
}

/** The newsletter's file, and the course that it says it belongs to. */
export function readNewsletterFile(sources: Sources, content = CONTENT): { file: string; course?: string } {
  const file = posix.join(content, "newsletter", NEWSLETTER_FILE);
  const source = sources.text(file);
  const course = source && readYaml(sources, file, source, newsletterSchema)?.value.course;
  return { file, ...(course && { course }) };
}

function readInCommon(sources: Sources, file: string): Newsletter | undefined {
  const source = sources.required(file, "is missing; it names the newsletter and its sender");
  const checked = source === undefined ? undefined : readYaml(sources, file, source, newsletterSchema);
  if (!checked) return undefined;
  checkLanguage(sources, file, checked);
  const { checks: _, course: __, ...inCommon } = checked.value;
  return { ...inCommon, logo: fieldPicture(sources, file, checked, "logo") };
}

function readIssue(sources: Sources, file: string, slug: string): Omit<Issue, "newsletter"> | undefined {
  if (!SLUG.test(slug)) {
    const todo = "its name cannot be a slug; use a-z, 0-9 and -, at most 60 of them";
    sources.report({ file, line: 1, todo });
  }
  const written = readMarkdown(sources, file, issueSchema);
  const body = written && richText(sources, file, written);
  if (!written?.fields || !body) return undefined;
  const { title, subject, preview, archive } = written.fields.value;
  return { slug, title: typographic(title), subject, preview, body, ...(archive && { archive }) };
}
