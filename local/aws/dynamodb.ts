import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import dynalite from "dynalite";
import { ServiceError, type WireRequest, type WireResponse, type WireService } from "./request.ts";

/** `AWS::DynamoDB::Table`, as far as the engine knows it. */
export interface TableProperties {
  KeySchema: unknown[];
  AttributeDefinitions: unknown[];
  BillingMode?: string;
  GlobalSecondaryIndexes?: Record<string, unknown>[];
}

/** A request to the engine from this process needs a credential scope as well; it is not checked. */
const HEADERS = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=local",
  "content-type": "application/x-amz-json-1.0",
  "x-amz-date": "20260101T000000Z",
};

/**
 * DynamoDB: the dynalite engine behind our wire, in memory or in a folder. It never expires items (the code
 * under test counts an expired item as absent itself), and has no transactions and no streams.
 */
export class DynamoDb implements WireService {
  readonly #engine: ReturnType<typeof dynalite>;

  constructor(options: { folder?: string } = {}) {
    const path = options.folder === undefined ? undefined : join(options.folder, "dynamodb");
    if (path !== undefined) mkdirSync(path, { recursive: true, mode: 0o700 });
    const wait = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
    this.#engine = dynalite(path === undefined ? wait : { ...wait, path });
  }

  /** Its own port is never used, but only an engine that listens can be closed. */
  async start(): Promise<void> {
    this.#engine.listen(0, "127.0.0.1");
    await once(this.#engine, "listening");
  }

  async stop(): Promise<void> {
    if (this.#engine.listening) await new Promise((resolve) => this.#engine.close(resolve));
  }

  handle(request: WireRequest): Promise<WireResponse> {
    return new Promise((resolve) => {
      const { headers, method, path, body } = request;
      const incoming = Object.assign(Readable.from([body]), { headers, method, url: path });
      this.#engine.emit("request", incoming, makeAnswer(resolve));
    });
  }

  /** One operation from this process. Throws a ServiceError with DynamoDB's code. */
  async call<T = Record<string, unknown>>(operation: string, input: object): Promise<T> {
    const answer = await this.handle({
      service: "dynamodb",
      action: operation,
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { ...HEADERS, "x-amz-target": `DynamoDB_20120810.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    });
    const output = JSON.parse(String(answer.body)) as T & { __type?: string; message?: string };
    if (answer.status === 200) return output;
    throw new ServiceError(
      output.__type?.split("#").at(-1) ?? "Unknown",
      output.message ?? "",
      answer.status,
    );
  }

  /**
   * Makes the table of a template, unless the folder holds it from an earlier run; returns when it is active. One that was
   * made before the template had all its indexes is written anew: the engine cannot add one.
   */
  async createTable(name: string, properties: TableProperties): Promise<void> {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = properties;
    const indexes = GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    const table = {
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema,
      AttributeDefinitions,
      ...(indexes && { GlobalSecondaryIndexes: indexes }),
    };
    await this.call("CreateTable", table).catch(unlessThere);
    await this.#untilActive(name);
    const wanted = (indexes ?? []).map(({ IndexName }) => String(IndexName));
    if (await this.#lacksOne(name, wanted)) await this.#makeAnew(name, table);
  }

  async #lacksOne(name: string, wanted: string[]): Promise<boolean> {
    const { Table } = await this.call<Described>("DescribeTable", { TableName: name });
    const has = (Table.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
    return wanted.some((index) => !has.includes(index));
  }

  async #makeAnew(name: string, table: object): Promise<void> {
    const items = await this.#readAll(name);
    await this.call("DeleteTable", { TableName: name });
    // It answers before the table is gone.
    while (!(await this.#isMade(table))) await new Promise((resolve) => setImmediate(resolve));
    await this.#untilActive(name);
    for (const Item of items) await this.call("PutItem", { TableName: name, Item });
  }

  async #isMade(table: object): Promise<boolean> {
    try {
      await this.call("CreateTable", table);
      return true;
    } catch (error) {
      unlessThere(error);
      return false;
    }
  }

  async #readAll(name: string): Promise<unknown[]> {
    const items: unknown[] = [];
    let start: unknown;
    do {
      const page: Rows = await this.call<Rows>("Scan", {
        TableName: name,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      items.push(...page.Items);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  }

  async #untilActive(name: string): Promise<void> {
    while (!(await this.#isActive(name))) await new Promise((resolve) => setImmediate(resolve));
  }

  /**
   * The earliest `dueAt` (epoch milliseconds) in an index whose sort key it is; undefined when it is empty.
   * Asks each of the partitions given; without them it reads the whole index.
   */
  async peekDue(table: string, index = "due", shards?: string[]): Promise<number | undefined> {
    const rows =
      shards === undefined ? await this.#scan(table, index) : await this.#heads(table, index, shards);
    const times = rows.map(({ dueAt }) => Number(dueAt?.N));
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  }

  /** Whether anything stands in an index. */
  async holdsAny(table: string, index: string): Promise<boolean> {
    const { Items } = await this.call<Rows>("Scan", { TableName: table, IndexName: index, Limit: 1 });
    return Items.length > 0;
  }

  async #heads(table: string, index: string, shards: string[]): Promise<DueRow[]> {
    const heads = shards.map((shard) =>
      this.call<Rows>("Query", {
        TableName: table,
        IndexName: index,
        KeyConditionExpression: "#shard = :shard",
        ExpressionAttributeNames: { "#shard": "shard" },
        ExpressionAttributeValues: { ":shard": { S: shard } },
        Limit: 1,
      }),
    );
    return (await Promise.all(heads)).flatMap(({ Items }) => Items);
  }

  async #scan(table: string, index: string): Promise<DueRow[]> {
    const rows: DueRow[] = [];
    let start: unknown;
    do {
      const page: Rows = await this.call<Rows>("Scan", {
        TableName: table,
        IndexName: index,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      rows.push(...page.Items);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return rows;
  }

  async #isActive(name: string): Promise<boolean> {
    const { Table } = await this.call<{ Table: { TableStatus: string } }>("DescribeTable", {
      TableName: name,
    });
    return Table.TableStatus === "ACTIVE";
  }
}

interface Described {
  Table: { GlobalSecondaryIndexes?: { IndexName: string }[] };
}
type DueRow = { dueAt?: { N: string } };
type Rows = { Items: DueRow[]; LastEvaluatedKey?: unknown };

/** Actions of DynamoDB that can change what is due. */
export const writesTable = ({ service, action }: WireRequest): boolean =>
  service === "dynamodb" && /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(action);

function unlessThere(error: unknown): void {
  if (!(error instanceof ServiceError && error.code === "ResourceInUseException")) throw error;
}

/** As much of a response as the engine writes to. */
function makeAnswer(done: (answer: WireResponse) => void) {
  const headers: Record<string, string> = {};
  return {
    statusCode: 200,
    setHeader(name: string, value: unknown) {
      headers[name.toLowerCase()] = String(value);
    },
    end(body: string | undefined) {
      delete headers["content-length"];
      done({ status: this.statusCode, headers, body: body ?? "" });
    },
  };
}
