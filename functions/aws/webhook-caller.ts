import { lookup as lookUp } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  readWebhookKeys,
  type Webhook,
  type WebhookAnswer,
  webhookBody,
  webhookHeaders,
} from "../domain/events/webhook.ts";
import { type Instant, MINUTE, SECOND } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Clock, WebhookCaller } from "../ports.ts";

/** A receiver must answer within this. */
const PATIENCE = 5 * SECOND;
/** Of what it answers only the status counts; more headers than this are no answer. */
const MOST_HEADER_BYTES = 8 * 1024;
/** A secret that was changed is used after this. */
const SECRET_KEPT_FOR = 5 * MINUTE;

/**
 * Sends events to webhooks. Whoever may set one up must reach nothing with it that is not open to the world: https alone, no
 * address of a private network (each that a name has is looked at, and the one that was looked at is called), no redirect.
 * @param isOnThisMachine a receiver on this very machine may be called, without TLS too
 */
export function openWebhookCaller(
  clock: Clock,
  isOnThisMachine: boolean,
  client = new SecretsManagerClient({}),
): WebhookCaller {
  const kept = new Map<string, { keys: Uint8Array[]; at: Instant }>();

  async function findKeys({ secretName }: Webhook): Promise<Uint8Array[]> {
    const found = kept.get(secretName);
    if (found && clock.now() - found.at < SECRET_KEPT_FOR) return found.keys;
    const keys = await readKeys(client, secretName);
    kept.set(secretName, { keys, at: clock.now() });
    return keys;
  }

  return {
    async call(webhook, event) {
      const headers = webhookHeaders(event, await findKeys(webhook), clock.now());
      return post(new URL(webhook.url), webhookBody(event), headers, isOnThisMachine);
    },
  };
}

async function readKeys(client: SecretsManagerClient, name: string): Promise<Uint8Array[]> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: name })).catch((cause: Error) => {
    throw new OperationalError("webhook-secret-unreadable", `${name}: ${cause.name}`, cause);
  });
  const keys = readWebhookKeys(answer.SecretString ?? "");
  if (!keys)
    throw new OperationalError(
      "webhook-secret-unreadable",
      `${name}: not whsec_ and 24 to 64 bytes in base64`,
    );
  return keys;
}

/** Each call has a connection of its own, so that what was looked up for one is used for no other. */
function post(
  url: URL,
  body: string,
  headers: Record<string, string>,
  isOnThisMachine: boolean,
): Promise<WebhookAnswer> {
  const isHere = isOnThisMachine && url.hostname === "localhost";
  if (url.protocol !== "https:" && !isHere) return Promise.resolve({ failed: "not https" });
  if (!isHere && isPrivate(url.hostname)) return Promise.resolve({ failed: "a private address" });
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const options: RequestOptions = {
    method: "POST",
    agent: false,
    maxHeaderSize: MOST_HEADER_BYTES,
    timeout: PATIENCE,
    headers: {
      ...headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": "Coursepost-Webhooks/1",
    },
    ...(!isHere && { lookup: lookUpPublic }),
  };
  return new Promise((resolve) => {
    const asked = request(url, options, (answer) => {
      // The body is nobody's concern.
      answer.destroy();
      resolve({ status: answer.statusCode ?? 0 });
    });
    asked.on("timeout", () => {
      asked.destroy();
      resolve({ failed: "no answer in time" });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve({ failed: error.code ?? error.name }));
    asked.end(body);
  });
}

/** Addresses of a name, of which each must be a public one. */
const lookUpPublic: LookupFunction = (hostname, options, done) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (addresses.some(({ address }) => isPrivate(address)))
      return done(Object.assign(new Error("a private address"), { code: "a private address" }), []);
    if (options.all) return done(null, addresses);
    done(null, addresses[0]?.address ?? "", addresses[0]?.family);
  });
};

/** Networks that are not the open internet (IANA's special-purpose registries). One list each: IPv4 counts as in `::ffff:0:0/96`. */
const NOT_PUBLIC = {
  ipv4: blockList("ipv4", [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
    ...["192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
    ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ]),
  ipv6: blockList("ipv6", [
    ...["::/128", "::1/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23"],
    ...["2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10", "ff00::/8"],
  ]),
};

function blockList(family: "ipv4" | "ipv6", networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an address is one of a private or special network. A name is none. */
export function isPrivate(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "");
  const family = ({ 4: "ipv4", 6: "ipv6" } as const)[isIP(address)];
  return family !== undefined && NOT_PUBLIC[family].check(address, family);
}
