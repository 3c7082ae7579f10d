import { Marked, type Token, type Tokens } from "marked";
import type { RichText } from "../../functions/domain/course/course.ts";
import { ascii } from "../../functions/mail/mime/ascii.ts";
import type { Sources } from "./sources.ts";
import { type Cells, type Stretch, tableHtml, tableText, timelineHtml, timelineText } from "./table.ts";

/** Something in a Markdown text that a mail cannot carry. */
export class MarkdownProblem extends Error {
  /** Counted from 1, from the first line of the Markdown. */
  readonly line: number;

  constructor(line: number, todo: string) {
    super(todo);
    this.line = line;
  }
}

/**
 * Renders Markdown for both parts of a mail, at build. The HTML carries its styles inline, because Outlook and
 * many apps drop style sheets; blocks are set apart by a blank line in both, so that a mail can put something
 * between them. In the text a link is `words <address>`: the mail numbers its footnotes when it is composed.
 * Throws a MarkdownProblem for raw HTML, images and links that are not `https:` or `mailto:`.
 */
export function renderMarkdown(source: string): RichText {
  const tokens = marked.lexer(typographic(source));
  checkAll(tokens, source);
  const html = tokens.filter(({ type }) => type !== "space").map((token) => marked.parser([token]).trim());
  return { html: ascii(html.join("\n\n")), text: blocksAsText(tokens) };
}

const CODE_AND_ADDRESSES = /`[^`]*`|\]\([^)]*\)|<[^>\s]*>/g;
const QUOTES = /["']|\.\.\./g;
/** What a quotation may begin after. Emphasis is looked through. */
const OPENS_AFTER = /(?:^|[\s([{\u2014\u2013\u201c\u2018])[*_]*$/;

/** Straight quotation marks and apostrophes as a printer would set them. Code and addresses stay. */
export function typographic(source: string): string {
  const kept = [...source.matchAll(CODE_AND_ADDRESSES)].map(({ index, 0: hit }) => [
    index,
    index + hit.length,
  ]);
  const isKept = (at: number): boolean => kept.some(([from = 0, to = 0]) => from <= at && at < to);
  return source.replace(QUOTES, (mark, at: number) => {
    if (isKept(at)) return mark;
    if (mark === "...") return "\u2026";
    const opens = OPENS_AFTER.test(source.slice(Math.max(0, at - 4), at));
    if (mark === '"') return opens ? "\u201c" : "\u201d";
    return opens ? "\u2018" : "\u2019";
  });
}

const GAP = "margin:0 0 18px 0;";
const EXAMPLE = /^\[!example\]\s*/i;
const isExample = (quote: Tokens.Blockquote): boolean => EXAMPLE.test(quote.text);
const TIMELINE = /^\[!timeline\]\s*/i;
const isTimeline = (quote: Tokens.Blockquote): boolean => TIMELINE.test(quote.text);

const marked: Marked = new Marked({
  gfm: true,
  renderer: {
    paragraph({ tokens }) {
      return `<p style="${GAP}">${this.parser.parseInline(tokens)}</p>\n`;
    },
    heading({ tokens, depth }) {
      const level = Math.max(2, depth);
      return `<h${level} style="margin:28px 0 10px 0;font-size:20px;line-height:1.3;font-weight:bold;">${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    list({ ordered, items }) {
      const tag = ordered ? "ol" : "ul";
      const rows = items.map(
        (item) => `<li style="margin:0 0 8px 0;">${this.parser.parse(item.tokens).trim()}</li>`,
      );
      return `<${tag} style="${GAP}padding:0 0 0 24px;">${rows.join("\n")}</${tag}>\n`;
    },
    // A table, because Word, which renders mail for Outlook, ignores the padding of anything else.
    blockquote(quote) {
      if (isTimeline(quote)) return timelineHtml(splitStretches(quote).map(inHtml));
      const inside = withoutLastGap(
        this.parser.parse(isExample(quote) ? withoutMarker(quote) : quote.tokens),
      );
      const name = isExample(quote) ? "example" : "quotation";
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${GAP}"><tr><td class="${name}" style="border-left:3px solid {{look.edge}};padding:4px 0 0 20px;font-size:inherit;line-height:inherit;">${inside}</td></tr></table>\n`;
    },
    table(table) {
      return tableHtml(splitCells(table, (tokens) => this.parser.parseInline(tokens)));
    },
    hr() {
      return '<p style="margin:8px 0 26px 0;text-align:center;">* * *</p>\n';
    },
    link({ href, tokens }) {
      return `<a href="${escaped(href)}" style="color:inherit;text-decoration:underline;">${this.parser.parseInline(tokens)}</a>`;
    },
  },
});

const inHtml = ({ when, what }: Stretch): Stretch => ({ when: escaped(when), what: escaped(what) });

function withoutLastGap(html: string): string {
  const last = html.lastIndexOf(`<p style="${GAP}">`);
  return (last < 0 ? html : html.slice(0, last) + html.slice(last).replace(GAP, "margin:0;")).trim();
}

const escaped = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The tokens of an example without the `[!example]` that marks it. */
function withoutMarker(quote: Tokens.Blockquote): Token[] {
  return marked.lexer(quote.text.replace(EXAMPLE, ""));
}

type Inline = (tokens: Token[]) => string;

function splitCells({ header, rows }: Tokens.Table, inline: Inline): Cells {
  const rendered = (cells: Tokens.TableCell[]) => cells.map(({ tokens }) => inline(tokens));
  return { head: rendered(header), rows: rows.map(rendered) };
}

