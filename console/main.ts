import { runConsole } from "./commands.ts";

/** `npm run console -- COMMAND`: what the owner can do at the command line. */
const { exitCode, out, error } = await runConsole(process.argv.slice(2));
if (out) console.log(out);
if (error) console.error(error);
process.exitCode = exitCode;
