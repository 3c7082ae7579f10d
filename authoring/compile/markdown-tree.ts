import { decodeHTMLStrict } from "entities";
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from "marked";
import { findUrl } from "../../functions/domain/url.ts";
import { ELSEWHERE, isElsewhere, type PlacedPicture } from "./album.ts";
import { typographicProse } from "./typographic.ts";
import { codePoint, findUnseen } from "./unseen.ts";

/*
 * A Markdown text as the tree that both parts of a mail are rendered from: markdown-html.ts and markdown-text.ts know
 * each kind of block and of span, and the compiler names what one of them has forgotten. What a mail cannot carry is
 * a problem here, so that neither has to refuse anything.
 *
 * Quotation marks are set here, after the text has been taken apart: code of every kind, addresses and definitions of
 * links are no prose any more.
 */

export type Block =
  | { kind: "paragraph"; inside: Span[] }
  | { kind: "heading"; depth: number; inside: Span[] }
  | { kind: "list" /** Of the first item, where they are numbered. */; start?: number; items: ListItem[] }
  | { kind: "quotation" | "example"; blocks: Block[] }
  | { kind: "timeline"; stretches: Stretch[] }
  | { kind: "table"; columns: Alignment[]; head: Span[][]; rows: Span[][][] }
  | { kind: "code"; text: string }
  | { kind: "definitions"; terms: Span[][]; meanings: Span[][] }
  | { kind: "note"; number: number; inside: Span[] }
  | { kind: "rule" }
  | PictureBlock;

/** Blocks for some readers of a lesson. It stands in no other block. */
export interface PassageBlock {
  kind: "passage";
  /** For whom it is, as it is written. */
  when: string;
  /** Counted from 1, from the first line of the Markdown. */
  line: number;
  blocks: Block[];
}

/** A picture, on a line of its own. */
interface PictureBlock {
  kind: "picture";
  /** As it is written: a path from the text's folder. */
  href: string;
  alt: string;
  /** Where a press on it leads. */
  link?: string;
  /** Counted from 1, from the first line of the Markdown. */
  line: number;
  /** Set where the files are at hand. */
  placed?: PlacedPicture;
}

export interface ListItem {
  blocks: Block[];
  /** Of a task list. */
  isDone?: boolean;
  /** Its text stands on the line of its mark, without the gap of a paragraph. */
  isTight: boolean;
}

export type Alignment = "left" | "right" | "center";

/** A stretch of a timeline; one without words is a gap of which nothing is said. */
export interface Stretch {
  when: string;
  what: string;
}

export type Span =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "struck"; inside: Span[] }
  | { kind: "link"; href: string; inside: Span[] }
  | { kind: "reference"; number: number }
  | { kind: "break" };

/** Something in a Markdown text that a mail cannot carry. */
export class MarkdownProblem extends Error {
  /** Counted from 1, from the first line of the Markdown. */
  readonly line: number;

  constructor(line: number, todo: string) {
    super(todo);
    this.line = line;
  }
}

/** The words of spans, without their marks. */
export const plainWords = (spans: readonly Span[]): string =>
  spans
    .map((span) => {
      if ("inside" in span) return plainWords(span.inside);
      if ("text" in span) return span.text;
      return span.kind === "break" ? " " : "";
    })
    .join("");

/** The tree of a text, and all that a mail cannot carry of it. */
export function readTree(source: string): {
  blocks: (Block | PassageBlock)[];
  problems: MarkdownProblem[];
} {
  const reader = new TreeReader(source);
  return { blocks: reader.blocks, problems: reader.problems };
}

interface Note extends Tokens.Generic {
  type: "note";
  id: string;
  text: string;
  tokens: Token[];
  goesOn: boolean;
}
interface Definitions extends Tokens.Generic {
  type: "definitions";
  terms: Token[][];
  meanings: Token[][];
}

/** `[^1]: what is to be added`, on lines of its own. */
const NOTE: TokenizerAndRendererExtension = {
  name: "note",
  level: "block",
  start: (source) => /^ {0,3}\[\^[^\]\s]+\]:/m.exec(source)?.index,
  tokenizer(source): Note | undefined {
    const [raw, id = "", text = ""] =
      /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*([^\n]*(?:\n(?! {0,3}\[\^|[ \t]*(?:\n|$))[^\n]+)*)(?:\n|$)/.exec(
        source,
      ) ?? [];
    if (raw === undefined) return undefined;
    const goesOn = /^[ \t]*\n(?: {4}|\t)/.test(source.slice(raw.length));
    return { type: "note", raw, id, text, tokens: this.lexer.inline(text, []), goesOn };
  },
};

