import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer, type Server } from "node:net";
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
} from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { lean } from "../../functions/aws/lean-client.ts";
import { DESK_ATTRIBUTES } from "../../functions/domain/desk-place.ts";
import { VirtualClock } from "../../local/aws/clock.ts";
import { Wire } from "../../local/aws/endpoint.ts";
import { inProcess } from "../../local/aws/in-process.ts";
import { ServiceError } from "../../local/aws/request.ts";
import { TableInMemory } from "../../local/aws/table-in-memory.ts";

/** A DynamoDB to test against. The table of the stack is in it, under the given name. */
export interface Engine {
  name: string;
  client: DynamoDBClient;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const SECOND_ENGINE = "@dynoxide/linux-x64/dynoxide";

/** Where the second engine's package exists; elsewhere its tests say in one line that they were skipped. */
export const hasSecondEngine = (): boolean => {
  try {
    require.resolve(SECOND_ENGINE);
    return true;
  } catch {
    return false;
  }
};

/** The engine that `npm start` embeds. */
export async function startDynalite(table: string): Promise<Engine> {
  const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  const port = await listen(server);
  const client = clientOf(port);
  await createTable(client, table);
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  return { name: "dynalite", client, stop };
}

/** The table of the simulation, in this process, without a socket: 0.14 ms a call, most of it the SDK's. */
export const startTableInMemory = (name: string): Promise<Engine> => startInMemory(new TableInMemory(), name);

/**
 * The same, and what is sent through the client itself goes to the table without the SDK's steps: a tenth of the time. For
 * the worlds of verbs, which ask thousands of times. The store's own tests and whoever adds a step take the one above.
 */
export async function startTableWithoutSteps(name: string): Promise<Engine> {
  const table = new TableInMemory();
  const engine = await startInMemory(table, name);
  const withSteps = engine.client.send.bind(engine.client) as (command: Sent) => Promise<object>;
  // A command of the document API is one of the client's, and marshals by steps of its own.
  const send = (command: Sent) => (command.clientCommand ? withSteps(command) : answer(table, command));
  engine.client.send = send as DynamoDBClient["send"];
  engine.client.middlewareStack.add = () => {
    throw new Error(
      "What is sent to this table goes through no steps: start the world with startTableInMemory",
    );
  };
  return engine;
}

interface Sent {
  input: object;
  /** Of the document API's commands. */
  clientCommand?: object;
  constructor: { name: string };
}

/** Request and answer are copied, as JSON on its way would be. The store keeps no binary values, which JSON could not hold. */
async function answer(table: TableInMemory, { input, constructor: { name } }: Sent): Promise<object> {
  const $metadata = { httpStatusCode: 200 };
  try {
    const found = table.call(name.replace(/Command$/, ""), JSON.parse(JSON.stringify(input)));
    return { ...JSON.parse(JSON.stringify(found)), $metadata };
  } catch (error) {
    throw error instanceof ServiceError ? asSdk(error) : error;
  }
}

function asSdk({ code, message, status }: ServiceError): Error {
  const $metadata = { httpStatusCode: status };
  return code === "ConditionalCheckFailedException"
    ? new ConditionalCheckFailedException({ message, $metadata })
    : new DynamoDBServiceException({ name: code, message, $fault: "client", $metadata });
}

async function startInMemory(table: TableInMemory, name: string): Promise<Engine> {
  const wire = new Wire(new VirtualClock(0));
  wire.serve("dynamodb", table);
  const client = lean(clientOf(0, { requestHandler: inProcess(wire) }));
  await createTable(client, name);
  return { name: "table in memory", client, stop: async () => client.destroy() };
}

/** Another engine, which passes more of DynamoDB's conformance suite. Linux x64 only. */
export async function startDynoxide(table: string): Promise<Engine> {
  const port = await freePort();
  const process: ChildProcess = spawn(require.resolve(SECOND_ENGINE), [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
  ]);
  const client = clientOf(port);
  await createTable(client, table);
  return {
    name: "dynoxide",
    client,
    async stop() {
      process.kill();
    },
  };
}

/** Names the address of an engine that someone has started, such as DynamoDB Local, whose licence is AWS's own. */
export const ELSEWHERE = "AWS_CHECK_DYNAMODB";

export function enginesElsewhere(): ((table: string) => Promise<Engine>)[] {
  const endpoint = process.env[ELSEWHERE];
  if (!endpoint) return [];
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const start = async (table: string): Promise<Engine> => {
    const client = new DynamoDBClient({ endpoint, region: "eu-west-1", credentials });
    await createTable(client, table);
    return { name: `the engine at ${endpoint}`, client, stop: async () => client.destroy() };
  };
  return [start];
}

function clientOf(port: number, more: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    ...more,
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 8,
  });
}

async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
        { AttributeName: "shard", AttributeType: "S" },
        { AttributeName: "dueAt", AttributeType: "N" },
        { AttributeName: "desk", AttributeType: "S" },
        { AttributeName: "deskOrder", AttributeType: "S" },
        { AttributeName: "outbox", AttributeType: "S" },
        { AttributeName: "outboxOrder", AttributeType: "S" },
      ],
      KeySchema: [key("pk", "HASH"), key("sk", "RANGE")],
      GlobalSecondaryIndexes: [
        {
          IndexName: "due",
          KeySchema: [key("shard", "HASH"), key("dueAt", "RANGE")],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
        {
          IndexName: "desk",
          KeySchema: [key("desk", "HASH"), key("deskOrder", "RANGE")],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...DESK_ATTRIBUTES] },
        },
        {
          IndexName: "outbox",
          KeySchema: [key("outbox", "HASH"), key("outboxOrder", "RANGE")],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["untold"] },
        },
      ],
    }),
  );
  await untilActive(client, name);
}

/** Creating a table answers before the table is there; asking for it takes long enough to be the wait. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (let asked = 0; asked < 1_000; asked++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === "ACTIVE") return;
  }
  throw new Error(`the table ${TableName} did not become active`);
}

function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}
