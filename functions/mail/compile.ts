import Handlebars from "handlebars";
import { type Content, EMAILS, PAGES, type Template } from "../domain/content.ts";
import type { Course } from "../domain/course.ts";
import type { Issue } from "../domain/issue.ts";
import { CONTENT, readCourses } from "./compile-courses.ts";
import { readIssues } from "./compile-issues.ts";
import { readTemplates, type TemplateSources } from "./compile-templates.ts";
import { inWords, type Problem } from "./schema.ts";

interface Sources extends TemplateSources {
  courses: Course[];
  issues: Issue[];
}

/** A missing value is an error, never an empty place in somebody's mail. */
const HTML = { strict: true, knownHelpersOnly: true } as const;
/** Plain text is not HTML: an apostrophe stays one. */
const TEXT = { ...HTML, noEscape: true } as const;

/** What is wrong with the content. Its message lists every problem as `file:line: field: what to do`. */
export class ContentError extends Error {
  override readonly name = "ContentError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super([...new Set(problems.map(inWords))].join("\n"));
    this.problems = problems;
  }
}

/**
 * Makes the ESM source of `coursepost:content` out of `content/` and `templates/` below `root`. It imports only
 * Handlebars' runtime. Throws a ContentError.
 */
export async function compileContent(root: string): Promise<{ module: string }> {
  const sources = await readSources(root);
  return { module: [IMPORT, mailsLines(sources), pagesLines(sources), EXPORTS].join("\n") };
}

/**
 * The same content in memory, for tests, checks and previews. Throws as compileContent does.
 * @param folder what stands in for `content/`, as a path from `root`
 */
export async function loadContent(root: string, folder = CONTENT): Promise<Content> {
  const sources = await readSources(root, folder);
  const emails = Handlebars.create();
  const pages = Handlebars.create();
  for (const [name, source] of Object.entries(sources.htmlPartials))
    emails.registerPartial(name, emails.compile(source, HTML));
  for (const [name, source] of Object.entries(sources.textPartials))
    emails.registerPartial(name, emails.compile(source, TEXT));
  for (const [name, source] of Object.entries(sources.pagePartials))
    pages.registerPartial(name, pages.compile(source, HTML));
  return {
    courses: sources.courses,
    issues: sources.issues,
    emails: record(EMAILS, (name) => ({
      html: emails.compile(sources.emails[name].html, HTML) as Template,
      text: emails.compile(sources.emails[name].text, TEXT) as Template,
    })),
    pages: record(PAGES, (name) => pages.compile(sources.pages[name], HTML) as Template),
  };
}

async function readSources(root: string, folder = CONTENT): Promise<Sources> {
  const problems: Problem[] = [];
  const courses = readCourses(root, problems, folder);
  const issues = readIssues(root, problems, folder);
  const templates = await readTemplates(root, problems);
  if (problems.length > 0) throw new ContentError(problems);
  return { courses, issues, ...templates };
}

const IMPORT = `import Handlebars from "handlebars/runtime";
const emails = Handlebars.create();`;
/** A function that shows no page imports `mails`, and the bundler leaves the pages out. */
const EXPORTS = `export const mails = { courses, emails: written, pages: {} };
export const content = { courses, emails: written, pages: shown };
`;

const PLACE = '\\{"start":\\{"line":\\d+,"column":\\d+\\},"end":\\{"line":\\d+,"column":\\d+\\}\\}';
/** Places in the template, which the error for a missing value names beside the value. They are a tenth of the code. */
const PLACES = new RegExp(`,\\s*(?:"loc":)?${PLACE}`, "g");

/** What a template does with a runtime older than its compiler, again in each of its functions. Ours is never. */
const OLD_RUNTIME =
  /(container\.lookupProperty) \|\| function\(parent, propertyName\) \{[^{}]*\{[^{}]*\}[^{}]*\}/g;

const template = (environment: string, source: string, options: PrecompileOptions): string => {
  const code = String(Handlebars.precompile(source, options)).replace(PLACES, "").replace(OLD_RUNTIME, "$1");
  return `${environment}.template(${code})`;
};

function registered(
  environment: string,
  partials: Record<string, string>,
  options: PrecompileOptions,
): string {
  return Object.entries(partials)
    .map(
      ([name, source]) =>
        `${environment}.registerPartial(${JSON.stringify(name)}, ${template(environment, source, options)});`,
    )
    .join("\n");
}

function mailsLines({ courses, emails, htmlPartials, textPartials }: Sources): string {
  const lines = EMAILS.map((name) => {
    const html = template("emails", emails[name].html, HTML);
    return `${JSON.stringify(name)}: { html: ${html}, text: ${template("emails", emails[name].text, TEXT)} }`;
  });
  return `${registered("emails", htmlPartials, HTML)}
${registered("emails", textPartials, TEXT)}
const courses = ${JSON.stringify(courses)};
const written = {
${lines.join(",\n")}
};`;
}

/** One call that is marked as pure: where nobody asks for its result, it is not there. */
function pagesLines({ pages, pagePartials }: Sources): string {
  const lines = PAGES.map((name) => `${JSON.stringify(name)}: ${template("pages", pages[name], HTML)}`);
  return `const shown = /* @__PURE__ */ (() => {
const pages = Handlebars.create();
${registered("pages", pagePartials, HTML)}
return {
${lines.join(",\n")}
};
})();`;
}

function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
