import { isYouWrote } from "./attribution.ts";
import { dropCopies } from "./copies.ts";
import { forwardedEnd, isOriginalMessage } from "./forwarded.ts";
import { isField } from "./header-block.ts";
import { dropEarlierReply, dropRulesAbove, findOpening, ticketEntryEnd } from "./introductions.ts";
import { type Line, nextVisible } from "./lines.ts";
import { dropQuotedBlock, LEAST_QUOTED } from "./quoted-block.ts";
import { namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";
import { dropUnmarkedMail, hasLink, LEAST_LINKS } from "./unmarked-mail.ts";
import type { Walk } from "./walk.ts";

/** Walks from the top: our mail begins at an introduction of it, or is marked line by line; then what is repeated of it goes. */
export function dropQuotations(
  body: string,
  lines: Line[],
  known: { all: Sent; inside: Sent },
  writer?: string,
): void {
  const walk: Walk = { body, lines, sent: known.inside, isIntroduced: false, writer };
  let index = 0;
  while (index < lines.length) index = step(walk, index);
  if (known.all.compact !== "") dropCopies(lines, known.all);
}

function step(walk: Walk, index: number): number {
  const { lines, sent } = walk;
  const line = lines[index] as Line;
  if (line.isBlank) return index + 1;
  const entry = ticketEntryEnd(walk, index);
  if (entry !== undefined) {
    for (let at = index; at < entry; at++) (lines[at] as Line).dropped = true;
    return entry;
  }
  if (dropEarlierReply(walk, index)) return lines.length;
  const passedOn = forwardedEnd(walk.body, lines, index);
  if (passedOn !== undefined) {
    for (let at = index; at < passedOn; at++) (lines[at] as Line).dropped = true;
    return passedOn;
  }
  if (isOriginalMessage(lines, index) && !hasFieldsBelow(lines, index)) return dropOriginal(walk, index);
  const opening = findOpening(walk, index);
  if (opening === undefined && line.isQuoted) return dropQuotedBlock(walk, index, false);
  if (opening === undefined) return isYouWrote(line) ? dropYouWrote(walk, index) : index + 1;
  walk.isIntroduced = true;
  dropRulesAbove(lines, index, sent);
  const next = nextVisible(lines, opening);
  if (lines[next]?.isQuoted) return dropQuotedBlock(walk, next, true);
  const quotation = findQuotationBelow(walk, next);
  if (quotation !== undefined) return dropQuotedBlock(walk, quotation, true);
  dropUnmarkedMail(walk, opening);
  return lines.length;
}

/** Fields that follow say whose mail it is. */
const hasFieldsBelow = (lines: Line[], index: number): boolean => {
  const next = lines[nextVisible(lines, index + 1)];
  return next !== undefined && (isField(next) || next.isQuoted);
};

/** Nothing but the mark says that a mail follows: what is not known as ours in it is the reader's, if some of it is ours. */
function dropOriginal(walk: Walk, index: number): number {
  (walk.lines[index] as Line).dropped = true;
  walk.isIntroduced = true;
  dropUnmarkedMail(walk, index + 1);
  return walk.lines.length;
}

const MOST_BETWEEN = 20;

/** Our text is not known: an answer stands between the introduction and the lines that are marked as our mail's. */
function findQuotationBelow({ lines, sent }: Walk, from: number): number | undefined {
  if (sent.compact !== "") return undefined;
  const at = lines.findIndex((line, place) => place >= from && line.isQuoted);
  if (at < 0 || at - from > MOST_BETWEEN) return undefined;
  const between = lines.slice(from, at);
  const isOurs =
    between.some(({ plain }) => namesUs(withoutSpaces(plain), sent)) ||
    between.filter(({ plain }) => hasLink(plain)).length >= LEAST_LINKS;
  const marked = lines.slice(at).filter((line) => line.isQuoted);
  const isMail = marked.length >= LEAST_QUOTED && marked.some(({ plain }) => hasLink(plain));
  return !isOurs && isMail ? at : undefined;
}

/** "Tuesday, 7:30, you wrote:" has no name: the lines below must be marked, by initials or as a quotation. */
function dropYouWrote(walk: Walk, index: number): number {
  const { lines, sent } = walk;
  const below = nextVisible(lines, index + 1);
  const first = lines[below];
  if (!first || !(first.isQuoted || INITIALS.test(first.plain))) return index + 1;
  (lines[index] as Line).dropped = true;
  if (first.isQuoted) return dropQuotedBlock(walk, below, sent.compact === "");
  const initials = INITIALS.exec(first.plain)?.[0] ?? "";
  for (const line of lines.slice(below)) if (line.plain.startsWith(initials)) line.dropped = true;
  return lines.length;
}

const INITIALS = /^[A-Z\p{Lu}]{1,4}\d?>/u;
