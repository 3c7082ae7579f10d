import { decodeHTMLStrict } from "entities";
import Handlebars from "handlebars";
import mjml2html from "mjml";
import { EMAILS, type EmailName, PAGES, type PageName } from "../../functions/domain/content.ts";
import { mailKind } from "../../functions/domain/sending/mail-kinds.ts";
import { inLook, type Look, unknownLooks } from "./look.ts";
import type { Problem, Sources } from "./sources.ts";

/*
 * The way of a template to a mail, in this order and by one file after the other:
 *
 *   compile.ts             readEdition: the parts of the content, in the order in which they are needed
 *   compile-templates.ts   readTemplates: each file once, with the colours of look.ts
 *                          compileTemplates: layout and includes around it, MJML → HTML, what mails share kept once
 *   words-in-templates.ts  listTemplates: a language's words put in
 *   compile.ts             Handlebars → functions, in memory or as a module
 *   mail/compose/…         a reader's values, and the bytes
 */

/** Handlebars sources of all templates, ready to be compiled. */
export interface TemplateSources {
  emails: Record<EmailName, { html: string; text: string }>;
  /** What the mails' HTML shares: the layout before and after the email. The other partials are in it already. */
  htmlPartials: Record<string, string>;
  /** Partials of the plain-text twins. */
  textPartials: Record<string, string>;
  pages: Record<PageName, string>;
  pagePartials: Record<string, string>;
}

const TEMPLATES = "templates";
const LAYOUT = `${TEMPLATES}/layout.mjml`;
const SLOT = "<!-- the email -->";
/** Gmail cuts a mail off at 102 KB of HTML; a template leaves room for its words. */
const LARGEST_TEMPLATE = 48_000;
/** Every mail says where its sender can be found in the real world (CAN-SPAM §7704(a)(5)). */
const IN_EVERY_MAIL = ["{{postalAddress}}"];
/** …and how to get no more of them, where the kind of mail has that (`hasUnsubscribe`). */
const IN_EVERY_MAIL_OF_A_LIST = ["{{unsubscribeUrl}}"];

/** Every template by its path, with the look in it. */
export type TemplateFiles = ReadonlyMap<string, string>;

const FOLDERS: readonly [folder: string, ending: string][] = [
  [`${TEMPLATES}/pages`, ".hbs"],
  [`${TEMPLATES}/pages/partials`, ".hbs"],
  [`${TEMPLATES}/emails`, ".txt.hbs"],
  [`${TEMPLATES}/emails`, ".mjml"],
  [`${TEMPLATES}/partials`, ".txt.hbs"],
  [`${TEMPLATES}/partials`, ".mjml"],
];

/** Paths of every template, with its partials and the layout. */
export const listTemplateFiles = (sources: Sources): string[] => [
  ...FOLDERS.flatMap(([folder, ending]) =>
    sources.names(folder, ending).map((name) => `${folder}/${name}${ending}`),
  ),
  ...(sources.has(LAYOUT) ? [LAYOUT] : []),
];

/** Reads each template, puts the look in, and reports what is no Handlebars in it. */
export function readTemplates(sources: Sources, look: Look): TemplateFiles {
  const dressed = listTemplateFiles(sources).map((file): [string, string] => {
    const source = sources.text(file) ?? "";
    sources.report(...unknownLooks(file, source, look));
    return [file, inLook(source, look)];
  });
  for (const [file, source] of dressed) {
    checkSyntax(sources, file, source);
    if (file.endsWith(".mjml")) sources.report(...openTags(file, source));
  }
  return new Map(dressed);
}

const MJML_TAG = /<(\/?)(mj[a-z-]*)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/g;

/** Tags of MJML that close nothing, or are never closed. MJML passes over them, and its sizes go wrong. */
function openTags(file: string, source: string): Problem[] {
  const open: { name: string; line: number }[] = [];
  const problems: Problem[] = [];
  for (const { 1: closes, 2: name = "", 3: isWhole, index } of source.matchAll(MJML_TAG)) {
    const line = source.slice(0, index).split("\n").length;
    const last = open.at(-1);
    if (closes && last?.name === name) open.pop();
    else if (closes) {
      const instead = last ? `write </${last.name}>, which is open since line ${last.line}` : "take it out";
      problems.push({ file, line, field: `</${name}>`, todo: `closes nothing; ${instead}` });
    } else if (!isWhole) open.push({ name, line });
  }
  const left = problems.length > 0 ? [] : open;
  return [
    ...problems,
    ...left.map(({ name, line }) => ({
      ...{ file, line, field: `<${name}>` },
      todo: `is never closed; write </${name}>`,
    })),
  ];
}

