import { z } from "zod";
import type { Flags } from "../../cli/arguments.ts";
import { type ConsoleCommand, isGroup, type ListedCommand, type Verb } from "../command.ts";

/** A verb of the console that only reads, as a program calls it. */
export interface ReadTool {
  /** `replies_show`: the verb's whole name in the letters that every client takes. */
  name: string;
  says: string;
  /** Its words and flags, each by its name. */
  schema: z.ZodObject;
  commandLine(given: Record<string, unknown>, always: AlwaysGiven): string[];
}

/** What the owner has said once, when the server was started; no caller can say otherwise. */
export interface AlwaysGiven {
  stage?: string;
  "show-addresses"?: true;
}

/** Longer words are nobody's name for anything. */
const LONGEST_WORD = 500;
const MOST_WORDS = 50;
/** Decided at the start, or by us. */
const NOT_ASKED = ["stage", "show-addresses", "json"];

/** Those that only read, of all commands. */
export async function readTools(commands: ReadonlyMap<string, ListedCommand>): Promise<ReadTool[]> {
  const tools: ReadTool[] = [];
  for (const [name, listed] of commands)
    for (const { path, says, verb } of verbsOf(name, listed.says, await listed.read()))
      if (verb.onlyReads) tools.push(toTool(path, says, verb));
  return tools;
}

function verbsOf(name: string, says: string, command: ConsoleCommand) {
  if (!isGroup(command)) return [{ path: [name], says, verb: command }];
  return Object.entries(command.verbs).map(([word, verb]) => ({ path: [name, word], says: verb.says, verb }));
}

function toTool(path: string[], says: string, verb: Verb): ReadTool {
  const words = verb.takes.map(readWord);
  const flags = Object.entries(verb.flags).filter(([name, { value }]) => isAsked(name, value));
  return {
    name: path.join("_"),
    says,
    schema: z.strictObject({
      ...Object.fromEntries(words.map((word) => [word.name, wordSchema(word)])),
      ...Object.fromEntries(flags.map(([name, flag]) => [name, flagSchema(flag)])),
    }),
    commandLine: (given, always) => [
      ...path,
      ...flags.flatMap(([name, { value }]) => asFlag(name, value, given[name])),
      ...Object.entries(always).flatMap(([name, value]) =>
        Object.hasOwn(verb.flags, name) ? asFlag(name, verb.flags[name]?.value, value) : [],
      ),
      ...(Object.hasOwn(verb.flags, "json") ? ["--json"] : []),
      // Whatever a word begins with, it is no flag.
      "--",
      ...words.flatMap(({ name }) => given[name] ?? []).map(String),
    ],
  };
}

/** A flag of a FILE would write one on this machine. */
const isAsked = (name: string, value: string | undefined): boolean =>
  value !== "FILE" && !NOT_ASKED.includes(name);

interface ToolWord {
  name: string;
  mayMiss: boolean;
  isList: boolean;
}

/** `READER`, `[PART]` and `REPLY…` as usage lines have them. */
const readWord = (takes: string): ToolWord => ({
  name: takes.replace(/[[\]…]/g, "").toLowerCase(),
  mayMiss: takes.startsWith("["),
  isList: takes.includes("…"),
});

function wordSchema({ mayMiss, isList }: ToolWord): z.ZodType {
  const word = z.string().min(1).max(LONGEST_WORD);
  const all = isList ? z.array(word).min(1).max(MOST_WORDS) : word;
  return mayMiss ? all.optional() : all;
}

function flagSchema({ value, says }: Flags[string]): z.ZodType {
  const one = value === undefined ? z.boolean() : z.string().max(LONGEST_WORD);
  return one.optional().describe(value === undefined ? says : `${value}: ${says}`);
}

function asFlag(name: string, takes: string | undefined, given: unknown): string[] {
  if (given === undefined || given === false) return [];
  return takes === undefined ? [`--${name}`] : [`--${name}=${given}`];
}
