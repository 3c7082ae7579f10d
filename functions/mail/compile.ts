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
  return { module: [IMPORT, ...partialLines(sources), contentLine(sources)].join("\n") };
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
const emails = Handlebars.create();
const pages = Handlebars.create();`;

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

function partialLines({ htmlPartials, textPartials, pagePartials }: Sources): string[] {
  const register = (environment: string, partials: Record<string, string>, options: PrecompileOptions) =>
    Object.entries(partials).map(
      ([name, source]) =>
        `${environment}.registerPartial(${JSON.stringify(name)}, ${template(environment, source, options)});`,
    );
  return [
    ...register("emails", htmlPartials, HTML),
    ...register("emails", textPartials, TEXT),
    ...register("pages", pagePartials, HTML),
  ];
}

function contentLine({ courses, emails, pages }: Sources): string {
  const emailLines = EMAILS.map((name) => {
    const html = template("emails", emails[name].html, HTML);
    return `${JSON.stringify(name)}: { html: ${html}, text: ${template("emails", emails[name].text, TEXT)} }`;
  });
  const pageLines = PAGES.map((name) => `${JSON.stringify(name)}: ${template("pages", pages[name], HTML)}`);
  return `export const content = {
courses: ${JSON.stringify(courses)},
emails: {
${emailLines.join(",\n")}
},
pages: {
${pageLines.join(",\n")}
}
};
`;
}

function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
