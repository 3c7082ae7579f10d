import { posix } from "node:path";
import * as z from "zod";
import { isLeaveWord } from "../../functions/domain/replies/asks/exact-leave.ts";
import type { OwnGraveWords } from "../../functions/domain/replies/asks/grave.ts";
import { foldCase } from "../../functions/domain/replies/fold-case.ts";
import { COMMANDS, type Commands } from "../../functions/domain/words/command-phrases.ts";
import type { Text, Words } from "../../functions/domain/words/words.ts";
import { WORDS_IN_MAILS } from "../../functions/domain/words/words-in-mails.ts";
import { WORDS_ON_PAGES } from "../../functions/domain/words/words-on-pages.ts";
import { openSources, type Sources, WORDS } from "./sources.ts";
import { findSlots, hasMarks, type WordUse } from "./words-in-templates.ts";
import { readYaml } from "./yaml.ts";

const ENDING = ".yaml";

/** One language's file, read. */
export interface WordsFile {
  file: string;
  language: string;
  /** Whose months, weekdays and order of a date these are. */
  dates: string;
  texts: ReadonlyMap<string, Text>;
  findLine(key: string): number;
}

const WORDS_IN_CODE: Readonly<Record<string, string>> = { ...WORDS_IN_MAILS, ...WORDS_ON_PAGES };
const COMMAND_NAMES = Object.keys(COMMANDS) as (keyof Commands)[];
const wordKey = (command: string): string => `commands.${command}`;
const READ_BY_CODE = Object.fromEntries(
  Object.entries(COMMANDS).map(([command, slots]) => [wordKey(command), slots]),
);
/** What the owner adds to the words of grave news. */
const GRAVE_KEYS = { "grave.says": "", "grave.unless": "" } as const;
const IN_CODE: Readonly<Record<string, string>> = { ...WORDS_IN_CODE, ...READ_BY_CODE, ...GRAVE_KEYS };
/** Commands in it are understood in every course. */
const EVERYWHERE = "en";

/**
 * Every language's file. Each must have all the words that templates and code say, with their slots, and no others.
 * @param spoken only these languages, and English
 */
export function readWords(
  sources: Sources,
  uses: readonly WordUse[],
  spoken?: ReadonlySet<string>,
): WordsFile[] {
  const files = readWordsFiles(sources, spoken);
  if (files.length === 0 && sources.names(WORDS, ENDING).length === 0)
    sources.report({ file: WORDS, line: 1, todo: "holds no words; add en.yaml" });
  if (isSameAs(right, files, uses)) return files;
  const before = sources.problems.length;
  for (const file of files) {
    checkFile(sources, file, uses);
    checkCommands(sources, file, files);
  }
  if (sources.problems.length === before) right = { files, uses };
  return files;
}

/** The latest in which nothing was wrong: a preview, a check and a desk read them again and again. */
let right: Compared | undefined;

interface Compared {
  files: readonly WordsFile[];
  uses: readonly WordUse[];
}

const isSameAs = (known: Compared | undefined, files: readonly WordsFile[], uses: readonly WordUse[]) =>
  known !== undefined && isEach(known.files, files) && isEach(known.uses, uses);

