import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { Throttled } from "./account-limits.ts";
import { isForThisMachine, listenNear } from "./listen.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** API Gateway refuses larger bodies with 413. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;
/** Bodies of these types reach a function as text; all others, forms among them, in base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript))/i;

interface GatewayRoute {
  /** `GET /confirm/{token}`. */
  key: string;
  invoke: (event: APIGatewayProxyEventV2) => Promise<unknown>;
  /** What it lets through; all, if left out. */
  throttle?: TokenBucket;
}

/** What answers at a path that is a file's. */
type FileAnswer = (path: string) => APIGatewayProxyStructuredResultV2 | undefined;

/** How far behind more specific ones a route stands: those that take whatever follows come last. */
const looseness = ({ key }: GatewayRoute): number =>
  key.split("{").length + (key.startsWith("ANY ") ? 0.5 : 0) + (key.endsWith("+}") ? 1_000 : 0);

interface BrowserRequest {
  method: string;
  /** Path and query. */
  url: string;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  /** Undefined if it is larger than the gateway takes. */
  body: Buffer | undefined;
}

/** The HTTP API: routes by method and path, payload format 2.0 to the functions. */
export class Gateway {
  readonly #server: Server;
  readonly #routes: GatewayRoute[] = [];
  /** What takes the requests that fit no other route, if the API has such a one. */
  #others: GatewayRoute | undefined;
  readonly #now: () => number;
  readonly #files: FileAnswer[] = [];
  #requests = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#server = createServer((request, response) => {
      // A client that goes away while it speaks gets no answer, and harms no other.
      this.#serve(request, response).catch(() => response.destroy());
    });
    // A client that speaks again after a pause must not meet a connection that is just being closed.
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Throws for a route that the local gateway would never match: `{name+}` in the midst of one. */
  add(route: GatewayRoute): void {
    if (route.key === "$default") {
      this.#others = route;
      return;
    }
    if (!/^(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[^+]*(\{\w+\+\})?$/.test(route.key))
      throw new Error(`The local gateway knows routes such as "GET /a/{b}", not "${route.key}"`);
    // The most specific route wins (API Gateway, "Routing API requests").
    this.#routes.push(route);
    this.#routes.sort((one, other) => looseness(one) - looseness(other));
  }

  /** Files that are asked before the routes: in an account, another host answers for them. */
  addFiles(answer: FileAnswer): void {
    this.#files.push(answer);
  }

  /** Listens on the port, or on a free one where it is busy; returns the port. */
  listen(port: number): Promise<number> {
    return listenNear(this.#server, port);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = incoming;
    if (!isForThisMachine(headers.host))
      return void response.writeHead(403).end("The pages answer on localhost only.");
    const body = await readBody(incoming);
    answer(response, await this.answer({ method, url, headers, body }));
  }

  /** A request through the routes, for callers without a connection. */
  async answer(request: BrowserRequest): Promise<APIGatewayProxyStructuredResultV2> {
    const [path = "/", query = ""] = splitOnce(request.url, "?");
    const file = request.method === "GET" || request.method === "HEAD" ? this.#file(path) : undefined;
    if (file) return file;
    const matched = this.#match(request.method, path);
    if (!matched) return { statusCode: 404, body: '{"message":"Not Found"}' };
    if (matched.route.throttle?.take(1, this.#now()) === false)
      return { statusCode: 429, body: '{"message":"Too Many Requests"}' };
    const { body } = request;
    if (!body) return { statusCode: 413, body: '{"message":"Request Entity Too Large"}' };
    try {
      const result = await matched.route.invoke(this.#event({ ...request, body }, path, query, matched));
      return (result ?? {}) as APIGatewayProxyStructuredResultV2;
    } catch (error) {
      if (error instanceof Throttled) return { statusCode: 503, body: '{"message":"Service Unavailable"}' };
      return { statusCode: 500, body: '{"message":"Internal Server Error"}' };
    }
  }

  #file(path: string): APIGatewayProxyStructuredResultV2 | undefined {
    for (const answer of this.#files) {
      const found = answer(path);
      if (found) return found;
    }
    return undefined;
  }

  #match(
    method: string,
    path: string,
  ): { route: GatewayRoute; parameters: Record<string, string> } | undefined {
    for (const route of this.#routes) {
      const [wanted, template] = route.key.split(" ") as [string, string];
      const parameters = wanted === method || wanted === "ANY" ? matchRoute(template, path) : undefined;
      if (parameters) return { route, parameters };
    }
    return this.#others && { route: this.#others, parameters: {} };
  }

  #event(
    request: BrowserRequest & { body: Buffer },
    path: string,
    query: string,
    { route, parameters }: { route: GatewayRoute; parameters: Record<string, string> },
  ): APIGatewayProxyEventV2 {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : value,
      ]),
    );
    const isText = TEXT.test(headers["content-type"] ?? "text/plain");
    const { body } = request;
    const at = this.#now();
    return {
      version: "2.0",
      routeKey: route.key,
      rawPath: path,
      rawQueryString: query,
      ...(request.headers.cookie && { cookies: request.headers.cookie.split("; ") }),
      headers,
      ...(query && { queryStringParameters: joinFields(new URLSearchParams(query)) }),
      requestContext: {
        accountId: "111111111111",
        apiId: "local",
        domainName: headers.host ?? "localhost",
        domainPrefix: "local",
        http: {
          method: request.method,
          path,
          protocol: "HTTP/1.1",
          // A test may be many networks; in the cloud the gateway tells the address that it sees itself.
          sourceIp: headers["x-forwarded-for"]?.split(",")[0]?.trim() ?? "127.0.0.1",
          userAgent: headers["user-agent"] ?? "",
        },
        requestId: `local-${++this.#requests}`,
        routeKey: route.key,
        stage: "$default",
        time: commonLogTime(at),
        timeEpoch: at,
      },
      ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
      ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
      isBase64Encoded: body.length > 0 && !isText,
    };
  }
}

function splitOnce(text: string, separator: string): string[] {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

/** A field that is given twice has its values joined by a comma, as payload 2.0 has it. */
function joinFields(fields: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name).join(",")]));
}

/** `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

/** The parameters of a path by its template, or undefined if it does not fit. */
function matchRoute(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const parts = path.split("/");
  const isGreedy = template.endsWith("+}");
  if (isGreedy ? parts.length < wanted.length : wanted.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [place, name] of wanted.entries()) {
    const part = parts[place] as string;
    if (name.endsWith("+}")) parameters[name.slice(1, -2)] = safelyDecoded(parts.slice(place).join("/"));
    else if (name.startsWith("{") && part !== "") parameters[name.slice(1, -1)] = safelyDecoded(part);
    else if (name !== part) return undefined;
  }
  return parameters;
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Undefined if it is larger than the gateway takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return size <= MOST_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function answer(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const headers = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8");
  response.writeHead(result.statusCode ?? 200, {
    "content-type": "application/json",
    ...headers,
    ...(result.cookies && { "set-cookie": result.cookies }),
    "content-length": body.length,
  });
  response.end(body);
}
