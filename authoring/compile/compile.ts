import Handlebars from "handlebars";
import { type Content, EMAILS, type Language, PAGES, type Template } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { listLanguages } from "../../functions/domain/course/translations.ts";
import type { Issue, Newsletter } from "../../functions/domain/newsletter/issue.ts";
import type { Picture } from "../../functions/domain/pictures.ts";
import type { Words } from "../../functions/domain/words/words.ts";
import { WORDS_IN_MAILS } from "../../functions/domain/words/words-in-mails.ts";
import { readCourses } from "./compile-courses.ts";
import { readNewsletter } from "./compile-issues.ts";
import { compileTemplates, readTemplates, type TemplateSources } from "./compile-templates.ts";
import { readLook, withLook } from "./look.ts";
import { drawPictures, readAlbum } from "./pictures.ts";
import { CONTENT, openSources, type Problem, refuseProblems, type Sources } from "./sources.ts";
import { readWords, wordsByKey } from "./words-file.ts";
import { listTemplates, listWordUses } from "./words-in-templates.ts";

/** All that a build needs, read and checked. */
interface ReadEdition {
  courses: Course[];
  newsletter: Newsletter | undefined;
  issues: Issue[];
  pictures: Picture[];
  /** Those that a course or the newsletter is in. */
  languages: LanguageSources[];
}

interface LanguageSources extends TemplateSources {
  words: Words;
  /** As many of them as mails say. */
  wordsInMails: Words;
}

interface CompiledContent {
  /** The ESM source of `coursepost:content`. */
  module: string;
  /** What its texts show, and those of issues that are not sent yet. */
  pictures: Picture[];
}

/** A missing value is an error, never an empty place in someone's mail. */
const HTML = { strict: true, knownHelpersOnly: true } as const;
/** Plain text is not HTML: an apostrophe stays one. */
const TEXT = { ...HTML, noEscape: true } as const;

/**
 * Makes `coursepost:content`, and the pictures that are served beside it, out of `content/` and `templates/` below
 * `root`. The module imports only Handlebars' runtime. Throws a ContentError.
 */
export async function compileContent(root: string, folder?: string): Promise<CompiledContent> {
  const { courses, newsletter, pictures, languages } = await readEdition(openSources(root), folder);
  const shared = `const shared = ${JSON.stringify({ courses, newsletter })};`;
  const spoken = languages.flatMap((language, index) => [
    mailsLines(language, index),
    pagesLines(language, index),
  ]);
  return { pictures, module: [IMPORT, shared, ...spoken, exportLines(languages)].join("\n") };
}

/**
 * The same content in memory, for tests, checks and previews. Throws as compileContent does.
 * @param folder what stands in for `content/`, as a path from `root`
 */
export const loadContent = (root: string, folder = CONTENT): Promise<Content> =>
  compileSources(openSources(root), folder);

/**
 * The same, from sources that others read, too. What is wrong is found in them, beside what was reported before.
 * @param isSpared what may be wrong all the same: what it is in is left out
 */
export async function compileSources(
  sources: Sources,
  folder = CONTENT,
  isSpared?: (problem: Problem) => boolean,
): Promise<Content> {
  const { languages, ...edition } = await readEdition(sources, folder, isSpared);
  const spoken = languages.map((language) => [language.words.language, inMemory(language)] as const);
  return { ...edition, languages: Object.fromEntries(spoken) };
}

/** The latest of each language: who saves a lesson, or looks at an issue, has changed none of its templates and words. */
const latest = new Map<string, { sources: string; language: Language }>();

function inMemory(sources: LanguageSources): Language {
  const tag = sources.words.language;
  const text = JSON.stringify(sources);
  const known = latest.get(tag);
  if (known?.sources === text) return known.language;
  const language = compileInMemory(sources);
  latest.set(tag, { sources: text, language });
  return language;
}

