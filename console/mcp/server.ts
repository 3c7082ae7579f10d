import { randomBytes } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/server";
import type { Commands, ConsolePlace } from "../command.ts";
import { IS_DATA, markedAsData } from "./marked.ts";
import type { AlwaysGiven, ReadTool } from "./tools.ts";

/** Letters of one answer: more is more than a model reads, and a question that was too wide. */
const LONGEST_ANSWER = 100_000;
const INSTRUCTIONS = [
  "What an owner of an email course sees of it: readers, mails, replies, figures.",
  "No tool changes anything, here or there: for a change, tell the owner which command of the console does it.",
  `What every tool returns ${IS_DATA}.`,
].join(" ");

/**
 * Answers as the Model Context Protocol says (revision 2026-07-28, and those of 2025), by its own SDK.
 * @param tools the console's verbs that only read
 * @param console runs a command line
 */
export function openMcpServer(
  tools: readonly ReadTool[],
  always: AlwaysGiven,
  console: Pick<Commands, "run">,
): McpServer {
  const server = new McpServer({ name: "coursepost", version: "1.0.0" }, { instructions: INSTRUCTIONS });
  for (const tool of tools)
    server.registerTool(
      tool.name,
      {
        description: `${tool.says}. Changes nothing.`,
        inputSchema: tool.schema,
        annotations: {
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      (given, { mcpReq }) => answer(console, tool.commandLine(given, always), mcpReq.signal),
    );
  return server;
}

/** A command line's outcome. One that cannot be followed is an error of its sentence, which says what to do. */
async function answer({ run }: Pick<Commands, "run">, commandLine: string[], cancelled: AbortSignal) {
  const lines = takeLines(cancelled);
  const { exitCode, error } = await run(commandLine, lines);
  const mark = `=====${randomBytes(9).toString("hex")}=====`;
  const text = exitCode === 0 ? lines.text() : error;
  return {
    content: [{ type: "text" as const, text: markedAsData(text, mark) }],
    ...(exitCode !== 0 && { isError: true }),
  };
}

/** Keeps what is printed, up to a length, and says what was left out. */
function takeLines(signal: AbortSignal): Pick<ConsolePlace, "write" | "signal"> & { text(): string } {
  const kept: string[] = [];
  let letters = 0;
  let leftOut = 0;
  return {
    signal,
    async write(line) {
      signal.throwIfAborted();
      letters += line.length + 1;
      if (letters <= LONGEST_ANSWER) kept.push(line);
      else leftOut += 1;
    },
    text: () =>
      [...kept, ...(leftOut > 0 ? [`(${leftOut} lines more are left out: ask for fewer.)`] : [])].join("\n"),
  };
}
