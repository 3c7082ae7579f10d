import { type Line, nextVisible } from "./lines.ts";
import { isOurs, namesOurAddress, namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";

/** An attribution ("On … wrote:") is broken over this many lines at the most, and never longer than this. */
const ATTRIBUTION_LINES = 3;
const LONGEST_ATTRIBUTION = 400;
/** No client breaks a line that is shorter. */
const LEAST_WRAPPED = 60;

/** "On Tuesday, Managing Up wrote:" in any language: where it ends, if one begins at `index`. */
export function findAttributionEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  let joined = "";
  for (let end = index; end < Math.min(lines.length, index + ATTRIBUTION_LINES); end++) {
    const line = lines[end] as Line;
    if (line.isBlank || line.isQuoted) return undefined;
    joined += `${joined === "" ? "" : " "}${line.plain}`;
    if (joined.length > LONGEST_ATTRIBUTION) return undefined;
    if (isAttribution(joined, lines, end + 1, sent))
      return beginsLater(lines, index, end + 1, sent) ? undefined : end + 1;
  }
  return undefined;
}

/** Where no blank line stands above the attribution, the lines before it are the reader's and not a part of it. */
function beginsLater(lines: Line[], index: number, end: number, sent: Sent): boolean {
  const plain = lines.slice(index, end).map((line) => line.plain);
  for (let at = 1; at < plain.length; at++) {
    const [above, below] = [plain.slice(0, at).join(" "), plain.slice(at).join(" ")];
    const isWhole = isUnbroken(below, sent) && isAttribution(below, lines, end, sent);
    if (isWhole && !continues(above, plain[at - 1] ?? "", below, sent)) return true;
  }
  return false;
}

/** It has a date and names us, and is not the rest of a line that was broken inside an address. */
function isUnbroken(text: string, sent: Sent): boolean {
  const isInsideAddress = text.startsWith("<") || text.split("<").length < text.split(">").length;
  return (
    !isInsideAddress &&
    namesUs(withoutSpaces(text), sent) &&
    hasDate(text.replace(/\S{1,200}@\S{1,200}/g, " "))
  );
}

/** The first part of an attribution whose date stands in the second: it names us, and was broken for its length. */
function continues(above: string, lastLine: string, below: string, sent: Sent): boolean {
  if (/[.!?。！？…]["'”’»)\]]?$/.test(above)) return false;
  const wasBroken = lastLine.length + below.split(" ", 1).join("").length >= LEAST_WRAPPED;
  return wasBroken && namesUs(withoutSpaces(above), sent);
}

function isAttribution(joined: string, lines: Line[], after: number, sent: Sent): boolean {
  if (!/\d/.test(joined)) return false;
  const compact = withoutSpaces(joined);
  const endsLikeOne = /[:：]\*?$/.test(compact);
  const isQuotedBelow = lines[nextVisible(lines, after)]?.isQuoted === true;
  const isOursBelow = () => startsOurMail(lines, nextVisible(lines, after), sent);
  if (namesOurAddress(compact, sent)) return endsLikeOne ? hasDate(joined) || isQuotedBelow : isQuotedBelow;
  if (!endsLikeOne || !hasDate(joined)) return false;
  if (namesUs(compact, sent))
    return isQuotedBelow || isOursBelow() || nextVisible(lines, after) >= lines.length;
  return isQuotedBelow && isOurs([lines[nextVisible(lines, after)] as Line], sent);
}

/** A time of day, a year, or a date in figures. */
const hasDate = (text: string): boolean =>
  /\d{1,2}[:.h]\d{2}|\b20\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d年|\d년/.test(text);

/** One of the first two lines below is ours, and not marked as a quotation. */
function startsOurMail(lines: Line[], from: number, sent: Sent): boolean {
  const first = lines.slice(from, from + 6).filter((line) => !line.isBlank);
  return first.slice(0, 2).some((line) => !line.isQuoted && sent.lines.has(line.words));
}
