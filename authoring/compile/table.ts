import type { Alignment, Stretch } from "./markdown-tree.ts";

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A table's cells, rendered already. All rows have as many as the head. */
interface Cells {
  columns: Alignment[];
  head: string[];
  rows: string[][];
}

const CELL = "vertical-align:top;overflow-wrap:anywhere;word-break:break-word;";

const cellStyle = (alignment: Alignment | undefined, isRightToLeft: boolean): string => {
  const padding = isRightToLeft ? "8px 0 8px 10px" : "8px 10px 8px 0";
  const side = isRightToLeft && alignment === "left" ? "right" : alignment;
  return `padding:${padding};text-align:${side};${CELL}${LINE}`;
};
const LINE = "border-bottom:1px solid {{look.edge}};";

/** How columns share the width, in percent: labels first, the most words last. */
const SHARES: Record<number, number[]> = { 1: [100], 2: [35, 65], 3: [27, 25, 48] };

/**
 * A table of up to three columns that a mail can carry. Where a narrow screen knows style sheets, `data` stacks its cells, each under the
 * name of its column; where it does not, words break rather than be scrolled to.
 */
export function tableHtml({ columns, head, rows }: Cells, isRightToLeft = false): string {
  const shares = SHARES[head.length] ?? [];
  const style = (at: number): string => cellStyle(columns[at], isRightToLeft);
  const names = head.map(
    (name, at) =>
      `<th scope="col" width="${shares[at]}%" style="${style(at)}font-style:italic;">${name}</th>`,
  );
  const body = rows.map(
    (row) => `<tr>${row.map((cell, at) => cellHtml(cell, at, head, style(at))).join("")}</tr>`,
  );
  const turned = isRightToLeft ? ' dir="rtl"' : "";
  return `<table class="data"${turned} width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px 0;border-collapse:collapse;font-size:16px;line-height:1.45;"><thead><tr>${names.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function cellHtml(cell: string, at: number, head: string[], style: string): string {
  const name = `<span class="column" style="display:none;mso-hide:all;font-style:italic;">${head[at]}</span>`;
  return `<td style="${style}">${at === 0 ? `<strong>${cell}</strong>` : `${name}${cell}`}</td>`;
}

const BETWEEN = "  ";

/** The same within a number of columns of text: cells are wrapped, and columns share the width by what they hold. */
export function tableText({ columns, head, rows }: Cells, room: number): string {
  const widths = columnWidths([head, ...rows], room);
  const rule = widths.map((width) => "-".repeat(width)).join(BETWEEN);
  const lines = rows.map((row) => rowText(row, widths, columns));
  const gap = lines.some((line) => line.includes("\n")) ? `\n${SPACER}\n` : "\n";
  return [rowText(head, widths, columns), rule, lines.join(gap)].join("\n");
}

/** An empty line within a block: a bare one would end it. */
const SPACER = " ";

/** As wide as the longest cell where all fits; else the widest column yields, but never under its longest word. */
function columnWidths(rows: string[][], all: number): number[] {
  const columns = (rows[0] ?? []).map((_, at) => rows.map((row) => row[at] ?? ""));
  const wanted = columns.map((cells) => Math.max(...cells.map(visibleLength)));
  const least = columns.map((cells) =>
    Math.max(...cells.flatMap((cell) => cell.split(" ")).map(visibleLength)),
  );
  const room = all - BETWEEN.length * (columns.length - 1);
  const widths = [...wanted];
  for (let over = sum(widths) - room; over > 0; over--) {
    const yielding = widths.map((width, at) => (width > (least[at] ?? 0) ? width : 0));
    const widest = yielding.indexOf(Math.max(...yielding));
    if (yielding[widest] === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function rowText(cells: string[], widths: number[], columns: Alignment[]): string {
  const wrapped = cells.map((cell, at) => wrapCell(cell, widths[at] ?? 0));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => pad(lines[line] ?? "", widths[at] ?? 0, columns[at]))
      .join(BETWEEN)
      .trimEnd(),
  ).join("\n");
}

function wrapCell(cell: string, width: number): string[] {
  const lines = [""];
  for (const word of cell.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (visibleLength(line) + 1 + visibleLength(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Terminals draw these over two columns, and what belongs to the letter before it over none. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]|\p{Emoji_Presentation}/u;
const WIDTHLESS = /\p{M}|\p{Cf}/u;
const visibleLength = (text: string): number =>
  [...text].reduce((sum, one) => sum + (WIDE.test(one) ? 2 : WIDTHLESS.test(one) ? 0 : 1), 0);
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
function pad(text: string, width: number, alignment: Alignment | undefined): string {
  const free = Math.max(0, width - visibleLength(text));
  const before = alignment === "right" ? free : alignment === "center" ? Math.floor(free / 2) : 0;
  return " ".repeat(before) + text + " ".repeat(free - before);
}

/**
 * A band of table cells, top to bottom, a cell a stretch. It has no scale: how high a cell is tells nothing, so
 * that a history without numbers is not drawn as if it had some.
 */
export function timelineHtml(stretches: Stretch[]): string {
  const rows = stretches.map((stretch, at) => {
    const label =
      stretch.when === ""
        ? "&#160;"
        : `<em>${escapeHtml(stretch.when)}</em><br><strong>${escapeHtml(stretch.what)}</strong>`;
    return `<tr>${bandCell(stretch, at)}<td style="padding:6px 0 10px 18px;line-height:1.45;overflow-wrap:anywhere;">${label}</td></tr>`;
  });
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px 0;font-size:16px;">${rows.join("")}</table>`;
}

function bandCell({ when }: Stretch, at: number): string {
  const isGap = when === "";
  const colour = isGap ? "" : `background-color:${at % 2 === 0 ? "{{look.accent}}" : "{{look.second}}"};`;
  return `<td class="${isGap ? "gap" : "had"}" width="14" style="width:14px;font-size:0;border-bottom:2px solid {{look.sheet}};${colour}">&#160;</td>`;
}

export function timelineText(stretches: Stretch[]): string {
  const lines = stretches.map(({ when, what }) => (when === "" ? "  :" : `  |  ${when}\n  |  ${what}`));
  return lines.join("\n  |\n").replaceAll("  |\n  :\n  |\n", "  :\n");
}
