import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { fromHolderItem, fromItem, fromReflectionItem } from "../../functions/aws/items.ts";
import { dispatchPrefix, enrolmentPrefix, personKey, reflectionPrefix } from "../../functions/aws/keys.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import type { Item } from "../../functions/aws/table.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { isRehearsal } from "../../functions/domain/people/rehearsal.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { LedgerEntry } from "../../functions/domain/sending/dispatch.ts";
import { OWNER_ID } from "../../functions/domain/sending/owner.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Clock } from "../../functions/ports.ts";
import type { PersonRecord } from "./people.ts";

/** Scans side by side: each holds one page of at most a megabyte. */
const SEGMENTS = 4;

/** All that is kept about each person, out of a parallel scan. */
export async function* scanPersonRecords(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
): AsyncGenerator<PersonRecord> {
  const segments = Array.from({ length: SEGMENTS }, (_, segment) =>
    toPersonRecords(readItems(client, table, segment), clock),
  );
  yield* mergeStreams(segments);
}

const readItems = (client: DynamoDBClient, TableName: string, Segment: number): AsyncIterable<Item> =>
  scanItems(client, {
    TableName,
    Segment,
    TotalSegments: SEGMENTS,
    ConsistentRead: true,
    FilterExpression: "begins_with(pk, :person) AND pk <> :owner",
    ExpressionAttributeValues: { ":person": personKey(""), ":owner": personKey(OWNER_ID) },
  });

/** A scan gives all items of a partition one after the other. */
async function* toPersonRecords(items: AsyncIterable<Item>, clock: Clock): AsyncGenerator<PersonRecord> {
  let own: Item[] = [];
  for await (const item of items) {
    if (own[0] && own[0].pk !== item.pk) {
      const personRecord = toPersonRecord(own, clock.now());
      if (personRecord) yield personRecord;
      own = [];
    }
    own.push(item);
  }
  const last = toPersonRecord(own, clock.now());
  if (last) yield last;
}

/** Undefined if the person is gone, all but gone, or a rehearsal's. */
function toPersonRecord(items: readonly Item[], now: Instant): PersonRecord | undefined {
  const those = (prefix: string) => items.filter(({ sk }) => (sk as string).startsWith(prefix));
  const subscriber = fromHolderItem<Subscriber>(
    items.find(({ sk }) => sk === "subscriber"),
    now,
  );
  if (!subscriber || subscriber.erasedAt !== undefined || isRehearsal(subscriber.id)) return undefined;
  const isThere = <T>(found: T | undefined): found is T => found !== undefined;
  return {
    subscriber,
    enrolments: those(enrolmentPrefix)
      .map((item) => fromHolderItem<Enrolment>(item, now))
      .filter(isThere),
    ledger: those(dispatchPrefix)
      .map((item) => fromItem<LedgerEntry>(item, now))
      .filter(isThere),
    reflections: those(reflectionPrefix)
      .map((item) => fromReflectionItem(item, now))
      .filter(isThere),
  };
}

/** What comes first of several, so that none waits for another. Each is one ahead at the most. */
async function* mergeStreams<T>(sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = async (source: AsyncGenerator<T>) => ({ source, result: await source.next() });
  const pending = new Map(sources.map((source) => [source, next(source)]));
  try {
    while (pending.size > 0) {
      const { source, result } = await Promise.race(pending.values());
      pending.delete(source);
      if (result.done) continue;
      pending.set(source, next(source));
      yield result.value;
    }
  } finally {
    // Who stops reading early leaves scans behind: their last pages are waited for, whatever they bring.
    await Promise.allSettled(pending.values());
    await Promise.all(sources.map((source) => source.return(undefined)));
  }
}
