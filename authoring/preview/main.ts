import { ArgumentError, readArguments, usage } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import { startPreview } from "./server.ts";
import type { Build } from "./workshop.ts";

/** `npm run preview`: every mail and page as it is being written, until Ctrl-C. */

/** Where it is busy, a free port is taken. */
const USUAL_PORT = 4810;

/** It speaks of the machine that writes, not of the functions, which run on another version. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const FLAGS = { help: { says: "this" } };

try {
  const given = readArguments("npm run preview", FLAGS, process.argv.slice(2));
  if (given.help) console.log(usage("npm run preview", FLAGS));
  else await serve();
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const preview = await startPreview(ROOT, { port: USUAL_PORT });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void preview.close());
  console.log(`Every mail and page, as they are being written: ${preview.origin}/
Save a file in content/ or templates/, and the page follows. j and k go through the list, r through the readers.
Where a course asks its readers something, or says for whom a lesson is, choose as whom you look.
Ctrl-C stops.
`);
  const told = { number: 0 };
  tell(told, preview.workshop.build);
  preview.workshop.onBuild((build) => tell(told, build));
}

/** A build is told twice: when it has ended, and when it is checked. */
function tell(told: { number: number }, { number, ms, problems, leftOut, findings }: Build): void {
  const time = `${ms.toFixed(0)} ms`.padStart(8);
  if (number !== told.number && leftOut.length > 0)
    console.log(
      `${time}  does not compile and is left out; all else is as it is written\n${leftOut.join("\n")}`,
    );
  if (number !== told.number && problems.length === 0 && leftOut.length === 0)
    console.log(`${time}  compiled`);
  if (problems.length > 0)
    console.log(`${time}  does not compile; the last good version stays\n${problems.join("\n")}`);
  if (findings) console.log(`          checked, ${findings.length} to mend`);
  told.number = number;
}
