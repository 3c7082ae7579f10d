import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { OperationalError } from "../errors.ts";
import type { ItemKey } from "./keys.ts";

type Item = Record<string, unknown>;

export interface Condition {
  /** An update may come without one. */
  expression?: string;
  values?: Item;
  names?: Record<string, string>;
}

/** DynamoDB takes so many writes in one batch. */
const BATCH = 25;
/** What DynamoDB left over of a batch is sent again so often; then the caller's own retry does it. */
const MOST_TRIES = 10;
/** A person's items are read in pages; this many pages are more than any person has. */
const MOST_PAGES = 100;

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
  removeAll(keys: ItemKey[]): Promise<void>;
  /** All items of a partition whose sort key begins so. Consistent. */
  partition(pk: string, prefix?: string): Promise<Item[]>;
  /** A page of the `due` index. Eventually consistent: hints only. */
  due(shard: string, until: number, limit: number, after?: Item): Promise<Item[]>;
}

export function openTable(name: string, client = new DynamoDBClient({})): Table {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const conditionOf = (condition?: Condition) =>
    condition && {
      ConditionExpression: condition.expression,
      ...(condition.values && { ExpressionAttributeValues: condition.values }),
      ...(condition.names && { ExpressionAttributeNames: condition.names }),
    };

  const get = async (Key: ItemKey, ConsistentRead: boolean): Promise<Item | undefined> =>
    (await available(documents.send(new GetCommand({ TableName: name, Key, ConsistentRead })))).Item;

  return {
    get: (key) => get(key, true),
    getOfLate: (key) => get(key, false),
    put: (item, condition) =>
      conditional(documents.send(new PutCommand({ TableName: name, Item: item, ...conditionOf(condition) }))),
    async update(key, expression, condition) {
      const command = new UpdateCommand({
        TableName: name,
        Key: key,
        UpdateExpression: expression,
        ReturnValues: "ALL_NEW",
        ...conditionOf(condition),
      });
      return (await unlessConditionFails(documents.send(command)))?.Attributes;
    },
    remove: (key, condition) =>
      conditional(
        documents.send(new DeleteCommand({ TableName: name, Key: key, ...conditionOf(condition) })),
      ),
    async removeAll(keys) {
      for (let from = 0; from < keys.length; from += BATCH) {
        let requests = keys.slice(from, from + BATCH).map((Key) => ({ DeleteRequest: { Key } }));
        for (let tried = 0; requests.length > 0; tried++) {
          if (tried === MOST_TRIES)
            throw new OperationalError("store-unavailable", "a batch stays unprocessed");
          const answer = await available(
            documents.send(new BatchWriteCommand({ RequestItems: { [name]: requests } })),
          );
          requests = (answer.UnprocessedItems?.[name] ?? []) as typeof requests;
        }
      }
    },
    async partition(pk, prefix = "") {
      const items: Item[] = [];
      let start: Item | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const command = new QueryCommand({
          TableName: name,
          ConsistentRead: true,
          KeyConditionExpression: prefix ? "pk = :pk AND begins_with(sk, :prefix)" : "pk = :pk",
          ExpressionAttributeValues: prefix ? { ":pk": pk, ":prefix": prefix } : { ":pk": pk },
          ExclusiveStartKey: start,
        });
        const answer = await available(documents.send(command));
        items.push(...(answer.Items ?? []));
        start = answer.LastEvaluatedKey;
        if (!start) return items;
      }
      throw new OperationalError("store-unavailable", `partition of more than ${MOST_PAGES} pages`);
    },
    async due(shard, until, limit, after) {
      const command = new QueryCommand({
        TableName: name,
        IndexName: "due",
        KeyConditionExpression: "#shard = :shard AND dueAt <= :until",
        ExpressionAttributeNames: { "#shard": "shard" },
        ExpressionAttributeValues: { ":shard": shard, ":until": until },
        Limit: limit,
        ExclusiveStartKey: after,
      });
      return (await available(documents.send(command))).Items ?? [];
    },
  };
}

/** A request that DynamoDB calls invalid is a programmer's error and stays one; all else is a matter of time. */
export async function available<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((failure: Error) => {
    if (failure.name === "ValidationException") throw new Error(failure.message);
    throw new OperationalError("store-unavailable", `${failure.name}: ${failure.message}`);
  });
}

async function unlessConditionFails<T>(answer: Promise<T>): Promise<T | undefined> {
  return available(
    answer.catch((error) => {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }),
  );
}

const conditional = async (answer: Promise<unknown>): Promise<boolean> =>
  (await unlessConditionFails(answer)) !== undefined;
