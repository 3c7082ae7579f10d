import { ArgumentError } from "../../cli/arguments.ts";
import { EVENT_TYPES, isEventType, type ReaderEvent } from "../../functions/domain/events/reader-event.ts";
import { type Group, verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { safe } from "../shown.ts";
import { eventSchema } from "./event-schemas.ts";
import { type LatestEvents, openLatestEvents } from "./latest-events.ts";

/** How long it waits for more before it looks whether it is to end. */
const WAITS_SECONDS = 5;

/** What other tools are told of what happens to readers. */
export const EVENTS: Group = {
  otherwise: "tail",
  verbs: {
    tail: verb({
      says: "what is told, as it comes: the last hour first, until Ctrl-C; each event is printed once",
      flags: {
        ...STAGE_FLAG,
        once: { says: "what is there now, and no more" },
        json: { says: "one event a line, as tools get it" },
      },
      stopsItself: true,
      async *run({ flags, reach, signal }) {
        yield* tailEvents(openLatest(await reach()), flags, signal);
      },
    }),
    schema: verb({
      takes: ["TYPE"],
      says: `the JSON Schema of one type of event: ${EVENT_TYPES.join(", ")}`,
      flags: {},
      onlyReads: true,
      run: async ({ words: [type = ""] }) => {
        if (!isEventType(type))
          throw new ArgumentError(`There is no event "${type}"; there are ${EVENT_TYPES.join(", ")}.`);
        return JSON.stringify(eventSchema(type), undefined, 2);
      },
    }),
  },
};

function openLatest({ outputs, stage }: Deployment): LatestEvents {
  const url = outputs.LatestEventsUrl;
  if (!url)
    throw new ArgumentError(
      `Stage ${stage} tells nothing: set events: true for it in coursepost.config.ts, and deploy (docs/EVENTS.md).`,
    );
  return openLatestEvents(url);
}

/** @param signal ends it between two looks */
export async function* tailEvents(
  latest: LatestEvents,
  { once, json }: { once?: true | undefined; json?: true | undefined },
  signal: AbortSignal,
): AsyncGenerator<string> {
  while (!signal.aborted) {
    const events = await takeUnlessAborted(latest, once ? 0 : WAITS_SECONDS, signal);
    for (const event of events) yield json ? JSON.stringify(event) : eventLine(event);
    if (once && events.length === 0) return;
  }
}

const takeUnlessAborted = (latest: LatestEvents, seconds: number, signal: AbortSignal) =>
  latest.take(seconds, signal).catch((error: Error) => {
    if (signal.aborted) return [];
    throw error;
  });

/** An event on one line: when, what, who, and what else is known. */
export function eventLine({ timestamp, type, data }: ReaderEvent): string {
  const { reader, ...more } = data as { reader: string } & Record<string, unknown>;
  const rest = Object.entries(more).map(([name, value]) => `${name}=${safe(String(value))}`);
  return [timestamp, type.padEnd(16), reader, ...rest].join("  ");
}
