import { htmlText } from "./html-text.ts";
import { dropArmour } from "./own-words/armour.ts";
import { dropBanners } from "./own-words/banners.ts";
import { markBrokenLinks } from "./own-words/broken-links.ts";
import { dropEndings } from "./own-words/endings.ts";
import { isBlank, joinWords, type Line, limitLines, splitLines, trimBlankLines } from "./own-words/lines.ts";
import { isPlaceholder } from "./own-words/placeholders.ts";
import { dropQuotations } from "./own-words/quotations.ts";
import { knownInside, knownText, type Reply } from "./own-words/sent-mail.ts";

/** Of the reader's words; what is longer is a document, and stays in the raw mail. */
const MOST_KEPT = 20_000;

export interface OwnWords {
  /** The lines that were kept, in their order, without blank ones at the ends. */
  text: string;
  /** What the lines stand in: the reply's text part or its HTML as text, LF; of a long one its beginning and end. */
  body: string;
  /** Where the kept lines, or what was kept of them, stand in `body`, in UTF-16 units, end exclusive. */
  lines: { start: number; end: number }[];
  from: "text" | "html";
  /** The body or the words were longer than what is read. */
  wasCut: boolean;
}

/**
 * A reader's own words: a reply without quotations, attribution, signature and mobile footer. What is ours is
 * recognised in any language by our address, our name and the text that we sent; clients' marks come second.
 * Where it cannot be sure it keeps a line rather than lose it. Deterministic, linear, never throws.
 */
export function ownWords(reply: Reply): OwnWords {
  const from = isStub(reply.text) && !isBlank(reply.html) ? "html" : "text";
  const whole = from === "html" ? htmlText(reply.html ?? "") : (reply.text ?? "");
  const { body, wasCut } = limitLines(whole);
  const lines = splitLines(body);
  markBrokenLinks(lines);
  const writer = reply.writer === undefined ? undefined : joinWords(reply.writer);
  dropArmour(lines);
  for (const line of lines) line.dropped ||= isPlaceholder(line.plain);
  dropQuotations(body, lines, { all: knownText(reply.sent), inside: knownInside(reply.sent) }, writer);
  dropBanners(body, lines);
  dropEndings(body, lines, writer);
  const told = trimBlankLines(lines.filter((line) => !line.dropped));
  const kept = limitKept(told);
  return {
    text: kept.map((line) => body.slice(line.start, line.end)).join("\n"),
    body,
    lines: kept.map(({ start, end }) => ({ start, end })),
    from,
    wasCut: wasCut || kept.length < told.length || kept.at(-1)?.end !== told.at(-1)?.end,
  };
}

/** A text part without words, or one that only tells its reader to look at the HTML. */
const isStub = (text: string | undefined): boolean =>
  isBlank(text) ||
  (text !== undefined &&
    text.length < 300 &&
    /html/i.test(text) &&
    /\b(?:view|use|see|read|switch|compatible|enable|support|display|ansehen|anzeigen|verwenden|unterstützt|afficher|utilise[rz]?|usa|usar|utilice|visualizz|bekijk|gebruik|visa|vis)\b/i.test(
      text,
    ) &&
    text.trim().split("\n").length <= 4);

/** As much from the beginning as there is room for. */
function limitKept(lines: Line[]): Line[] {
  let length = 0;
  const kept: Line[] = [];
  for (const line of lines) {
    const room = MOST_KEPT - length;
    if (room <= 0) break;
    kept.push(line.end - line.start <= room ? line : { ...line, end: line.start + room });
    length += line.end - line.start + 1;
  }
  return trimBlankLines(kept);
}