/** Its list, an item a stretch, in plain words: `- when: what`; an item that is only an ellipsis is a gap. */
function splitStretches(quote: Tokens.Blockquote): Stretch[] {
  const list = marked.lexer(quote.text.replace(TIMELINE, "")).find(({ type }) => type === "list");
  return ((list as Tokens.List | undefined)?.items ?? []).map(({ text }) => {
    if (text.trim() === "\u2026") return { when: "", what: "" };
    const [when = "", ...what] = text.split(": ");
    return { when, what: what.join(": ") };
  });
}

function checkAll(tokens: Token[], source: string): void {
  void marked.walkTokens(tokens, (token) => {
    const todo = whatToDo(token);
    if (todo) throw new MarkdownProblem(lineNumber(token, source), todo);
  });
}

function whatToDo(token: Token): string | undefined {
  if (token.type === "html") return `holds HTML (${token.raw.trim().slice(0, 30)}); write Markdown instead`;
  if (token.type === "image") return "holds an image; mails go without images, say it in words";
  if (token.type === "table") return todoForTable(token as Tokens.Table);
  if (token.type === "blockquote" && isTimeline(token as Tokens.Blockquote))
    return todoForTimeline(token as Tokens.Blockquote);
  if (token.type === "link" && !/^(https:\/\/|mailto:)\S+$/.test(token.href))
    return `links to ${token.href}; a link in a mail begins with https:// or mailto:`;
  return undefined;
}

/** More would not fit on a telephone, and a link's footnote would break the columns of the text. */
const MOST_COLUMNS = 3;

function todoForTable({ header, rows }: Tokens.Table): string | undefined {
  if (header.length > MOST_COLUMNS)
    return `holds a table of ${header.length} columns; ${MOST_COLUMNS} fit on a telephone, write a list`;
  const holdsLink = [header, ...rows].flat().some(({ tokens }) => tokens.some(({ type }) => type === "link"));
  return holdsLink ? "holds a link in a table; put it in a sentence below" : undefined;
}

function todoForTimeline(quote: Tokens.Blockquote): string | undefined {
  const stretches = splitStretches(quote);
  const isRight =
    stretches.length > 0 && stretches.every(({ when, what }) => (when === "") === (what === ""));
  return isRight
    ? undefined
    : "is no timeline; write a list with items like `- when: what`, and `- …` for a gap";
}

/** Tokens know their text and not their place, so it is sought: the first place with the same text is good enough. */
function lineNumber(token: Token, source: string): number {
  const at = typographic(source).indexOf(token.raw.trim());
  return at < 0 ? 1 : source.slice(0, at).split("\n").length;
}

function blocksAsText(tokens: Token[]): string {
  return tokens.map(blockAsText).filter(Boolean).join("\n\n");
}

function blockAsText(token: Token): string {
  switch (token.type) {
    case "heading":
      return `${inlineAsText(token.tokens)}\n${"-".repeat(Math.min(72, inlineAsText(token.tokens).length))}`;
    case "list":
      return (token as Tokens.List).items
        .map((item, index) => itemAsText(item, token as Tokens.List, index))
        .join("\n");
    case "blockquote": {
      const quote = token as Tokens.Blockquote;
      if (isTimeline(quote)) return timelineText(splitStretches(quote));
      return indented(blocksAsText(isExample(quote) ? withoutMarker(quote) : quote.tokens), "    ");
    }
    case "table":
      return tableText(splitCells(token as Tokens.Table, inlineAsText));
    case "hr":
      return "* * *";
    case "code":
      return indented(token.text, "    ");
    case "space":
      return "";
    default:
      return inlineAsText("tokens" in token && token.tokens ? token.tokens : [token]);
  }
}

function itemAsText(item: Tokens.ListItem, list: Tokens.List, index: number): string {
  const mark = list.ordered ? `${Number(list.start || 1) + index}. ` : "- ";
  return mark + indented(blocksAsText(item.tokens), " ".repeat(mark.length)).trimStart();
}

/** Blank lines too: between two blocks of the whole, and only there, stands an empty line. */
const indented = (text: string, by: string): string => text.replace(/^/gm, by);

function inlineAsText(tokens: Token[] = []): string {
  return tokens.map(spanAsText).join("");
}

function spanAsText(token: Token): string {
  switch (token.type) {
    case "strong":
      return `*${inlineAsText(token.tokens)}*`;
    case "em":
      return `_${inlineAsText(token.tokens)}_`;
    case "link": {
      const words = inlineAsText(token.tokens);
      return words === token.href ? `<${token.href}>` : `${words} <${token.href}>`;
    }
    case "br":
      return "\n";
    case "text":
      return token.tokens ? inlineAsText(token.tokens) : oneLine(unescaped(token.text));
    default:
      return oneLine("text" in token ? String(token.text) : token.raw);
  }
}

const oneLine = (text: string): string => text.replace(/[ \t]*\r?\n[ \t]*/g, " ");

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** A Markdown body for both parts of a mail; undefined, and reported, if a mail cannot carry it. */
export function richText(
  sources: Sources,
  file: string,
  { body, bodyLine }: { body: string; bodyLine: number },
): RichText | undefined {
  if (body.trim() === "") {
    sources.report({ file, line: bodyLine, todo: "has no text; write it" });
    return undefined;
  }
  try {
    return renderMarkdown(body);
  } catch (error) {
    if (!(error instanceof MarkdownProblem)) throw error;
    sources.report({ file, line: bodyLine + error.line - 1, todo: error.message });
    return undefined;
  }
}
