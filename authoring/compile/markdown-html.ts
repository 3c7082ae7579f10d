import { isRightToLeft } from "../../functions/domain/words/direction.ts";
import { type Block, type ListItem, plainWords, type Span } from "./markdown-tree.ts";
import { pictureHtml } from "./pictures.ts";
import { escapeHtml, tableHtml, timelineHtml } from "./table.ts";

const GAP = "margin:0 0 18px 0;";
const NO_GAP = "margin:0;";
/** A word that is wider than a telephone is broken, and the mail stays as narrow as its screen. */
const BREAKS = "overflow-wrap:anywhere;word-break:break-word;";
const FIXED = "font-family:Consolas,Menlo,'DejaVu Sans Mono',monospace;";

/**
 * The HTML of blocks, apart by a blank line, of which there is none inside of a block. Styles are inline, because
 * Outlook and many apps drop style sheets.
 */
export const blocksHtml = (blocks: readonly Block[]): string =>
  blocks.map((block) => blockHtml(block, GAP)).join("\n\n");

/** @param gap its last margin: what closes another block has none */
function blockHtml(block: Block, gap: string): string {
  const rtl = isBlockRightToLeft(block);
  const turned = rtl ? ' dir="rtl"' : "";
  const side = rtl ? "text-align:right;" : "";
  switch (block.kind) {
    case "paragraph":
      return `<p${turned} style="${gap}${side}">${spansHtml(block.inside)}</p>`;
    case "heading": {
      const level = Math.max(2, block.depth);
      return `<h${level}${turned} style="margin:28px 0 10px 0;font-size:20px;line-height:1.3;font-weight:bold;${side}">${spansHtml(block.inside)}</h${level}>`;
    }
    case "list": {
      const tag = block.start === undefined ? "ul" : "ol";
      const start = (block.start ?? 1) === 1 ? "" : ` start="${block.start}"`;
      const padding = rtl ? "padding:0 24px 0 0;" : "padding:0 0 0 24px;";
      return `<${tag}${start}${turned} style="${gap}${padding}${side}">${block.items.map(itemHtml).join("\n")}</${tag}>`;
    }
    // A table, because Word, which renders mail for Outlook, ignores the padding of anything else.
    case "quotation":
    case "example": {
      const inside = block.blocks.map((one, at) =>
        blockHtml(one, at === block.blocks.length - 1 ? NO_GAP : GAP),
      );
      const edge = rtl
        ? "border-right:3px solid {{look.edge}};padding:4px 20px 0 0;"
        : "border-left:3px solid {{look.edge}};padding:4px 0 0 20px;";
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${gap}"><tr><td class="${block.kind}" style="${edge}font-size:inherit;line-height:inherit;">${inside.join("\n")}</td></tr></table>`;
    }
    case "timeline":
      return timelineHtml(block.stretches);
    case "table": {
      const cells = (row: Span[][]) => row.map(spansHtml);
      return tableHtml({ columns: block.columns, head: cells(block.head), rows: block.rows.map(cells) }, rtl);
    }
    case "code":
      return `<pre dir="ltr" style="${gap}padding:0 0 0 20px;white-space:pre-wrap;${BREAKS}${FIXED}font-size:15px;line-height:1.5;">${withoutBlankLines(escapeHtml(block.text))}</pre>`;
    case "definitions": {
      const terms = block.terms.map((term) => `<strong>${spansHtml(term)}</strong>`);
      return `<p${turned} style="${gap}${side}">${[...terms, ...block.meanings.map(spansHtml)].join("<br>")}</p>`;
    }
    case "note":
      return `<p${turned} style="${gap}font-size:16px;line-height:1.5;${side}">${referenceHtml(block.number)} ${spansHtml(block.inside)}</p>`;
    case "picture": {
      if (!block.placed) throw new Error(`The picture ${block.href} was not placed`);
      const picture = pictureHtml(block.placed, block.alt);
      const shown = block.link
        ? `<a href="${escapeHtml(block.link)}" style="color:inherit;">${picture}</a>`
        : picture;
      return `<p class="picture"${turned} style="${gap}${side}">${shown}</p>`;
    }
    case "rule":
      return '<p style="margin:8px 0 26px 0;text-align:center;">* * *</p>';
  }
}

function itemHtml({ blocks, isDone, isTight }: ListItem): string {
  const inside = blocks.map((block, at) => {
    const isOnItsLine = isTight && block.kind === "paragraph";
    return isOnItsLine ? spansHtml(block.inside) : blockHtml(block, at === blocks.length - 1 ? NO_GAP : GAP);
  });
  const box = isDone === undefined ? "" : isDone ? "\u2611 " : "\u2610 ";
  const unmarked = isDone === undefined ? "" : "list-style-type:none;";
  const name = isDone === undefined ? "" : ' class="task"';
  return `<li${name} style="margin:0 0 8px 0;${unmarked}">${box}${inside.join("\n")}</li>`;
}

const spansHtml = (spans: readonly Span[]): string => spans.map(spanHtml).join("");

function spanHtml(span: Span): string {
  switch (span.kind) {
    case "text":
      return escapeHtml(span.text);
    case "code":
      return `<code style="${BREAKS}${FIXED}font-size:15px;">${escapeHtml(span.text)}</code>`;
    case "strong":
      return `<strong>${spansHtml(span.inside)}</strong>`;
    case "emphasis":
      return `<em>${spansHtml(span.inside)}</em>`;
    case "struck":
      return `<del>${spansHtml(span.inside)}</del>`;
    case "link":
      return `<a href="${escapeHtml(span.href)}" style="color:inherit;text-decoration:underline;">${spansHtml(span.inside)}</a>`;
    case "reference":
      return referenceHtml(span.number);
    case "break":
      return "<br>";
  }
}

const referenceHtml = (number: number): string =>
  `<sup style="font-size:12px;line-height:0;">${number}</sup>`;

/** A blank line sets blocks apart, so that one in code is written as the entity of its line end. */
const withoutBlankLines = (text: string): string =>
  text.replace(/(?<=^|\n)\n/g, "&#10;").replace(/^&#10;/, "\n&#10;");

/** Code has its own direction. */
const isBlockRightToLeft = (block: Block): boolean => isRightToLeft(firstWords(block));

function firstWords(block: Block): string {
  switch (block.kind) {
    case "list":
      return block.items.flatMap(({ blocks }) => blocks.map(firstWords)).join(" ");
    case "quotation":
    case "example":
      return block.blocks.map(firstWords).join(" ");
    case "timeline":
      return block.stretches.map(({ when, what }) => `${when} ${what}`).join(" ");
    case "table":
      return block.head.map(plainWords).join(" ");
    case "definitions":
      return block.terms.map(plainWords).join(" ");
    case "picture":
      return block.alt;
    case "code":
    case "rule":
      return "";
    default:
      return plainWords(block.inside);
  }
}
