import { CONFLICT, retryConflict } from "../conflict.ts";
import {
  type Batch,
  type BatchKey,
  type Broadcast,
  batchDue,
  type Gathered,
  gatheredWithoutReader,
  type Waiting,
  withoutReader,
} from "../domain/newsletter/broadcast.ts";
import type { Issue } from "../domain/newsletter/issue.ts";
import { batchShard } from "../domain/sending/shard.ts";
import type { Broadcasts, Clock, Random } from "../ports.ts";
import { fromItem, toItem } from "./items.ts";
import type { ItemKey } from "./keys.ts";
import { type Item, NEW, type Table } from "./table.ts";

const BATCH = "page#";
const GATHERED = "gathered#";
const BATCHES_LOOKED_AT = 25;
/** All broadcasts stand in one partition, so that one query lists them. */
const BROADCASTS = "broadcasts";
const issuePk = (slug: string): string => `issue#${slug}`;
const padNumber = (number: number): string => String(number).padStart(6, "0");
const broadcastKey = (slug: string): ItemKey => ({ pk: BROADCASTS, sk: slug });
const wordsKey = (slug: string, revision: string): ItemKey => ({
  pk: issuePk(slug),
  sk: `words#${revision}`,
});
const gatheredKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `${GATHERED}${padNumber(number)}`,
});
const batchKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `${BATCH}${padNumber(number)}`,
});

/** Broadcasts over the table. */
export function openBroadcasts(table: Table, clock: Clock, random: Random): Broadcasts {
  const words = new Map<string, Issue>();

  /** Written whole if its version is the stored one; what a lost answer leaves behind is known by `by`. */
  async function write<T extends { version: number }>(
    key: ItemKey,
    content: T,
    index: Item = {},
  ): Promise<T | undefined> {
    const by = random(8);
    const next = { ...content, version: content.version + 1 };
    const condition =
      content.version === 0
        ? NEW
        : { expression: "version = :version", values: { ":version": content.version } };
    if (await table.put({ ...toItem(key, next), ...index, by }, condition)) return next;
    return (await table.get(key))?.by === by ? next : undefined;
  }

  async function read<T>(key: ItemKey): Promise<T | undefined> {
    return withoutKeys<T>(await table.get(key), clock.now());
  }

  function saveBatch(batch: Batch): Promise<Batch | undefined> {
    const dueAt = batchDue(batch);
    const index = dueAt === undefined ? {} : { shard: batchShard(batch.number), dueAt };
    return write(batchKey(batch), batch, index);
  }

  /** Whom a batch was written for has no version until somebody is taken out. */
  async function saveGathered(key: BatchKey, found: Gathered & { version?: number }, left: Gathered) {
    const { version } = found;
    const condition =
      version === undefined
        ? { expression: "attribute_exists(pk) AND attribute_not_exists(version)" }
        : { expression: "version = :version", values: { ":version": version } };
    return table.put(toItem(gatheredKey(key), { ...left, version: (version ?? 0) + 1 }), condition);
  }

  async function forgetInBatch(key: BatchKey, id: string): Promise<void> {
    await retryConflict(`batch of ${key.slug}`, async () => {
      const batch = await read<Batch>(batchKey(key));
      if (!batch || !isAmong(batch.waiting, id)) return;
      const left = { ...batch, waiting: withoutReader(batch.waiting, id) };
      return (await saveBatch(left)) ? undefined : CONFLICT;
    });
    await retryConflict(`audience of ${key.slug}`, async () => {
      const found = await read<Gathered & { version?: number }>(gatheredKey(key));
      if (!found || !(isAmong(found.readers, id) || found.next === id)) return;
      return (await saveGathered(key, found, gatheredWithoutReader(found, id))) ? undefined : CONFLICT;
    });
  }

  return {
    broadcast: (slug) => read<Broadcast>(broadcastKey(slug)),
    async broadcasts() {
      const items = await table.partition(BROADCASTS);
      return items
        .map((item) => withoutKeys<Broadcast>(item, clock.now()))
        .filter((one) => one !== undefined);
    },
    saveBroadcast: (broadcast) => write(broadcastKey(broadcast.slug), broadcast),

    async words(slug, revision) {
      const id = `${slug} ${revision}`;
      const known = words.get(id) ?? (await read<Issue>(wordsKey(slug, revision)));
      if (known) words.set(id, known);
      return known;
    },
    async keepWords(revision, issue) {
      await table.put(toItem(wordsKey(issue.slug, revision), issue));
    },

    async gather(key, gathered) {
      if (await table.put(toItem(gatheredKey(key), gathered), NEW)) return gathered;
      return (await read<Gathered>(gatheredKey(key))) ?? gathered;
    },
    gathered: (key) => read<Gathered>(gatheredKey(key)),

    batch: (key) => read<Batch>(batchKey(key)),
    saveBatch,
    async batches(slug) {
      const items = await table.partition(issuePk(slug), BATCH);
      return items
        .map((item) => withoutKeys<Batch>(item, clock.now()))
        .filter((batch) => batch !== undefined);
    },
    async forget(slug, subscriber) {
      const items = [
        ...(await table.partition(issuePk(slug), GATHERED)),
        ...(await table.partition(issuePk(slug), BATCH)),
      ] as (Item & { sk: string; readers?: Waiting[]; waiting?: Waiting[]; next?: string })[];
      const found = items.filter(
        ({ readers = [], waiting = [], next }) =>
          isAmong([...readers, ...waiting], subscriber) || next === subscriber,
      );
      for (const number of new Set(found.map(({ sk }) => Number(sk.slice(sk.indexOf("#") + 1)))))
        await forgetInBatch({ slug, number }, subscriber);
    },
    async dueBatches(shard, until, after) {
      const start = after && { ...batchKey(after), shard: after.shard, dueAt: after.dueAt };
      const items = await table.due(shard, until, BATCHES_LOOKED_AT, start);
      return items.map((item) => {
        const { pk, sk, dueAt } = item as { pk: string; sk: string; dueAt: number };
        return { slug: pk.slice(issuePk("").length), number: Number(sk.slice(BATCH.length)), shard, dueAt };
      });
    },
  };
}

const isAmong = (waiting: readonly Waiting[], id: string): boolean =>
  waiting.some(({ ids }) => ids.includes(id));

function withoutKeys<T>(item: Item | undefined, now: number): T | undefined {
  const content = fromItem<T & { shard?: string; dueAt?: number; by?: string }>(item, now);
  if (!content) return undefined;
  const { shard: _shard, dueAt: _dueAt, by: _by, ...rest } = content;
  return rest as unknown as T;
}
