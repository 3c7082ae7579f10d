import { type AttributeValue, DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { listDeskPartitions, WAITS } from "../domain/desk-place.ts";
import { type Instant, iso } from "../domain/time.ts";
import { subscriberOfKey } from "./keys.ts";
import { available } from "./table.ts";

/*
 * Rows of the owner's index (`domain/desk-place.ts` has what is in it). They are hints, a moment old: who acts on one reads the
 * item itself. What does not match is dropped by DynamoDB, so that little travels and little is unpacked; that is most of the
 * time a search takes.
 */

/** Which kinds of rows there are, by the partitions that hold them. */
export type RowKind = "people" | "courses" | "replies";

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

/** The index, as it is read. */
export interface DeskRows {
  /** The newest rows of a kind, newest first, at most `limit`; `before` is where the next page goes on. */
  page(kind: RowKind, wanted: RowsWanted, limit: number): Promise<{ rows: IndexRow[]; before?: string }>;
  /** Rows of a partition until there are enough. */
  readSome(desk: string, asked: IndexQuestion, limit: number): Promise<IndexRow[]>;
  /** One call: what matches of a partition, and where it stopped. */
  query(
    desk: string,
    asked: IndexQuestion,
    start?: IndexItem,
    limit?: number,
  ): Promise<{ items: IndexItem[]; count: number; next?: IndexItem }>;
}

/** Kinds by the attribute that items carry. */
const KINDS: Record<RowKind, string> = {
  people: "subscriber",
  courses: "enrolment",
  replies: "reflection",
};
/** Rows that are looked at in one call where few are expected to match: enough for a page, small enough to stop early. */
const LOOKED_AT = 1_000;

/** Throws `store-unavailable`. @param refuse throws something better for a table that has no such index */
export function openDeskRows(
  TableName: string,
  client = new DynamoDBClient({}),
  refuse: (error: Error) => never = (error) => {
    throw error;
  },
): DeskRows {
  const query: DeskRows["query"] = async (desk, asked, start, Limit) => {
    const command = new QueryCommand({
      ...{ TableName, IndexName: "desk", ExclusiveStartKey: start, Limit },
      ...toQuery(desk, asked),
    });
    const answer = await available(client.send(command)).catch(refuse);
    const { Items: items = [], Count: count = 0, LastEvaluatedKey: next } = answer;
    return { items, count, ...(next && { next }) };
  };

  const readSome: DeskRows["readSome"] = async (desk, asked, limit) => {
    const rows: IndexRow[] = [];
    const isPlain = Number.isFinite(limit) && expressions(desk, asked).filter === "";
    let start: IndexItem | undefined;
    do {
      const { items, next } = await query(desk, asked, start, isPlain ? limit : findStep(asked));
      rows.push(...items.map(toRow));
      start = next;
    } while (start && rows.length < limit);
    return rows.slice(0, limit);
  };

  return {
    query,
    readSome,
    async page(kind, wanted, limit) {
      const parts = await Promise.all(
        places(kind).map(([desk, more]) => readSome(desk, { ...wanted, ...more }, limit + 1)),
      );
      const rows = parts.flat().sort((one, other) => (one.order < other.order ? 1 : -1));
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return { rows: shown, ...(rows.length > limit && last && { before: last.order }) };
    },
  };
}

export type IndexItem = Record<string, AttributeValue>;

export interface IndexQuestion extends RowsWanted {
  /** Of `waits`, where every kind stands. */
  kind?: string;
  isOldestFirst?: true;
  isCounted?: true;
  /** What is wanted of each row, instead of its keys. */
  attributes?: readonly string[];
  /** Everything is read, so pages are as large as DynamoDB makes them. */
  isAll?: true;
}

/** The partitions of a kind; what waits for a person stands elsewhere. */
export const places = (kind: RowKind): [desk: string, more: Pick<IndexQuestion, "kind">][] => [
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

function toQuery(desk: string, asked: IndexQuestion) {
  const { names, values, key, filter } = expressions(desk, asked);
  const attributes = asked.attributes ?? ["pk", "sk", "deskOrder"];
  const projected = Object.fromEntries(attributes.map((name) => [`#${name}`, name]));
  return {
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
