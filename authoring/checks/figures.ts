import type { Finding } from "./finding.ts";
import { type Authored, findPassages, lineNumber, type Passage } from "./passages.ts";

interface Figure {
  kind: "percentage" | "year" | "rank" | "amount";
  /** In one spelling, for example `30%`, `1980s`, `#1`, `10+`, `$2400`. */
  value: string;
  start: number;
}

/** What looks like a figure and is none: times of day, and what the course counts of itself. */
const NO_FIGURE =
  /\b\d{1,2}[:.]\d\d\b(?!\d)|\b\d{1,2}\s?[ap]\.?m\b|\blessons?\s+\d+(?:\s+(?:of|and|to)\s+\d+)*/giu;

const NUMBER_WORD =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)";

/** Tried in this order; what one has taken, the next does not see. */
const PATTERNS: [Figure["kind"], RegExp][] = [
  [
    "percentage",
    new RegExp(
      `(?:\\d[\\d.,]*|\\b${NUMBER_WORD}(?:-${NUMBER_WORD})?)\\s?(?:%|percent(?:age points?)?\\b|per cent\\b)`,
      "giu",
    ),
  ],
  ["rank", /#\s?\d+|\b(?:no\.|number|top|rank(?:ed)?)\s\d+\b|\bnumber one\b/giu],
  ["year", /(?<![\d$€£.,])(?:1[5-9]|20)\d\d(?:s\b|(?![\d%]|[.,]\d))|['’]\d0s\b|\b\d0s\b/gu],
  ["amount", /[$€£]?\d(?:[\d.,]*\d)?\+?(?:\s?(?:k|m|bn|thousand|million|billion)\b)?/giu],
];

/** The figures in a text that are written in digits, and the ranks and percentages that are written in words. */
export function findFigures(text: string): Figure[] {
  let rest = text.replace(NO_FIGURE, blank);
  const figures = PATTERNS.flatMap(([kind, pattern]) => {
    const found = [...rest.matchAll(pattern)].map(({ 0: written, index }) => ({
      kind,
      value: spellAlike(kind, written),
      start: index,
    }));
    rest = rest.replace(pattern, blank);
    return found;
  });
  return figures.sort((one, other) => one.start - other.start);
}

const blank = (text: string): string => " ".repeat(text.length);

function spellAlike(kind: Figure["kind"], written: string): string {
  const bare = written.toLowerCase().replace(/[,\s]/g, "");
  if (kind === "percentage") return bare.replace(/(?:%|percent.*|percent)$/, "%");
  if (kind === "rank") return bare.replace(/^(?:no\.|number|top|ranked|rank|#)/, "#").replace("#one", "#1");
  return kind === "year" ? bare.replace(/^['’]/, "") : bare;
}

/**
 * Percentages, years and ranks are the source's or they are invented. Amounts are, too, but for those in an example
 * that is marked as one.
 * @param known the figures of the source
 */
export function checkFigures(authored: Authored, known: ReadonlySet<string>): Finding[] {
  return findPassages(authored).flatMap((passage) =>
    findFigures(passage.text)
      .filter(({ kind, value }) => !known.has(value) && !(kind === "amount" && passage.isExample))
      .map((figure) => figureFinding(passage, figure, authored.kind)),
  );
}

function figureFinding(passage: Passage, { kind, value, start }: Figure, of: Authored["kind"]): Finding {
  const elsewhere = of === "lesson" ? ", or move it into the block that is marked > [!example]" : "";
  return {
    file: passage.file,
    line: lineNumber(passage, start),
    rule: `unknown-${kind}`,
    says: `The ${kind} ${value} is not in the source`,
    doThis: `Take it out, or write what the source says${kind === "amount" ? elsewhere : ""}`,
    severity: "error",
  };
}
