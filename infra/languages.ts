import { posix } from "node:path";
import { CONTENT, openSources, type Sources, WORDS } from "../authoring/compile/sources.ts";
import { findFields } from "../authoring/compile/yaml.ts";
import { ROOT } from "../cli/root.ts";
import type { StageSettings } from "./stage-schema.ts";

/** Languages whose words were written, and that nobody has read who grew up with them: an owner has them read first. */
const UNREAD: readonly string[] = ["es", "fr", "pt-BR", "nl"];

type Speaking = Pick<StageSettings, "stage" | "production" | "courses" | "languagesRead">;

/**
 * What readers of a production stage would get in a language that nobody has read for its owner: a line each place that
 * declares one, with what to do. None of a stage that is not production.
 */
export function unreadLanguages(stage: Speaking, root = ROOT): string[] {
  if (!stage.production) return [];
  const sources = openSources(root);
  const files = [
    ...stage.courses.map((slug) => posix.join(CONTENT, "courses", slug, "course.yaml")),
    posix.join(CONTENT, "newsletter", "newsletter.yaml"),
  ];
  return files.flatMap((file) =>
    declaredLanguages(sources, file)
      .filter(({ language }) => UNREAD.includes(language) && !stage.languagesRead.includes(language))
      .map(({ language, line }) => `${file}:${line}: ${todo(language, stage)}`),
  );
}

const todo = (language: string, { stage, languagesRead }: Speaking): string =>
  `speaks "${language}", whose words nobody who speaks it has read for you yet; have them read (${WORDS}/${language}.yaml and, for what people agree to, functions/domain/people/consent-texts-more.ts and voice-questions.ts), then write languagesRead: ${JSON.stringify([...languagesRead, language])} for "${stage}" in coursepost.config.ts`;

/** The languages that a file names, and where; none if it cannot be read, which the build tells. */
function declaredLanguages(sources: Sources, file: string): { language: string; line: number }[] {
  const fields = findFields(sources.text(file) ?? "");
  const { language, languages } = fields?.value ?? {};
  const several = Array.isArray(languages) ? languages : [];
  const declared = [
    ...(typeof language === "string" ? [{ language, line: fields?.findLine("language") ?? 1 }] : []),
    ...several.map((one, index) => ({
      language: String(one),
      line: fields?.findLine("languages", index) ?? 1,
    })),
  ];
  return declared.filter(
    (one, at) => declared.findIndex(({ language: name }) => name === one.language) === at,
  );
}

/** Throws if a production stage would speak to its readers in words that nobody has read. */
export function refuseUnreadLanguages(stage: StageSettings, root = ROOT): void {
  const lines = unreadLanguages(stage, root);
  if (lines.length > 0) throw new Error(`${lines.join("\n")}\nNothing was deployed.`);
}
