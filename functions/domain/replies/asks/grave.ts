import { withoutFigures } from "./grave-figures.ts";
import { GRAVE } from "./grave-words.ts";
import { compile } from "./pattern.ts";
import type { Sentence } from "./text.ts";

/** What the owner adds to the words of grave news: plain words and phrases. */
export interface OwnGraveWords {
  says: readonly string[];
  unless: readonly string[];
}

interface CompiledGrave {
  isDense: boolean;
  says: RegExp;
  unless: RegExp;
}

let compiled: CompiledGrave[] | undefined;
function languages(): CompiledGrave[] {
  compiled ??= Object.entries(GRAVE).map(([language, { says, unless }]) => ({
    isDense: language === "ja" || language === "zh",
    says: compile(says, {}, "search"),
    unless: compile(unless, {}, "search"),
  }));
  return compiled;
}

/** True where a reader's words speak of death, illness, dismissal, harm or a crisis: no automatic answer may leave. */
export function isGrave(sentences: readonly Sentence[], own: OwnGraveWords): boolean {
  const owners = {
    isDense: false,
    says: compile(own.says, {}, "search"),
    unless: compile(own.unless, {}, "search"),
  };
  const all = [...languages(), owners];
  return sentences.some((sentence) => isGraveSentence(all, sentence));
}

/** Not between two Latin words, which would become another: "a particular advice" holds neither ICU nor DV. */
const SPACE_IN_DENSE = /(?<![a-z0-9]) | (?![a-z0-9])/g;

/** Languages share words: what one of them knows to be a figure of speech is none in another. */
function isGraveSentence(all: readonly CompiledGrave[], { text }: Sentence): boolean {
  const dense = text.replace(SPACE_IN_DENSE, "");
  const isFound = (words: CompiledGrave, pattern: "says" | "unless", plain = text) =>
    words[pattern].test(words.isDense ? dense : plain);
  if (!all.some((words) => isFound(words, "says")) || all.some((words) => isFound(words, "unless")))
    return false;
  const meant = withoutFigures(text);
  return meant === text || all.some((words) => isFound(words, "says", meant));
}
