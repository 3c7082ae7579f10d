import Handlebars from "handlebars";
import { type Content, type EmailName, findLanguage } from "../../functions/domain/content.ts";
import { COMPOSE } from "../../functions/mail/compose/compose.ts";
import type { Sources } from "../compile/sources.ts";
import { SAMPLE_READERS, type Sample } from "../samples.ts";
import type { Finding } from "./finding.ts";
import { type Authored, withoutCode } from "./passages.ts";

/** What looks like a merge field in a text. In texts of a course, `[author]` is one; nothing else is. */
const LOOKS_LIKE_FIELD = /\{\{.*?\}\}|\{\{|\}\}|%[A-Z_]{3,}%|\*\|\w+\|\*|\$\{\w+\}/g;
const IN_BRACKETS = /\[([A-Za-z][A-Za-z_-]*)\](?!\()/g;

/** A text that only somebody gets who is in the course. */
const TO_READERS = /\/(?:welcome|completion|look-back|recap-[a-z0-9-]+)\.md$/;
const ANSWER_FIELD = /^\{\{answers\.([a-z][a-z0-9-]*)(?: or ([^{}]*))?\}\}$/;
/** What would be mark-up: the words of a field stand in a line as they are. */
const MARKUP = /[*_`[\]<>]/;

/**
 * Merge fields in what an author wrote that nothing fills in.
 * @param asked the names of the course's questions
 */
export function checkWrittenFields(
  { file, kind, source, bodyLine }: Authored,
  asked: readonly string[] = [],
): Finding[] {
  const takesAnswers = kind === "lesson" || (kind === "text" && TO_READERS.test(file));
  return withoutCode(source)
    .split("\n")
    .flatMap((text, place) => {
      const isBody = takesAnswers && place + 1 >= bodyLine;
      const brackets =
        kind === "issue" ? [] : [...text.matchAll(IN_BRACKETS)].filter(([, name]) => !isFilled(kind, name));
      return [...text.matchAll(LOOKS_LIKE_FIELD), ...brackets].flatMap(([field]) => {
        const says = isBody ? judgeAnswerField(field, asked) : "is unknown";
        if (says === undefined) return [];
        if (says !== "is unknown")
          return { ...unknownField(file, place + 1, field, says), says: `${field} is not whole` };
        return unknownField(
          file,
          place + 1,
          field,
          takesAnswers
            ? "Write the words themselves; only [author] is filled in, in texts/, and the answer to a question, in a body: {{answers.QUESTION or other words}}"
            : "Write the words themselves; only [author] is filled in, and only in texts/",
        );
      });
    });
}

/** What is to be done about it; undefined of one that is right. */
function judgeAnswerField(field: string, asked: readonly string[]): string | undefined {
  const [whole, slug, fallback] = ANSWER_FIELD.exec(field) ?? [];
  if (whole === undefined) return "is unknown";
  if (slug === undefined || !asked.includes(slug))
    return asked.length > 0
      ? `Nothing asks "${slug}": course.yaml has the questions ${asked.join(", ")}`
      : `Nothing asks "${slug}": write the question in course.yaml, or take the field out`;
  if (!fallback?.trim())
    return `Say what stands there for whoever has not answered: {{answers.${slug} or other words}}`;
  return MARKUP.test(fallback)
    ? "Take the mark-up out of its other words: they stand as they are"
    : undefined;
}

const isFilled = (kind: Authored["kind"], name: string | undefined): boolean =>
  kind === "text" && name === "author";

const unknownField = (file: string, line: number, field: string, doThis: string): Finding => ({
  file,
  line,
  rule: "unknown-field",
  says: `Nothing fills in ${field}`,
  doThis,
  severity: "error",
});

/** Merge fields in the mails' templates that no sample's values have. Handlebars itself overlooks those in `#if`. */
export function checkTemplateFields(
  sources: Sources,
  content: Content,
  samples: readonly Sample[],
): Finding[] {
  const kinds = [...new Set(samples.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const values = samples
      .filter((sample) => sample.kind === kind)
      .map((sample) => fieldValues(content, sample));
    const layout = new Walk(sources, [`templates/emails/${kind}.mjml`]);
    layout.file("templates/layout.mjml", [values]);
    const twin = new Walk(sources, []);
    twin.file(`templates/emails/${kind}.txt.hbs`, [values]);
    return [...layout.findings, ...twin.findings];
  });
}

/** What composing a sample hands to its templates. */
function fieldValues(content: Content, sample: Sample): unknown {
  let handed: unknown;
  const noting = (values: object): string => {
    handed = values;
    return "";
  };
  const composition = sample.makeComposition(SAMPLE_READERS[0]);
  const language = findLanguage(content, composition.course);
  const emails = { ...language.emails, [sample.kind]: { html: noting, text: noting } };
  const languages = { [language.words.language]: { ...language, emails } };
  COMPOSE[sample.kind as EmailName]({ ...composition, content: { ...content, languages } });
  return handed;
}

/** The values that a place in a template may see, innermost last: what each of the samples has there. */
type Scopes = unknown[][];

const INCLUDE = /<!-- the email -->|<mj-include path="([^"]+)"\s*\/>/g;

