import type { Problem, Sources } from "../../authoring/compile/sources.ts";

/** Sources of which only the reports are looked at. */
export function collectProblems(): { sources: Sources; problems: Problem[] } {
  const problems: Problem[] = [];
  const sources = { report: (...found: Problem[]) => problems.push(...found) } as unknown as Sources;
  return { sources, problems };
}
