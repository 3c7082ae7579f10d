import type { RichText } from "./course.ts";

/** A lesson's body in the order in which it is shown: the move stands behind the opening, the pull-quote in the midst of the rest. */
export interface LessonBody {
  opening: RichText;
  beforeQuote: RichText;
  afterQuote: RichText;
}

/** The first block opens a lesson; the rest is divided between two of its blocks, near its middle. */
export function divideBody({ html, text }: RichText): LessonBody {
  const blocks = { html: html.split("\n\n"), text: text.split("\n\n") };
  const between = (from: number, to?: number): RichText => ({
    html: blocks.html.slice(from, to).join("\n"),
    text: blocks.text.slice(from, to).join("\n\n"),
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
