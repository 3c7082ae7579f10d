import type { Text } from "../../functions/domain/words/words.ts";
import type { TemplateFiles, TemplateSources } from "./compile-templates.ts";
import type { Sources } from "./sources.ts";

/*
 * A template names its words: {{words.lesson.place number=number total=total}}. The build puts them in, language by
 * language, before it compiles the template, so that what is deployed looks nothing up:
 *
 *   Lesson {number} of {total}   →   Lesson {{number}} of {{total}}
 */

/** A place in a template that says a word. */
export interface WordUse {
  key: string;
  file: string;
  line: number;
  slots: string[];
}

/** How a word is said at a place: `case="upper"` for headings of the plain-text twins. */
const CASE = "case";

/** The templates with a language's words in them. */
export function listTemplates(words: SpeakingFiles, sources: TemplateSources): TemplateSources {
  const html = (source: string) => withWords(source, words, IN_HTML_MAILS);
  const text = (source: string) => withWords(source, words, IN_TEXT_MAILS);
  const page = (source: string) => withWords(source, words, ON_PAGES);
  return {
    emails: each(sources.emails, (email) => ({ html: html(email.html), text: text(email.text) })),
    htmlPartials: each(sources.htmlPartials, html),
    textPartials: each(sources.textPartials, text),
    pages: each(sources.pages, page),
    pagePartials: each(sources.pagePartials, page),
  };
}

const each = <Name extends string, Value>(
  values: Record<Name, Value>,
  change: (value: Value) => Value,
): Record<Name, Value> =>
  Object.fromEntries(Object.entries<Value>(values).map(([name, value]) => [name, change(value)])) as Record<
    Name,
    Value
  >;

/** Every word that the templates say; what is not said as it should be is reported. */
export const listWordUses = (sources: Sources, files: TemplateFiles): WordUse[] =>
  [...files].flatMap(([file, source]) => findWordUses(sources, file, source));

/** The latest of each template in which nothing was wrong: most are the same when the next build reads them. */
const latest = new Map<string, { source: string; uses: WordUse[] }>();

function findWordUses(sources: Sources, file: string, source: string): WordUse[] {
  const known = latest.get(file);
  if (known?.source === source) return known.uses;
  const before = sources.problems.length;
  const uses = readWordUses(sources, file, source);
  if (sources.problems.length === before) latest.set(file, { source, uses });
  return uses;
}

function readWordUses(sources: Sources, file: string, source: string): WordUse[] {
  const uses = [...source.matchAll(USE)].map((match) => {
    const [, key = "", pairs = ""] = match;
    const slots = [...pairs.matchAll(PAIR)].map(([, name = ""]) => name).filter((name) => name !== CASE);
    return { key, file, line: lineNumber(source, match.index), slots };
  });
  for (const { index } of source.replace(USE, blank).matchAll(/\{\{[^{}]*\bwords\./g))
    sources.report({
      file,
      line: lineNumber(source, index),
      field: "words",
      todo: "is not said as the build reads it; write {{words.group.name slot=value}}, with nothing around it",
    });
  return uses;
}

const lineNumber = (source: string, index: number): number => source.slice(0, index).split("\n").length;
const blank = (text: string): string => text.replace(/[^\n]/g, " ");

const USE = /(?<!\{)\{\{words\.([\w.-]+)((?:\s+\w+=(?:"[^"{}]*"|[\w.@/-]+))*)\s*\}\}/g;
const PAIR = /(\w+)=("[^"]*"|\S+)/g;

/** How a word is written in one kind of template. */
interface Style {
  text(words: string): string;
  link(words: string, href: string): string;
  emphasis(words: string): string;
  code(words: string): string;
}

const escapeHtml = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const ON_PAGES: Style = {
  text: escapeHtml,
  link: (words, href) => `<a href="${href}">${words}</a>`,
  emphasis: (words) => `<em>${words}</em>`,
  code: (words) => `<code>${words}</code>`,
};
/** A mail's links have the colour of what stands around them; programs that know no style sheet are told it there. */
export const IN_HTML_MAILS: Style = {
  ...ON_PAGES,
  link: (words, href) => `<a href="${href}" style="color:inherit;">${words}</a>`,
};
export const IN_TEXT_MAILS: Style = {
  text: (words) => words,
  link: (words, href) => `${words} <${href}>`,
  emphasis: (words) => words,
  code: (words) => words,
};

/** What is said, and in which language. */
interface SpeakingFiles {
  language: string;
  texts: ReadonlyMap<string, Text>;
}

/** A template with its words in it. A word that is not there is left as it stands: `readWords` has told of it. */
export function withWords(template: string, { language, texts }: SpeakingFiles, style: Style): string {
  return template.replace(USE, (whole, key: string, pairs: string) => {
    const text = texts.get(key);
    if (typeof text !== "string") return whole;
    const slots = new Map(
      [...pairs.matchAll(PAIR)].map(([, name = "", value = ""]) => [name, readExpression(value)]),
    );
    return writeWords(slots.get(CASE) === "upper" ? inCapitals(text, language) : text, slots, style);
  });
}

/** All but the names of its slots. */
const inCapitals = (text: string, language: string): string =>
  text.replace(/\{\w+\}|[^{}]+/g, (part) => (part.startsWith("{") ? part : part.toLocaleUpperCase(language)));

/** A literal is put in as it is; a path is Handlebars' to fill in. */
const readExpression = (value: string): string =>
  value.startsWith('"') ? value.slice(1, -1) : `{{${value}}}`;

const LINK = /\[([^\]]+)\]\((\w+)\)/g;
const EMPHASIS = /\*([^*]+)\*/g;
const CODE = /`([^`]+)`/g;
const SLOT = /\{(\w+)\}/g;

function writeWords(words: string, slots: ReadonlyMap<string, string>, style: Style): string {
  const fillSlot = (whole: string, name: string): string => slots.get(name) ?? whole;
  return style
    .text(words)
    .replace(SLOT, fillSlot)
    .replace(LINK, (whole, says: string, to: string) =>
      slots.has(to) ? style.link(says, fillSlot(whole, to)) : whole,
    )
    .replace(EMPHASIS, (_, says: string) => style.emphasis(says))
    .replace(CODE, (_, says: string) => style.code(says));
}

/** What a word has to be filled in with. */
export const findSlots = (words: string): string[] => [
  ...new Set([...words.matchAll(LINK)].map(([, , to = ""]) => to)),
  ...new Set([...words.matchAll(SLOT)].map(([, name = ""]) => name)),
];

export const hasMarks = (words: string): boolean =>
  [LINK, EMPHASIS, CODE].some((mark) => words.search(mark) >= 0);
