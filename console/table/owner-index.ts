import { type AttributeValue, DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { ArgumentError } from "../../cli/arguments.ts";
import { subscriberOfKey } from "../../functions/aws/keys.ts";
import { available } from "../../functions/aws/table.ts";
import { listDeskPartitions, WAITS } from "../../functions/domain/desk-place.ts";
import { type Instant, iso } from "../../functions/domain/time.ts";

/*
 * The index that the owner's questions are asked of (`functions/domain/desk-place.ts` has what is in it). Its rows are
 * hints, a moment old: who acts on one reads the item itself. What does not match is dropped by DynamoDB, so that little
 * travels and little is unpacked; that is most of the time a search takes.
 */

/** Which kinds of rows there are, by the partitions that hold them. */
type RowKind = "people" | "courses" | "replies";

/** A row: whose item, and which. */
export interface IndexRow {
  subscriber: string;
  /** The item's sort key: `subscriber`, `enrolment#<course>`, `reflection#<id>`. */
  sk: string;
  /** By which rows are in order, newest last. No two have the same. */
  order: string;
}

/** What rows are wanted. All conditions hold for each. */
export interface RowsWanted {
  /** Attributes of the index and what they are to be. */
  equals?: Readonly<Record<string, string | boolean>>;
  /** Attributes, and what is in them: a part of a text, or an element of a list. */
  contains?: Readonly<Record<string, string>>;
  /** One of these. */
  oneOf?: { attribute: string; values: readonly string[] };
  /** Attributes that are not there. */
  lacks?: readonly string[];
  /** Began at this moment or later… */
  from?: Instant;
  /** …and before this one. */
  until?: Instant;
  /** Only those that come before this order: where the page before ended. Instead of moments. */
  before?: string;
}

export interface OwnerIndex {
  /** The newest rows of a kind, newest first, at most `limit`; `before` is where the next page goes on. */
  page(kind: RowKind, wanted: RowsWanted, limit: number): Promise<{ rows: IndexRow[]; before?: string }>;
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

/** Kinds by the attribute that items carry. */
const KINDS: Record<RowKind, string> = {
  people: "subscriber",
  courses: "enrolment",
  replies: "reflection",
};
/** Rows that are looked at in one call where few are expected to match: enough for a page, small enough to stop early. */
const LOOKED_AT = 1_000;

/** Throws `store-unavailable`, and an ArgumentError that says what to do where the stack has no such index yet. */
export function openOwnerIndex(TableName: string, client = new DynamoDBClient({})): OwnerIndex {
  const { readSome, sum, tallyPartition } = openPartitions(TableName, client);
  return {
    async page(kind, wanted, limit) {
      const parts = await Promise.all(
        places(kind).map(([desk, more]) => readSome(desk, { ...wanted, ...more }, limit + 1)),
      );
      const rows = parts.flat().sort((one, other) => (one.order < other.order ? 1 : -1));
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return { rows: shown, ...(rows.length > limit && last && { before: last.order }) };
    },
    async all(kind, wanted) {
      const parts = await Promise.all(
        places(kind).map(([desk, more]) =>
          readSome(desk, { ...wanted, ...more, isAll: true }, Number.POSITIVE_INFINITY),
        ),
      );
      return parts.flat();
    },
    async count(kind, wanted) {
      const counts = await Promise.all(places(kind).map(([desk, more]) => sum(desk, { ...wanted, ...more })));
      return counts.reduce((total, one) => total + one, 0);
    },
    async tally(kind, attributes) {
      const counts = new Map<string, Tallied>();
      await Promise.all(places(kind).map(([desk, more]) => tallyPartition(desk, attributes, more, counts)));
      return [...counts.values()];
    },
    async waiting(limit, wanted = {}) {
      const rows = await readSome(WAITS, { ...wanted, isOldestFirst: true }, limit + 1);
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
    },
  };
}

/** The readings of one partition, each a call after the other until there is no more or enough. */
function openPartitions(TableName: string, client: DynamoDBClient) {
  async function query(asks: ReturnType<typeof toQuery>, start?: IndexItem, Limit?: number) {
    const command = new QueryCommand({ TableName, ExclusiveStartKey: start, Limit, ...asks });
    const answer = await available(client.send(command)).catch(unlessMissing);
    const { Items: items = [], Count: count = 0, LastEvaluatedKey: next } = answer;
    return { items, count, ...(next && { next }) };
  }

  /** One call: rows of a partition, and where it stopped. */
  async function read(
    desk: string,
    asked: IndexQuestion,
    start?: IndexItem,
    Limit?: number,
  ): Promise<IndexAnswer> {
    const { items, ...answer } = await query(toQuery(desk, asked), start, Limit);
    return { ...answer, rows: items.map(toRow) };
  }

  /** Rows of a partition until there are enough. */
  async function readSome(desk: string, asked: IndexQuestion, limit: number): Promise<IndexRow[]> {
    const rows: IndexRow[] = [];
    const isPlain = Number.isFinite(limit) && expressions(desk, asked).filter === "";
    let start: IndexItem | undefined;
    do {
      const { rows: found, next } = await read(desk, asked, start, isPlain ? limit : findStep(asked));
      rows.push(...found);
      start = next;
    } while (start && rows.length < limit);
    return rows.slice(0, limit);
  }

  async function sum(desk: string, asked: IndexQuestion): Promise<number> {
    let count = 0;
    let start: IndexItem | undefined;
    do {
      const answer = await read(desk, { ...asked, isCounted: true }, start);
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
      const { items, next } = await query(toQuery(desk, { ...asked, attributes }), start);
      for (const item of items)
        addTo(
          counts,
          attributes.map((name) => item[name]?.S),
        );
      start = next;
    } while (start);
  }

  return { readSome, sum, tallyPartition };
}

type IndexItem = Record<string, AttributeValue>;

interface IndexQuestion extends RowsWanted {
  /** Of `waits`, where every kind stands. */
  kind?: string;
  isOldestFirst?: true;
  isCounted?: true;
  /** What is wanted of each row, instead of its keys. */
  attributes?: readonly string[];
  /** Everything is read, so pages are as large as DynamoDB makes them. */
  isAll?: true;
}

interface IndexAnswer {
  rows: IndexRow[];
  count: number;
  next?: IndexItem;
}

/** The partitions of a kind; what waits for a person stands elsewhere. */
const places = (kind: RowKind): [desk: string, more: Pick<IndexQuestion, "kind">][] => [
  ...listDeskPartitions(kind).map((desk): [string, object] => [desk, {}]),
  [WAITS, { kind: KINDS[kind] }],
];

/** A part of a name is in few rows: whole pages. Else a step at a time. */
const findStep = ({ contains = {}, isAll }: IndexQuestion): number | undefined =>
  isAll || Object.keys(contains).length > 0 ? undefined : LOOKED_AT;

/** All three are texts. Of fifty thousand rows, a general unpacking is what takes longest. */
const toRow = ({ pk, sk, deskOrder }: IndexItem): IndexRow => ({
  subscriber: subscriberOfKey(pk?.S ?? ""),
  sk: sk?.S ?? "",
  order: deskOrder?.S ?? "",
});

function addTo(counts: Map<string, Tallied>, words: (string | undefined)[]): void {
  const key = JSON.stringify(words);
  const known = counts.get(key);
  if (known) known.count++;
  else counts.set(key, { words, count: 1 });
}

function toQuery(desk: string, asked: IndexQuestion) {
  const { names, values, key, filter } = expressions(desk, asked);
  const attributes = asked.attributes ?? ["pk", "sk", "deskOrder"];
  const projected = Object.fromEntries(attributes.map((name) => [`#${name}`, name]));
  return {
    IndexName: "desk",
    KeyConditionExpression: key,
    FilterExpression: filter || undefined,
    ExpressionAttributeNames: asked.isCounted ? names : { ...names, ...projected },
    ExpressionAttributeValues: marshall(values),
    ScanIndexForward: asked.isOldestFirst ?? false,
    ...(asked.isCounted
      ? { Select: "COUNT" as const }
      : { ProjectionExpression: Object.keys(projected).join(", ") }),
  };
}

function expressions(desk: string, asked: IndexQuestion) {
  const names: Record<string, string> = { "#desk": "desk" };
  const values: Record<string, unknown> = { ":desk": desk };
  const filters: string[] = [];
  const name = (attribute: string): string => {
    names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  };
  const value = (one: unknown): string => {
    const key = `:v${Object.keys(values).length}`;
    values[key] = one;
    return key;
  };
  const equals = { ...asked.equals, ...(asked.kind !== undefined && { kind: asked.kind }) };
  for (const [attribute, is] of Object.entries(equals)) filters.push(`${name(attribute)} = ${value(is)}`);
  for (const [attribute, part] of Object.entries(asked.contains ?? {}))
    filters.push(`contains(${name(attribute)}, ${value(part)})`);
  if (asked.oneOf) {
    const { attribute, values: allowed } = asked.oneOf;
    filters.push(`${name(attribute)} IN (${allowed.map(value).join(", ")})`);
  }
  for (const attribute of asked.lacks ?? []) filters.push(`attribute_not_exists(${name(attribute)})`);
  return { names, values, key: keyCondition(asked, value, name), filter: filters.join(" AND ") };
}

/** An order begins with a moment in ISO's form; DynamoDB takes one condition on it. */
function keyCondition(
  { from, until, before }: IndexQuestion,
  value: (one: unknown) => string,
  name: (attribute: string) => string,
): string {
  if (before !== undefined) return `#desk = :desk AND ${name("deskOrder")} < ${value(before)}`;
  if (from === undefined) return "#desk = :desk";
  const begin = `#desk = :desk AND ${name("deskOrder")}`;
  if (until === undefined) return `${begin} >= ${value(iso(from))}`;
  // What began at the end itself stands behind its bare moment.
  return `${begin} BETWEEN ${value(iso(from))} AND ${value(iso(until))}`;
}

/** A stack of before the index says so by a ValidationException, which the table's adapter makes a plain Error. */
function unlessMissing(error: Error): never {
  if (/specified index/.test(error.message)) throw new ArgumentError(NO_INDEX);
  throw error;
}

const NO_INDEX =
  "This stage's table has no owner's index yet. Deploy it once more: npm run deploy -- -c stage=NAME. Then fill the index: npm run console -- desk-index fill --stage NAME";
