import "../../cli/tell-settings-error.ts";
import { ArgumentError, readArguments, usage } from "../../cli/arguments.ts";
import { STAGES } from "../../infra/stages.ts";
import { measureLesson } from "./measure.ts";
import { eventsInWords, inWords } from "./table.ts";

/** `npm run cost -- --subscribers N`: what a course costs, from what the emulators meter and AWS's list prices. */
const READERS = 200;
const FLAGS = {
  subscribers: { value: "N", says: "how many get the weekly lesson (1,000)" },
  help: { says: "this" },
};

try {
  const given = readArguments("npm run cost", FLAGS, process.argv.slice(2));
  if (given.help) console.log(usage("npm run cost", FLAGS));
  else console.log(await reckon(given.subscribers ?? "1000"));
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function reckon(subscribers: string): Promise<string> {
  const count = Number(subscribers);
  if (!Number.isInteger(count) || count < 1)
    throw new ArgumentError(`--subscribers ${subscribers}: a whole number from 1 on is needed.`);
  const silent = await measureLesson(READERS);
  const telling = await measureLesson(READERS, { events: true });
  return [inWords(silent, count, STAGES.production), "", ...eventsInWords(silent, telling)].join("\n");
}
