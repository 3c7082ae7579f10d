import { compare, type TableItem, type Value } from "./expressions.ts";

export interface KeyNames {
  hash: string;
  range: string;
}

interface Paging {
  ScanIndexForward?: boolean;
  KeyConditionExpression?: string;
}

/** Items in partitions, each in the order of its range key, ties in that of the table's own key. */
export class SortedItems {
  readonly keys: KeyNames;
  readonly #own: KeyNames;
  /** By these items are in order, one after the other. */
  readonly #order: readonly string[];
  readonly #included: readonly string[];
  readonly #partitions = new Map<string, TableItem[]>();

  /** @param included of an index: the attributes that it holds besides its keys */
  constructor(keys: KeyNames, own: KeyNames, included: readonly string[] = []) {
    this.keys = keys;
    this.#own = own;
    this.#included = included;
    this.#order = [...new Set([keys.range, own.hash, own.range])];
  }

  get(key: TableItem): TableItem | undefined {
    const rows = this.partition(this.#itemHash(key));
    const row = rows[this.#findItem(rows, key)];
    return row && this.#compare(row, key) === 0 ? row : undefined;
  }

  replace(old: TableItem | undefined, item: TableItem | undefined): void {
    if (old && this.#holds(old)) this.#remove(old);
    if (item && this.#holds(item)) this.#add(item);
  }

  partition(hash: string): TableItem[] {
    return this.#partitions.get(hash) ?? [];
  }

  /** A part of the whole, always the same of the same items. */
  segment({ Segment = 0, TotalSegments = 1 }: { Segment?: number; TotalSegments?: number }): TableItem[] {
    const hashes = [...this.#partitions.keys()]
      .filter((hash) => spread(hash) % TotalSegments === Segment)
      .sort();
    return hashes.flatMap((hash) => this.partition(hash));
  }

  /** How many of the rows a page that goes on behind this key leaves out. */
  countLeftOut(
    rows: TableItem[],
    start: TableItem,
    { ScanIndexForward, KeyConditionExpression }: Paging,
  ): number {
    const isScan = KeyConditionExpression === undefined;
    const direction = ScanIndexForward === false ? -1 : 1;
    const isBehind = (row: TableItem) => {
      const hash = isScan ? compare({ S: this.#itemHash(row) }, { S: this.#itemHash(start) }) : 0;
      return hash > 0 || (hash === 0 && this.#compare(row, start) * direction > 0);
    };
    return findPlace(rows, isBehind);
  }

  itemKey(row: TableItem): TableItem {
    const names = [this.keys.hash, this.keys.range, this.#own.hash, this.#own.range];
    return Object.fromEntries(names.map((name) => [name, row[name] as Value]));
  }

  /** What an index holds of an item. */
  project(row: TableItem): TableItem {
    const more = this.#included.filter((name) => row[name] !== undefined);
    return { ...this.itemKey(row), ...Object.fromEntries(more.map((name) => [name, row[name] as Value])) };
  }

  isEmpty(): boolean {
    return [...this.#partitions.values()].every((rows) => rows.length === 0);
  }

  /** The lowest range key of all, as a number. */
  lowest(): number | undefined {
    let lowest: number | undefined;
    for (const [first] of this.#partitions.values()) {
      const value = first && Number(first[this.keys.range]?.N);
      if (value !== undefined && (lowest === undefined || value < lowest)) lowest = value;
    }
    return lowest;
  }

  #holds(item: TableItem): boolean {
    return item[this.keys.hash] !== undefined && item[this.keys.range] !== undefined;
  }

  #itemHash(item: TableItem): string {
    return String(Object.values(item[this.keys.hash] ?? {})[0]);
  }

  #add(item: TableItem): void {
    const hash = this.#itemHash(item);
    const rows = this.#partitions.get(hash);
    if (rows) rows.splice(this.#findItem(rows, item), 0, item);
    else this.#partitions.set(hash, [item]);
  }

  #remove(item: TableItem): void {
    const rows = this.partition(this.#itemHash(item));
    const place = this.#findItem(rows, item);
    if (rows[place] && this.#compare(rows[place], item) === 0) rows.splice(place, 1);
    if (rows.length === 0) this.#partitions.delete(this.#itemHash(item));
  }

  /** Where an item stands or would stand. */
  #findItem(rows: TableItem[], item: TableItem): number {
    return findPlace(rows, (row) => this.#compare(row, item) >= 0);
  }

  #compare(one: TableItem, other: TableItem): number {
    for (const name of this.#order) {
      const [left, right] = [one[name], other[name]];
      const order = left && right ? compare(left, right) : 0;
      if (order !== 0) return order;
    }
    return 0;
  }
}

/** The first of ordered rows from which on something is true: binary search. */
function findPlace(rows: TableItem[], isFrom: (row: TableItem) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFrom(rows[middle] as TableItem)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function spread(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return sum;
}