/** Goes through a template and what it includes, and looks every path up in the values. */
class Walk {
  readonly findings: Finding[] = [];
  readonly #sources: Sources;
  /** The file that takes the layout's place for the email. */
  readonly #email: string[];
  #at = "";

  constructor(sources: Sources, email: string[]) {
    this.#sources = sources;
    this.#email = email;
  }

  file(file: string, scopes: Scopes): void {
    const source = this.#sources.text(file);
    if (source === undefined) return;
    const outer = this.#at;
    this.#at = file;
    this.#program(Handlebars.parse(source), scopes);
    this.#at = outer;
  }

  #program({ body }: hbs.AST.Program, scopes: Scopes): void {
    for (const statement of body) this.#statement(statement, scopes);
  }

  #statement(statement: hbs.AST.Statement, scopes: Scopes): void {
    if (statement.type === "ContentStatement")
      this.#includes((statement as hbs.AST.ContentStatement).value, scopes);
    if (statement.type === "MustacheStatement")
      this.#mustache(statement as hbs.AST.MustacheStatement, scopes);
    if (statement.type === "PartialStatement") this.#partial(statement as hbs.AST.PartialStatement, scopes);
    if (statement.type === "BlockStatement") this.#block(statement as hbs.AST.BlockStatement, scopes);
  }

  /** Words and the look are the build's to put in; what fills a word's slots is a value like any other. */
  #mustache({ path, hash }: hbs.AST.MustacheStatement, scopes: Scopes): void {
    const { parts } = path as hbs.AST.PathExpression;
    const saysWords = parts[0] === "words" && parts.length > 1;
    if (parts[0] === "look" && parts.length > 1) return;
    if (!saysWords) this.#path(path, scopes);
    for (const { value } of saysWords ? (hash?.pairs ?? []) : []) this.#path(value, scopes);
  }

  #includes(text: string, scopes: Scopes): void {
    for (const [, path] of text.matchAll(INCLUDE)) {
      for (const file of path === undefined ? this.#email : [`templates/${path}`]) this.file(file, scopes);
    }
  }

  #partial({ name }: hbs.AST.PartialStatement, scopes: Scopes): void {
    this.file(`templates/partials/${(name as hbs.AST.PathExpression).original}.txt.hbs`, scopes);
  }

  #block({ path, params, program, inverse }: hbs.AST.BlockStatement, scopes: Scopes): void {
    const helper = (path as hbs.AST.PathExpression).original;
    const found = params.flatMap((param) => this.#path(param, scopes));
    const inside =
      helper === "each"
        ? found.flatMap((value) => (Array.isArray(value) ? value : []))
        : found.filter(Boolean);
    if (program)
      this.#program(program, helper === "each" || helper === "with" ? [...scopes, inside] : scopes);
    if (inverse) this.#program(inverse, scopes);
  }

  /** The values that a path has in the samples; a finding if it has a place in none of them. */
  #path(expression: hbs.AST.Expression, scopes: Scopes): unknown[] {
    if (expression.type !== "PathExpression") return [];
    const { data, depth, parts, original, loc } = expression as hbs.AST.PathExpression;
    const scope = scopes[scopes.length - 1 - depth] ?? [];
    if (data) return [];
    let values = scope;
    for (const part of parts) {
      const holders = values.filter((value) => typeof value === "object" && value !== null);
      const having = holders.filter((value) => part in (value as object));
      if (holders.length > 0 && having.length === 0) {
        this.findings.push(
          unknownField(
            this.#at,
            loc.start.line,
            `{{${original}}}`,
            "Correct its name, or take it out of the template",
          ),
        );
      }
      values = having.map((value) => (value as Record<string, unknown>)[part]);
    }
    return values;
  }
}
