import type { Lesson, RichText } from "./course.ts";
import { type Facts, isFor } from "./whom.ts";

/** A lesson's body in the order in which it is shown: the move stands behind the opening, the pull-quote in the midst of the rest. */
export interface LessonBody {
  opening: RichText;
  beforeQuote: RichText;
  afterQuote: RichText;
}

/** What a reader gets of a lesson: what is for everybody, and between its blocks the passages that are for them. */
export function readersBody({ body, passages = [] }: Lesson, facts: Facts): RichText {
  const theirs = passages.filter((passage) => isFor(passage, facts));
  if (theirs.length === 0) return body;
  const merge = (part: keyof RichText): string => {
    const blocks = body[part].split(BETWEEN_BLOCKS);
    const standing = (before: number) =>
      theirs.filter((passage) => passage.before === before).map((passage) => passage.body[part]);
    return [...blocks.flatMap((block, at) => [...standing(at), block]), ...standing(blocks.length)].join(
      BETWEEN_BLOCKS,
    );
  };
  return { html: merge("html"), text: merge("text") };
}

/** Blocks are apart by an empty line, of which there is none inside of a block. */
const BETWEEN_BLOCKS = "\n\n";

/** The first block opens a lesson; the rest is divided between two of its blocks, near its middle. */
export function divideBody({ html, text }: RichText): LessonBody {
  const blocks = { html: html.split(BETWEEN_BLOCKS), text: text.split(BETWEEN_BLOCKS) };
  const between = (from: number, to?: number): RichText => ({
    html: blocks.html.slice(from, to).join("\n"),
    text: blocks.text.slice(from, to).join(BETWEEN_BLOCKS),
  });
  const middle = chooseMiddle(blocks.html);
  return { opening: between(0, 1), beforeQuote: between(1, middle), afterQuote: between(middle) };
}

/** Not before a list or an example: it would be cut off from the sentence that leads to it. */
function chooseMiddle(blocks: string[]): number {
  let middle = Math.ceil((blocks.length + 1) / 2);
  while (middle > 1 && !/^<p\b/.test(blocks[middle] ?? "")) middle--;
  return middle;
}
