import { ArgumentError } from "../../cli/arguments.ts";
import { plan } from "./plan.ts";

/** `npm run plan`: what the content in the working tree would do to readers in mid-course. */
try {
  console.log(await plan(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
