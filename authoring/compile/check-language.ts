import { CONSENT_LANGUAGES } from "../../functions/domain/people/consent-texts.ts";
import { type Sources, WORDS } from "./sources.ts";
import type { Checked } from "./yaml.ts";

/** A course or a newsletter is in a language that there are words of, also of what is agreed to. */
export function checkLanguage(
  sources: Sources,
  file: string,
  { value: { language }, findLine }: Checked<{ language: string }>,
): void {
  const known = sources.names(WORDS, ".yaml");
  const wrong = (todo: string) =>
    sources.report({ file, line: findLine("language"), field: "language", todo });
  // Content alone, as it is compared with: that there are no words at all is said where words are read.
  if (known.length > 0 && !known.includes(language))
    wrong(
      `is a language that there are no words of; write ${WORDS}/${language}.yaml, or choose one of ${known.join(", ")}`,
    );
  else if (!CONSENT_LANGUAGES.includes(language))
    wrong(
      "has no words to agree to; add them, under this language, in functions/domain/people/consent-texts.ts",
    );
}
