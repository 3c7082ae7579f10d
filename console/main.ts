import { endTold, tell, write, writeError } from "../cli/terminal.ts";
import { runConsole } from "./commands.ts";

/** `npm run console -- COMMAND`, or `coursepost COMMAND`: what the owner can do at the command line. */
const INTERRUPTED = 130;
const STOPPED = "Stopped. What was done stays done, and the same command goes on from there.";

const stopping = new AbortController();
let stopsItself = false;
process.on("SIGINT", () => {
  // Every change is one whole write, so that ending anywhere leaves what the next run can go on from.
  if (!stopsItself || stopping.signal.aborted) stopNow();
  stopping.abort();
});
// The reader of a pipe has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const { exitCode, error } = await runConsole(process.argv.slice(2), {
  write: async (line) => {
    endTold();
    await write(line);
  },
  tell,
  signal: stopping.signal,
  begins: (verb) => {
    stopsItself = verb.stopsItself === true;
  },
});
endTold();
if (error) writeError(error);
if (stopping.signal.aborted) stopNow();
process.exitCode = exitCode;

function stopNow(): never {
  endTold();
  console.error(STOPPED);
  process.exit(INTERRUPTED);
}
