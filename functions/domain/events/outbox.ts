import { spreadId } from "../sending/shard.ts";
import type { ReaderEvent } from "./reader-event.ts";

/*
 * The problem: what happened to a reader is to be told to other tools, once it has happened and only then, whether the bus
 * takes it or not, and no mail may wait for that. The idea: an event is written on the very item whose change it tells of,
 * in the same conditional write, and with it the item's place in a sparse index of its own. A function walks that index each
 * minute, puts the events on the bus, and takes them off the item. What is cut off in between is told again, under the
 * same id. It was not put on the item's agenda: an item has one place in the `due` index, and a bus that is away would
 * have held up the mails behind it.
 *
 *   change + event, one write → the index → PutEvents → taken off the item, if nothing was added since
 *                              ^1          ^2           ^3        where it may be cut off: 1, 2: told by the next run; 3: told twice
 */

/** What an item carries that has something to tell. */
export interface Telling {
  /** Events that were not told yet, oldest first. */
  untold?: ReaderEvent[];
}

/** The item's place in the `outbox` index. */
export interface OutboxPlace {
  outbox: string;
  /** Names the latest event too, so that what tells the events takes none off that it has not seen. */
  outboxOrder: string;
}

/** Partitions: each takes a thousand writes a second. */
const PARTITIONS = 8;
/** Maximum events that wait on one item: DynamoDB holds 400 KB. The bus would have to be away for weeks. */
const MOST_UNTOLD = 200;

export const OUTBOX_PARTITIONS = Array.from({ length: PARTITIONS }, (_, number) => `outbox-${number}`);

/**
 * Undefined where nothing is to be told: the index is sparse.
 * @param partition of the reader: what is about one of them stands together
 */
export function outboxPlace(partition: string, untold: readonly ReaderEvent[] = []): OutboxPlace | undefined {
  const last = untold.at(-1);
  return (
    last && {
      outbox: `outbox-${spreadId(partition) % PARTITIONS}`,
      outboxOrder: `${last.timestamp} ${last.id}`,
    }
  );
}

/** The item with more to tell; unchanged if there is nothing. The oldest go where they are too many. */
export const withUntold = <T extends Telling>(item: T, events: readonly ReaderEvent[]): T =>
  events.length === 0 ? item : { ...item, untold: [...(item.untold ?? []), ...events].slice(-MOST_UNTOLD) };

/** Who tells, as rules on the bus name it. */
export const EVENT_SOURCE = "coursepost";

/** Whoever takes off what was told touches these attributes and no others. */
export const OUTBOX_ATTRIBUTES = ["pk", "sk", "untold", "outbox", "outboxOrder"] as const;
