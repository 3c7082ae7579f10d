import { ArgumentError, type Flags } from "../cli/arguments.ts";
import {
  allHelp,
  type Call,
  type ConsoleCommand,
  isGroup,
  readCall,
  type Verb,
  verbHelp,
  type Watching,
} from "./command.ts";
import { connect, type Deployment } from "./connect.ts";
import { COURSE } from "./course/course.ts";
import { DEAD_LETTERS } from "./dead-letters.ts";
import { DESK_INDEX } from "./desk-index.ts";
import { DNS_RECORDS } from "./dns-records.ts";
import { EXPORT } from "./export/export.ts";
import { IMPORT } from "./import/import.ts";
import { ISSUE } from "./issue/issue.ts";
import { KEYS } from "./keys.ts";
import { LEDGER } from "./ledger.ts";
import { LET_IN } from "./let-in.ts";
import { PARKED } from "./parked.ts";
import { PARSE_REPLY } from "./parse-reply.ts";
import { PRODUCTION_ACCESS } from "./production-access.ts";
import { REPLIES } from "./replies/replies.ts";
import { SENDING } from "./sending.ts";
import { STATS } from "./stats/stats.ts";
import { SUBSCRIBERS } from "./subscribers/subscribers.ts";
import { SUPPRESSIONS } from "./suppressions.ts";
import { TODAY } from "./today/today.ts";
import { TRAY } from "./tray.ts";
import { troubleInWords } from "./trouble.ts";

/** What the owner can do at the command line. */
export const COMMANDS: ReadonlyMap<string, ConsoleCommand> = new Map<string, ConsoleCommand>([
  ["course", COURSE],
  ["dead-letters", DEAD_LETTERS],
  ["desk-index", DESK_INDEX],
  ["dns", DNS_RECORDS],
  ["export", EXPORT],
  ["import", IMPORT],
  ["issue", ISSUE],
  ["keys", KEYS],
  ["ledger", LEDGER],
  ["let-in", LET_IN],
  ["parked", PARKED],
  ["parse-reply", PARSE_REPLY],
  ["production-access", PRODUCTION_ACCESS],
  ["replies", REPLIES],
  ["sending", SENDING],
  ["stats", STATS],
  ["subscribers", SUBSCRIBERS],
  ["suppressions", SUPPRESSIONS],
  ["today", TODAY],
  ["tray", TRAY],
]);

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

/** Runs a command line, without the program's name. Programmer's errors are thrown. */
export async function runConsole(
  given: string[],
  place: Partial<ConsolePlace> = {},
): Promise<CommandOutcome> {
  const lines: string[] = [];
  const { write = async (line: string) => void lines.push(line) } = place;
  let exitCode = 0;
  let error = "";
  try {
    await follow(given, { ...ALONE, ...place, write });
  } catch (thrown) {
    [exitCode, error] = refusal(thrown);
  }
  return { exitCode, out: lines.join("\n"), error };
}

/** For callers that show no progress. */
const ALONE: Omit<ConsolePlace, "write"> = {
  reach: async (stage, content) => connect(stage, typeof content === "function" ? await content() : content),
  tell: () => {},
  signal: new AbortController().signal,
  begins: () => {},
};

function refusal(thrown: unknown): [exitCode: number, error: string] {
  if (thrown instanceof ArgumentError) return [2, thrown.message];
  const says = troubleInWords(thrown);
  if (says !== undefined) return [1, says];
  throw thrown;
}

async function follow(given: string[], place: ConsolePlace): Promise<void> {
  const asksForHelp = given.some((word) => word === "--help" || word === "-h");
  const words = given.filter((word) => word !== "--help" && word !== "-h");
  const [name = "help", ...rest] = words;
  if (name === "help" && rest.length === 0) return place.write(allHelp(COMMANDS));
  if (name === "help") return place.write(findHelp(rest));
  if (asksForHelp) return place.write(findHelp(words));
  const { verb, name: fullName, given: left } = findVerb(name, rest);
  const { words: taken, flags } = readCall(fullName, verb, left);
  place.begins(verb);
  const stage = (flags as { stage?: string }).stage;
  const { tell, signal, reach } = place;
  const output = verb.run({ words: taken, flags, tell, signal, reach: (content) => reach(stage, content) });
  if (output instanceof Promise) return place.write(await output);
  for await (const line of output) await place.write(line);
}

function commandNamed(name: string): ConsoleCommand {
  const command = COMMANDS.get(name);
  if (!command)
    throw new ArgumentError(`There is no command "${name}"; there are ${[...COMMANDS.keys()].join(", ")}.`);
  return command;
}

/** The verb that a command line means, by its whole name, and what is left of the line. */
function findVerb(name: string, given: string[]): { verb: Verb; name: string; given: string[] } {
  const command = commandNamed(name);
  if (!isGroup(command)) return { verb: command, name, given };
  const isNamed = given[0] !== undefined && !given[0].startsWith("-");
  const wanted = isNamed ? given[0] : command.otherwise;
  if (wanted === undefined)
    throw new ArgumentError(`${name} needs one of ${Object.keys(command.verbs).join(", ")}.`);
  return {
    verb: findGroupVerb(name, command.verbs, wanted),
    name: `${name} ${wanted}`,
    given: isNamed ? given.slice(1) : given,
  };
}

function findGroupVerb(name: string, verbs: Readonly<Record<string, Verb>>, wanted: string): Verb {
  const found = Object.hasOwn(verbs, wanted) ? verbs[wanted] : undefined;
  if (!found) throw new ArgumentError(`${name} ${wanted}? It is one of ${Object.keys(verbs).join(", ")}.`);
  return found;
}

function findHelp([name = "", wanted]: string[]): string {
  const command = commandNamed(name);
  if (!isGroup(command) || wanted === undefined || wanted.startsWith("-")) return verbHelp(name, command);
  return verbHelp(`${name} ${wanted}`, findGroupVerb(name, command.verbs, wanted));
}
