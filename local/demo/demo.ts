import "../../cli/tell-settings-error.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { NotAssembled } from "../assemble.ts";
import { runDemo } from "./run-demo.ts";

/** `npm run demo`: one reader through the whole course in virtual time, without a browser. */

// A reader of the transcript through `head` has seen enough; the demo still ends with its own status.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

runDemo(process.argv.slice(2), console.log).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const isForAuthor = error instanceof ArgumentError || error instanceof NotAssembled;
    console.error(isForAuthor ? error.message : error);
    process.exitCode = 1;
  },
);