/** Makes Handlebars sources of the templates: MJML is rendered, and what mails share is kept once. */
export async function compileTemplates(sources: Sources, files: TemplateFiles): Promise<TemplateSources> {
  const emails = await Promise.all(
    EMAILS.map(async (name) => [name, await compileEmail(sources, files, name)] as const),
  );
  const pages = PAGES.map((name) => {
    const file = `${TEMPLATES}/pages/${name}.hbs`;
    return [name, findTemplate(sources, files, file, `is missing; the ${name} page`) ?? ""] as const;
  });
  return {
    ...withSharedLayout(Object.fromEntries(emails) as TemplateSources["emails"]),
    textPartials: listPartials(files, `${TEMPLATES}/partials/`, ".txt.hbs"),
    pages: Object.fromEntries(pages) as TemplateSources["pages"],
    pagePartials: listPartials(files, `${TEMPLATES}/pages/partials/`, ".hbs"),
  };
}

/** A template that must be there. */
function findTemplate(
  sources: Sources,
  files: TemplateFiles,
  file: string,
  ifMissing: string,
): string | undefined {
  if (!files.has(file)) sources.report({ file, line: 1, todo: ifMissing });
  return files.get(file);
}

const listPartials = (files: TemplateFiles, folder: string, ending: string): Record<string, string> =>
  Object.fromEntries(
    [...files].flatMap(([file, source]) =>
      file.startsWith(folder) && file.endsWith(ending)
        ? [[file.slice(folder.length, -ending.length), source]]
        : [],
    ),
  );

const EMAIL_BEGINS = "{{! begins }}";
const EMAIL_ENDS = "{{! ends }}";

/** The layout is most of each mail: kept once, it takes 70 KB off every bundle. */
function withSharedLayout(
  emails: TemplateSources["emails"],
): Pick<TemplateSources, "emails" | "htmlPartials"> {
  const [before = "", rest = ""] = emails.lesson.html.split(EMAIL_BEGINS);
  const after = rest.split(EMAIL_ENDS)[1] ?? "";
  const shared = { ...emails };
  for (const name of EMAILS) {
    const { html, text } = emails[name];
    const isInLayout = html.startsWith(before + EMAIL_BEGINS) && html.endsWith(EMAIL_ENDS + after);
    if (!isInLayout) continue;
    const email = html.slice(before.length, html.length - after.length);
    shared[name] = { html: `{{> layout-before}}${email}{{> layout-after}}`, text };
  }
  return { emails: shared, htmlPartials: { "layout-before": before, "layout-after": after } };
}

async function compileEmail(
  sources: Sources,
  files: TemplateFiles,
  name: EmailName,
): Promise<{ html: string; text: string }> {
  const htmlFile = `${TEMPLATES}/emails/${name}.mjml`;
  const textFile = `${TEMPLATES}/emails/${name}.txt.hbs`;
  const mjml = findTemplate(sources, files, htmlFile, `is missing; the HTML of the ${name} email`);
  const twin = `is missing; the plain-text twin of the ${name} email`;
  const text = findTemplate(sources, files, textFile, twin) ?? "";
  const html = mjml === undefined ? "" : await renderMjml(sources, files, htmlFile, mjml);
  if (html && text) checkDuties(sources, files, name, { [htmlFile]: html, [textFile]: text });
  return { html, text };
}

/** MJML → HTML, in the layout and with its includes, and no word of Handlebars lost on the way. */
async function renderMjml(
  sources: Sources,
  files: TemplateFiles,
  file: string,
  mjml: string,
): Promise<string> {
  const whole = withIncludes(sources, files, file, inLayout(sources, files, mjml));
  const { html, errors } = await renderOrRecall(file, whole);
  sources.report(
    ...errors.map(({ message, tagName }) => {
      const line = Math.max(1, lineNumber(mjml, `<${tagName}`));
      return { file, line, field: tagName, todo: `is no MJML (${message}); correct it` };
    }),
  );
  sources.report(
    ...lostTokens(whole, html).map((token) => ({
      file,
      line: Math.max(1, lineNumber(mjml, token)),
      field: token,
      todo: "is lost in MJML; between components, put it in <mj-raw>",
    })),
  );
  if (html.length > LARGEST_TEMPLATE) {
    const todo = `makes ${html.length} bytes of HTML; ${LARGEST_TEMPLATE} are the limit`;
    sources.report({ file, line: 1, todo });
  }
  const isRight = ![file, LAYOUT].some((one) => sources.problems.some((problem) => problem.file === one));
  // What the author wrote has the line; what MJML made of it is only asked where each file is right by itself.
  if (isRight) checkSyntax(sources, file, html, "rendered");
  return withoutEntities(withoutIndentation(html));
}

