import { Temporal } from "temporal-polyfill";

/** What a command takes: `--name` alone, or `--name VALUE` where `value` names what belongs there. */
export type Flags = Record<string, { value?: string; says: string }>;

/** The flags that were given. A flag with a value is a string, one without is `true`. */
export type Given<F extends Flags> = {
  [Name in keyof F]?: F[Name] extends { value: string } ? string : true;
};

/** A command line that cannot be followed. Its message is meant for the person who typed it. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/**
 * Reads a command line of flags alone; `--name VALUE` and `--name=VALUE` are the same.
 * Throws an ArgumentError that names the flag and says what the command takes.
 */
export function readArguments<F extends Flags>(command: string, flags: F, given: string[]): Given<F> {
  const { words, flags: found } = readCommandLine(command, flags, given);
  if (words[0] !== undefined) throw new ArgumentError(unknown(command, flags, words[0]));
  return found;
}

/** Reads a command line of words and flags, in any order. Behind `--` everything is a word. */
export function readCommandLine<F extends Flags>(
  command: string,
  flags: F,
  given: string[],
): { words: string[]; flags: Given<F> } {
  const words: string[] = [];
  const found: Record<string, string | true> = {};
  const rest = [...given];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      words.push(...rest.splice(0));
    } else if (word.startsWith("-") && word !== "-") {
      const [, name, attached] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
      const flag = name !== undefined && Object.hasOwn(flags, name) ? flags[name] : undefined;
      if (name === undefined || !flag) throw new ArgumentError(unknown(command, flags, word));
      if (!flag.value && attached !== undefined) throw new ArgumentError(`--${name} takes no value.`);
      found[name] = flag.value ? takeValue(name, flag.value, attached, rest) : true;
    } else {
      words.push(word);
    }
  }
  return { words, flags: found as Given<F> };
}

/** The flags and what they do, a line each. */
export function usage(command: string, flags: Flags): string {
  const names = Object.entries(flags).map(([name, flag]) => `--${name}${flag.value ? ` ${flag.value}` : ""}`);
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.values(flags).map((flag, at) => `  ${(names[at] ?? "").padEnd(width)}  ${flag.says}`);
  return [`${command} -- [flags]`, ...lines].join("\n");
}

/**
 * A moment as a person types it: `2026-03-24`, `2026-03-24T07:30Z`. Throws an ArgumentError that shows the form.
 * @param zone whose clock is meant where the text names none
 */
export function readMoment(name: string, text: string, zone = "UTC"): number {
  const isOfForm = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const moment = isOfForm ? parseMoment(text, namesZone(text) ? undefined : zone) : Number.NaN;
  if (Number.isNaN(moment))
    throw new ArgumentError(`--${name} ${text} is not a moment. Write it like 2026-03-24T07:30Z.`);
  return moment;
}

/** Whether a moment, as it is typed, says whose clock is meant. */
export const namesZone = (text: string): boolean => /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text);

/** NaN for a day or an hour that there is not. @param zone where the text names none */
function parseMoment(text: string, zone: string | undefined): number {
  try {
    if (zone === undefined) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}

function takeValue(name: string, what: string, attached: string | undefined, rest: string[]): string {
  const value = attached ?? (rest[0]?.startsWith("--") ? undefined : rest.shift());
  if (!value) throw new ArgumentError(`--${name} needs a value: --${name} ${what}.`);
  return value;
}

function unknown(command: string, flags: Flags, word: string): string {
  const bare = word.replace(/^-+/, "").replace(/=.*$/s, "");
  const near = Object.keys(flags).find((name) => distance(name, bare) <= 2);
  const hint = near ? ` Did you mean --${near}?` : "";
  const all = Object.entries(flags).map(([name, { value }]) => `--${name}${value ? ` ${value}` : ""}`);
  return `${command} does not know "${word}".${hint || ` It takes ${all.join(", ") || "no flags"}.`}`;
}

/** Levenshtein's distance: how many letters to add, drop or change. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (const [place, other] of [...to].entries()) {
      const change = (row[place] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
