import { ROOT } from "../../cli/root.ts";
import { startPreview } from "./server.ts";
import type { Build } from "./workshop.ts";

/** `npm run preview`: every mail and page as it is being written, until Ctrl-C. */

/** Where it is busy, a free port is taken. */
const USUAL_PORT = 4810;

/** It speaks of the machine that writes, not of the functions, which run on another version. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const preview = await startPreview(ROOT, { port: USUAL_PORT });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void preview.close());
console.log(`Every mail and page, as they are being written: ${preview.origin}/
Save a file in content/ or templates/, and the page follows. j and k go through the list, r through the readers.
Ctrl-C stops.
`);
let told = 0;
tell(preview.workshop.build);
preview.workshop.onBuild(tell);

/** A build is told twice: when it has ended, and when it is checked. */
function tell({ number, ms, problems, findings }: Build): void {
  const time = `${ms.toFixed(0)} ms`.padStart(8);
  if (number !== told && problems.length === 0) console.log(`${time}  compiled`);
  if (problems.length > 0)
    console.log(`${time}  does not compile; the last good version stays\n${problems.join("\n")}`);
  if (findings) console.log(`          checked, ${findings.length} to mend`);
  told = number;
}
