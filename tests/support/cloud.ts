import { inject } from "vitest";
import { DAY } from "../../functions/domain/time.ts";
import { STAGES } from "../../infra/stages.ts";
import { type Cloud, type CloudOptions, startCloud } from "../../local/aws/cloud.ts";
import { TableInMemory } from "../../local/aws/table-in-memory.ts";
import { FunctionsHere } from "./functions-here.ts";

const WEEK = 7 * DAY;
/** A Wednesday morning in Europe. */
export const MORNING = Date.UTC(2026, 2, 4, 9);

/** Goes on to the next Wednesday morning, where a cloud's next reader finds what its first one did. */
export const untilWednesday = (cloud: Cloud): Promise<void> =>
  cloud.advanceTo(MORNING + Math.ceil((cloud.now() - MORNING) / WEEK) * WEEK);

/**
 * The whole of it, as `npm start` runs it, on ports of its own. What is not kept in a folder is in the table in memory,
 * which answers like the embedded database and costs a fifth less of a journey.
 */
export function openThreadedCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const table = options.stateFolder === undefined ? { table: new TableInMemory() } : {};
  return startCloud({
    ...{ ...inject("synthesis"), region: STAGES.local.region, startAt: MORNING },
    ...table,
    ...options,
  });
}

/** The table in memory, and the functions in the test's own thread. */
export const inThisThread = (): Pick<CloudOptions, "runtime" | "table"> => ({
  table: new TableInMemory(),
  runtime: (clock, wire, dns) => new FunctionsHere(clock, wire, dns),
});

/** The same with its functions in the test's own thread: for whoever looks at mails and pages, and not at threads. */
export const openCloud = (options: Partial<CloudOptions> = {}): Promise<Cloud> =>
  openThreadedCloud({ runtime: inThisThread().runtime, ...options });
