import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "../../functions/domain/content.ts";
import { composeSample, makeSamples } from "../samples.ts";
import type { Gallery } from "./gallery.ts";

/**
 * What only shows when something is rendered, such as a value that no mail of that kind has: a line each, as
 * `file:line: what is wrong`. Empty if every sample can be shown.
 */
export async function problemsOfRendering(
  root: string,
  content: Content,
  gallery: Gallery,
): Promise<string[]> {
  const problems = new Set<string>();
  for (const sample of makeSamples(content)) {
    try {
      composeSample(sample);
    } catch (error) {
      problems.add(describeFault(root, error, [`templates/emails/${sample.kind}.`, "templates/"]));
    }
  }
  try {
    await gallery.exhibits();
  } catch (error) {
    problems.add(describeFault(root, error, ["templates/pages/"]));
  }
  return [...problems];
}

/** Handlebars names the place in what MJML made of a file, which is not what was written: the word is looked for instead. */
function describeFault(root: string, error: unknown, beginnings: string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const word = /"([\w-]+)" not defined|partial ([\w-]+) could not/.exec(message)?.slice(1).find(Boolean);
  const says = message.replace(/ in \[object Object\] - \d+:\d+$/, ": nothing of this name is given to it");
  const place = word && beginnings.map((beginning) => whereIs(root, word, beginning)).find(Boolean);
  return place ? `${place}: ${says}` : says;
}

function whereIs(root: string, word: string, beginning: string): string | undefined {
  const token = new RegExp(`\\{\\{[^}]*(?<![\\w-])${word}(?![\\w-])[^}]*\\}\\}`);
  for (const file of templates(root).filter((one) => one.startsWith(beginning))) {
    const line = readFileSync(join(root, file), "utf8")
      .split("\n")
      .findIndex((text) => token.test(text));
    if (line >= 0) return `${file}:${line + 1}`;
  }
  return undefined;
}

const templates = (root: string): string[] =>
  readdirSync(join(root, "templates"), { recursive: true, encoding: "utf8" })
    .map((name) => `templates/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\.(mjml|hbs)$/.test(name))
    .sort();