/** `[^1]`, where the note belongs. */
const REFERENCE: TokenizerAndRendererExtension = {
  name: "reference",
  level: "inline",
  start: (source) => /\[\^/.exec(source)?.index,
  tokenizer(source) {
    const [raw, id] = /^\[\^([^\]\s]+)\]/.exec(source) ?? [];
    return raw === undefined ? undefined : { type: "reference", raw, id };
  },
};

/** A term, and below it its meaning behind a colon: `: what it means`. */
const DEFINITIONS: TokenizerAndRendererExtension = {
  name: "definitions",
  level: "block",
  tokenizer(source): Definitions | undefined {
    const [raw, terms = "", meanings = ""] =
      /^((?:(?![ \t]|[#>|`~:]|[-*+][ \t]|\d+[.)][ \t]|\[[^\]]+\]:)[^\n]+\n)+)((?::[ \t]+[^\n]+(?:\n|$))+)/.exec(
        source,
      ) ?? [];
    if (raw === undefined) return undefined;
    const inline = (line: string): Token[] => this.lexer.inline(line, []);
    return {
      type: "definitions",
      raw,
      terms: terms.trimEnd().split("\n").map(inline),
      meanings: meanings
        .trimEnd()
        .split("\n")
        .map((line) => inline(line.replace(/^:[ \t]+/, ""))),
    };
  },
};

interface PassageToken extends Tokens.Generic {
  type: "passage";
  when: string;
  /** What stands in it. */
  text: string;
  tokens: Token[];
  fault?: string;
}

/** `:::when role = managers`, blocks, and `:::`, each of the marks on a line of its own. */
const PASSAGE: TokenizerAndRendererExtension = {
  name: "passage",
  level: "block",
  start: (source) => /^ {0,3}:::[ \t]*when\b/m.exec(source)?.index,
  tokenizer(source): PassageToken | undefined {
    const [mark, when] = BEGINS_PASSAGE.exec(source) ?? [];
    if (mark === undefined || when === undefined) return undefined;
    const { inside, raw, fault } = findEnd(source, mark);
    return {
      ...{
        type: "passage",
        raw,
        when: when.trim(),
        text: inside,
        tokens: this.lexer.blockTokens(inside, []),
      },
      ...(fault && { fault }),
    };
  },
};

const BEGINS_PASSAGE = /^ {0,3}:::[ \t]*when\b([^\n]*)(?:\n|$)/;
const ENDS_PASSAGE = /^ {0,3}:::[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Up to the line that ends it. Within a fence a mark is code. */
function findEnd(source: string, mark: string): { inside: string; raw: string; fault?: string } {
  const lines = source.slice(mark.length).split("\n");
  let fence = "";
  for (const [at, line] of lines.entries()) {
    const [, opens = ""] = FENCE.exec(line) ?? [];
    if (fence === "") fence = opens;
    else if (opens.startsWith(fence)) fence = "";
    if (fence !== "") continue;
    const inside = lines.slice(0, at).join("\n");
    const raw = `${mark}${lines.slice(0, at + 1).join("\n")}${at + 1 < lines.length ? "\n" : ""}`;
    if (ENDS_PASSAGE.test(line)) return { inside, raw };
    if (BEGINS_PASSAGE.test(line)) return { inside, raw, fault: NESTED };
  }
  return {
    inside: "",
    raw: source,
    fault: "begins a passage and does not end it; write ::: on a line of its own",
  };
}
const NESTED = "begins a passage within another; end that one before it, or join their conditions by `and`";

const marked: Marked = new Marked({ gfm: true, extensions: [NOTE, REFERENCE, DEFINITIONS, PASSAGE] });

/** `> [!example]` and `> [!timeline]`; others are an author's mistake. */
const MARKER = /^\[!([\w-]+)\][ \t]*\n?/;
/** `[the post][one]` where nothing defines `one`. */
const LOOSE_REFERENCE = /(?<![\p{L}\p{N}\])])\[[^\]\n]+\]\[[^\]\n]*\]/u;
/** More would not fit on a telephone, and a link's footnote would break the columns of the text. */
const MOST_COLUMNS = 3;

