import type { Commands } from "./command-phrases.ts";
import type { WORDS_IN_MAILS } from "./words-in-mails.ts";
import type { WORDS_ON_PAGES } from "./words-on-pages.ts";

/** One language's words, as the build has made them out of its file in `templates/words`. */
export interface Words {
  /** BCP 47: the name of the file. */
  language: string;
  /** Monday first. */
  weekdays: readonly string[];
  /** January first. */
  months: readonly string[];
  /** The order of a date: `{day} {month} {year}`. */
  date: string;
  texts: Readonly<Record<string, Text>>;
  /** What a reader can ask for in a reply, beside what is understood in any course. */
  commands: Commands;
  /** What the owner adds to the words of grave news. */
  grave: { says: readonly string[]; unless: readonly string[] };
}

/** A sentence with its slots, or one for each plural form of the language, chosen by the slot `count`. */
export type Text = string | Plural;
type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** What each word that the code says has for slots: their names, with a space between them. */
type SaidWords = typeof WORDS_IN_MAILS & typeof WORDS_ON_PAGES;
/** A word that the code says, by its place in the file: `left.title`. */
export type WordKey = keyof SaidWords;
type NamesIn<Names extends string> = Names extends `${infer First} ${infer Others}`
  ? First | NamesIn<Others>
  : Names;
type WordSlots<Names extends string> = Names extends "" ? [] : [Record<NamesIn<Names>, string | number>];

/** A word without slots: what can be named first and said later. */
export type PlainKey = { [Key in WordKey]: SaidWords[Key] extends "" ? Key : never }[WordKey];

/** A word with its slots filled in. A list comes as one paragraph a line. */
export function say<Key extends WordKey>(
  words: Words,
  key: Key,
  ...filling: WordSlots<SaidWords[Key]>
): string {
  const text = words.texts[key];
  const slots: Filling = filling[0];
  if (text === undefined) throw new Error(`the words of "${words.language}" have no ${key}`);
  return fillSlots(typeof text === "string" ? text : choosePlural(words, text, slots), slots);
}

type Filling = Record<string, string | number> | undefined;

const choosePlural = ({ language }: Words, text: Plural, slots: Filling): string =>
  text[new Intl.PluralRules(language).select(Number(slots?.count))] ?? text.other;

const SLOT = /\{(\w+)\}/g;
const fillSlots = (text: string, slots: Filling): string =>
  slots ? text.replace(SLOT, (whole, name) => String(slots[name] ?? whole)) : text;

/** The paragraphs of a word that is a list; of any other, the one that it is. */
export const splitParagraphs = (said: string): string[] => said.split("\n");
