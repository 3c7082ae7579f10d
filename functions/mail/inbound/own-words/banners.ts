import { isBanner, TAG } from "./disclaimers.ts";
import { type Line, makeLine } from "./lines.ts";

/** What a mail server put above the words: warnings of strangers, as a paragraph or before the first word. */
export function dropBanners(body: string, lines: Line[]): void {
  let index = lines.findIndex((line) => !line.isBlank && !line.dropped);
  while (index >= 0) {
    const end = paragraphEnd(lines, index);
    const lead = bannerLines(lines, index, end);
    if (lead === 0) break;
    for (let at = index; at < index + lead; at++) (lines[at] as Line).dropped = true;
    const next = lines.findIndex((line, at) => at >= index + lead && !line.isBlank && !line.dropped);
    if (next >= 0 && /^[-_=*─━]{4,}$/.test((lines[next] as Line).plain)) (lines[next] as Line).dropped = true;
    index = lines.findIndex((line, at) => at >= index + lead && !line.isBlank && !line.dropped);
  }
  if (index >= 0) dropTag(body, lines, index);
}

function paragraphEnd(lines: Line[], from: number): number {
  let end = from;
  while (end < lines.length && !(lines[end] as Line).isBlank && !(lines[end] as Line).dropped) end++;
  return end;
}

/** How many lines of a paragraph are the server's: its first sentence may be alone on the line above the words. */
function bannerLines(lines: Line[], from: number, end: number): number {
  const most = Math.min(end, from + 6);
  for (let to = most; to > from; to--) {
    const text = lines
      .slice(from, to)
      .map((line) => line.plain)
      .join(" ");
    if (isBanner(text) && isBannerLine(lines[to - 1] as Line, to - 1 === from)) return to - from;
  }
  return 0;
}

const isBannerLine = ({ plain }: Line, isFirst: boolean): boolean =>
  isFirst ||
  isBanner(plain) ||
  /click|link|attach|sender|anhänge|öffnen|klicken|cliqu|ouvr|abr|clic|apri|open|klik|otwier/i.test(plain) ||
  /^[-_=*─━]{4,}$/.test(plain);

function dropTag(body: string, lines: Line[], index: number): void {
  const { start, end } = lines[index] as Line;
  const tag = TAG.exec(body.slice(start, Math.min(end, start + 80)))?.[0];
  if (tag !== undefined && start + tag.length < end) lines[index] = makeLine(body, start + tag.length, end);
}
