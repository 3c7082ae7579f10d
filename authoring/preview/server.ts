import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { listenNear } from "../../local/aws/listen.ts";
import { SAMPLE_READERS, type SampleReader } from "../samples.ts";
import { describeState, inScheme, previewPage, type Scheme, type Shown } from "./view.ts";
import { Workshop } from "./workshop.ts";

export interface Preview {
  /** `http://localhost:<port>`. */
  origin: string;
  workshop: Workshop;
  close(): Promise<void>;
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
/** What is previewed may have its own styles, and nothing that runs or leads away. */
const FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

const ASSETS: Record<string, { type: string; bytes: Buffer }> = {
  "/style.css": { type: "text/css; charset=utf-8", bytes: asset("style.css") },
  "/script.js": { type: "text/javascript; charset=utf-8", bytes: asset("script.js") },
};

/**
 * Every mail and page of the content below `root`, for its author to look at while writing. Listens on the loopback
 * address only, at the port or, where that is busy, at any free one.
 */
export async function startPreview(root: string, options: { port: number }): Promise<Preview> {
  const workshop = await Workshop.open(root);
  const room = new Room(workshop);
  const server = createServer((request, response) => void room.answer(request, response));
  const port = await listenNear(server, options.port);
  room.hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  return {
    origin: `http://localhost:${port}`,
    workshop,
    async close() {
      workshop.close();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

class Room {
  hosts: string[] = [];
  readonly #workshop: Workshop;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!this.hosts.includes(request.headers.host ?? ""))
        return text(response, 403, "The preview answers on localhost only.");
      if (request.method !== "GET") return text(response, 405, "The preview is only to be looked at.");
      await this.#show(new URL(request.url ?? "/", "http://localhost"), response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      text(response, 500, errorMessage(error));
    }
  }

  async #show(url: URL, response: ServerResponse): Promise<void> {
    const file = ASSETS[url.pathname];
    if (file) return send(response, 200, { "content-type": file.type }, file.bytes);
    if (url.pathname === "/live") return this.#live(response);
    const [first, ...rest] = url.pathname.split("/").filter(Boolean);
    const reader = findReader(url);
    if (first === "frame") return this.#frame(rest, reader, response);
    const shown = await this.#shown([first, ...rest].join("/"), reader);
    const headers = { "content-type": HTML, "content-security-policy": PAGE_POLICY };
    send(response, shown.view || shown.current === "" ? 200 : 404, headers, previewPage(shown).markup);
  }

  async #frame(path: string[], reader: SampleReader, response: ServerResponse): Promise<void> {
    const [scheme, ...id] = path;
    const view = await this.#workshop.gallery?.view(id.join("/"), reader);
    if (!view) return text(response, 404, "There is nothing to be seen under this name.");
    const headers = { "content-type": HTML, "content-security-policy": FRAME_POLICY };
    send(
      response,
      200,
      headers,
      inScheme(view.html, (scheme === "dark" ? "dark" : "light") satisfies Scheme),
    );
  }

  async #shown(asked: string, reader: SampleReader): Promise<Shown> {
    const { build, version, gallery } = this.#workshop;
    const exhibits = (await gallery?.exhibits()) ?? [];
    const current = asked || (exhibits.find(({ group }) => group === "lesson")?.id ?? "");
    const view = await gallery?.view(current, reader);
    const problem = gallery && !view ? `There is no mail or page named "${current}".` : undefined;
    return {
      build,
      version,
      exhibits,
      current,
      reader,
      view,
      verdict: await gallery?.verdict(current, reader, build.findings ?? []),
      problem,
    };
  }

  /** Server-sent events: one for each build, and one more when it is checked. */
  #live(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const tell = () => response.write(`event: build\ndata: ${describeState(this.#workshop.build)}\n\n`);
    tell();
    const stop = this.#workshop.onBuild(tell);
    response.on("close", stop);
  }
}

const findReader = (url: URL): SampleReader =>
  SAMPLE_READERS.find(({ name }) => name === url.searchParams.get("reader")) ?? SAMPLE_READERS[0];

const HTML = "text/html; charset=utf-8";
const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function asset(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, name));
}

function text(response: ServerResponse, status: number, says: string): void {
  send(response, status, { "content-type": "text/plain; charset=utf-8" }, says);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(body);
}
