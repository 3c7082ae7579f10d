import type { Condition, Item, Table } from "../../functions/aws/table.ts";

interface Key {
  pk: string;
  sk: string;
}
interface Place extends Key {
  shard: string;
  dueAt: number;
}

export interface MemoryTable extends Table {
  /** Places items in the `due` index that are made only when they are read. */
  ground(places: Place[]): void;
  /** How often each operation was asked for, and how often the governor was written. */
  counts: Record<"get" | "put" | "refused" | "query" | "due" | "remove" | "bookings", number>;
  /** Waits as long as the operation takes. */
  latency: (operation: "get" | "put" | "query") => Promise<void>;
}

/**
 * The store's table in this thread's memory, for tens of thousands of mails in virtual time: each write is one
 * step, conditions hold, and the `due` index is exact. It knows the conditions that the store uses, no more.
 * @param make what stands at a key that nobody has written yet
 */
export function openMemoryTable(make: (key: Key) => Item | undefined = () => undefined): MemoryTable {
  const items = new Map<string, Item | null>();
  const shards = new Map<string, Place[]>();
  const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const read = (key: Key): Item | undefined => {
    const written = items.get(nameOf(key));
    return written === undefined ? make(key) : (written ?? undefined);
  };
  const write = (key: Key, item: Item | undefined) => {
    const before = read(key);
    if (before?.shard !== item?.shard || before?.dueAt !== item?.dueAt) {
      if (before?.shard) removePlace(shards.get(before.shard as string) ?? [], before as unknown as Place);
      if (item?.shard) insertPlace(partOf(shards, item.shard as string), placeOf(item));
    }
    items.set(nameOf(key), item ?? null);
  };
  const table: MemoryTable = {
    counts: { get: 0, put: 0, refused: 0, query: 0, due: 0, remove: 0, bookings: 0 },
    latency: async () => {},
    ground(places) {
      for (const place of places) partOf(shards, place.shard).push(place);
      for (const shard of shards.values()) shard.sort(order);
    },
    getOfLate: (key) => table.get(key),
    async get(key) {
      table.counts.get++;
      await table.latency("get");
      const found = read(key);
      return found && structuredClone(found);
    },
    async put(item, condition) {
      table.counts.put++;
      if (item.pk === "governor") table.counts.bookings++;
      await table.latency("put");
      const key = item as unknown as Key;
      const holds = isMet(condition, read(key));
      if (holds) write(key, withoutUndefined(item));
      else table.counts.refused++;
      return holds;
    },
    async remove(key, condition) {
      table.counts.remove++;
      await table.latency("put");
      const holds = isMet(condition, read(key));
      if (holds) write(key, undefined);
      return holds;
    },
    async removeAll(keys) {
      for (const key of keys) await table.remove(key);
    },
    async partition(pk, prefix = "") {
      table.counts.query++;
      await table.latency("query");
      const found = [...items.values()].filter((item) => item?.pk === pk && `${item.sk}`.startsWith(prefix));
      return found.map((item) => structuredClone(item as Item));
    },
    page: async (pk, prefix) => ({ items: await table.partition(pk, prefix) }),
    async due(shard, until, limit, after) {
      table.counts.due++;
      await table.latency("query");
      const places = shards.get(shard) ?? [];
      const from = after ? placeIn(places, after as unknown as Place, "after") : 0;
      return places.slice(from, from + limit).filter(({ dueAt }) => dueAt <= until) as unknown as Item[];
    },
    update: async () => {
      throw new Error("The table in memory does not know updates");
    },
  };
  return table;
}

const partOf = (shards: Map<string, Place[]>, shard: string): Place[] => {
  const found = shards.get(shard) ?? [];
  shards.set(shard, found);
  return found;
};

const placeOf = ({ pk, sk, shard, dueAt }: Item): Place => ({ pk, sk, shard, dueAt }) as unknown as Place;

const order = (one: Place, other: Place): number =>
  one.dueAt - other.dueAt || compareText(one.pk, other.pk) || compareText(one.sk, other.sk);
const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Where a place stands, or the first behind it: binary search. */
function placeIn(places: Place[], place: Place, side: "at" | "after"): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const sign = order(places[middle] as Place, place);
    if (sign < 0 || (sign === 0 && side === "after")) low = middle + 1;
    else high = middle;
  }
  return low;
}

const insertPlace = (places: Place[], place: Place): void =>
  void places.splice(placeIn(places, place, "at"), 0, place);

function removePlace(places: Place[], place: Place): void {
  const at = placeIn(places, place, "at");
  const found = places[at];
  if (found && order(found, place) === 0) places.splice(at, 1);
}

const withoutUndefined = (item: Item): Item => structuredClone(JSON.parse(JSON.stringify(item)) as Item);

/** `a = :b OR attribute_not_exists(c)`: what the store says of an item before it writes. */
function isMet(condition: Condition | undefined, item: Item | undefined): boolean {
  const { expression, values = {}, names = {} } = condition ?? {};
  if (expression === undefined) return true;
  return expression.split(" OR ").some((term) => {
    const absent = /^attribute_not_exists\((\S+)\)$/.exec(term);
    if (absent) return item?.[names[absent[1] as string] ?? (absent[1] as string)] === undefined;
    const [name = "", sign = "", value = ""] = term.split(" ");
    const [left, right] = [item?.[names[name] ?? name] as number, values[value] as number];
    if (sign === "=") return left === right;
    if (sign === "<") return left < right;
    if (sign === "<=") return left <= right;
    throw new Error(`The table in memory does not know the condition "${term}"`);
  });
}
