import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ArgumentError } from "../cli/arguments.ts";
import { ROOT } from "../cli/root.ts";
import {
  allHelp,
  type CommandOutcome,
  type ConsolePlace,
  type Group,
  isGroup,
  type ListedCommand,
  readCall,
  type Verb,
  verbHelp,
} from "./command.ts";
import { troubleInWords } from "./trouble.ts";

/** What the owner can do at the command line. Nothing here imports what a command does, so that help comes at once. */
export const COMMANDS: ReadonlyMap<string, ListedCommand> = new Map<string, ListedCommand>([
  [
    "api-keys",
    {
      says: "keys of the HTTP API, for other programs of yours: what each may do, and when it was used",
      takes: "list|make|revoke",
      read: async () => (await import("./api/keys.ts")).API_KEYS,
    },
  ],
  [
    "course",
    {
      says: "begin a course of your own, give it a newsletter, or mail it to a test address",
      takes: "new|newsletter|test",
      read: async () => (await import("./course/course.ts")).COURSE,
    },
  ],
  [
    "dead-letters",
    {
      says: "messages that a queue gave up: how many, what is in them, and put them back",
      takes: "list|show|redrive",
      read: async () => (await import("./dead-letters.ts")).DEAD_LETTERS,
    },
  ],
  [
    "desk-index",
    {
      says: "the owner's index of people and replies: fill it once for a table that stood before it",
      takes: "show|fill",
      read: async () => (await import("./desk-index.ts")).DESK_INDEX,
    },
  ],
  [
    "dmarc",
    {
      says: "what mail hosts report of your domain, week by week, and when a stricter DMARC policy is safe",
      read: async () => (await import("./dmarc/dmarc.ts")).DMARC,
    },
  ],
  [
    "dns",
    {
      says: "the DNS records to create: host relative to your domain, type, priority, value",
      read: async () => (await import("./dns-records.ts")).DNS_RECORDS,
    },
  ],
  [
    "events",
    {
      says: "what other tools are told of what happens to readers: see it come, and the schema of each event",
      takes: "tail|schema",
      read: async () => (await import("./events/events.ts")).EVENTS,
    },
  ],
  [
    "export",
    {
      says: "everybody in the list, with all that is kept about them, as CSV or JSON lines",
      read: async () => (await import("./export/export.ts")).EXPORT,
    },
  ],
  [
    "import",
    {
      says: "people out of a CSV file of Kit, Mailchimp, your own export, or any other: a dry run first, always",
      takes: "FILE",
      read: async () => (await import("./import/import.ts")).IMPORT,
    },
  ],
  [
    "issue",
    {
      says: "issues of the newsletter: check one, mail it to yourself, send it to an audience, see how far it has come",
      takes: "list|check|preview|test|send|pause|resume|cancel|status",
      read: async () => (await import("./issue/issue.ts")).ISSUE,
    },
  ],
  [
    "keys",
    {
      says: "which keys sign links; sign with a new one from now on, while older links go on working",
      takes: "list|rotate",
      read: async () => (await import("./keys.ts")).KEYS,
    },
  ],
  [
    "ledger",
    {
      says: "who got a lesson and what became of it, and who did not, and why",
      read: async () => (await import("./ledger.ts")).LEDGER,
    },
  ],
  [
    "let-in",
    {
      says: "whose sign-ups have no limit of their own for a time: a network, a domain, an address",
      takes: "list|add|remove",
      read: async () => (await import("./let-in.ts")).LET_IN,
    },
  ],
  [
    "mcp",
    {
      says: "what the console can show, as tools of the Model Context Protocol: for an assistant of yours; it changes nothing",
      read: async () => (await import("./mcp/mcp.ts")).MCP,
    },
  ],
  [
    "parked",
    {
      says: "mails that were set aside: in doubt twice, or refused by SES; and send them",
      takes: "list|send",
      read: async () => (await import("./parked.ts")).PARKED,
    },
  ],
  [
    "parse-reply",
    {
      says: "what would be made of a reply: its kind and why, the reader's own words, what it is bound by",
      takes: "FILE.eml",
      read: async () => (await import("./parse-reply.ts")).PARSE_REPLY,
    },
  ],
  [
    "production-access",
    {
      says: "a request to leave SES's sandbox, filled in from your settings, and the command that files it",
      read: async () => (await import("./production-access.ts")).PRODUCTION_ACCESS,
    },
  ],
  [
    "replies",
    {
      says: "what readers wrote: list it, see the whole conversation, answer, put aside what is dealt with",
      takes: "list|show|answer|done",
      read: async () => (await import("./replies/replies.ts")).REPLIES,
    },
  ],
  [
    "sending",
    {
      says: "whether mail leaves, at which rate, and why not; hold all mail, or let it go again",
      takes: "status|hold|resume",
      read: async () => (await import("./sending.ts")).SENDING,
    },
  ],
  [
    "stats",
    {
      says: "sign-ups, courses and lessons in numbers: by week, by lesson, and how readers rate themselves",
      read: async () => (await import("./stats/stats.ts")).STATS,
    },
  ],
  [
    "subscribers",
    {
      says: "the readers: find them, see one's whole story, steer their course, stop, export and erase",
      takes:
        "find|show|tag|untag|pause|resume|place|change-address|unsubscribe|suppress|unsuppress|export|erase",
      read: async () => (await import("./subscribers/subscribers.ts")).SUBSCRIBERS,
    },
  ],
  [
    "suppressions",
    {
      says: "which addresses must not be mailed, and why",
      takes: "list|export",
      read: async () => (await import("./suppressions.ts")).SUPPRESSIONS,
    },
  ],
  [
    "today",
    {
      says: "what waits for you and the command that deals with it, this week beside the last, what leaves next",
      read: async () => (await import("./today/today.ts")).TODAY,
    },
  ],
  [
    "transfer",
    {
      says: "move a whole stage: into another account, or between this machine and one",
      takes: "export|import",
      read: async () => (await import("./transfer/transfer.ts")).TRANSFER,
    },
  ],
  [
    "tray",
    {
      says: "the unmatched tray: mails that belong to nobody we know",
      takes: "list|show",
      read: async () => (await import("./tray.ts")).TRAY,
    },
  ],
  [
    "voices",
    {
      says: "answers that readers let others read: see what is offered, shorten it, blank it out, accept or refuse it",
      takes: "list|show|accept|shorten|blank|refuse",
      read: async () => (await import("./voices/voices.ts")).VOICES,
    },
  ],
  [
    "webhooks",
    {
      says: "whom events are sent to; and call each with a test event",
      takes: "list|test",
      read: async () => (await import("./events/webhooks.ts")).WEBHOOKS,
    },
  ],
]);

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
  reach: async (stage, content) => {
    const { connect } = await import("./connect.ts");
    return connect(stage, typeof content === "function" ? await content() : content);
  },
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
  if (name === "help") return place.write(await findHelp(rest));
  if (asksForHelp) return place.write(await findHelp(words));
  const { verb, name: fullName, given: left } = await findVerb(name, rest);
  const { words: taken, flags } = readCall(fullName, verb, left);
  place.begins(verb);
  const stage = (flags as { stage?: string }).stage;
  const { tell, signal, reach } = place;
  const others = { commands: COMMANDS, run: runConsole };
  const output = verb.run({
    ...{ words: taken, flags, tell, signal, others },
    reach: (content) => reach(stage, content),
  });
  if (output instanceof Promise) return place.write(await output);
  for await (const line of output) await place.write(line);
}

