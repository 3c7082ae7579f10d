import { once } from "node:events";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { verb } from "../command.ts";
import { requireStage, STAGE_FLAG } from "../connect.ts";
import { SHOW_FLAG } from "../shown.ts";
import { openMcpServer } from "./server.ts";
import { readTools } from "./tools.ts";

/** What the console can show, for a program that speaks the Model Context Protocol on standard input and output. */
export const MCP = verb({
  flags: { ...STAGE_FLAG, ...SHOW_FLAG },
  stopsItself: true,
  // Yields nothing: what goes to standard output there is the protocol alone.
  async *run({ flags, signal, others }) {
    if (flags.stage !== undefined) requireStage(flags.stage);
    const tools = await readTools(others.commands);
    const open = serveStdio(() => openMcpServer(tools, flags, others));
    await Promise.race([once(process.stdin, "close"), once(signal, "abort")]);
    await open.close();
  },
});
