import { CONFLICT, retryConflict } from "../conflict.ts";
import {
  type Batch,
  type BatchKey,
  batchDue,
  type Gathered,
  gatheredWithoutReader,
  type Waiting,
  withoutReader,
} from "../domain/newsletter/broadcast.ts";
import { batchShard } from "../domain/sending/shard.ts";
import type { Broadcasts } from "../ports.ts";
import { toItem } from "./items.ts";
import type { ItemKey } from "./keys.ts";
import { type Item, NEW, type Table } from "./table.ts";
import type { VersionedItems } from "./versioned-items.ts";

const BATCH = "page#";
const GATHERED = "gathered#";
const BATCHES_LOOKED_AT = 25;
/** All that belongs to an issue stands in its partition. */
export const issuePk = (slug: string): string => `issue#${slug}`;
const padNumber = (number: number): string => String(number).padStart(6, "0");
const gatheredKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `${GATHERED}${padNumber(number)}`,
});
const batchKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `${BATCH}${padNumber(number)}`,
});

type Batches = Pick<
  Broadcasts,
  "gather" | "gathered" | "batch" | "saveBatch" | "batches" | "forget" | "dueBatches"
>;

/** Whom an issue goes to, a batch at a time: as they were gathered, and as they still wait. */
export function openBatches(table: Table, items: VersionedItems): Batches {
  const saveBatch = (batch: Batch): Promise<Batch | undefined> => {
    const dueAt = batchDue(batch);
    const index = dueAt === undefined ? {} : { shard: batchShard(batch.number), dueAt };
    return items.write(batchKey(batch), batch, index);
  };
  const forgetReader = (key: BatchKey, id: string) => forgetInBatch({ table, items, saveBatch }, key, id);

  return {
    async gather(key, gathered) {
      if (await table.put(toItem(gatheredKey(key), gathered), NEW)) return gathered;
      return (await items.read<Gathered>(gatheredKey(key))) ?? gathered;
    },
    gathered: (key) => items.read<Gathered>(gatheredKey(key)),
    batch: (key) => items.read<Batch>(batchKey(key)),
    saveBatch,
    async batches(slug) {
      return items.readAll<Batch>(await table.partition(issuePk(slug), BATCH));
    },
    async forget(slug, subscriber) {
      const both = [
        ...(await table.partition(issuePk(slug), GATHERED)),
        ...(await table.partition(issuePk(slug), BATCH)),
      ] as (Item & { sk: string; readers?: Waiting[]; waiting?: Waiting[]; next?: string })[];
      const found = both.filter(
        ({ readers = [], waiting = [], next }) =>
          isAmong([...readers, ...waiting], subscriber) || next === subscriber,
      );
      for (const number of new Set(found.map(({ sk }) => Number(sk.slice(sk.indexOf("#") + 1)))))
        await forgetReader({ slug, number }, subscriber);
    },
    async dueBatches(shard, until, after) {
      const start = after && { ...batchKey(after), shard: after.shard, dueAt: after.dueAt };
      const due = await table.due(shard, until, BATCHES_LOOKED_AT, start);
      return due.map((item) => {
        const { pk, sk, dueAt } = item as { pk: string; sk: string; dueAt: number };
        return { slug: pk.slice(issuePk("").length), number: Number(sk.slice(BATCH.length)), shard, dueAt };
      });
    },
  };
}

interface Forgetting extends Pick<Batches, "saveBatch"> {
  table: Table;
  items: VersionedItems;
}

/** Takes somebody who is erased out of a batch, and out of those it was gathered from. */
async function forgetInBatch(
  { table, items, saveBatch }: Forgetting,
  key: BatchKey,
  id: string,
): Promise<void> {
  await retryConflict(`batch of ${key.slug}`, async () => {
    const batch = await items.read<Batch>(batchKey(key));
    if (!batch || !isAmong(batch.waiting, id)) return;
    const left = { ...batch, waiting: withoutReader(batch.waiting, id) };
    return (await saveBatch(left)) ? undefined : CONFLICT;
  });
  await retryConflict(`audience of ${key.slug}`, async () => {
    const found = await items.read<Gathered & { version?: number }>(gatheredKey(key));
    if (!found || !(isAmong(found.readers, id) || found.next === id)) return;
    return (await saveGathered(table, key, found, gatheredWithoutReader(found, id))) ? undefined : CONFLICT;
  });
}

/** Whom a batch was written for has no version until somebody is taken out. */
async function saveGathered(
  table: Table,
  key: BatchKey,
  { version }: { version?: number },
  left: Gathered,
): Promise<boolean> {
  const condition =
    version === undefined
      ? { expression: "attribute_exists(pk) AND attribute_not_exists(version)" }
      : { expression: "version = :version", values: { ":version": version } };
  return table.put(toItem(gatheredKey(key), { ...left, version: (version ?? 0) + 1 }), condition);
}

const isAmong = (waiting: readonly Waiting[], id: string): boolean =>
  waiting.some(({ ids }) => ids.includes(id));
