import { ArgumentError } from "../../cli/arguments.ts";
import { write, writeError } from "../../cli/terminal.ts";
import { plan } from "./plan.ts";

/** `npm run plan`: what the content in the working tree would do to readers in mid-course. */
try {
  await write(await plan(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  writeError(error.message);
  process.exitCode = 2;
}
