import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openBroadcasts } from "../../functions/aws/broadcasts.ts";
import { lean } from "../../functions/aws/lean-client.ts";
import { openLog } from "../../functions/aws/log.ts";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable } from "../../functions/aws/table.ts";
import { runErrand } from "../../functions/consent/errands/run-errand.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Keys } from "../../functions/domain/keys.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { Services, WebRequest } from "../../functions/ports.ts";
import { unsubscribeRoutes } from "../../functions/web/leave/unsubscribe.ts";
import { withOtherPaths } from "../../functions/web/other-paths.ts";
import { type Routes, webRoutes } from "../../functions/web/routes.ts";
import { VirtualClock } from "../../local/aws/clock.ts";
import { Wire } from "../../local/aws/endpoint.ts";
import { inProcess } from "../../local/aws/in-process.ts";
import { TableInMemory } from "../../local/aws/table-in-memory.ts";
import { SAMPLE_NOW, sampleSettings } from "../samples.ts";

const ROUTES: Routes = { ...withOtherPaths(webRoutes), ...unsubscribeRoutes };
const TABLE = "preview";
/** Of a preview: nothing that is signed with these opens anything. */
const KEYS: Keys = { signing: [{ id: 1, secret: Buffer.alloc(32, 1) }], addressHash: Buffer.alloc(32, 2) };
const KEY_SCHEMA = [
  { AttributeName: "pk", KeyType: "HASH" },
  { AttributeName: "sk", KeyType: "RANGE" },
];
const DUE_SCHEMA = [
  { AttributeName: "shard", KeyType: "HASH" },
  { AttributeName: "dueAt", KeyType: "RANGE" },
];

/** What a browser sends. */
export interface SampleRequest {
  path?: Record<string, string>;
  form?: Record<string, string>;
  query?: Record<string, string>;
  /** Where no route fits: the path that was asked for. */
  rawPath?: string;
}

/** The course's pages as they are answered, over an empty table, to a browser of its own. */
export interface SampleSite {
  services: Services;
  keys: Keys;
  /** Moves its clock on. */
  wait(ms: number): void;
  /** The page that a route answers with. Throws what the route throws. */
  page(route: string, asked?: SampleRequest): Promise<string>;
  /** Id of the person who signed up with an address; undefined if there is none. */
  findId(address: string): Promise<string | undefined>;
  close(): void;
}

/** Opens a site of its own for each walk through the pages. Nothing leaves it: no mail, no nudge. */
export async function openSampleSite(content: Content): Promise<SampleSite> {
  let now = SAMPLE_NOW;
  const clock = { now: () => now, sleep: async () => undefined };
  const wire = new Wire(new VirtualClock(0));
  const table = new TableInMemory();
  await table.createTable(TABLE, {
    KeySchema: KEY_SCHEMA,
    AttributeDefinitions: [],
    GlobalSecondaryIndexes: [{ IndexName: "due", KeySchema: DUE_SCHEMA }],
  });
  wire.serve("dynamodb", table);
  const client = memoryClient(wire);
  const items = openTable(TABLE, client);
  const store = openStore(items, clock, random);
  const services: Services = {
    settings: { ...sampleSettings, courses: content.courses.map(({ slug }) => slug) },
    webOrigin: "https://learn.course.example",
    messageIdDomain: "email.amazonses.com",
    content,
    store,
    broadcasts: openBroadcasts(items, clock, random),
    mailer: {
      send: async () => ({ outcome: "rejected", detail: "a preview sends nothing" }),
      quota: async () => ({ rate: 1, quota: 1, sent24h: 0, enabled: false }),
    },
    nudge: { send: async () => undefined },
    errands: {
      async leave(errand) {
        await runErrand(services, errand);
      },
    },
    written: { handOver: async () => undefined },
    inbox: { read: async () => new Uint8Array(), remove: async () => undefined },
    mailDomains: { mayTakeMail: async () => true },
    keyring: { keys: async () => KEYS, findKeys: async () => KEYS },
    alarms: { see: async () => undefined, settle: async () => undefined, open: async () => [] },
    clock,
    random,
    log: openLog(clock, { stage: "preview", hasMetrics: false }, () => undefined),
  };
  return {
    services,
    keys: KEYS,
    wait: (ms) => {
      now += ms;
    },
    async page(route, asked = {}) {
      const answer = ROUTES[route];
      if (!answer) throw new Error(`There is no route "${route}"`);
      return (await answer(services, makeRequest(route, asked))).body;
    },
    findId: (address) => store.findSubscriber(addressHash(KEYS, address)),
    close: () => client.destroy(),
  };
}

function makeRequest(
  route: string,
  { path = {}, form = {}, query = {}, rawPath = "/" }: SampleRequest,
): WebRequest {
  const method = route.startsWith("POST") ? "POST" : "GET";
  return { method, route, rawPath, path, query, form, headers: {}, ip: "192.0.2.77" };
}

const memoryClient = (wire: Wire): DynamoDBClient =>
  lean(
    new DynamoDBClient({
      endpoint: "http://in-this-process.invalid",
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      cacheMiddleware: true,
      requestHandler: inProcess(wire),
    }),
  );
