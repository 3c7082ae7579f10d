import { htmlText } from "./html-text.ts";
import { dropFooters, dropSignatures } from "./own-words/endings.ts";
import { isBlank, limitLines, splitLines, trimBlankLines } from "./own-words/lines.ts";
import { dropQuotations } from "./own-words/quotations.ts";
import { knownText, type Reply } from "./own-words/sent-mail.ts";

export interface OwnWords {
  /** The lines that were kept, in their order, without blank ones at the ends. */
  text: string;
  /** What the lines stand in: the reply's text part or its HTML as text, LF, cut at 20,000 characters and 500 lines. */
  body: string;
  /** Where the kept lines stand in `body`, in UTF-16 units, end exclusive. */
  lines: { start: number; end: number }[];
  from: "text" | "html";
  /** The body was longer than what is read. */
  wasCut: boolean;
}

/**
 * A reader's own words: a reply without quotations, attribution, signature and mobile footer. What is ours is
 * recognised in any language by our address, our name and the text that we sent; clients' marks come second.
 * Where it cannot be sure it keeps a line rather than lose it. Deterministic, linear, never throws.
 */
export function ownWords(reply: Reply): OwnWords {
  const from = isBlank(reply.text) && !isBlank(reply.html) ? "html" : "text";
  const whole = from === "html" ? htmlText(reply.html ?? "") : (reply.text ?? "");
  const { body, wasCut } = limitLines(whole);
  const lines = splitLines(body);
  const sent = knownText(reply.sent);
  dropQuotations(lines, sent);
  dropSignatures(lines);
  dropFooters(lines);
  const kept = trimBlankLines(lines.filter((line) => !line.dropped));
  return {
    text: kept.map((line) => body.slice(line.start, line.end)).join("\n"),
    body,
    lines: kept.map(({ start, end }) => ({ start, end })),
    from,
    wasCut,
  };
}
