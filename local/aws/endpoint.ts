import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { VirtualClock } from "./clock.ts";
import { type Fault, Faults } from "./faults.ts";
import { isForThisMachine } from "./listen.ts";
import {
  ServiceError,
  type ServiceName,
  type WireRequest,
  type WireResponse,
  type WireService,
} from "./request.ts";
import { refusal } from "./ses-refusals.ts";

/**
 * One HTTP server for all services. Which one is meant is told by the credential scope of the request's
 * signature; signatures are not checked.
 */
export class Wire {
  readonly faults = new Faults();
  readonly #clock: VirtualClock;
  readonly #services = new Map<ServiceName, WireService>();
  readonly #watchers: ((request: WireRequest, answer?: WireResponse) => void)[] = [];
  readonly #server: Server;
  #outstanding = 0;
  #held = 0;
  #endpoint: string | undefined;

  /** `endpoint`: what it is called where it does not listen, because everybody is in this thread. */
  constructor(clock: VirtualClock, endpoint?: string) {
    this.#clock = clock;
    this.#endpoint = endpoint;
    this.#server = createServer((request, response) => void this.#receive(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  serve(name: ServiceName, service: WireService): void {
    this.#services.set(name, service);
  }

  /** Tells of each request that reached its service, before its answer leaves. */
  watch(watcher: (request: WireRequest, answer?: WireResponse) => void): void {
    this.#watchers.push(watcher);
  }

  /** Starts listening on a port of this machine (0: any free one); returns `http://127.0.0.1:<port>`. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The wire listens on no port");
    this.#endpoint = `http://127.0.0.1:${address.port}`;
    return this.#endpoint;
  }

  endpoint(): string {
    if (this.#endpoint === undefined) throw new Error("The wire does not listen yet");
    return this.#endpoint;
  }

  /** Requests that came in and are not answered yet, without those that a fault has lost or delayed. */
  outstanding(): number {
    return this.#outstanding;
  }

  /** Requests whose callers wait for nothing: a fault has lost or delayed them. */
  held(): number {
    return this.#held;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #hold(response: ServerResponse): void {
    this.#held++;
    response.once("close", () => this.#held--);
  }

  /** A request as it came in, through the faults, to its service and back: for callers with a wire of their own. */
  async exchange(raw: RawRequest): Promise<WireResponse> {
    this.#outstanding++;
    return this.#exchange(raw).finally(() => {
      this.#outstanding--;
    });
  }

  async #exchange(raw: RawRequest): Promise<WireResponse> {
    const request = understand(raw);
    if (request === undefined) return { status: 403, body: "No service in the credential scope" };
    return this.#withFault(request, this.faults.take(request));
  }

  async #receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    this.#outstanding++;
    try {
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const raw = await readRequest(incoming);
      if (!isForThisMachine(incoming.headers.host))
        return void response.writeHead(403).end("The wire answers on localhost only.");
      const answer = await this.#exchange({ ...raw, gone: gone.signal });
      if (answer.lost === "silence") this.#hold(response);
      await send(answer, response);
    } catch {
      // The client went away while it was speaking.
      response.destroy();
    } finally {
      this.#outstanding--;
    }
  }

  async #withFault(request: WireRequest, fault: Fault | undefined): Promise<WireResponse> {
    switch (fault?.kind) {
      case undefined:
        return this.#handle(request);
      case "throttle":
        return errorAnswer(request.service, throttling(request));
      case "reject":
        return errorAnswer(request.service, new ServiceError(fault.code, fault.message, fault.status));
      case "lose-request":
        return { status: 0, lost: "reset" };
      case "lose-answer":
        return { ...(await this.#handle(request)), lost: fault.how ?? "reset" };
      case "delay":
        await this.#pass(fault.ms, request);
        return this.#handle(request);
      case "delay-answer": {
        const answer = await this.#handle(request);
        await this.#pass(fault.ms, request);
        return answer;
      }
      case "duplicate":
        await this.#handle(request);
        return this.#handle(request);
    }
  }

  async #handle(request: WireRequest): Promise<WireResponse> {
    const service = this.#services.get(request.service);
    let answer: WireResponse | undefined;
    try {
      if (service === undefined)
        throw new ServiceError("ServiceUnavailable", "This service is not emulated", 503);
      answer = await service.handle(request);
      return answer;
    } catch (error) {
      if (error instanceof ServiceError) return errorAnswer(request.service, error);
      console.error(`${request.service} ${request.action} failed in the emulator`, error);
      return errorAnswer(request.service, new ServiceError("InternalFailure", "The emulator failed", 500));
    } finally {
      for (const watcher of this.#watchers) watcher(request, answer);
    }
  }

  /** Lets virtual time pass; meanwhile the request holds no other up. */
  #pass(ms: number, request: WireRequest): Promise<void> {
    this.#outstanding--;
    this.#held++;
    let held = true;
    const release = () => {
      if (held) this.#held--;
      held = false;
    };
    // A caller that gives up meanwhile is no longer held; the request arrives all the same.
    request.gone?.addEventListener("abort", release);
    return new Promise((resolve) => {
      this.#clock.at(this.#clock.now() + ms, `delayed ${request.action}`, () => {
        this.#outstanding++;
        release();
        resolve();
      });
    });
  }
}

