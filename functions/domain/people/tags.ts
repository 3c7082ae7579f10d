import { withoutControls } from "../controls.ts";

const LONGEST_TAG = 60;
export const MOST_TAGS = 50;

/** Tags as the owner gave them: each once, without what could not be seen in it. */
export function readTags(given: readonly string[]): string[] {
  const clean = given.map((tag) =>
    [...withoutControls(tag.normalize("NFC")).trim()].slice(0, LONGEST_TAG).join("").trim(),
  );
  return [...new Set(clean.filter((tag) => tag !== ""))].slice(0, MOST_TAGS);
}

/** What is wrong with a tag that is typed; undefined if nothing is. */
export function problemOfTag(tag: string): string | undefined {
  const [read] = readTags([tag]);
  if (read === undefined) return "A tag has at least one character.";
  if (read !== tag.trim().normalize("NFC"))
    return `"${read}" is as much of it as a tag can hold: ${LONGEST_TAG} characters, and none that cannot be seen.`;
  return tag.includes(",") ? "A tag has no comma: commas stand between tags." : undefined;
}

/** With these as well; undefined if they would be more than anybody can have. */
export function withTag(tags: readonly string[] | undefined, more: readonly string[]): string[] | undefined {
  const all = [...new Set([...(tags ?? []), ...more.map((tag) => tag.trim().normalize("NFC"))])];
  return all.length > MOST_TAGS ? undefined : all;
}
