import { OUTBOX_PARTITIONS } from "../domain/events/outbox.ts";
import type { ReaderEvent } from "../domain/events/reader-event.ts";
import { type Instant, MINUTE, SECOND } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Bus, HolderStore, Needs, Outbox, ToTell } from "../ports.ts";

type Tells = Needs<HolderStore, "settings" | "clock" | "log"> & { outbox: Outbox; bus: Bus };

/** The next minute's run goes on where this one ends. */
const LONGEST_RUN = 50 * SECOND;
/** An event that the bus has not taken for so long is told to the owner: the run fails, and its alarm sees that. */
const PATIENCE = 15 * MINUTE;

/** One minute's run. */
interface Run {
  until: Instant;
  told: number;
  /** When the eldest happened that the bus did not take. */
  eldest: Instant;
}

/**
 * Puts on the bus what has happened to readers, and takes it off the items that it happened to. An item is taken off only
 * when the bus has all of its events: what is cut off or refused is told again, under the same ids.
 * Throws `bus-unavailable`, once an event has waited for a quarter of an hour.
 */
export async function tellWhatHappened(services: Tells): Promise<void> {
  const { clock, log } = services;
  const run: Run = { until: clock.now() + LONGEST_RUN, told: 0, eldest: Number.POSITIVE_INFINITY };
  await Promise.all(OUTBOX_PARTITIONS.map((partition) => tellPartition(services, partition, run)));
  if (run.told > 0) log.info("events-told", { events: run.told });
  if (run.eldest < clock.now() - PATIENCE)
    throw new OperationalError("bus-unavailable", `since ${new Date(run.eldest).toISOString()}`);
}

async function tellPartition(services: Tells, partition: string, run: Run): Promise<void> {
  let after: unknown;
  do {
    const page = await services.outbox.page(partition, after);
    await tellItems(services, page.items, run);
    after = page.after;
  } while (after !== undefined && services.clock.now() < run.until);
}

async function tellItems(services: Tells, items: readonly ToTell[], run: Run): Promise<void> {
  const { outbox, bus } = services;
  const events = await Promise.all(items.map(({ untold }) => withAddresses(services, untold)));
  const taken = await bus.put(events.flat());
  for (const [place, item] of items.entries()) {
    const refused = (events[place] ?? []).filter((event) => !taken.has(event));
    for (const { timestamp } of refused) run.eldest = Math.min(run.eldest, Date.parse(timestamp));
    if (refused.length > 0) continue;
    await outbox.takeOff(item);
    run.told += item.untold.length;
  }
}

/** Addresses are looked up when they are told: none is kept beside an event. */
async function withAddresses(
  { settings, store }: Tells,
  untold: readonly ReaderEvent[],
): Promise<readonly ReaderEvent[]> {
  if (!settings.eventsWithAddresses) return untold;
  return Promise.all(
    untold.map(async (event) => {
      if (event.type === "reader.erased") return event;
      const address = (await store.subscriber(event.data.reader))?.address;
      return address === undefined ? event : ({ ...event, data: { ...event.data, address } } as ReaderEvent);
    }),
  );
}
