import "../../cli/tell-settings-error.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { write, writeError } from "../../cli/terminal.ts";
import { rehearse } from "./rehearse.ts";

/** `npm run rehearse`: a stage signs up, learns, replies and leaves by itself, and says what held. */
const INTERRUPTED = 130;
const stopping = new AbortController();
// At the first Ctrl-C it takes away what it has made; the second ends it at once.
process.once("SIGINT", () => {
  process.once("SIGINT", () => process.exit(INTERRUPTED));
  stopping.abort();
});

try {
  process.exitCode = await rehearse(process.argv.slice(2), { print: write, signal: stopping.signal });
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  writeError(error.message);
  process.exitCode = 2;
}
