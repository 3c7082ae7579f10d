import { posix } from "node:path";
import { readTranslated } from "../compile/compile-translations.ts";
import type { Sources } from "../compile/sources.ts";
import { findFields } from "../compile/yaml.ts";
import { chooseStyle, isStyleRule, type StyleChoice } from "../style-rules.ts";
import type { Finding } from "./finding.ts";
import type { Authored } from "./passages.ts";

/** Findings of style with the weight that the course, or the newsletter, gives to them; those that are off are none. */
export const withWeights = (
  findings: readonly Finding[],
  chosen: (finding: Finding) => StyleChoice | undefined,
): Finding[] =>
  findings.flatMap((finding) => {
    const weight = isStyleRule(finding.rule) ? chosen(finding)?.[finding.rule] : finding.severity;
    return weight === "off" ? [] : [{ ...finding, severity: weight ?? finding.severity }];
  });

/** What each course and the newsletter mind of style. */
export function readStyles(sources: Sources, folder: string): StyleChoice[] {
  const files = [
    ...sources
      .names(posix.join(folder, "courses"), "")
      .map((course) => posix.join(folder, "courses", course, "course.yaml")),
    posix.join(folder, "newsletter", "newsletter.yaml"),
  ];
  return files.flatMap((file) => {
    const yaml = sources.text(file);
    return yaml === undefined ? [] : [chooseStyle(findFields(yaml)?.value.checks)];
  });
}

/** The fields of what is in common: of course.yaml, or of newsletter.yaml. */
export function inCommon(sources: Sources, { file, course }: Authored): Record<string, unknown> {
  const common = posix.join(course ?? posix.dirname(file), course ? "course.yaml" : "newsletter.yaml");
  return findFields(sources.text(common) ?? "")?.value ?? {};
}

/** Of a translation, by its name: `lessons/bring-the-example.de.md`. */
const findFileLanguage = ({ file }: Authored): string | undefined =>
  readTranslated(posix.basename(file, ".md"))?.language;

/** The rules of English are for English, and so is the formula of the reading grade. */
export function isEnglish(sources: Sources, one: Authored): boolean {
  const language = findFileLanguage(one) ?? inCommon(sources, one).language;
  return typeof language !== "string" || /^en\b/.test(language);
}

/** Whose ideas a course's are; undefined of issues, which rest on no author's. */
export function findAuthor(sources: Sources, one: Authored): string | undefined {
  const { author } = (inCommon(sources, one).attribution ?? {}) as { author?: unknown };
  return typeof author === "string" ? author : undefined;
}
