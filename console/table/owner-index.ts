import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ArgumentError } from "../../cli/arguments.ts";
import {
  type DeskRows,
  type IndexItem,
  type IndexQuestion,
  type IndexRow,
  openDeskRows,
  places,
  type RowKind,
  type RowsWanted,
} from "../../functions/aws/desk-rows.ts";
import { WAITS } from "../../functions/domain/desk-place.ts";

/** The index that the owner's questions are asked of; `functions/aws/desk-rows.ts` reads it. */
export interface OwnerIndex extends Pick<DeskRows, "page"> {
  /** All rows of a kind, in no order. */
  all(kind: RowKind, wanted: RowsWanted): Promise<IndexRow[]>;
  /** How many they are. */
  count(kind: RowKind, wanted: RowsWanted): Promise<number>;
  /** How many have the same words in these attributes, by those words: each row is read once. */
  tally(kind: RowKind, attributes: readonly string[]): Promise<Tallied[]>;
  /** What waits for a person, oldest first: at most `limit`. Of every kind, unless `equals` says which. */
  waiting(limit: number, wanted?: RowsWanted): Promise<{ rows: IndexRow[]; hasMore: boolean }>;
}

export interface Tallied {
  /** In the order of the attributes; undefined where a row lacks one. */
  words: (string | undefined)[];
  count: number;
}

/** Throws `store-unavailable`, and an ArgumentError that says what to do where the stack has no such index yet. */
export function openOwnerIndex(TableName: string, client = new DynamoDBClient({})): OwnerIndex {
  const desk = openDeskRows(TableName, client, unlessMissing);
  const { sum, tallyPartition } = openCounts(desk);
  return {
    page: desk.page,
    async all(kind, wanted) {
      const parts = await Promise.all(
        places(kind).map(([place, more]) =>
          desk.readSome(place, { ...wanted, ...more, isAll: true }, Number.POSITIVE_INFINITY),
        ),
      );
      return parts.flat();
    },
    async count(kind, wanted) {
      const counts = await Promise.all(
        places(kind).map(([place, more]) => sum(place, { ...wanted, ...more })),
      );
      return counts.reduce((total, one) => total + one, 0);
    },
    async tally(kind, attributes) {
      const counts = new Map<string, Tallied>();
      await Promise.all(places(kind).map(([place, more]) => tallyPartition(place, attributes, more, counts)));
      return [...counts.values()];
    },
    async waiting(limit, wanted = {}) {
      const rows = await desk.readSome(WAITS, { ...wanted, isOldestFirst: true }, limit + 1);
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
    },
  };
}

/** What is added up of one partition, a call after the other until there is no more. */
function openCounts({ query }: DeskRows) {
  async function sum(desk: string, asked: IndexQuestion): Promise<number> {
    let count = 0;
    let start: IndexItem | undefined;
    do {
      const answer = await query(desk, { ...asked, isCounted: true }, start);
      count += answer.count;
      start = answer.next;
    } while (start);
    return count;
  }

  async function tallyPartition(
    desk: string,
    attributes: readonly string[],
    asked: IndexQuestion,
    counts: Map<string, Tallied>,
  ): Promise<void> {
    let start: IndexItem | undefined;
    do {
      const { items, next } = await query(desk, { ...asked, attributes }, start);
      for (const item of items)
        addTo(
          counts,
          attributes.map((name) => item[name]?.S),
        );
      start = next;
    } while (start);
  }

  return { sum, tallyPartition };
}

function addTo(counts: Map<string, Tallied>, words: (string | undefined)[]): void {
  const key = JSON.stringify(words);
  const known = counts.get(key);
  if (known) known.count++;
  else counts.set(key, { words, count: 1 });
}

/** A stack of before the index says so by a ValidationException, which the table's adapter makes a plain Error. */
function unlessMissing(error: Error): never {
  if (/specified index/.test(error.message)) throw new ArgumentError(NO_INDEX);
  throw error;
}

const NO_INDEX =
  "This stage's table has no owner's index yet. Deploy it once more: npm run deploy -- -c stage=NAME. Then fill the index: npm run console -- desk-index fill --stage NAME";
