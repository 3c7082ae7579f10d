import type { RichText } from "../../functions/domain/course/course.ts";
import { blocksHtml } from "./markdown-html.ts";
import { blocksText } from "./markdown-text.ts";
import { type Block, MarkdownProblem, readTree } from "./markdown-tree.ts";
import { placePicture } from "./pictures.ts";
import type { Sources } from "./sources.ts";

/**
 * Renders Markdown for both parts of a mail, at build. Blocks are set apart by a blank line in both, so that a mail can
 * put something between them. Throws the first MarkdownProblem: raw HTML, pictures, which need their folder, and links
 * that are not `https:` or `mailto:` are refused, and whatever else one of the parts could not say.
 */
export function renderMarkdown(source: string): RichText {
  const { blocks, problems } = readTree(source);
  const [first] = problems;
  if (first) throw first;
  const picture = blocks.find((block) => block.kind === "picture");
  if (picture)
    throw new MarkdownProblem(picture.line, `shows ${picture.href}; there is no folder to find it in`);
  return renderBlocks(blocks);
}

function renderBlocks(blocks: readonly Block[]): RichText {
  if (blocks.length === 0) throw new MarkdownProblem(1, NO_TEXT);
  return { html: blocksHtml(blocks), text: blocksText(blocks) };
}

const NO_TEXT = "has no text; write it";

/** A Markdown body for both parts of a mail; undefined, and all reported, if a mail cannot carry it. */
export function richText(
  sources: Sources,
  file: string,
  { body, bodyLine }: { body: string; bodyLine: number },
): RichText | undefined {
  const { blocks: written, problems } = readTree(body);
  sources.report(...problems.map(({ line, message: todo }) => ({ file, line: bodyLine + line - 1, todo })));
  if (problems.length > 0) return undefined;
  const blocks = written.flatMap((block) => withPicturePlaced(sources, file, bodyLine, block) ?? []);
  if (blocks.length < written.length) return undefined;
  try {
    return renderBlocks(blocks);
  } catch (error) {
    if (!(error instanceof MarkdownProblem)) throw error;
    sources.report({ file, line: bodyLine, todo: error.message });
    return undefined;
  }
}

/** The block, with its picture in its place; undefined, and reported, if there is none to show. */
function withPicturePlaced(
  sources: Sources,
  file: string,
  bodyLine: number,
  block: Block,
): Block | undefined {
  if (block.kind !== "picture") return block;
  const at = { file, line: bodyLine + block.line - 1 };
  const found = placePicture(sources, { at, href: block.href });
  return found && { ...block, placed: found };
}
