import type { RichText } from "../../functions/domain/course/course.ts";
import { blocksHtml } from "./markdown-html.ts";
import { blocksText } from "./markdown-text.ts";
import { type Block, MarkdownProblem, type PassageBlock, readTree } from "./markdown-tree.ts";
import { placePicture } from "./pictures.ts";
import type { Sources } from "./sources.ts";

/**
 * Renders Markdown for both parts of a mail, at build. Blocks are set apart by a blank line in both, so that a mail can
 * put something between them. Throws the first MarkdownProblem: raw HTML, pictures, which need their folder, and links
 * that are not `https:` or `mailto:` are refused, and whatever else one of the parts could not say.
 */
export function renderMarkdown(source: string): RichText {
  const { blocks: written, problems } = readTree(source);
  const [first] = problems;
  if (first) throw first;
  const blocks = written.map(refusePassage);
  const picture = blocks.find((block) => block.kind === "picture");
  if (picture)
    throw new MarkdownProblem(picture.line, `shows ${picture.href}; there is no folder to find it in`);
  return renderBlocks(blocks);
}

function refusePassage(block: Block | PassageBlock): Block {
  if (block.kind === "passage") throw new MarkdownProblem(block.line, LESSONS_ALONE);
  return block;
}

function renderBlocks(blocks: readonly Block[]): RichText {
  if (blocks.length === 0) throw new MarkdownProblem(1, NO_TEXT);
  return { html: blocksHtml(blocks), text: blocksText(blocks) };
}

const NO_TEXT = "has no text; write it";
const LESSONS_ALONE =
  "begins a passage for some readers, which only lessons have; write it for all, or take it out";
const FOR_SOME_FIRST =
  "begins the lesson with a passage for some readers; begin with words for everybody: its page shows those alone";

/** Markdown as an author's file has it. */
interface WrittenBody {
  body: string;
  /** Of the file. */
  bodyLine: number;
}

/** A passage for some readers, as it is written. */
interface WrittenPassage {
  when: string;
  /** Of the file. */
  line: number;
  /** How many of the blocks for everybody stand before it. */
  before: number;
  body: RichText;
}

/** A Markdown body for both parts of a mail; undefined, and all reported, if a mail cannot carry it. */
export function richText(sources: Sources, file: string, written: WrittenBody): RichText | undefined {
  return reported(sources, file, written, (blocks) => renderBlocks(blocks.map(refusePassage)));
}

/** What is for everybody of a lesson, and its passages for some readers. */
export interface LessonText {
  body: RichText;
  passages: WrittenPassage[];
}

/** The same of a lesson, and its passages for some readers apart from what is for everybody. */
export function lessonText(sources: Sources, file: string, written: WrittenBody): LessonText | undefined {
  return reported(sources, file, written, (blocks) => {
    const [first] = blocks;
    if (first?.kind === "passage") throw new MarkdownProblem(first.line, FOR_SOME_FIRST);
    const passages = blocks.flatMap((block, at): WrittenPassage[] => {
      if (block.kind !== "passage") return [];
      const before = blocks.slice(0, at).filter(({ kind }) => kind !== "passage").length;
      const { when, line } = block;
      return [{ when, line: written.bodyLine + line - 1, before, body: renderBlocks(block.blocks) }];
    });
    const forAll = blocks.flatMap((block) => (block.kind === "passage" ? [] : [block]));
    return { body: renderBlocks(forAll), passages };
  });
}

function reported<Made>(
  sources: Sources,
  file: string,
  { body, bodyLine }: WrittenBody,
  render: (blocks: (Block | PassageBlock)[]) => Made,
): Made | undefined {
  const { blocks: written, problems } = readTree(body);
  sources.report(...problems.map(({ line, message: todo }) => ({ file, line: bodyLine + line - 1, todo })));
  if (problems.length > 0) return undefined;
  const placed = written.map((block) => withPictures(sources, file, bodyLine, block));
  const blocks = placed.filter((block) => block !== undefined);
  if (blocks.length < placed.length) return undefined;
  try {
    return render(blocks);
  } catch (error) {
    if (!(error instanceof MarkdownProblem)) throw error;
    sources.report({ file, line: bodyLine + error.line - 1, todo: error.message });
    return undefined;
  }
}

/** Undefined, and reported, where a picture of it is none that can be shown. */
function withPictures(
  sources: Sources,
  file: string,
  bodyLine: number,
  block: Block | PassageBlock,
): Block | PassageBlock | undefined {
  if (block.kind !== "passage") return withPicturePlaced(sources, file, bodyLine, block);
  const placed = block.blocks.map((one) => withPicturePlaced(sources, file, bodyLine, one));
  const blocks = placed.filter((one) => one !== undefined);
  return blocks.length < placed.length ? undefined : { ...block, blocks };
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