/** Control characters, and the sign of a lost one. Sources are free of them: they come of entities. */
const NO_CHARACTER = /[^\P{Cc}\t\n]|\ufffd/u;
const NOT_SHOWN = "holds an entity that stands for no character; take it out, or write `&amp;` for its &";

class TreeReader {
  readonly blocks: (Block | PassageBlock)[];
  readonly problems: MarkdownProblem[] = [];
  /** Ids of notes in the order in which they are referred to. */
  readonly #referred: string[] = [];
  readonly #noted: ReadonlySet<string>;
  /** The block of the whole that is being read, and its line. */
  #top = { raw: "", line: 1 };

  constructor(source: string) {
    const tokens = marked.lexer(source);
    const notes = tokens.filter((token): token is Note => token.type === "note");
    this.#noted = new Set(notes.map(({ id }) => id));
    const blocks = this.#walk(source, tokens, 1, (token): (Block | PassageBlock)[] => {
      if (token.type === "note") return [];
      return token.type === "passage" ? this.#passage(token as PassageToken) : this.#block(token);
    });
    this.blocks = [...blocks, ...this.#notes(source, notes)];
  }

  /** The blocks of a source, each with the line on which it stands. */
  #walk<Found>(
    source: string,
    tokens: readonly Token[],
    firstLine: number,
    read: (token: Token) => readonly Found[],
  ): Found[] {
    const blocks: Found[] = [];
    let offset = 0;
    for (const token of tokens) {
      offset = Math.max(offset, source.indexOf(token.raw, offset));
      this.#top = { raw: token.raw, line: source.slice(0, offset).split("\n").length + firstLine - 1 };
      blocks.push(...read(token));
      offset += token.raw.length;
    }
    return blocks;
  }

  /** A reference to a note would count the notes of others too. */
  #passage(token: PassageToken): PassageBlock[] {
    const { line } = this.#top;
    if (token.fault) this.#wrong(token, token.fault);
    const referred = this.#referred.length;
    const blocks = this.#walk(token.text, token.tokens, line + 1, (inner) => this.#block(inner));
    if (this.#referred.length > referred || hasReference(token.tokens))
      this.problems.push(new MarkdownProblem(line, NOTE_FOR_SOME));
    if (blocks.length === 0 && !token.fault)
      this.problems.push(
        new MarkdownProblem(line, "begins a passage without words; write them, or take it out"),
      );
    return [{ kind: "passage", when: token.when, line, blocks }];
  }

  #wrong(token: { raw: string }, todo: string): void {
    this.problems.push(new MarkdownProblem(this.#line(token), todo));
  }

  #line(token: { raw: string }): number {
    const [first = ""] = token.raw.trim().split("\n");
    const within = Math.max(0, this.#top.raw.indexOf(first));
    return this.#top.line + this.#top.raw.slice(0, within).split("\n").length - 1;
  }

  #allBlocks(tokens: readonly Token[]): Block[] {
    return tokens.flatMap((token) => this.#block(token));
  }

  #block(token: Token): Block[] {
    switch (token.type) {
      case "space":
      case "def":
      case "checkbox":
        return [];
      case "paragraph":
      case "text":
        return this.#paragraph(token);
      case "heading": {
        const inside = this.#spans(token.tokens ?? []);
        return inside.length === 0 ? [] : [{ kind: "heading", depth: token.depth, inside }];
      }
      case "list":
        return [this.#list(token as Tokens.List)];
      case "blockquote":
        return this.#quotation(token as Tokens.Blockquote);
      case "table":
        return [this.#table(token as Tokens.Table)];
      case "code":
        return [{ kind: "code", text: token.text.replace(/\n+$/, "") }];
      case "hr":
        return [{ kind: "rule" }];
      case "definitions": {
        const { terms, meanings } = token as Definitions;
        const spans = (lines: Token[][]) => lines.map((line) => this.#spans(line));
        return [{ kind: "definitions", terms: spans(terms), meanings: spans(meanings) }];
      }
      case "passage":
        this.#wrong(token, "begins a passage inside of another block; a passage stands by itself");
        return [];
      case "note":
        this.#wrong(token, "holds a note inside another block; write it on a line of its own at the end");
        return [];
      default:
        this.#wrong(token, `holds HTML (${token.raw.trim().slice(0, 30)}); write Markdown instead`);
        return [];
    }
  }

  #paragraph(token: Tokens.Paragraph | Tokens.Text | Tokens.Generic): Block[] {
    if (/^:[ \t]/m.test(token.raw))
      this.#wrong(token, "holds a line that begins with a colon; a meaning stands right below its term");
    if (/^ {0,3}:::/m.test(token.raw)) this.#wrong(token, LOOSE_MARK);
    const picture = this.#picture(token);
    if (picture) return [picture];
    const inside = this.#spans(token.tokens ?? [token as Token]);
    return inside.length === 0 ? [] : [{ kind: "paragraph", inside }];
  }

  /** A paragraph of the whole that is one picture, or a link around one. */
  #picture(token: Tokens.Paragraph | Tokens.Text | Tokens.Generic): PictureBlock | undefined {
    const [only, ...others] = token.tokens ?? [];
    if (!only || others.length > 0 || token.raw !== this.#top.raw) return undefined;
    const inner = only.type === "link" && only.tokens?.length === 1 ? only.tokens[0] : only;
    if (inner?.type !== "image") return undefined;
    const alt = decodeHTMLStrict(inner.text).replace(/\s+/g, " ").trim();
    if (alt === "")
      this.#wrong(
        inner,
        `shows ${inner.href} without words; say in [ ] what it shows, for who does not see it`,
      );
    this.refuseUnseen(alt);
    if (isElsewhere(inner.href)) this.#wrong(inner, `shows ${inner.href}, which ${ELSEWHERE}`);
    if (inner.title) this.#wrong(inner, `gives ${inner.href} a title, which no mail shows; say it in [ ]`);
    const link = only.type === "link" ? this.#picturesLink(only as Tokens.Link) : undefined;
    return { kind: "picture", href: inner.href, alt, line: this.#line(inner), ...(link && { link }) };
  }

  #picturesLink(token: Tokens.Link): string {
    const href = encodedAddress(decodeHTMLStrict(token.href));
    if (!isMailable(href))
      this.#wrong(token, `links to ${token.href}; a link in a mail begins with https:// or mailto:`);
    return href ?? "";
  }

  #list({ ordered, start, items }: Tokens.List): Block {
    const read = items.map(
      (item): ListItem => ({
        blocks: this.#allBlocks(item.tokens),
        isTight: !item.loose,
        ...(item.task && { isDone: item.checked === true }),
      }),
    );
    return { kind: "list", ...(ordered && { start: Number(start) }), items: read };
  }

  #quotation(quote: Tokens.Blockquote): Block[] {
    const [, mark] = MARKER.exec(quote.text) ?? [];
    const blocks = this.#allBlocks(mark === undefined ? quote.tokens : withoutMarker(quote.tokens));
    switch (mark?.toLowerCase()) {
      case undefined:
        return blocks.length === 0 ? [] : [{ kind: "quotation", blocks }];
      case "example":
        return blocks.length === 0 ? [] : [{ kind: "example", blocks }];
      case "timeline":
        return [this.#timeline(quote, blocks)];
      default:
        this.#wrong(quote, `is marked [!${mark}]; there are [!example] and [!timeline]`);
        return [];
    }
  }

  /** Its list, an item a stretch, in plain words: `- when: what`; an item that is only an ellipsis is a gap. */
  #timeline(quote: Tokens.Blockquote, blocks: Block[]): Block {
    const [list, ...others] = blocks;
    const items = list?.kind === "list" && others.length === 0 ? list.items : [];
    const stretches = items.map(({ blocks: [words] }): Stretch => {
      const text = words?.kind === "paragraph" ? plainWords(words.inside).trim() : "";
      if (text === "\u2026") return { when: "", what: "" };
      const [when = "", ...what] = text.split(": ");
      return { when, what: what.join(": ") };
    });
    const isRight =
      stretches.length > 0 && stretches.every(({ when, what }) => (when === "") === (what === ""));
    if (!isRight)
      this.#wrong(quote, "is no timeline; write a list with items like `- when: what`, and `- …` for a gap");
    return { kind: "timeline", stretches };
  }

  #table(table: Tokens.Table): Block {
    const { header, rows, align } = table;
    const cells = (row: Tokens.TableCell[]): Span[][] => row.map(({ tokens }) => this.#spans(tokens));
    const read = { head: cells(header), rows: rows.map(cells) };
    if (header.length > MOST_COLUMNS)
      this.#wrong(
        table,
        `holds a table of ${header.length} columns; ${MOST_COLUMNS} fit on a telephone, write a list`,
      );
    for (const row of table.raw.split("\n").slice(2))
      if (countCells(row) > header.length)
        this.#wrong(
          { raw: row },
          `holds a row of ${countCells(row)} cells in a table of ${header.length} columns; write \\| for a | that is none`,
        );
    if ([read.head, ...read.rows].flat(2).some(holdsLink))
      this.#wrong(table, "holds a link in a table; put it in a sentence below");
    return { kind: "table", columns: align.map((one) => one ?? "left"), ...read };
  }

  /** In the order in which they are referred to. */
  #notes(source: string, notes: readonly Note[]): Block[] {
    const read = new Map<string, Block>();
    for (const note of notes) {
      this.#top = { raw: note.raw, line: source.slice(0, source.indexOf(note.raw)).split("\n").length };
      if (note.goesOn) this.#wrong(note, "holds a note of several paragraphs; make it one");
      if (read.has(note.id)) this.#wrong(note, `holds a second note [^${note.id}]; give it another name`);
      if (note.text.trim() === "") this.#wrong(note, `holds a note [^${note.id}] without words; write it`);
      const number = this.#referred.indexOf(note.id) + 1;
      if (number === 0)
        this.#wrong(note, `holds a note that nothing refers to; write [^${note.id}] where it belongs`);
      read.set(note.id, { kind: "note", number, inside: this.#spans(note.tokens) });
    }
    return this.#referred.flatMap((id) => read.get(id) ?? []);
  }

  #spans(tokens: readonly Token[]): Span[] {
    const spans = joinTexts(this.#inline(tokens, { before: "" }));
    this.refuseUnseen(plainWords(spans));
    for (const [place, span] of spans.entries()) {
      const words = span.kind === "text" ? span.text : "";
      const loose = LOOSE_REFERENCE.exec(words)?.[0];
      if (loose)
        this.#wrong(
          { raw: loose },
          `holds ${loose}, and no line defines where it leads; add one, or write the address in ( )`,
        );
      if (spans[place + 1]?.kind !== "link") continue;
      if (words.endsWith("]("))
        this.#wrong({ raw: "](" }, "holds a link that is none; its address has a space or a mark too many");
      if (/\]: ?$/.test(words))
        this.#wrong(
          { raw: "]: " },
          "defines a link within a paragraph; set the definition apart by an empty line",
        );
    }
    return isBlank(spans) ? [] : spans;
  }

  /** Of words without their marks: all of them can be seen. */
  refuseUnseen(words: string): void {
    const strange = NO_CHARACTER.exec(words);
    if (strange) this.#wrong({ raw: this.#readEntity(strange[0]) }, NOT_SHOWN);
    const { character } = findUnseen(words) ?? {};
    if (character === undefined) return;
    const entity = this.#readEntity(character);
    const written = entity ? `${entity}, which is ${codePoint(character)}` : codePoint(character);
    this.#wrong({ raw: entity || character }, `holds ${written}: nobody can see it; take it out`);
  }

  /** How the block that is being read writes a character. */
  #readEntity(character: string): string {
    const entities = this.#top.raw.match(/&#?\w+;/g) ?? [];
    return entities.find((entity) => decodeHTMLStrict(entity) === character) ?? "";
  }

  /** @param said the words so far: whether a quotation mark opens is told by what stands before it */
  #inline(tokens: readonly Token[], said: { before: string }): Span[] {
    return tokens.flatMap((token): Span[] => {
      const inside = () => this.#inline(("tokens" in token && token.tokens) || [], said);
      switch (token.type) {
        case "text":
          return token.tokens ? inside() : [prose(token.text, said)];
        case "escape":
          return [asItIs("text", decodeHTMLStrict(token.text), said)];
        case "codespan":
          return [asItIs("code", token.text, said)];
        case "strong":
          return [{ kind: "strong", inside: inside() }];
        case "em":
          return [{ kind: "emphasis", inside: inside() }];
        case "del":
          return [{ kind: "struck", inside: inside() }];
        case "br":
          said.before += " ";
          return [{ kind: "break" }];
        case "link":
          return this.#link(token as Tokens.Link, said);
        case "reference":
          return this.#reference(token as Tokens.Generic);
        case "checkbox":
          return [];
        case "image":
          this.#wrong(
            token,
            "holds a picture within other words; put it on a line of its own, between empty lines",
          );
          return [];
        default:
          this.#wrong(token, `holds HTML (${token.raw.trim().slice(0, 30)}); write Markdown instead`);
          return [];
      }
    });
  }

  #link(token: Tokens.Link & { autolink?: boolean }, said: { before: string }): Span[] {
    const href = encodedAddress(decodeHTMLStrict(token.href));
    const isAddress = token.autolink || /^https?:\/\/\S+$/.test(token.text);
    const inside = isAddress
      ? [asItIs("text", decodeHTMLStrict(token.text), said)]
      : this.#inline(token.tokens ?? [], said);
    if (!isMailable(href))
      this.#wrong(token, `links to ${token.href}; a link in a mail begins with https:// or mailto:`);
    else if (isBlank(inside))
      this.#wrong(token, `has a link to ${token.href} without words; write them in [ ]`);
    return [{ kind: "link", href: href ?? "", inside }];
  }

  #reference(token: Tokens.Generic): Span[] {
    const id = String(token.id);
    if (!this.#noted.has(id)) {
      this.#wrong(token, `refers to a note that is not there; write it on a line of its own: [^${id}]: …`);
      return [];
    }
    if (!this.#referred.includes(id)) this.#referred.push(id);
    return [{ kind: "reference", number: this.#referred.indexOf(id) + 1 }];
  }
}

const LOOSE_MARK =
  "holds a ::: that neither begins nor ends a passage; write `:::when role = managers`, the passage, and `:::`, each mark on a line of its own";
const NOTE_FOR_SOME = "refers to a note, which all readers get; say it in a sentence of the passage";

const hasReference = (tokens: readonly Token[]): boolean =>
  tokens.some(
    (token) =>
      token.type === "reference" || ("tokens" in token && token.tokens && hasReference(token.tokens)),
  );

/** As GFM counts them: bars within code divide too, unless a backslash stands before them. */
const countCells = (row: string): number =>
  row
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "")
    .split(/(?<!\\)\|/).length;