const isEach = <One>(some: readonly One[], others: readonly One[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

/** The same, whatever templates and code say. */
export const readWordsFiles = (sources: Sources, spoken?: ReadonlySet<string>): WordsFile[] =>
  sources
    .names(WORDS, ENDING)
    .filter((language) => spoken === undefined || language === EVERYWHERE || spoken.has(language))
    .flatMap((language) => readFile(sources, language) ?? []);

const fileSchema = z.looseObject({
  dates: z
    .string()
    .refine((tag) => isKnown(tag), "is not a locale that this Node knows; write for example en-GB"),
});

function readFile(sources: Sources, language: string): WordsFile | undefined {
  const file = posix.join(WORDS, `${language}${ENDING}`);
  if (!isKnown(language))
    sources.report({ file, line: 1, todo: "is not named by a language that this Node knows, such as de" });
  const source = sources.required(file, "is missing") ?? "";
  const known = latest.get(file);
  if (known?.source === source) return known.words;
  const before = sources.problems.length;
  const words = readSource(sources, file, language, source);
  if (words && sources.problems.length === before) latest.set(file, { source, words });
  return words;
}

/** The latest of each file that was right. */
const latest = new Map<string, { source: string; words: WordsFile }>();

function readSource(sources: Sources, file: string, language: string, source: string): WordsFile | undefined {
  const read = readYaml(sources, file, source, fileSchema);
  if (!read || !isKnown(language)) return undefined;
  const { dates, ...groups } = read.value;
  const findLine = (key: string): number => read.findLine(...key.split("."));
  const texts = new Map<string, Text>();
  const collecting = { file, texts, findLine, sources };
  collect(collecting, [], groups);
  return { file, language, dates, texts, findLine };
}

function isKnown(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Collecting extends Pick<WordsFile, "file" | "findLine"> {
  texts: Map<string, Text>;
  sources: Sources;
}

/** A text, a list of texts, or one for each plural form; anything else is a group of these. */
function collect(into: Collecting, path: string[], value: unknown): void {
  const { sources, file, texts, findLine } = into;
  const key = path.join(".");
  const wrong = (todo: string) => sources.report({ file, line: findLine(key), field: key, todo });
  if (isGroup(value) && !("other" in value)) {
    for (const [name, inside] of Object.entries(value)) collect(into, [...path, name], inside);
    return;
  }
  const said = isGroup(value) ? Object.values(value) : [value].flat();
  if (said.length === 0 || !said.every((one) => typeof one === "string"))
    wrong("is not words; write them, in quotes if they look like something else");
  else if (said.some((one) => one.trim() === "")) wrong("is empty; write it");
  else if (said.some((one) => one.includes("\n"))) wrong("runs over several lines; make it a list");
  else texts.set(key, isGroup(value) ? (value as Text) : said.join("\n"));
}

/** All that is wrong with a file, beside what templates and code ask of it. */
function checkFile(sources: Sources, words: WordsFile, uses: readonly WordUse[]): void {
  const asked = new Map<string, { by: string; slots: string[]; isInCode: boolean }[]>();
  const ask = (key: string, by: string, slots: string[], isInCode: boolean) =>
    asked.set(key, [...(asked.get(key) ?? []), { by, slots, isInCode }]);
  for (const [key, slots] of Object.entries(IN_CODE))
    ask(key, "the code", slots.split(" ").filter(Boolean), true);
  for (const { key, file, line, slots } of uses) ask(key, `${file}:${line}`, slots, false);
  const wrong = (key: string, todo: string) =>
    sources.report({ file: words.file, line: words.findLine(key), field: key, todo });
  for (const key of words.texts.keys())
    if (!asked.has(key)) wrong(key, "is said nowhere; take it out, or correct its name");
  for (const [key, asking] of asked) {
    const text = words.texts.get(key);
    if (text === undefined) wrong(key, `is missing; ${asking[0]?.by} says it`);
    else
      for (const { by, slots, isInCode } of asking)
        for (const todo of mismatches(words.language, text, slots, isInCode))
          wrong(key, `${todo}; ${by} says it`);
  }
}

function mismatches(language: string, text: Text, slots: readonly string[], isInCode: boolean): string[] {
  const forms = typeof text === "string" ? { other: text } : text;
  const isPlural = typeof text !== "string";
  if (isPlural && !(isInCode && slots.includes("count")))
    return ["has plural forms; only a word that the code says with {count} can have them"];
  const missing = isPlural ? pluralForms(language).filter((form) => !Object.hasOwn(forms, form)) : [];
  const strange = Object.keys(forms).filter((form) => !pluralForms(language).includes(form));
  return [
    ...missing.map((form) => `lacks the plural form "${form}"`),
    ...strange.map((form) => `has "${form}", which is no plural form of this language`),
    ...Object.values(forms).flatMap((form) => slotMismatches(form ?? "", slots, isPlural)),
    ...(isInCode && Object.values(forms).some((form) => hasMarks(form ?? ""))
      ? ["has *, [ ]( ) or ` in it, which only a template's word can have"]
      : []),
  ];
}

/** A plural form may do without the number: "the only lesson". */
function slotMismatches(text: string, slots: readonly string[], isPlural: boolean): string[] {
  const has = findSlots(text);
  const needed = slots.filter((slot) => !(isPlural && slot === "count"));
  return [
    ...needed
      .filter((slot) => !has.includes(slot))
      .map((slot) => `leaves out {${slot}}; write it where it belongs`),
    ...has
      .filter((slot) => !slots.includes(slot))
      .map((slot) => `has {${slot}}, which nothing fills in; take it out`),
  ];
}

/** The phrases of a command as the file has them. */
const readPhrases = (file: WordsFile, command: keyof Commands): string[] => readList(file, wordKey(command));

function readList({ texts }: WordsFile, key: string): string[] {
  const text = texts.get(key);
  return typeof text === "string" ? text.split("\n") : [];
}

/** The words of grave news that a language's file adds, folded as a reader's will be. */
const readGrave = (file: WordsFile): OwnGraveWords => ({
  says: readList(file, "grave.says").map(foldCase),
  unless: readList(file, "grave.unless").map(foldCase),
});

/** Commands and words of grave news of all languages that ship, for tools that do not know which course a mail is of. */
export function readWordsOfAll(root: string): { commands: Commands; grave: OwnGraveWords } {
  const files = readWordsFiles(openSources(root));
  const all = files.map(readGrave);
  const grave = { says: all.flatMap(({ says }) => says), unless: all.flatMap(({ unless }) => unless) };
  return { commands: mergeCommands(files), grave };
}

/** Those of a language and of English, folded as a reader's line will be. */
function readCommands(files: readonly WordsFile[], language: string): Commands {
  const understood = files.filter((file) => file.language === language || file.language === EVERYWHERE);
  return mergeCommands(understood);
}

function mergeCommands(files: readonly WordsFile[]): Commands {
  const phrases = (command: keyof Commands) => [
    ...new Set(files.flatMap((file) => readPhrases(file, command).map(foldedPhrase))),
  ];
  const named = COMMAND_NAMES.map((command) => [command, phrases(command)] as const);
  return Object.fromEntries(named) as Record<keyof Commands, string[]>;
}

const foldedPhrase = (phrase: string): string => phrase.split("{weeks}").map(foldPart).join("{weeks}");
/** A space beside the number stays. */
const foldPart = (part: string): string =>
  (/^\s/.test(part) ? " " : "") + foldCase(part) + (/\S\s+$/.test(part) ? " " : "");

/** Each phrase means one thing, and none of them is a wish to leave, which is heard first. */
function checkCommands(sources: Sources, file: WordsFile, files: readonly WordsFile[]): void {
  const understood = readCommands(files, file.language);
  for (const command of COMMAND_NAMES) {
    const wrong = (todo: string) =>
      sources.report({
        file: file.file,
        line: file.findLine(wordKey(command)),
        field: wordKey(command),
        todo,
      });
    for (const phrase of readPhrases(file, command)) {
      const other = COMMAND_NAMES.find(
        (name) => name !== command && understood[name].includes(foldedPhrase(phrase)),
      );
      if (other) wrong(`has "${phrase}", which commands.${other} has, too; a phrase means one thing`);
      if (isLeaveWord(phrase)) wrong(`has "${phrase}", which is read as a wish to leave; choose another`);
      if (command === "pauseWeeks" && !phrase.includes("{weeks}")) wrong(`has "${phrase}" without {weeks}`);
    }
  }
}

const formsOfLanguages = new Map<string, string[]>();

/** Asking the platform takes a tenth of a millisecond, and each word of a file is compared. */
function pluralForms(language: string): string[] {
  const forms =
    formsOfLanguages.get(language) ?? new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  formsOfLanguages.set(language, forms);
  return forms;
}

const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** What the functions of a deployment say in a language; the days and months are worked out here, once. */
export function wordsByKey(
  file: WordsFile,
  files: readonly WordsFile[],
  keys: Readonly<Record<string, string>> = WORDS_IN_CODE,
): Words {
  const { language, dates, texts } = file;
  const said = Object.keys(keys).flatMap((key) => {
    const text = texts.get(key);
    return text === undefined ? [] : [[key, text] as const];
  });
  const weekday = new Intl.DateTimeFormat(dates, { weekday: "long", timeZone: "UTC" });
  const date = new Intl.DateTimeFormat(dates, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const months = Array.from({ length: 12 }, (_, month) => date.formatToParts(Date.UTC(2024, month, 1)));
  return {
    language,
    weekdays: Array.from({ length: 7 }, (_, day) => weekday.format(A_MONDAY + day * DAY)),
    months: months.map((parts) => parts.find(({ type }) => type === "month")?.value ?? ""),
    date: (months[0] ?? []).map(({ type, value }) => (type === "literal" ? value : `{${type}}`)).join(""),
    texts: Object.fromEntries(said),
    commands: readCommands(files, language),
    grave: readGrave(file),
  };
}
