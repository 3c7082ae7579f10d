import { nameOfLanguage } from "../../functions/domain/course/translations.ts";
import { fold } from "./split-words.ts";

/**
 * The language that a cell means, of those that are spoken here: by its tag ("de", "de_AT"), or by its name in itself or in
 * English ("Deutsch", "German"). Undefined where it means none of them.
 */
export function readLanguageCell(cell: string | undefined, spoken: readonly string[]): string | undefined {
  const tag = (cell ?? "").trim().toLowerCase().replaceAll("_", "-");
  if (tag === "") return undefined;
  return (
    spoken.find((one) => one.toLowerCase() === tag) ??
    spoken.find((one) => listNames(one).includes(fold(tag))) ??
    spoken.find((one) => basicTag(one) === basicTag(tag))
  );
}

const basicTag = (tag: string): string | undefined => tag.toLowerCase().split("-")[0];

const inEnglish = new Intl.DisplayNames(["en"], { type: "language" });
const listNames = (language: string): string[] =>
  [nameOfLanguage(language), inEnglish.of(language) ?? language].map(fold);