function compileInMemory(sources: LanguageSources): Language {
  const emails = Handlebars.create();
  const pages = Handlebars.create();
  for (const [name, source] of Object.entries(sources.htmlPartials))
    emails.registerPartial(name, emails.compile(source, HTML));
  for (const [name, source] of Object.entries(sources.textPartials))
    emails.registerPartial(name, emails.compile(source, TEXT));
  for (const [name, source] of Object.entries(sources.pagePartials))
    pages.registerPartial(name, pages.compile(source, HTML));
  return {
    words: sources.words,
    emails: record(EMAILS, (name) => ({
      html: emails.compile(sources.emails[name].html, HTML) as Template,
      text: emails.compile(sources.emails[name].text, TEXT) as Template,
    })),
    pages: record(PAGES, (name) => pages.compile(sources.pages[name], HTML) as Template),
  };
}

async function readEdition(
  sources: Sources,
  folder = CONTENT,
  isSpared?: (problem: Problem) => boolean,
): Promise<ReadEdition> {
  await readAlbum(sources, folder);
  const courses = readCourses(sources, folder);
  const { newsletter, issues } = readNewsletter(sources, folder);
  const look = readLook(sources);
  const files = readTemplates(sources, look);
  const templates = await compileTemplates(sources, files);
  const spoken = new Set([...courses.flatMap(listLanguages), ...(newsletter ? [newsletter.language] : [])]);
  // Who has a part of it made need not wait for languages that none of it is in; a build looks at all.
  const words = readWords(sources, listWordUses(sources, files), isSpared && spoken);
  const pictures = await drawPictures(sources);
  refuseProblems(sources, isSpared);
  const languages = words
    .filter(({ language }) => spoken.has(language))
    .map((file) => ({
      ...listTemplates(file, templates),
      words: wordsByKey(file, words),
      wordsInMails: wordsByKey(file, words, WORDS_IN_MAILS),
    }));
  return { ...withLook({ courses, newsletter, issues }, look), pictures, languages };
}

const IMPORT = `import Handlebars from "handlebars/runtime";`;

/** A function that shows no page imports `mails`, and the bundler leaves the pages and their words out. */
function exportLines(languages: LanguageSources[]): string {
  const each = (language: (index: number) => string) =>
    languages.map(({ words }, index) => `${JSON.stringify(words.language)}: ${language(index)}`).join(",\n");
  return `export const mails = { ...shared, languages: {
${each((index) => `{ ...written${index}, pages: {} }`)}
} };
export const content = /* @__PURE__ */ (() => ({ ...shared, languages: {
${each((index) => `{ ...written${index}, ...shown${index} }`)}
} }))();
`;
}

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

function writeRegistering(
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

function mailsLines(sources: LanguageSources, index: number): string {
  const { emails, htmlPartials, textPartials, wordsInMails } = sources;
  const lines = EMAILS.map((name) => {
    const html = template("emails", emails[name].html, HTML);
    return `${JSON.stringify(name)}: { html: ${html}, text: ${template("emails", emails[name].text, TEXT)} }`;
  });
  return `const written${index} = (() => {
const emails = Handlebars.create();
${writeRegistering("emails", htmlPartials, HTML)}
${writeRegistering("emails", textPartials, TEXT)}
return { words: ${JSON.stringify(wordsInMails)}, emails: {
${lines.join(",\n")}
} };
})();`;
}

/** One call that is marked as pure: where its result is not used, it is left out. */
function pagesLines({ pages, pagePartials, words }: LanguageSources, index: number): string {
  const lines = PAGES.map((name) => `${JSON.stringify(name)}: ${template("pages", pages[name], HTML)}`);
  return `const shown${index} = /* @__PURE__ */ (() => {
const pages = Handlebars.create();
${writeRegistering("pages", pagePartials, HTML)}
return { words: ${JSON.stringify(words)}, pages: {
${lines.join(",\n")}
} };
})();`;
}

function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
