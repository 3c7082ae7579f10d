import { resolve } from "node:path";
import { ArgumentError } from "../cli/arguments.ts";
import type { Content } from "../functions/domain/content.ts";
import { ContentError, loadContent } from "./compile/compile.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** The content of the working tree. What is wrong with it is the author's to mend. */
export async function contentHere(): Promise<Content> {
  try {
    return await loadContent(ROOT);
  } catch (error) {
    throw error instanceof ContentError ? new ArgumentError(error.message) : error;
  }
}
