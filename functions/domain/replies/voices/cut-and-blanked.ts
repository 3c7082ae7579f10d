/*
 * What is shown of a reader's words is never rewritten: something may be left out, where "…" stands, and a word may be
 * blanked out, by "▢" or by what it was, as "[name]". This decides whether a text came about in no other way.
 *
 * The text is cut at its marks into pieces. Each piece must stand in the original as it is, behind the one before it, from
 * the beginning of a word to the end of one. Between two of them lies what the mark stands for: anything for "…", a few
 * words of one line for a blank. All places at which a piece could end are kept, so that none is missed.
 */

const CUT = "…";
const BLANK = "▢";
/** What a blank may be called. A word of the owner's own would be put into the reader's mouth. */
const NAMED_BLANKS = [
  "[name]",
  "[company]",
  "[figure]",
  "[place]",
  "[Name]",
  "[Firma]",
  "[Zahl]",
  "[Ort]",
  ...["[nombre]", "[empresa]", "[cifra]", "[lugar]"],
  ...["[nom]", "[entreprise]", "[chiffre]", "[lieu]"],
  ...["[naam]", "[bedrijf]", "[cijfer]", "[plaats]"],
  ...["[nome]", "[número]"],
] as const;

/** Most characters behind a blank: a long name or figure. */
const LONGEST_BLANK = 80;
/** A text of more pieces is no reader's any more. */
const MOST_PIECES = 200;
const LONGEST = 20_000;

const MARK = new RegExp(
  `\\s*(${[CUT, BLANK, ...NAMED_BLANKS].map((mark) => mark.replace(/[[\]]/g, "\\$&")).join("|")})\\s*`,
  "gu",
);

/** True for a text that is the original with parts left out or blanked out, each marked, and nothing else. */
export function isCutAndBlanked(original: string, text: string): boolean {
  const whole = oneSpaced(original);
  const { pieces, marks } = splitAtMarks(oneSpaced(text));
  if (whole.length > LONGEST || pieces.length > MOST_PIECES) return false;
  let ends: ReadonlySet<number> = new Set([0]);
  for (const [at, piece] of pieces.entries()) {
    const starts = at === 0 ? ends : behindGaps(whole, ends, marks[at - 1] ?? []);
    ends = endsOfPiece(whole, piece, starts);
    if (ends.size === 0) return false;
  }
  return ends.has(whole.length);
}

/** Line ends and runs of spaces are no words: a mail program breaks them as it likes. */
const oneSpaced = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** The text between its marks, and the marks between the texts: several may follow one another. */
function splitAtMarks(text: string): { pieces: string[]; marks: string[][] } {
  const pieces = [""];
  const marks: string[][] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    const before = text.slice(from, match.index);
    if (before === "" && pieces.length > 1) marks.at(-1)?.push(match[1] ?? "");
    else {
      pieces[pieces.length - 1] = before;
      marks.push([match[1] ?? ""]);
      pieces.push("");
    }
    from = match.index + match[0].length;
  }
  pieces[pieces.length - 1] = text.slice(from);
  return { pieces, marks };
}

/** Where the next piece may begin, behind what the marks stand for. */
function behindGaps(whole: string, ends: ReadonlySet<number>, marks: readonly string[]): ReadonlySet<number> {
  let places = ends;
  for (const mark of marks)
    places = mark === CUT ? behindCut(whole, places) : behindBlank(whole, places, mark);
  return places;
}

/** Anything may have been left out, or nothing. */
function behindCut(whole: string, places: ReadonlySet<number>): ReadonlySet<number> {
  const first = Math.min(...places);
  return new Set(Array.from({ length: whole.length - first + 1 }, (_, at) => first + at));
}

/** Something was blanked out, and not more than a name or a figure is long; or its author has written the mark. */
function behindBlank(whole: string, places: ReadonlySet<number>, mark: string): ReadonlySet<number> {
  const behind = new Set<number>();
  for (const place of places) {
    const written = whole[place] === " " ? place + 1 : place;
    if (whole.startsWith(mark, written)) behind.add(written + mark.length);
    const blanked = whole.slice(place, place + LONGEST_BLANK);
    const first = blanked.search(/[\p{L}\p{N}]/u);
    if (first < 0) continue;
    for (let end = first + 1; end <= blanked.length; end++) behind.add(place + end);
  }
  return behind;
}

/** Where the piece may end: it stands there as it is, with spaces around it where the mark had some. */
function endsOfPiece(whole: string, piece: string, starts: ReadonlySet<number>): ReadonlySet<number> {
  if (piece === "") return starts;
  const ends = new Set<number>();
  for (const start of starts) {
    const from = whole[start] === " " ? start + 1 : start;
    const end = from + piece.length;
    if (!whole.startsWith(piece, from) || isInWord(whole, from) || isInWord(whole, end)) continue;
    ends.add(end);
    if (whole[end] === " ") ends.add(end + 1);
  }
  return ends;
}

/** Between two letters: what is cut there would make another word of it. */
const isInWord = (whole: string, at: number): boolean =>
  /[\p{L}\p{N}\p{M}]$/u.test(whole.slice(Math.max(0, at - 2), at)) &&
  /^[\p{L}\p{N}\p{M}]/u.test(whole.slice(at, at + 2));

/** The text with a piece of it blanked out, wherever it stands as a word of its own. @param mark one of the marks above */
export function withBlank(text: string, piece: string, mark: string): string {
  if (piece.trim() === "") return text;
  const literal = piece
    .trim()
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/\s+/gu, "\\s+");
  // Not what stands in a mark: "[name]" stays as it is where somebody's word is "name".
  const inMark = `(?!(?<=\\[)${literal}\\])`;
  const alone = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${inMark}${literal}(?![\\p{L}\\p{N}\\p{M}])`, "gu");
  return text.replace(alone, mark);
}
