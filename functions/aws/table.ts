import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { OperationalError } from "../errors.ts";
import type { ItemPage } from "../ports.ts";
import type { ItemKey } from "./keys.ts";
import { lean } from "./lean-client.ts";

/** What DynamoDB keeps at a key. */
export type Item = Record<string, unknown>;

export interface Condition {
  /** An update may come without one. */
  expression?: string;
  values?: Item;
  names?: Record<string, string>;
}

/** Nothing stands at the key. */
export const NEW: Condition = { expression: "attribute_not_exists(pk)" };

/** DynamoDB takes at most this many writes in one batch. */
const BATCH = 25;
/** What DynamoDB left over of a batch is sent again this many times; then the caller's own retry does it. */
const MOST_TRIES = 10;
/** The first wait before what was left over is sent again; each later one is twice as long. */
const FIRST_WAIT_MS = 25;
/** A small partition is read in pages of a megabyte. What may be larger is read page by page. */
const MOST_PAGES = 100;
/** Items in a page that is asked for alone. DynamoDB ends it at a megabyte too. */
const MOST_IN_PAGE = 500;

/** The few things that the store does with its table. Throws `store-unavailable`. */
export interface Table {
  get(key: ItemKey): Promise<Item | undefined>;
  /** Eventually consistent: as the item stood a moment ago. */
  getOfLate(key: ItemKey): Promise<Item | undefined>;
  /** False if the condition does not hold. */
  put(item: Item, condition?: Condition): Promise<boolean>;
  /** The item after the update; undefined if the condition does not hold. */
  update(key: ItemKey, expression: string, condition: Condition): Promise<Item | undefined>;
  remove(key: ItemKey, condition?: Condition): Promise<boolean>;
  /** In batches. What DynamoDB leaves over is sent again, ever more slowly. */
  removeAll(keys: ItemKey[]): Promise<void>;
  /** All items of a partition whose sort key begins so. Consistent. */
  partition(pk: string, prefix?: string): Promise<Item[]>;
  /** Some of them, in the order of their sort keys, behind the one that is given. Consistent. */
  page(pk: string, prefix?: string, after?: string): Promise<ItemPage>;
  /** A page of the `due` index. Eventually consistent: hints only. */
  due(shard: string, until: number, limit: number, after?: Item): Promise<Item[]>;
}

const tableClient = (): DynamoDBClient => lean(new DynamoDBClient({ cacheMiddleware: true }));

/**
 * Speaks DynamoDB's own form. The SDK's document client would do that too, and build its chain of middleware anew for
 * each request, which costs as much again as all else that the SDK does: it refuses `cacheMiddleware`.
 */
export const openTable = (
  name: string,
  client = tableClient(),
  sleep: (ms: number) => Promise<void> = async () => {},
): Table => ({ ...openTableReads(name, client), ...openTableWrites(name, client, sleep) });

function openTableReads(
  name: string,
  client: DynamoDBClient,
): Pick<Table, "get" | "getOfLate" | "partition" | "page" | "due"> {
  const get = async (key: ItemKey, ConsistentRead: boolean): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName: name, Key: wire(key), ConsistentRead });
    const { Item: found } = await available(client.send(command));
    return found && unmarshall(found);
  };

  const query = async (pk: string, prefix: string, after?: string, Limit?: number): Promise<ItemPage> => {
    const command = new QueryCommand({
      TableName: name,
      ConsistentRead: true,
      KeyConditionExpression: prefix ? "pk = :pk AND begins_with(sk, :prefix)" : "pk = :pk",
      ExpressionAttributeValues: wire(prefix ? { ":pk": pk, ":prefix": prefix } : { ":pk": pk }),
      ExclusiveStartKey: after === undefined ? undefined : wire({ pk, sk: after }),
      Limit,
    });
    const { Items = [], LastEvaluatedKey } = await available(client.send(command));
    const items = Items.map((found) => unmarshall(found));
    return { items, ...(LastEvaluatedKey && { after: unmarshall(LastEvaluatedKey).sk as string }) };
  };

  return {
    get: (key) => get(key, true),
    getOfLate: (key) => get(key, false),
    async partition(pk, prefix = "") {
      const items: Item[] = [];
      let start: string | undefined;
      for (let read = 0; read < MOST_PAGES; read++) {
        const { items: found, after } = await query(pk, prefix, start);
        for (const item of found) items.push(item);
        if (after === undefined) return items;
        start = after;
      }
      throw new OperationalError("store-unavailable", `partition of more than ${MOST_PAGES} pages`);
    },
    page: (pk, prefix = "", after = undefined) => query(pk, prefix, after, MOST_IN_PAGE),
    async due(shard, until, limit, after) {
      const command = new QueryCommand({
        TableName: name,
        IndexName: "due",
        KeyConditionExpression: "#shard = :shard AND dueAt <= :until",
        ExpressionAttributeNames: { "#shard": "shard" },
        ExpressionAttributeValues: wire({ ":shard": shard, ":until": until }),
        Limit: limit,
        ExclusiveStartKey: after && wire(after),
      });
      return ((await available(client.send(command))).Items ?? []).map((found) => unmarshall(found));
    },
  };
}

function openTableWrites(
  name: string,
  client: DynamoDBClient,
  sleep: (ms: number) => Promise<void>,
): Pick<Table, "put" | "update" | "remove" | "removeAll"> {
  return {
    put: (item, condition) =>
      conditional(
        client.send(new PutItemCommand({ TableName: name, Item: wire(item), ...toCondition(condition) })),
      ),
    async update(key, expression, condition) {
      const command = new UpdateItemCommand({
        TableName: name,
        Key: wire(key),
        UpdateExpression: expression,
        ReturnValues: "ALL_NEW",
        ...toCondition(condition),
      });
      const updated = (await unlessConditionFails(client.send(command)))?.Attributes;
      return updated && unmarshall(updated);
    },
    remove: (key, condition) =>
      conditional(
        client.send(new DeleteItemCommand({ TableName: name, Key: wire(key), ...toCondition(condition) })),
      ),
    async removeAll(keys) {
      for (let from = 0; from < keys.length; from += BATCH) {
        let requests = keys.slice(from, from + BATCH).map((key) => ({ DeleteRequest: { Key: wire(key) } }));
        for (let tried = 0; requests.length > 0; tried++) {
          if (tried === MOST_TRIES)
            throw new OperationalError("store-unavailable", "a batch stays unprocessed");
          const answer = await available(
            client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } })),
          );
          requests = (answer.UnprocessedItems?.[name] ?? []) as typeof requests;
          if (requests.length > 0) await sleep(FIRST_WAIT_MS * 2 ** tried);
        }
      }
    },
  };
}

const toCondition = (condition?: Condition) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.values && { ExpressionAttributeValues: wire(condition.values) }),
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
  };

const wire = (item: object): Record<string, AttributeValue> =>
  marshall(item, { removeUndefinedValues: true });

/** A request that DynamoDB calls invalid is a programmer's error and stays one; all else is a matter of time. */
export async function available<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((failure: Error) => {
    if (failure.name === "ValidationException") throw new Error(failure.message);
    throw new OperationalError("store-unavailable", `${failure.name}: ${failure.message}`);
  });
}

export async function unlessConditionFails<T>(answer: Promise<T>): Promise<T | undefined> {
  return available(
    answer.catch((error) => {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }),
  );
}

const conditional = async (answer: Promise<unknown>): Promise<boolean> =>
  (await unlessConditionFails(answer)) !== undefined;