function findListed(name: string): ListedCommand {
  const command = COMMANDS.get(name);
  if (!command) throw new ArgumentError(whereItIs(name));
  return command;
}

/** `npm run doctor` is often looked for here. */
function whereItIs(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  if (Object.hasOwn(scripts, name)) return `"${name}" is a program of its own: npm run ${name}.`;
  return `There is no command "${name}"; there are ${[...COMMANDS.keys()].join(", ")}.`;
}

/** The verb that a command line means, by its whole name, and what is left of the line. */
async function findVerb(
  name: string,
  given: string[],
): Promise<{ verb: Verb; name: string; given: string[] }> {
  const command = await findListed(name).read();
  if (!isGroup(command)) return { verb: command, name, given };
  const isNamed = given[0] !== undefined && !given[0].startsWith("-");
  const wanted = isNamed ? given[0] : command.otherwise;
  if (wanted === undefined)
    throw new ArgumentError(`${name} needs one of ${Object.keys(command.verbs).join(", ")}.`);
  return {
    verb: findGroupVerb(name, command, wanted),
    name: `${name} ${wanted}`,
    given: isNamed ? given.slice(1) : given,
  };
}

function findGroupVerb(name: string, { verbs, was = {} }: Group, wanted: string): Group["verbs"][string] {
  const found = Object.hasOwn(verbs, wanted) ? verbs[wanted] : undefined;
  if (found) return found;
  const now = Object.hasOwn(was, wanted) ? was[wanted] : undefined;
  const hint =
    now === undefined ? `It is one of ${Object.keys(verbs).join(", ")}.` : `Did you mean ${name} ${now}?`;
  throw new ArgumentError(`${name} ${wanted}? ${hint}`);
}

async function findHelp([name = "", wanted]: string[]): Promise<string> {
  const { says, read } = findListed(name);
  const command = await read();
  if (!isGroup(command) || wanted === undefined || wanted.startsWith("-"))
    return verbHelp(name, says, command);
  const verb = findGroupVerb(name, command, wanted);
  return verbHelp(`${name} ${wanted}`, verb.says, verb);
}
