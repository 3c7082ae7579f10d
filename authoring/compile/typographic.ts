/** What is no prose in a line that is no Markdown: code in backticks, addresses, and what stands in pointed brackets. */
const CODE_AND_ADDRESSES = /`[^`]*`|\]\([^)]*\)|<[^>\s]*>|https?:\/\/\S+/g;
const QUOTES = /["']|\.\.\./g;
/** What a quotation may begin after. Emphasis is looked through. */
const OPENS_AFTER = /(?:^|[\s([{\u2014\u2013\u201c\u2018])[*_]*$/;
/** What is left of a year: the ’90s. */
const DECADE = /^\d0s\b/;
/** As many characters before a mark as decide whether it opens. */
const LOOKED_BACK = 4;

/** Straight quotation marks and apostrophes of a line that is no Markdown as a printer would set them. */
export function typographic(line: string): string {
  let before = "";
  let set = "";
  let from = 0;
  for (const { index, 0: kept } of line.matchAll(CODE_AND_ADDRESSES)) {
    const prose = line.slice(from, index);
    set += typographicProse(prose, before) + kept;
    before = line.slice(0, index + kept.length);
    from = index + kept.length;
  }
  return set + typographicProse(line.slice(from), before);
}

/** The same of prose. @param before what stands in front of it, as far as it decides whether a mark opens */
export function typographicProse(prose: string, before = ""): string {
  const whole = before.slice(-LOOKED_BACK) + prose;
  const start = whole.length - prose.length;
  return prose.replace(QUOTES, (mark, at: number) => {
    if (mark === "...") return "\u2026";
    if (mark === "'" && DECADE.test(prose.slice(at + 1))) return "\u2019";
    const opens = OPENS_AFTER.test(whole.slice(Math.max(0, start + at - LOOKED_BACK), start + at));
    if (mark === '"') return opens ? "\u201c" : "\u201d";
    return opens ? "\u2018" : "\u2019";
  });
}
