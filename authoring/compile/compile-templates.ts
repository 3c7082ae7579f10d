import Handlebars from "handlebars";
import mjml2html from "mjml";
import { EMAILS, type EmailName, PAGES, type PageName } from "../../functions/domain/content.ts";
import { ascii } from "../../functions/mail/mime/ascii.ts";
import { listNames, readText } from "./files.ts";
import { inLook, type Look, unknownLooks } from "./look.ts";
import type { Problem } from "./schema.ts";

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

export const TEMPLATES = "templates";
export const LAYOUT = `${TEMPLATES}/layout.mjml`;
const SLOT = "<!-- the email -->";
/** Gmail cuts a mail off at 102 KB of HTML; a template leaves room for its words. */
const LARGEST_TEMPLATE = 48_000;
/** Every mail says where its sender can be found in the real world (CAN-SPAM §7704(a)(5)). */
const IN_EVERY_MAIL = ["{{postalAddress}}"];
/** …and how to get no more of them; but a confirmation goes to people on no list, and a relay to the owner. */
const IN_EVERY_MAIL_OF_A_LIST = ["{{unsubscribeUrl}}"];

const NOT_ON_A_LIST: ReadonlySet<EmailName> = new Set(["confirmation", "relay"]);

/** A template with the look in it, or undefined and a problem. */
type Read = (file: string, ifMissing: string) => string | undefined;

/** Reads all templates, in a look; what is wrong with them is added to `problems`. */
export async function readTemplates(root: string, look: Look, problems: Problem[]): Promise<TemplateSources> {
  const read: Read = (file, ifMissing) => {
    const source = readText(root, file, problems, ifMissing);
    problems.push(...unknownLooks(file, source ?? "", look));
    return source && inLook(source, look);
  };
  const layout = read(LAYOUT, "is missing; the mails' layout") ?? SLOT;
  if (!layout.includes(SLOT))
    problems.push({ file: LAYOUT, line: 1, todo: `has no place for the email: ${SLOT}` });
  const emails = await Promise.all(
    EMAILS.map(async (name) => [name, await readEmail(read, name, layout, problems)] as const),
  );
  const pages = PAGES.map((name) => [name, readPage(read, name, problems)] as const);
  return {
    ...withSharedLayout(Object.fromEntries(emails) as TemplateSources["emails"]),
    textPartials: readPartials(root, read, `${TEMPLATES}/partials`, ".txt.hbs", problems),
    pages: Object.fromEntries(pages) as TemplateSources["pages"],
    pagePartials: readPartials(root, read, `${TEMPLATES}/pages/partials`, ".hbs", problems),
  };
}

const EMAIL_BEGINS = "{{! begins }}";
const EMAIL_ENDS = "{{! ends }}";