function inLayout(sources: Sources, files: TemplateFiles, mjml: string): string {
  const layout = findTemplate(sources, files, LAYOUT, "is missing; the mails' layout") ?? SLOT;
  if (!layout.includes(SLOT))
    sources.report({ file: LAYOUT, line: 1, todo: `has no place for the email: ${SLOT}` });
  return layout.replace(SLOT, () => mjml);
}

const INCLUDE = /<mj-include path="([a-z/-]+\.mjml)"\s*\/>/g;

/** `<mj-include path="partials/x.mjml" />`, paths from `templates/`. */
const withIncludes = (sources: Sources, files: TemplateFiles, file: string, mjml: string): string =>
  mjml.replace(INCLUDE, (_, path: string) => {
    const missing = `is missing; ${file} or the layout includes it`;
    return findTemplate(sources, files, `${TEMPLATES}/${path}`, missing) ?? "";
  });

type Rendered = Awaited<ReturnType<typeof mjml2html>>;

/** The latest of each file: MJML is most of the work, and a preview compiles all of it at every save. */
const latest = new Map<string, { mjml: string; rendered: Rendered }>();

async function renderOrRecall(file: string, mjml: string): Promise<Rendered> {
  const known = latest.get(file);
  if (known?.mjml === mjml) return known.rendered;
  const fresh = await mjml2html(mjml, { validationLevel: "soft", keepComments: false });
  latest.set(file, { mjml, rendered: fresh });
  return fresh;
}

/** A character beyond ASCII takes two to four bytes as itself, and six to nine as an entity. */
const withoutEntities = (html: string): string =>
  html.replace(/&#?\w+;/g, (entity) => {
    const character = decodeHTMLStrict(entity);
    return character > "\u007f" ? character : entity;
  });

/** MJML's indentation is a tenth of a mail. */
const withoutIndentation = (html: string): string => html.replace(/\n\s+/g, "\n");

const TOKEN = /\{\{\{?[^{}]*\}\}\}?/g;

/** Words of Handlebars that MJML dropped; or doubled, where they open or close a block. */
function lostTokens(source: string, html: string): string[] {
  const before = countTokens(source);
  const after = countTokens(html);
  return [...before].flatMap(([token, count]) => {
    const found = after.get(token) ?? 0;
    const isBlock = /^\{\{\{?[#/^]/.test(token);
    return found < count || (isBlock && found !== count) ? [token] : [];
  });
}

function countTokens(source: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [token] of source.matchAll(TOKEN)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

const lineNumber = (source: string, part: string): number => {
  const at = source.indexOf(part);
  return at < 0 ? 0 : source.slice(0, at).split("\n").length;
};

/** The latest of each file that was found to be Handlebars. */
const latestSyntax = new Map<string, string>();

function checkSyntax(sources: Sources, file: string, source: string, as: "written" | "rendered" = "written") {
  const key = `${file} ${as}`;
  if (latestSyntax.get(key) === source) return;
  try {
    Handlebars.parse(source);
    latestSyntax.set(key, source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/line (\d+)| - (\d+):\d+$/.exec(message)?.slice(1).find(Boolean) ?? 1);
    const says = message
      .split("\n")
      .slice(-1)[0]
      ?.replace(/ - \d+:\d+$/, "");
    sources.report({ file, line, todo: `is not Handlebars: ${says}` });
  }
}

function checkDuties(
  sources: Sources,
  files: TemplateFiles,
  name: EmailName,
  parts: Record<string, string>,
): void {
  const footerFile = `${TEMPLATES}/partials/footer.txt.hbs`;
  const footer = findTemplate(sources, files, footerFile, "is missing; the twins' footer") ?? "";
  const { hasUnsubscribe } = mailKind(name);
  const needed = hasUnsubscribe ? [...IN_EVERY_MAIL, ...IN_EVERY_MAIL_OF_A_LIST] : IN_EVERY_MAIL;
  for (const [file, source] of Object.entries(parts)) {
    const whole = source.includes("{{> footer}}") ? source + footer : source;
    for (const token of needed) {
      if (!whole.includes(token))
        sources.report({ file, line: 1, field: token, todo: "is missing; the law asks for it" });
    }
  }
}
