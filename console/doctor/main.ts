import { ArgumentError } from "../../cli/arguments.ts";
import { write, writeError } from "../../cli/terminal.ts";
import { doctor } from "./doctor.ts";

/** `npm run doctor`: whether a stage can send and receive, and what to do where it cannot. */
try {
  const { exitCode, out } = await doctor(process.argv.slice(2));
  await write(out);
  process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  writeError(error.message);
  process.exitCode = 2;
}
