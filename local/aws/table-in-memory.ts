import type { TableProperties } from "./dynamodb.ts";
import { condition, projection, type TableItem, update, type Value } from "./expressions.ts";
import { ServiceError, type WireRequest, type WireResponse, type WireService } from "./request.ts";
import { type KeyNames, SortedItems } from "./sorted-items.ts";

interface TableInput {
  TableName: string;
  IndexName?: string;
  Key?: TableItem;
  Item?: TableItem;
  ConditionExpression?: string;
  UpdateExpression?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, Value>;
  ReturnValues?: string;
  Select?: string;
  Limit?: number;
  ScanIndexForward?: boolean;
  ExclusiveStartKey?: TableItem;
  Segment?: number;
  TotalSegments?: number;
  RequestItems?: Record<string, { PutRequest?: { Item: TableItem }; DeleteRequest?: { Key: TableItem } }[]>;
}

/**
 * A table of DynamoDB in this thread's memory, for worlds in which one answer takes microseconds and every run is
 * the same: the operations and expressions of the document API, sparse indexes with what they include, no
 * expiry, pages that are cut by `Limit` only. Reads are consistent, of indexes too.
 */
export class TableInMemory implements WireService {
  #name = "";
  #table = new SortedItems({ hash: "pk", range: "sk" }, { hash: "pk", range: "sk" });
  readonly #indexes = new Map<string, SortedItems>();

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async createTable(name: string, properties: TableProperties): Promise<void> {
    this.#make(name, properties);
  }

  #make(name: string, properties: TableProperties): void {
    this.#name = name;
    const keys = keyNames(properties.KeySchema);
    this.#table = new SortedItems(keys, keys);
    for (const { IndexName, KeySchema, Projection } of properties.GlobalSecondaryIndexes ?? [])
      this.#indexes.set(
        String(IndexName),
        new SortedItems(keyNames(KeySchema), keys, includedNames(Projection)),
      );
  }

  /** The earliest `dueAt` in an index whose sort key it is; undefined when it is empty. */
  async peekDue(_table: string, index = "due"): Promise<number | undefined> {
    return this.#index(index).lowest();
  }

  /** Whether anything stands in an index. */
  async holdsAny(_table: string, index: string): Promise<boolean> {
    return !this.#index(index).isEmpty();
  }

  /** All items of a partition, as they are on the wire: for those who look at the table from outside. */
  partition(hash: string): readonly TableItem[] {
    return this.#table.partition(hash);
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const answer = this.call(request.action, JSON.parse(request.body.toString()) as TableInput);
    const headers = { "content-type": "application/x-amz-json-1.0" };
    return { status: 200, headers, body: JSON.stringify(answer) };
  }

  /** One operation. Throws a ServiceError with DynamoDB's code. */
  call(operation: string, input: TableInput): object {
    switch (operation) {
      case "GetItem":
        return optional("Item", this.projectItem(this.#table.get(input.Key as TableItem), input));
      case "PutItem":
        return this.#put(input);
      case "UpdateItem":
        return this.#update(input);
      case "DeleteItem":
        return this.#delete(input);
      case "BatchWriteItem":
        return this.#batchWrite(input);
      case "BatchGetItem":
        return this.#batchGet(input as unknown as BatchGet);
      case "Query":
      case "Scan":
        return this.#search(input, operation);
      case "CreateTable":
        this.#make(input.TableName, input as unknown as TableProperties);
        return { TableDescription: { TableName: this.#name, TableStatus: "ACTIVE" } };
      case "DescribeTable":
        return { Table: { TableName: this.#name, TableStatus: "ACTIVE" } };
      default:
        throw new ServiceError("UnknownOperationException", `${operation} is not emulated`);
    }
  }

  #put(input: TableInput): object {
    const item = input.Item as TableItem;
    const old = this.findIfAllowed(item, input);
    this.#write(item, old);
    return input.ReturnValues === "ALL_OLD" ? optional("Attributes", old) : {};
  }

  #update(input: TableInput): object {
    const key = input.Key as TableItem;
    const old = this.findIfAllowed(key, input);
    const item: TableItem = { ...structuredClone(old ?? {}), ...key };
    update(input.UpdateExpression, placeholders(input))(item);
    this.#write(item, old);
    if (input.ReturnValues === "ALL_NEW") return { Attributes: item };
    return input.ReturnValues === "ALL_OLD" ? optional("Attributes", old) : {};
  }

  #delete(input: TableInput): object {
    const old = this.findIfAllowed(input.Key as TableItem, input);
    if (old) this.#write(undefined, old);
    return input.ReturnValues === "ALL_OLD" ? optional("Attributes", old) : {};
  }

  #batchWrite({ RequestItems = {} }: TableInput): object {
    for (const { PutRequest, DeleteRequest } of Object.values(RequestItems).flat()) {
      const old = this.#table.get((PutRequest?.Item ?? DeleteRequest?.Key) as TableItem);
      if (PutRequest) this.#write(PutRequest.Item, old);
      else if (old) this.#write(undefined, old);
    }
    return { UnprocessedItems: {} };
  }

  #batchGet({ RequestItems }: BatchGet): object {
    const Responses = Object.entries(RequestItems).map(([name, { Keys }]) => [
      name,
      Keys.map((key) => this.#table.get(key)).filter((item) => item !== undefined),
    ]);
    return { Responses: Object.fromEntries(Responses), UnprocessedKeys: {} };
  }

  /** The item as it is, if the request's condition lets it be changed. */
  findIfAllowed(key: TableItem, input: TableInput): TableItem | undefined {
    const old = this.#table.get(key);
    if (!condition(input.ConditionExpression, placeholders(input))(old ?? {}))
      throw new ServiceError("ConditionalCheckFailedException", "The conditional request failed");
    return old;
  }

  #write(item: TableItem | undefined, old: TableItem | undefined): void {
    for (const sorted of [this.#table, ...this.#indexes.values()]) sorted.replace(old, item);
  }

  #search(input: TableInput, operation: "Query" | "Scan"): object {
    const sorted = input.IndexName === undefined ? this.#table : this.#index(input.IndexName);
    const isWanted = condition(input.KeyConditionExpression, placeholders(input));
    // A filter sees only what the index holds.
    const holds = condition(input.FilterExpression, placeholders(input));
    const passes = (row: TableItem) =>
      input.FilterExpression === undefined || holds(sorted === this.#table ? row : sorted.project(row));
    const rows = operation === "Query" ? sorted.partition(hashKey(input, sorted)) : sorted.segment(input);
    const ordered = input.ScanIndexForward === false ? [...rows].reverse() : rows;
    const start = input.ExclusiveStartKey;
    // Behind the last of those within an upper bound none is wanted any more: an index may be long.
    const endsAtFirst = ordered === rows && UPPER_BOUND.test(input.KeyConditionExpression ?? "");
    const found: TableItem[] = [];
    let looked = 0;
    let last: TableItem | undefined;
    for (let at = start ? sorted.countLeftOut(ordered, start, input) : 0; at < ordered.length; at++) {
      const row = ordered[at] as TableItem;
      if (!isWanted(row)) {
        if (endsAtFirst) break;
        continue;
      }
      looked++;
      if (passes(row)) found.push(row);
      if (looked === input.Limit) {
        last = sorted.itemKey(row);
        break;
      }
    }
    const Items = found.map((row) =>
      this.projectItem(row, input, sorted !== this.#table ? sorted : undefined),
    );
    return {
      Count: found.length,
      ScannedCount: looked,
      ...(input.Select !== "COUNT" && { Items }),
      ...(last && { LastEvaluatedKey: last }),
    };
  }

  projectItem(item: TableItem | undefined, input: TableInput, index?: SortedItems): TableItem | undefined {
    const names = projection(input.ProjectionExpression, placeholders(input));
    if (item === undefined) return undefined;
    const whole = index ? index.project(item) : item;
    if (names === undefined) return whole;
    return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name)));
  }

  #index(name: string): SortedItems {
    const index = this.#indexes.get(name);
    if (!index)
      throw new ServiceError("ValidationException", `The table does not have the specified index: ${name}`);
    return index;
  }
}

