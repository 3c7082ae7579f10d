import type { Clock, Random } from "../ports.ts";
import { fromItem, toItem } from "./items.ts";
import type { ItemKey } from "./keys.ts";
import { type Item, NEW, type Table } from "./table.ts";

/** Items that several functions change: each is written whole, if its version is still the one that was read. */
export interface VersionedItems {
  read<T>(key: ItemKey): Promise<T | undefined>;
  /** What was written, a version later; undefined if another came first. `index` is stored beside it, and not read. */
  write<T extends { version: number }>(key: ItemKey, content: T, index?: Item): Promise<T | undefined>;
  /** Contents of items that are at hand already. Without those whose time is over. */
  readAll<T>(items: readonly Item[]): T[];
}

export function openVersionedItems(table: Table, clock: Clock, random: Random): VersionedItems {
  return {
    async read<T>(key: ItemKey) {
      return withoutKeys<T>(await table.get(key), clock.now());
    },
    readAll: <T>(items: readonly Item[]) =>
      items.map((item) => withoutKeys<T>(item, clock.now())).filter((one) => one !== undefined),
    /** A lost answer may have been a write: whose it was is known by `by`. */
    async write(key, content, index = {}) {
      const by = random(8);
      const next = { ...content, version: content.version + 1 };
      const condition =
        content.version === 0
          ? NEW
          : { expression: "version = :version", values: { ":version": content.version } };
      if (await table.put({ ...toItem(key, next), ...index, by }, condition)) return next;
      return (await table.get(key))?.by === by ? next : undefined;
    },
  };
}

function withoutKeys<T>(item: Item | undefined, now: number): T | undefined {
  const content = fromItem<T & { shard?: string; dueAt?: number; by?: string }>(item, now);
  if (!content) return undefined;
  const { shard: _shard, dueAt: _dueAt, by: _by, ...rest } = content;
  return rest as unknown as T;
}
