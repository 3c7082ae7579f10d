import {
  type Batch,
  type BatchKey,
  type Broadcast,
  batchDue,
  type Gathered,
} from "../domain/newsletter/broadcast.ts";
import type { Issue } from "../domain/newsletter/issue.ts";
import { batchShard } from "../domain/sending/shard.ts";
import type { Broadcasts, Clock, Random } from "../ports.ts";
import { fromItem, toItem } from "./items.ts";
import type { ItemKey } from "./keys.ts";
import { type Item, NEW, type Table } from "./table.ts";

const BATCH = "page#";
const BATCHES_LOOKED_AT = 25;
/** All broadcasts stand in one partition, so that one query lists them. */
const BROADCASTS = "broadcasts";
const issuePk = (slug: string): string => `issue#${slug}`;
const numbered = (number: number): string => String(number).padStart(6, "0");
const broadcastKey = (slug: string): ItemKey => ({ pk: BROADCASTS, sk: slug });
const wordsKey = (slug: string, revision: string): ItemKey => ({
  pk: issuePk(slug),
  sk: `words#${revision}`,
});
const gatheredKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `gathered#${numbered(number)}`,
});
const batchKey = ({ slug, number }: BatchKey): ItemKey => ({
  pk: issuePk(slug),
  sk: `${BATCH}${numbered(number)}`,
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
    saveBatch(batch) {
      const dueAt = batchDue(batch);
      const index = dueAt === undefined ? {} : { shard: batchShard(batch.number), dueAt };
      return write(batchKey(batch), batch, index);
    },
    async batches(slug) {
      const items = await table.partition(issuePk(slug), BATCH);
      return items
        .map((item) => withoutKeys<Batch>(item, clock.now()))
        .filter((batch) => batch !== undefined);
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

function withoutKeys<T>(item: Item | undefined, now: number): T | undefined {
  const content = fromItem<T & { shard?: string; dueAt?: number; by?: string }>(item, now);
  if (!content) return undefined;
  const { shard: _shard, dueAt: _dueAt, by: _by, ...rest } = content;
  return rest as unknown as T;
}
