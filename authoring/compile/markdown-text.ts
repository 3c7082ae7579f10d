import { COLUMNS, LITERAL, VERBATIM } from "../../functions/mail/mime/plain-text.ts";
import { type Block, type ListItem, plainWords, type Span } from "./markdown-tree.ts";
import { tableText, timelineText } from "./table.ts";

const INDENT = "    ";

/**
 * The plain text of blocks, apart by an empty line, of which there is none inside of a block. A link is
 * `words <address>`: the mail numbers its footnotes when it is composed, and wraps its lines then.
 * @param room columns that a table may take
 */
export const blocksText = (blocks: readonly Block[], room = COLUMNS): string =>
  blocks.map((block) => blockText(block, room)).join("\n\n");

function blockText(block: Block, room: number): string {
  switch (block.kind) {
    case "paragraph":
      return spansText(block.inside);
    case "heading": {
      const words = spansText(block.inside);
      return `${words}\n${"-".repeat(Math.min(room, words.length))}`;
    }
    case "list":
      return block.items.map((item, at) => itemText(item, listMark(block.start, at), room)).join("\n");
    case "quotation":
    case "example":
      return indent(blocksText(block.blocks, room - INDENT.length), INDENT);
    case "timeline":
      return timelineText(block.stretches);
    case "table": {
      const cells = (row: Span[][]) => row.map((cell) => spansText(cell));
      return tableText(
        { columns: block.columns, head: cells(block.head), rows: block.rows.map(cells) },
        room,
      );
    }
    // Code is not wrapped: a reader will copy it.
    case "code":
      return indent(block.text, VERBATIM + INDENT);
    case "definitions":
      return [
        ...block.terms.map((one) => spansText(one)),
        ...block.meanings.map((one) => INDENT + spansText(one)),
      ].join("\n");
    case "note":
      return `${superscript(block.number)} ${spansText(block.inside)}`;
    case "picture": {
      const words = `[${block.alt.replace(OWN_BRACKET, `<${LITERAL}`)}]`;
      return block.link ? `${words} <${block.link}>` : words;
    }
    case "rule":
      return "* * *";
  }
}

const listMark = (start: number | undefined, at: number): string =>
  start === undefined ? "- " : `${start + at}. `;

function itemText({ blocks, isDone, isTight }: ListItem, mark: string, room: number): string {
  const box = isDone === undefined ? "" : isDone ? "[x] " : "[ ] ";
  const inside = blocks.map((block) => blockText(block, room - mark.length)).join(isTight ? "\n" : "\n\n");
  return mark + box + indent(inside, " ".repeat(mark.length)).slice(mark.length);
}

/** Blank lines too: between two blocks of the whole, and only there, stands an empty line. */
const indent = (text: string, by: string): string => text.replace(/^/gm, by);

/** @param inWord they are the letters of one word */
function spansText(spans: readonly Span[], inWord = false): string {
  return spans.reduce((before, span, at) => {
    const after = plainWords(spans.slice(at + 1));
    const isInsideWord = inWord || ENDS_IN_WORD.test(before) || BEGINS_WITH_WORD.test(after);
    const isMark = span.kind === "strong" || span.kind === "emphasis";
    return before + (isMark && isInsideWord ? spansText(span.inside, true) : spanText(span));
  }, "");
}

/** Marks inside of a word would look like its letters. */
const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_WITH_WORD = /^[\p{L}\p{N}]/u;

function spanText(span: Span): string {
  switch (span.kind) {
    case "text":
    case "code":
      return span.text.replace(OWN_BRACKET, `<${LITERAL}`);
    case "strong":
      return `*${spansText(span.inside)}*`;
    case "emphasis":
      return `_${spansText(span.inside)}_`;
    case "struck":
      return `~~${spansText(span.inside)}~~`;
    case "link": {
      const words = spansText(span.inside);
      if (span.href === `mailto:${words}`) return words;
      return words === span.href ? `<${span.href}>` : `${words} <${span.href}>`;
    }
    case "reference":
      return superscript(span.number);
    case "break":
      return "\n";
  }
}

/** What would be taken for the address of a link, and is code or words. */
const OWN_BRACKET = /<(?=https?:|mailto:)/g;

/** Unlike the numbers of links, which stand in brackets. */
const superscript = (number: number): string =>
  [...String(number)]
    .map((digit) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[Number(digit)])
    .join("");