export interface RawRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  gone?: AbortSignal;
}

async function readRequest(incoming: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
  return {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    headers,
    body: Buffer.concat(chunks),
  };
}

async function send(answer: WireResponse, response: ServerResponse): Promise<void> {
  if (answer.lost === "silence" || response.destroyed) return;
  if (answer.lost === "reset") {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { "content-length": contentLength(answer), ...answer.headers });
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.end(answer.body, () => resolve());
  });
}

const contentLength = ({ body = "" }: WireResponse): number =>
  typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;

const SERVICES: ServiceName[] = ["dynamodb", "ses", "sns", "sqs", "s3", "secretsmanager", "events"];

function understand(raw: RawRequest): WireRequest | undefined {
  const scope = /Credential=[^/]*\/\d+\/[^/]*\/([^/]+)\/aws4_request/.exec(raw.headers.authorization ?? "");
  const service = SERVICES.find((name) => name === scope?.[1]);
  if (service === undefined) return undefined;
  const url = new URL(raw.url, "http://127.0.0.1");
  const parts = { method: raw.method, path: url.pathname, query: url.searchParams, headers: raw.headers };
  const { body, gone } = raw;
  return { service, ...parts, body, action: readAction(service, parts, body), ...(gone && { gone }) };
}

type RequestParts = Pick<WireRequest, "method" | "path" | "query" | "headers">;

function readAction(service: ServiceName, parts: RequestParts, body: Buffer): string {
  if (service === "s3") return s3Action(parts);
  if (service === "ses" || service === "sns")
    return /(?:^|&)Action=(\w+)/.exec(body.toString("latin1"))?.[1] ?? "";
  return parts.headers["x-amz-target"]?.split(".").at(-1) ?? "";
}

/** S3 has no action names on the wire: method and resource are the action. */
function s3Action({ method, path, query }: RequestParts): string {
  const ofBucket = path.split("/").filter(Boolean).length < 2;
  if (method === "POST" && query.has("delete")) return "DeleteObjects";
  if (method === "GET" && ofBucket) return "ListObjectsV2";
  const action = { GET: "GetObject", PUT: "PutObject", HEAD: "HeadObject", DELETE: "DeleteObject" }[method];
  return action ?? "";
}

/** A service's error in the service's own form. */
export function errorAnswer(service: ServiceName, error: ServiceError): WireResponse {
  const { code, message, status } = error;
  if (service === "ses" || service === "sns")
    return { status, headers: XML, body: queryError(NAMESPACES_OF_QUERIES[service], code, message) };
  if (service === "s3") {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>`;
    return { status, headers: { "content-type": "application/xml" }, body };
  }
  const body = JSON.stringify({ __type: `${NAMESPACES[service]}#${code}`, message });
  const version = service === "secretsmanager" || service === "events" ? "1.1" : "1.0";
  return { status, headers: { "content-type": `application/x-amz-json-${version}` }, body };
}

const NAMESPACES = {
  dynamodb: "com.amazonaws.dynamodb.v20120810",
  sqs: "com.amazonaws.sqs",
  secretsmanager: "com.amazonaws.secretsmanager",
  events: "com.amazonaws.events",
};
const XML = { "content-type": "text/xml" };
const NAMESPACES_OF_QUERIES = {
  ses: "http://ses.amazonaws.com/doc/2010-12-01/",
  sns: "http://sns.amazonaws.com/doc/2010-03-31/",
};

function queryError(namespace: string, code: string, message: string): string {
  const error = `<Error><Type>Sender</Type><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>`;
  return `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
}

export const sesAnswer = (action: string, result: string): WireResponse => queryAnswer("ses", action, result);

/** An answer of the query protocol. */
export function queryAnswer(service: "ses" | "sns", action: string, result: string): WireResponse {
  const metadata = `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${NAMESPACES_OF_QUERIES[service]}"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
  return { status: 200, headers: XML, body };
}

const REQUEST_ID = "5e0e1a3c-0000-4000-8000-000000000000";

/** Text made safe for XML. */
export const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

function throttling({ service, action }: WireRequest): ServiceError {
  if (service === "ses" && action === "SendRawEmail") return refusal("rate exceeded");
  if (service === "ses") return new ServiceError("Throttling", "Rate exceeded");
  if (service === "s3") return new ServiceError("SlowDown", "Please reduce your request rate.", 503);
  return new ServiceError("ThrottlingException", "Rate exceeded");
}
