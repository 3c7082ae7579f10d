import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Recorded } from "./world.ts";

/** A request to the table, and the answer of the engine that the journey was made with. */
export interface Replayable {
  action: string;
  body: string;
  answer: string;
}

/** What is compared: the requests that read or write, without what no two engines count alike. */
const COMPARED = new Set([
  ...["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchWriteItem", "BatchGetItem"],
]);
const NOT_COMPARED = new Set(["ConsumedCapacity", "ItemCollectionMetrics", "SizeEstimateRangeGB"]);

export const listReplayable = (recorded: readonly Recorded[]): Replayable[] =>
  recorded
    .filter(({ request }) => request.service === "dynamodb" && COMPARED.has(request.action))
    .map(({ request, answer }) => ({
      action: request.action,
      body: request.body.toString(),
      answer: comparable(request.action, answer.status, String(answer.body)),
    }));

/** Sends the same requests in the same order to another engine; returns where its answers differ. */
export async function replay(requests: readonly Replayable[], client: DynamoDBClient): Promise<string[]> {
  const differences: string[] = [];
  for (const { action, body, answer } of requests) {
    const headers = {
      "x-amz-target": `DynamoDB_20120810.${action}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20260304T090000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260304/eu-west-1/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=0000",
    };
    const { status, text } = await post(client, headers, body);
    const found = comparable(action, status, text);
    if (found !== answer)
      differences.push(
        `${action} ${body.slice(0, 200)}\n      moto ${answer.slice(0, 200)}\n      here ${found.slice(0, 200)}`,
      );
  }
  return differences;
}

/** As the SDK's client would, by its own handler: an engine in this thread has no socket. */
async function post(
  { config }: DynamoDBClient,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  const endpoint = await config.endpoint?.();
  const request = { ...endpoint, method: "POST", path: "/", query: {}, headers, body };
  const { response } = await config.requestHandler.handle(
    request as Parameters<typeof config.requestHandler.handle>[0],
  );
  const chunks: Uint8Array[] = [];
  const answered: unknown = response.body;
  if (answered instanceof Uint8Array) chunks.push(answered);
  else for await (const chunk of answered as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString() };
}

/** An answer in one form: sets and scans in order, numbers by value, an error by its code. */
function comparable(action: string, status: number, text: string): string {
  const answer = JSON.parse(text || "{}") as Record<string, unknown>;
  if (status !== 200) return `${status} ${String(answer.__type).split("#").at(-1)}`;
  const kept = Object.fromEntries(Object.entries(answer).filter(([name]) => !NOT_COMPARED.has(name)));
  const ordered = inOrder(kept) as { Items?: unknown[] };
  if (action === "Scan")
    ordered.Items?.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  return JSON.stringify(ordered);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      if (name === "SS" && Array.isArray(inner)) return [name, [...inner].sort()];
      if (name === "N" && typeof inner === "string") return [name, String(Number(inner))];
      return [name, inOrder(inner)];
    }),
  );
}