const UPPER_BOUND = /<=?\s*:\w+$/;

interface BatchGet {
  RequestItems: Record<string, { Keys: TableItem[] }>;
}

const placeholders = ({
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: values,
}: TableInput) => ({
  names,
  values,
});

const optional = (name: string, item: TableItem | undefined): object =>
  item === undefined ? {} : { [name]: item };

/** What an index holds besides keys; `ALL` is not emulated. */
function includedNames(given: unknown): readonly string[] {
  const { ProjectionType, NonKeyAttributes } = (given ?? {}) as {
    ProjectionType?: string;
    NonKeyAttributes?: string[];
  };
  if (ProjectionType === "ALL")
    throw new ServiceError("ValidationException", "Projection ALL is not emulated");
  return NonKeyAttributes ?? [];
}

function keyNames(schema: unknown): KeyNames {
  const keys = schema as { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
  const findKeyOfType = (type: string) => keys.find(({ KeyType }) => KeyType === type)?.AttributeName ?? "";
  return { hash: findKeyOfType("HASH"), range: findKeyOfType("RANGE") };
}

/** The hash value that a key condition asks for: `pk = :pk`. */
function hashKey(input: TableInput, { keys: { hash } }: SortedItems): string {
  const { names, values } = placeholders(input);
  for (const [, name = "", value = ""] of input.KeyConditionExpression?.matchAll(/([#\w]+)\s*=\s*(:\w+)/g) ??
    [])
    if ((names?.[name] ?? name) === hash) return String(Object.values(values?.[value] ?? {})[0]);
  throw new ServiceError("ValidationException", `Query condition missed key schema element: ${hash}`);
}
