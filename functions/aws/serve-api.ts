import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Content } from "../domain/content.ts";
import type { PeopleIndex, Services } from "../ports.ts";
import { readConfig } from "./config.ts";
import { type DeskRows, openDeskRows } from "./desk-rows.ts";
import { ALWAYS, withoutUndefined } from "./http.ts";
import { openInbox } from "./inbox.ts";
import { lean } from "./lean-client.ts";
import { openServices } from "./runtime.ts";

/** What comes in is a few fields; fifty tags of sixty characters are the most of it. */
const MOST_BODY_BYTES = 16 * 1024;

/** A request of another program's, its body as it came; undefined where it is larger than any of ours. */
interface Received {
  route: string;
  method: string;
  rawPath: string;
  path: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  ip: string;
  body: string | undefined;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: object;
}

/** The HTTP API's routes for programs: JSON in and out. Services are opened at the first request. */
export function serveApi(
  content: Content,
  open: (services: Services & { people: PeopleIndex }) => (request: Received) => Promise<Answer>,
) {
  let answer: ReturnType<typeof open> | undefined;
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    answer ??= open(openApiServices(content));
    const { status, headers, body } = await answer(readEvent(event));
    return {
      statusCode: status,
      headers: { ...ALWAYS, "content-type": "application/json", ...headers },
      ...(body && { body: JSON.stringify(body) }),
    };
  };
}

function openApiServices(content: Content): Services & { people: PeopleIndex } {
  const config = readConfig();
  const client = lean(new DynamoDBClient({ cacheMiddleware: true }));
  return {
    ...openServices(content, openInbox, config),
    people: openPeopleIndex(openDeskRows(config.table, client)),
  };
}

const openPeopleIndex = ({ page }: DeskRows): PeopleIndex => ({
  async page({ status, tag, before }, limit) {
    const wanted = {
      ...(status !== undefined && { equals: { status } }),
      ...(tag !== undefined && { contains: { tags: tag } }),
      ...(before !== undefined && { before }),
    };
    const { rows, ...more } = await page("people", wanted, limit);
    return { ids: rows.map(({ subscriber }) => subscriber), ...more };
  },
});

function readEvent(event: APIGatewayProxyEventV2): Received {
  const { method, sourceIp } = event.requestContext.http;
  const encoded = event.body ?? "";
  const body = Buffer.from(encoded, event.isBase64Encoded ? "base64" : "utf8");
  return {
    ...{ route: event.routeKey, method, rawPath: event.rawPath, ip: sourceIp },
    path: withoutUndefined(event.pathParameters),
    query: withoutUndefined(event.queryStringParameters),
    headers: withoutUndefined(event.headers),
    body: body.length > MOST_BODY_BYTES ? undefined : body.toString(),
  };
}