const isMailable = (href: string | undefined): boolean =>
  href !== undefined && /^(https:\/\/|mailto:)\S+$/i.test(href) && findUrl(href) !== undefined;

/** As a browser would write it; undefined for what is no text. */
function encodedAddress(href: string): string | undefined {
  try {
    return encodeURI(href).replaceAll("%25", "%");
  } catch {
    return undefined;
  }
}

/** Entities are taken for what they stand for; those that stand for a straight mark keep it straight. */
function prose(text: string, said: { before: string }): Span {
  const set = decodeHTMLStrict(typographicProse(text, said.before)).replace(/[ \t]*\n[ \t]*/g, " ");
  said.before += set;
  return { kind: "text", text: set };
}

function asItIs(kind: "text" | "code", text: string, said: { before: string }): Span {
  said.before += text;
  return { kind, text: text.replace(/[ \t]*\n[ \t]*/g, " ") };
}

const isBlank = (spans: readonly Span[]): boolean =>
  plainWords(spans).trim() === "" && !spans.some(({ kind }) => kind === "reference");

const holdsLink = (span: Span): boolean =>
  span.kind === "link" || ("inside" in span && span.inside.some(holdsLink));

function joinTexts(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (span.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + span.text };
    else joined.push(span);
  }
  return joined;
}

/** The tokens of a quotation without the `[!example]` that marks it. */
function withoutMarker([first, ...others]: Token[]): Token[] {
  const [begin, ...rest] = (first as Tokens.Paragraph).tokens ?? [];
  if (begin?.type !== "text") return others;
  const text = begin.text.replace(MARKER, "");
  const left = text === "" ? rest : [{ ...begin, text }, ...rest];
  return left.length === 0 ? others : [{ ...first, tokens: left } as Token, ...others];
}
