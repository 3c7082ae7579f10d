import { ArgumentError } from "../local/arguments.ts";
import { DNS_RECORDS } from "./dns-records.ts";
import { ISSUE } from "./issue/issue.ts";
import { KEYS } from "./keys.ts";
import { PARSE_REPLY } from "./parse-reply.ts";
import { PRODUCTION_ACCESS } from "./production-access.ts";
import { REDRIVE } from "./redrive.ts";
import { SENDING } from "./sending.ts";
import { TRAY } from "./tray.ts";

/** What the owner can do at the command line. */
export interface Command {
  /** Behind the command's name: what it takes. */
  takes: string;
  says: string;
  /** Returns what is to be printed. Throws an ArgumentError that says what to do instead. */
  run: (given: string[]) => Promise<string>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["dns", DNS_RECORDS],
  ["issue", ISSUE],
  ["keys", KEYS],
  ["parse-reply", PARSE_REPLY],
  ["production-access", PRODUCTION_ACCESS],
  ["redrive", REDRIVE],
  ["sending", SENDING],
  ["tray", TRAY],
]);

export interface Outcome {
  /** 0, or 2 for a command line that cannot be followed. */
  exitCode: number;
  out: string;
  error: string;
}

/** Runs a command line, without the program's name. Programmer's errors are thrown. */
export async function runConsole([name = "help", ...given]: string[]): Promise<Outcome> {
  if (["help", "--help", "-h"].includes(name)) return { exitCode: 0, out: help(), error: "" };
  const command = COMMANDS.get(name);
  if (!command) return refused(`There is no command "${name}".\n\n${help()}`);
  try {
    return { exitCode: 0, out: await command.run(given), error: "" };
  } catch (error) {
    if (error instanceof ArgumentError) return refused(error.message);
    throw error;
  }
}

const refused = (error: string): Outcome => ({ exitCode: 2, out: "", error });

function help(): string {
  const lines = [...COMMANDS].map(([name, { takes, says }]) => `  ${name} ${takes}\n      ${says}`);
  return ["npm run console -- COMMAND", "", ...lines, "  help", "      this"].join("\n");
}
