import { ArgumentError } from "../cli/arguments.ts";
import { ROOT } from "../cli/root.ts";
import type { Content } from "../functions/domain/content.ts";
import { loadContent } from "./compile/compile.ts";
import { ContentError } from "./compile/sources.ts";

/** The content of the working tree. What is wrong with it is the author's to mend. */
export async function contentHere(): Promise<Content> {
  try {
    return await loadContent(ROOT);
  } catch (error) {
    throw error instanceof ContentError ? new ArgumentError(error.message) : error;
  }
}
