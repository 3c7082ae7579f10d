import { ArgumentError, type Flags, type Given, readCommandLine } from "../cli/arguments.ts";
import type { Content } from "../functions/domain/content.ts";
import type { Deployment } from "./connect.ts";

/** Something the owner can do at the command line: one act, or several under one name. */
export type ConsoleCommand = Verb | Group;

export interface Group {
  verbs: Readonly<Record<string, ToldVerb>>;
  /** The verb that is meant if none is named. */
  otherwise?: string;
  /** Names that verbs had before: whoever types one is told the new one. */
  was?: Readonly<Record<string, string>>;
}

/** What the list of all commands says of one. What it does is read when it is meant, with all that it imports. */
export interface ListedCommand {
  says: string;
  /** What stands behind its name: `FILE`, or its verbs, `list|show`. */
  takes?: string;
  read(): Promise<ConsoleCommand>;
}

export interface Verb {
  /** The words behind its name as its usage has them: `READER`, `[KEY]`, `[TAG…]`. */
  takes: readonly string[];
  flags: Flags;
  /** Set for one that listens to `signal`, so that it can end in good order. Others end where they are. */
  stopsItself?: true;
  /** Set for one that changes nothing, neither there nor here: `mcp` offers it as a tool. */
  onlyReads?: true;
  // Each verb reads its own flags; verb() has checked that they fit.
  run(call: Call<Flags>): Output;
}

/** A verb of a group; what a command of one verb says stands in the list of commands. */
type ToldVerb = Verb & { says: string };

/** What a verb prints: all at once, or line by line where there can be many. */
type Output = Promise<string> | AsyncIterable<string>;

/** A command line, read, and what its verb may ask of its surroundings. */
export interface Call<F extends Flags> extends Watching {
  /** As many as the verb takes. */
  words: string[];
  flags: Given<F>;
  /** Reaches the stage of `--stage`. @param content where to read the words, for verbs that need them */
  reach(content?: Content | (() => Promise<Content>)): Promise<Deployment>;
  /** For a verb that runs others. */
  others: Commands;
}

export interface CommandOutcome {
  /** 0; 1 for what failed and may work later; 2 for a command line that cannot be followed. */
  exitCode: number;
  /** What was printed, unless it was written elsewhere while it came. */
  out: string;
  error: string;
}

/** Where a command runs. */
export interface ConsolePlace extends Watching {
  /** Takes what is printed, a line at a time. */
  write(line: string): Promise<void>;
  reach: (stage: string | undefined, content: Parameters<Call<Flags>["reach"]>[0]) => Promise<Deployment>;
  /** Told once which verb runs, before it does. */
  begins(verb: Verb): void;
}

/** All commands, and what runs one. */
export interface Commands {
  commands: ReadonlyMap<string, ListedCommand>;
  run(given: string[], place: Partial<ConsolePlace>): Promise<CommandOutcome>;
}

/** Who looks on, and may stop it. */
export interface Watching {
  /** How far it has come, on a line that is written over. */
  tell(what: string, done: number, of?: number): void;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** A verb whose `run` sees its own flags' types. */
export function verb<const F extends Flags>(made: MadeVerb<F> & { says: string }): ToldVerb;
export function verb<const F extends Flags>(made: MadeVerb<F>): Verb;
export function verb<const F extends Flags>(made: MadeVerb<F>): Verb {
  return { takes: [], ...made, run: (call) => made.run(call as Call<F>) };
}

interface MadeVerb<F extends Flags> extends Omit<Verb, "run" | "flags" | "takes"> {
  takes?: readonly string[];
  flags: F;
  run(call: Call<F>): Output;
}

export const isGroup = (command: ConsoleCommand): command is Group => "verbs" in command;

/**
 * The words and the flags of a verb's command line, in any order.
 * Throws an ArgumentError that names the word that is missing, or one too many.
 */
export function readCall(
  name: string,
  { takes, flags }: Verb,
  given: string[],
): Pick<Call<Flags>, "words" | "flags"> {
  const read = readCommandLine(name, flags, given);
  const needed = takes.filter((word) => !word.startsWith("["));
  const missing = needed[read.words.length];
  if (missing) throw new ArgumentError(`${name} needs ${missing}. Write it like: ${usageLine(name, takes)}`);
  const most = takes.at(-1)?.includes("…") ? Number.POSITIVE_INFINITY : takes.length;
  const extra = read.words[most];
  if (extra !== undefined)
    throw new ArgumentError(`${name}: "${extra}" is too much. Write it like: ${usageLine(name, takes)}`);
  return read;
}

const PROGRAM = /coursepost(\.mjs)?$/.test(process.argv[1] ?? "") ? "coursepost" : "npm run console --";

const usageLine = (name: string, takes: readonly string[]): string => [PROGRAM, name, ...takes].join(" ");

const HELP: Flags = { help: { says: "this" } };

/** What `--help` prints of one. @param says what it is for */
export function verbHelp(name: string, says: string, command: ConsoleCommand): string {
  if (isGroup(command)) {
    const lines = Object.entries(command.verbs).map(([verb, told]) =>
      describeUse([verb, ...told.takes], told.says),
    );
    return [`${PROGRAM} ${name} VERB: ${says}`, "", ...lines, "", more(name)].join("\n");
  }
  const flags = Object.entries({ ...command.flags, ...HELP });
  const names = flags.map(([flag, { value }]) => `--${flag}${value ? ` ${value}` : ""}`);
  const width = Math.max(...names.map((one) => one.length));
  const lines = flags.map(([, { says }], at) => `  ${(names[at] ?? "").padEnd(width)}  ${says}`);
  return [`${usageLine(name, command.takes)} [flags]`, says, "", ...lines].join("\n");
}

/** What `help` prints. */
export function allHelp(commands: ReadonlyMap<string, ListedCommand>): string {
  const lines = [...commands].map(([name, { takes, says }]) =>
    describeUse(takes ? [name, takes] : [name], says),
  );
  return [`${PROGRAM} COMMAND`, "", ...lines, "", more()].join("\n");
}

const describeUse = (words: readonly string[], says: string): string => `  ${words.join(" ")}\n      ${says}`;

const more = (name = "COMMAND"): string =>
  `${PROGRAM} ${name} ${name === "COMMAND" ? "" : "VERB "}--help says more.`;
