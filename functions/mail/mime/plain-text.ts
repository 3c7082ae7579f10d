/** Columns of a plain-text mail (RFC 5322 §2.1.1 asks for 78 at the most; quoting a reply needs room). */
export const COLUMNS = 72;

/** Stands in a line that is code: it is neither wrapped nor searched for links, and the mark is taken out. */
export const VERBATIM = "\u0001";

/** Stands behind a pointed bracket that is an author's own: no link of ours begins there. The mark is taken out. */
export const LITERAL = "\u0002";

/**
 * Sets the plain-text part of a mail: links as numbered footnotes at its end, lines of 72 columns at the most,
 * lists and quotations hanging, at most one blank line in a row. A word that is longer than a line stays whole.
 */
export function setPlainText(text: string): string {
  return `${wrapText(withFootnotes(text))
    .replace(/\n{3,}/g, "\n\n")
    .replaceAll(VERBATIM, "")
    .replaceAll(LITERAL, "")
    .trim()}\n`;
}

const LINK = / ?<((?:https?:\/\/|mailto:)[^>\s]+)>/g;
/** All of a line that is code, so that no link is found in it. */
const CODE_OR_LINK = new RegExp(`^[^\\n]*${VERBATIM}[^\\n]*|${LINK.source}`, "gm");

/** `words <https://…>` becomes `words [1]`; the same address has one number. */
function withFootnotes(text: string): string {
  const addresses: string[] = [];
  const body = text.replace(CODE_OR_LINK, (code, address: string | undefined) => {
    if (address === undefined) return code;
    if (!addresses.includes(address)) addresses.push(address);
    return ` [${addresses.indexOf(address) + 1}]`;
  });
  const notes = addresses.map((address, index) => `[${index + 1}] ${address}`);
  return notes.length > 0 ? `${body.trimEnd()}\n\n${notes.join("\n")}` : body;
}

/** What a line begins with: indentation, quotation marks, and the mark of a list item or footnote. */
const LEAD = /^(\s*(?:> ?)*)((?:[-*] (?:\[[ x]\] )?|\d{1,9}\. |\[\d+\] )?)/;
/** The line that sets a signature apart; its space is part of it (RFC 3676 §4.3). */
const SIGNATURE_MARK = "-- ";

function wrapText(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      if (line === SIGNATURE_MARK) return line;
      return line.includes(VERBATIM) ? line.trimEnd() : wrapLine(line.trimEnd());
    })
    .join("\n");
}

function wrapLine(line: string): string {
  if (line.length <= COLUMNS) return line;
  const [lead = "", indent = "", mark = ""] = LEAD.exec(line) ?? [];
  const hanging = indent + " ".repeat(mark.length);
  const lines: string[] = [];
  let current = lead;
  let isEmpty = true;
  for (const word of line.slice(lead.length).split(/ +/)) {
    if (!isEmpty && width(current) + 1 + width(word) > COLUMNS) {
      lines.push(current);
      current = hanging;
      isEmpty = true;
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current].join("\n");
}

const width = (text: string): number => [...text].length;
