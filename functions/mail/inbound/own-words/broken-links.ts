import type { Line } from "./lines.ts";

/** A bracketed link that the line's end breaks off. */
const OPEN_LINK = /[(<](?:https?:\/\/|www\.)[^\s()<>]{0,1000}$/i;
/** The rest of one, and nothing else but its bracket and marks. */
const LINKS_REST = /^[^\s()<>]{1,1000}[)>][\s>]{0,20}$/;
/** A bracketed link on a line of its own, with the mark of a quotation behind it: a client has moved the mark. */
const LINK_BEFORE_MARK = /^[(<](?:https?:\/\/|www\.)[^\s()<>]{1,1000}[)>]\s?>$/i;

/**
 * Clients break a long link of a quotation into a line without a mark: it is marked as the lines around it are. What a
 * reader types between them is no bracketed link's rest, and has no mark behind it.
 */
export function markBrokenLinks(lines: Line[]): void {
  for (const [index, line] of lines.entries()) {
    const above = lines[index - 1];
    if (!above?.isQuoted || line.isQuoted || line.isBlank) continue;
    const isRest = OPEN_LINK.test(above.plain) && LINKS_REST.test(line.plain);
    const isMoved = LINK_BEFORE_MARK.test(line.plain) && lines[index + 1]?.isQuoted === true;
    line.isQuoted = isRest || isMoved;
  }
}
