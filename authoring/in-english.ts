import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../cli/root.ts";
import type { PlainKey } from "../functions/domain/words/words.ts";
import { WORDS } from "./compile/sources.ts";

const FILE = join(ROOT, WORDS, "en.yaml");
let words: unknown;

/** A word of the pages, as the owner's console says it: the console speaks English whatever the course does. */
export function inEnglish(key: PlainKey): string {
  words ??= parse(readFileSync(FILE, "utf8"));
  const found = key
    .split(".")
    .reduce((at: unknown, part) => (at as Record<string, unknown> | undefined)?.[part], words);
  return typeof found === "string" ? found : key;
}
