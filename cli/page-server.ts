import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { findUrl } from "../functions/domain/url.ts";
import { listenNear } from "../local/aws/listen.ts";

/** Pages of this machine, for its own browser only. */
export interface PageServer {
  /** `http://localhost:<port>`, or by its other name. */
  origin: string;
  close(): Promise<void>;
}

/** Names of this machine by which a browser reaches it. */
type LoopbackName = "localhost" | "127.0.0.1";

/**
 * Serves pages on the loopback address only, at the port or, where that is busy, at any free one. A request that
 * names another host is refused: a foreign name may have been made to lead here. What `answer` throws is a 500.
 * @param name of the site, as it begins a sentence: "The inbox"
 * @param answersTo the names that it has; the first is its origin's
 */
export async function servePages(
  name: string,
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  answersTo: readonly [LoopbackName, ...LoopbackName[]] = ["localhost", "127.0.0.1"],
): Promise<PageServer> {
  let hosts: string[] = [];
  const server = createServer(async (request, response) => {
    if (!hosts.includes(request.headers.host ?? ""))
      return sendText(response, 403, `${name} answers on ${answersTo[0]} only.`);
    try {
      await answer(request, response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      sendText(response, 500, error instanceof Error ? error.message : String(error));
    }
  });
  // Longer than a build takes on a busy machine: a connection must not close while its browser asks again.
  server.keepAliveTimeout = 60_000;
  const found = await listenNear(server, port);
  hosts = answersTo.map((host) => `${host}:${found}`);
  return {
    origin: `http://${hosts[0]}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Files of a folder that are sent as they are, by their path: `/style.css`. They are read once. */
export function readAssets(folder: string, names: readonly string[]): (path: string) => Asset | undefined {
  const assets = new Map(
    names.map((name) => [
      `/${name}`,
      { type: TYPES[extname(name)] ?? "", bytes: readFileSync(join(folder, name)) },
    ]),
  );
  return (path) => assets.get(path);
}

interface Asset {
  type: string;
  bytes: Buffer;
}

export const sendAsset = (response: ServerResponse, { type, bytes }: Asset): void =>
  send(response, 200, { "content-type": type }, bytes);

/** @param policy what the page may load and run, as a Content-Security-Policy */
export const sendPage = (response: ServerResponse, status: number, policy: string, markup: string): void =>
  send(
    response,
    status,
    { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
    markup,
  );

export const sendText = (response: ServerResponse, status: number, says: string): void =>
  send(response, status, { "content-type": "text/plain; charset=utf-8" }, says);

/** Begins a stream of server-sent events; returns what sends one, with a line of data. */
export function sendEvents(response: ServerResponse, event: string): (data: string) => void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  return (data) => void response.write(`event: ${event}\ndata: ${data}\n\n`);
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(body);
}

/** A request's body; undefined where it has more bytes than `most`: the rest is read, and not kept. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size <= most) chunks.push(bytes);
  }
  return size > most ? undefined : Buffer.concat(chunks);
}

/** The same as text. */
export const readBody = async (request: IncomingMessage, most: number): Promise<string | undefined> =>
  (await readBytes(request, most))?.toString("utf8");

/** The parts of a path: `["mail", "0100…", "reply"]`. */
export const pathParts = ({ pathname }: URL): string[] => pathname.split("/").filter(Boolean).map(decodePart);

/** Percent signs taken away, where they make sense. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A path of this site: as a browser would read it, which takes tabs and line ends out and turns backslashes around. */
export function localPath(back: string | null): string {
  const url = findUrl(back ?? "/", HERE);
  return url?.origin === HERE ? url.pathname.replace(/^\/+/, "/") + url.search : "/";
}
const HERE = "http://here.invalid";

/** Only a site's own pages may act on it; other sites are told by Origin. @param name of the site, in a sentence */
export function findRefusal({ method, headers }: IncomingMessage, name: string): string | undefined {
  if (method === "GET" || method === "HEAD") return undefined;
  if (method !== "POST") return `The ${name} knows GET and POST.`;
  return headers.origin === `http://${headers.host}`
    ? undefined
    : `Only the ${name}'s own pages may do this.`;
}
