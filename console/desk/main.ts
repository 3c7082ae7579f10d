import { ArgumentError, readArguments, usage } from "../../cli/arguments.ts";
import type { RunningCloud } from "../../cli/running-cloud.ts";
import { random } from "../../functions/aws/random.ts";
import { DESK_ORIGIN } from "../../functions/domain/desk-origin.ts";
import { type DeskWork, startDesk } from "./server.ts";

/**
 * `npm run desk`: the owner's desk, until Ctrl-C. `npm start` runs it as a program of its own, tells it which cloud is
 * meant, and is told the link.
 */

const FLAGS = {
  stage: { value: "NAME", says: "one of coursepost.config.ts; this machine's otherwise" },
  port: {
    value: "NUMBER",
    says: "where it is; 4803, where links in mails to you lead, or a free one where that is busy, otherwise",
  },
  help: { says: "this" },
} as const;
/** Mails to the owner link there. */
const USUAL_PORT = Number(new URL(DESK_ORIGIN).port);
const MOST_PORT = 65_535;

async function main(): Promise<void> {
  const given = readArguments("npm run desk", FLAGS, process.argv.slice(2));
  if (given.help) return console.log(usage("npm run desk", FLAGS));
  let cloud: RunningCloud | undefined;
  process.on("message", (started) => {
    cloud = started as RunningCloud;
    // The processor is free now: whoever opens the desk need not wait for its code.
    void load();
  });
  // With the program that started it, it ends.
  process.on("disconnect", () => process.exit(0));
  const isChild = process.send !== undefined;
  let work: Promise<DeskWork> | undefined;
  const load = () => {
    work ??= import("./work.ts").then(({ openWork }) =>
      openWork(given.stage, isChild ? () => cloud : undefined),
    );
    return work;
  };
  const desk = await startDesk(
    {
      load,
      random,
      now: () => performance.now(),
      tell: (link) =>
        process.send ? process.send(link) : console.log(`The desk: ${link}\nThe link works once.`),
    },
    { port: readPort(given.port) },
  );
  if (!isChild) console.log("Ctrl-C stops it.");
  process.once("SIGINT", () => {
    // What npm start runs ends with it.
    if (!isChild) void desk.close().then(() => process.exit(0));
  });
}

function readPort(given: string | undefined): number {
  if (given === undefined) return USUAL_PORT;
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= MOST_PORT) return port;
  throw new ArgumentError(`--port ${given} is no port. It is a number from 0 to ${MOST_PORT}.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof ArgumentError ? error.message : error);
  process.exitCode = 2;
});
