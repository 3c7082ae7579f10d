import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { Content } from "../domain/content.ts";
import { EVENT_SOURCE } from "../domain/events/outbox.ts";
import type { ReaderEvent } from "../domain/events/reader-event.ts";
import { OperationalError } from "../errors.ts";
import type { Bus, Log, Outbox, Services } from "../ports.ts";
import { readConfig } from "./config.ts";
import { openOutbox } from "./outbox.ts";
import { openServices } from "./runtime.ts";

/** What EventBridge takes at once: entries, and bytes of all of them (PutEvents, "Calculating entry size"). */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
/** Of an entry besides its texts: its time. */
const TIME_BYTES = 14;
/** Calls side by side. */
const MOST_AT_ONCE = 4;

/** The stage's bus. A refusal is logged by its code: what is not taken stays on its item. */
export function openBus(name: string, log: Log, client = new EventBridgeClient({})): Bus {
  async function putSome(events: readonly ReaderEvent[]): Promise<ReaderEvent[]> {
    try {
      const Entries = events.map((event) => toEntry(event, name));
      const { Entries: answers = [] } = await client.send(new PutEventsCommand({ Entries }));
      const refused = answers.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (refused) log.warn("events-refused", { why: refused.ErrorCode });
      // The answers stand in the order of the entries; one without an id was not taken.
      return events.filter((_, place) => answers[place]?.EventId !== undefined);
    } catch (cause) {
      log.warn("events-refused", { why: (cause as Error).name });
      return [];
    }
  }

  return {
    async put(events) {
      const batches = inBatches(events, name);
      const taken = new Set<ReaderEvent>();
      for (let from = 0; from < batches.length; from += MOST_AT_ONCE) {
        const some = await Promise.all(batches.slice(from, from + MOST_AT_ONCE).map(putSome));
        for (const event of some.flat()) taken.add(event);
      }
      return taken;
    },
  };
}

const toEntry = (event: ReaderEvent, bus: string): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: EVENT_SOURCE,
  DetailType: event.type,
  Time: new Date(event.timestamp),
  Detail: JSON.stringify(event),
});

/** As AWS counts an entry. */
const entryBytes = ({ Source = "", DetailType = "", Detail = "" }: PutEventsRequestEntry): number =>
  TIME_BYTES + [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);

function inBatches(events: readonly ReaderEvent[], bus: string): ReaderEvent[][] {
  const batches: ReaderEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = entryBytes(toEntry(event, bus));
    const last = batches.at(-1);
    if (!last || last.length === MOST_ENTRIES || bytes > room) {
      batches.push([event]);
      room = MOST_BYTES - bytes;
    } else {
      last.push(event);
      room -= bytes;
    }
  }
  return batches;
}

/** The services of the function that tells. Throws `settings-invalid` where the stack names no bus. */
export function openTelling(content: Content): Services & { outbox: Outbox; bus: Bus } {
  const config = readConfig();
  if (config.eventBus === undefined)
    throw new OperationalError("settings-invalid", "environment.EVENT_BUS: is missing");
  const services = openServices(content, undefined, config);
  return { ...services, outbox: openOutbox(config.table), bus: openBus(config.eventBus, services.log) };
}