/** The layout is most of each mail: kept once, it takes 70 KB off every bundle. */
function withSharedLayout(
  emails: TemplateSources["emails"],
): Pick<TemplateSources, "emails" | "htmlPartials"> {
  const [before = "", rest = ""] = emails[EMAILS[0]].html.split(EMAIL_BEGINS);
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

async function readEmail(
  read: Read,
  name: EmailName,
  layout: string,
  problems: Problem[],
): Promise<{ html: string; text: string }> {
  const htmlFile = `${TEMPLATES}/emails/${name}.mjml`;
  const textFile = `${TEMPLATES}/emails/${name}.txt.hbs`;
  const mjml = read(htmlFile, `is missing; the HTML of the ${name} email`);
  const text = read(textFile, `is missing; the plain-text twin of the ${name} email`) ?? "";
  const html = mjml === undefined ? "" : await renderMjml(read, htmlFile, mjml, layout, problems);
  // What the author wrote has the line; what MJML made of it is only asked where each file is right by itself.
  const before = problems.length;
  checkSyntax(htmlFile, mjml ?? "", problems);
  if (problems.length === before) checkSyntax(htmlFile, html, problems);
  checkSyntax(textFile, text, problems);
  if (html && text) checkDuties(read, name, { [htmlFile]: html, [textFile]: text }, problems);
  return { html, text };
}

function readPage(read: Read, name: PageName, problems: Problem[]): string {
  const file = `${TEMPLATES}/pages/${name}.hbs`;
  const source = read(file, `is missing; the ${name} page`) ?? "";
  checkSyntax(file, source, problems);
  return source;
}

function readPartials(
  root: string,
  read: Read,
  folder: string,
  ending: string,
  problems: Problem[],
): Record<string, string> {
  const partials: Record<string, string> = {};
  for (const name of listNames(root, folder, ending)) {
    const file = `${folder}/${name}${ending}`;
    partials[name] = read(file, "is missing") ?? "";
    checkSyntax(file, partials[name], problems);
  }
  return partials;
}

/** MJML → HTML, with its includes, and no word of Handlebars lost on the way. */
async function renderMjml(
  read: Read,
  file: string,
  mjml: string,
  layout: string,
  problems: Problem[],
): Promise<string> {
  const inLayout = layout.replace(SLOT, () => mjml);
  const whole = withIncludes(read, file, inLayout, problems);
  const { html, errors } = await rendered(file, whole);
  for (const { message, tagName } of errors) problems.push({ file, line: 1, field: tagName, todo: message });
  for (const token of lostTokens(whole, html)) {
    const line = Math.max(1, lineNumber(mjml, token));
    problems.push({
      file,
      line,
      field: token,
      todo: "is lost in MJML; between components, put it in <mj-raw>",
    });
  }
  if (html.length > LARGEST_TEMPLATE) {
    problems.push({
      file,
      line: 1,
      todo: `makes ${html.length} bytes of HTML; ${LARGEST_TEMPLATE} are the limit`,
    });
  }
  return ascii(withoutIndentation(html));
}

type Rendered = Awaited<ReturnType<typeof mjml2html>>;

/** The latest of each file: MJML is most of the work, and a preview compiles all of it at every save. */
const latest = new Map<string, { mjml: string; rendered: Rendered }>();

async function rendered(file: string, mjml: string): Promise<Rendered> {
  const known = latest.get(file);
  if (known?.mjml === mjml) return known.rendered;
  const fresh = await mjml2html(mjml, { validationLevel: "soft", keepComments: false });
  latest.set(file, { mjml, rendered: fresh });
  return fresh;
}

/** MJML's indentation is a tenth of a mail. */
const withoutIndentation = (html: string): string => html.replace(/\n\s+/g, "\n");

const INCLUDE = /<mj-include path="([a-z/-]+\.mjml)"\s*\/>/g;

/** `<mj-include path="partials/x.mjml" />`, paths from `templates/`. */
function withIncludes(read: Read, file: string, mjml: string, problems: Problem[]): string {
  return mjml.replace(INCLUDE, (_, path: string) => {
    const included = `${TEMPLATES}/${path}`;
    const source = read(included, `is missing; ${file} or the layout includes it`) ?? "";
    checkSyntax(included, source, problems);
    return source;
  });
}

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

function checkSyntax(file: string, source: string, problems: Problem[]): void {
  try {
    Handlebars.parse(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/line (\d+)| - (\d+):\d+$/.exec(message)?.slice(1).find(Boolean) ?? 1);
    const says = message
      .split("\n")
      .slice(-1)[0]
      ?.replace(/ - \d+:\d+$/, "");
    problems.push({ file, line, todo: `is not Handlebars: ${says}` });
  }
}

function checkDuties(
  read: Read,
  name: EmailName,
  sources: Record<string, string>,
  problems: Problem[],
): void {
  const footer = read(`${TEMPLATES}/partials/footer.txt.hbs`, "is missing; the twins' footer") ?? "";
  const needed = NOT_ON_A_LIST.has(name) ? IN_EVERY_MAIL : [...IN_EVERY_MAIL, ...IN_EVERY_MAIL_OF_A_LIST];
  for (const [file, source] of Object.entries(sources)) {
    const whole = source.includes("{{> footer}}") ? source + footer : source;
    for (const token of needed) {
      if (!whole.includes(token))
        problems.push({ file, line: 1, field: token, todo: "is missing; the law asks for it" });
    }
  }
}
