import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type PageServer,
  readAssets,
  sendAsset,
  sendEvents,
  sendPage,
  sendText,
  servePages,
} from "../../cli/page-server.ts";
import { SAMPLE_READERS, type SampleReader } from "../samples.ts";
import { readWhom, type Whom } from "./as-whom.ts";
import { describeState, inScheme, previewPage, type Scheme, type ShownPage } from "./view.ts";
import { Workshop } from "./workshop.ts";

export interface Preview extends PageServer {
  workshop: Workshop;
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** What is previewed may have its own styles, and nothing that runs or leads away. */
const FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

const findAsset = readAssets(import.meta.dirname, ["style.css", "script.js"]);

/** Every mail and page of the content below `root`, for its author to look at while writing. */
export async function startPreview(root: string, options: { port: number }): Promise<Preview> {
  const workshop = await Workshop.open(root);
  const room = new Room(workshop);
  const server = await servePages("The preview", options.port, (request, response) =>
    room.answer(request, response),
  );
  return {
    origin: server.origin,
    workshop,
    close() {
      workshop.close();
      return server.close();
    },
  };
}

class Room {
  readonly #workshop: Workshop;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "GET") return sendText(response, 405, "The preview is only to be looked at.");
    await this.#show(new URL(request.url ?? "/", "http://localhost"), response);
  }

  async #show(url: URL, response: ServerResponse): Promise<void> {
    const asset = findAsset(url.pathname);
    if (asset) return sendAsset(response, asset);
    if (url.pathname === "/live") return this.#live(response);
    const [first, ...rest] = url.pathname.split("/").filter(Boolean);
    const whom = readWhom(url.searchParams);
    const reader = findReader(url, whom);
    if (first === "frame") return this.#frame(rest, reader, response);
    const shown = await this.#shown([first, ...rest].join("/"), reader, whom);
    const status = shown.view || shown.current === "" ? 200 : 404;
    sendPage(response, status, PAGE_POLICY, previewPage(shown).markup);
  }

  async #frame(path: string[], reader: SampleReader, response: ServerResponse): Promise<void> {
    const [scheme, ...id] = path;
    const view = await this.#workshop.gallery?.view(id.join("/"), reader);
    if (!view) return sendText(response, 404, "There is nothing to be seen under this name.");
    const shown: Scheme = scheme === "dark" ? "dark" : "light";
    sendPage(response, 200, FRAME_POLICY, inScheme(view.html, shown));
  }

  async #shown(asked: string, reader: SampleReader, whom: Whom | undefined): Promise<ShownPage> {
    const { build, version, gallery } = this.#workshop;
    const exhibits = (await gallery?.exhibits(reader)) ?? [];
    const current = asked || (exhibits.find(({ group }) => group === "lesson")?.id ?? "");
    const view = await gallery?.view(current, reader);
    const problem = gallery && !view ? `There is no mail or page named "${current}".` : undefined;
    return {
      build,
      version,
      exhibits,
      current,
      reader,
      whom,
      course: gallery?.courseOf(current),
      forWhom: gallery?.forWhom(current, reader),
      view,
      verdict: await gallery?.verdict(current, reader, build.findings ?? []),
      problem,
    };
  }

  /** Server-sent events: one for each build, and one more when it is checked. */
  #live(response: ServerResponse): void {
    const send = sendEvents(response, "build");
    const tell = () => send(describeState(this.#workshop.build));
    tell();
    const stop = this.#workshop.onBuild(tell);
    response.on("close", stop);
  }
}

function findReader(url: URL, whom: Whom | undefined): SampleReader {
  const named = SAMPLE_READERS.find(({ name }) => name === url.searchParams.get("reader"));
  return { ...(named ?? SAMPLE_READERS[0]), ...(whom && { factsIn: whom.factsIn }) };
}
