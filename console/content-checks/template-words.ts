import { namesIn, readText } from "../../functions/mail/compile-courses.ts";
import type { Composed } from "../../functions/mail/compose/composition.ts";
import { COLUMNS } from "../../functions/mail/plain-text.ts";
import type { Sample } from "../samples.ts";
import type { Finding } from "./finding.ts";
import { bodyPassages } from "./passages.ts";
import { checkPassage } from "./wording.ts";

/** Where templates hold words of their own. A mail's MJML says what its plain-text twin says. */
const FOLDERS: [folder: string, ending: string][] = [
  ["templates/pages", ".hbs"],
  ["templates/pages/partials", ".hbs"],
  ["templates/emails", ".txt.hbs"],
  ["templates/emails", ".mjml"],
  ["templates/partials", ".txt.hbs"],
  ["templates/partials", ".mjml"],
];

/** A partial of this name is a style sheet. */
const STYLES = "-styles";

/** The words in templates are held to what holds for an author's. */
export function checkTemplateWords(root: string): Finding[] {
  return FOLDERS.flatMap(([folder, ending]) =>
    namesIn(root, folder, ending).flatMap((name) => {
      if (name.endsWith(STYLES)) return [];
      const file = `${folder}/${name}${ending}`;
      return bodyPassages(file, wordsOf(readText(root, file, [], "") ?? ""), 1).flatMap(checkPassage);
    }),
  );
}

const NOT_WORDS = /<(style|script)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|\{\{[^}]*\}\}\}?|<!doctype[^>]*>/gi;
const INLINE_TAG = /<\/?(?:a|b|strong|em|i|span|code|small)\b[^>]*>/gi;

/** A template with spaces where it is not words, and the end of a paragraph where an element begins or ends. */
function wordsOf(template: string): string {
  return template
    .replace(NOT_WORDS, blank)
    .replace(INLINE_TAG, blank)
    .replace(/<[^>]*>/g, (tag) => `\u2029${blank(tag).slice(1)}`);
}

/** Line ends stay: findings name lines. */
const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** The words of a notice stand in the code, so they are read in the mail. */
export function checkNoticeWords({ kind, name }: Sample, { text }: Composed): Finding[] {
  if (kind !== "notice") return [];
  return bodyPassages("templates/emails/notice.txt.hbs", unwrapped(text), 1)
    .flatMap(checkPassage)
    .map((finding) => ({ ...finding, line: 1, says: `${finding.says} (seen in ${name})` }));
}

/** Set text with a blank line behind each line that ends before the next word would have had to. */
const unwrapped = (text: string): string =>
  text.replace(/^(.*)\n(?=(\S+))/gm, (whole, line: string, word: string) =>
    line.length + 1 + word.length <= COLUMNS ? `${line}\n\n` : whole,
  );
