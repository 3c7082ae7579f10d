import type { IncomingMessage, ServerResponse } from "node:http";
import {
  decodePart,
  findRefusal,
  localPath,
  type PageServer,
  pathParts,
  readAssets,
  readBody,
  send,
  sendAsset,
  sendEvents,
  sendPage,
  sendText,
  servePages,
} from "../../cli/page-server.ts";
import type { World } from "../aws/world.ts";
import { Inbox } from "./inbox.ts";
import type { Letter } from "./letter.ts";
import {
  eventsPage,
  frameDocument,
  happeningsPage,
  inboxPage,
  JUMPS,
  type Jump,
  type PageSurroundings,
  problemPage,
  VIEWS,
  type ViewName,
} from "./pages.ts";

export interface MailboxServer extends PageServer {
  /** True while someone's jump of the clock is running. */
  busy(): boolean;
}

const MOST_BODY_BYTES = 512 * 1024;
/** How often a page that is open hears of news, in real milliseconds. */
const HEARTBEAT = 500;

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail may have its own styles and pictures, and nothing that runs. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const findAsset = readAssets(import.meta.dirname, ["style.css", "script.js", "icon.svg"]);

/** The inbox and the clock as a web page of this machine: every mail that was left, as its reader sees it. */
export async function startMailbox(world: World, options: { port: number }): Promise<MailboxServer> {
  const site = new MailboxSite(world);
  const server = await servePages("The inbox", options.port, (request, response) =>
    site.answer(request, response),
  );
  return { ...server, busy: () => site.inbox.busy() };
}

/** A request of which everything has been looked at once. */
interface MailboxVisit {
  method: string;
  url: URL;
  /** The path's parts, for example `["mail", "0100…", "reply"]`. */
  path: string[];
  form: URLSearchParams;
  zone: string;
}

class MailboxSite {
  readonly inbox: Inbox;
  readonly #world: World;
  #notice: PageSurroundings["notice"];

  constructor(world: World) {
    this.#world = world;
    this.inbox = new Inbox(world);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = findRefusal(request, "inbox");
    if (refusal !== undefined) return sendText(response, 403, refusal);
    const visit = await readVisit(request);
    if (visit === undefined) return sendText(response, 413, "The form is too large.");
    await (visit.method === "POST" ? this.#act(visit, response) : this.#show(visit, response));
  }

  async #show(visit: MailboxVisit, response: ServerResponse): Promise<void> {
    const asset = findAsset(visit.url.pathname);
    if (asset) return sendAsset(response, asset);
    const [section, id, part] = visit.path;
    if (section === undefined) return this.#inboxPage(visit, undefined, response);
    if (section === "live" && !id) return this.#live(response);
    if (section === "now" && !id) return sendText(response, 200, String(this.#world.now()));
    if (section === "log" && !id) return this.#logPage(visit, response);
    const told = this.#world.told();
    if (section === "events" && !id && told) {
      const page = eventsPage(await this.#around(visit), told, this.#world.logs());
      return sendPage(response, 200, PAGE_POLICY, page.markup);
    }
    const letter = section === "mail" && id ? await this.inbox.letter(id) : undefined;
    if (letter && part === "body") return sendPage(response, 200, MAIL_POLICY, frameDocument(letter));
    if (letter && !part) return this.#inboxPage(visit, letter, response);
    const says =
      section === "mail" ? "There is no such letter; was the state thrown away?" : "There is no such page.";
    sendPage(response, 404, PAGE_POLICY, problemPage(await this.#around(visit), says).markup);
  }

  async #inboxPage(visit: MailboxVisit, letter: Letter | undefined, response: ServerResponse): Promise<void> {
    const asked = visit.url.searchParams.get("view") ?? "html";
    const view: ViewName = Object.hasOwn(VIEWS, asked) ? (asked as ViewName) : "html";
    const open = letter && { letter, view, deeds: this.inbox.deeds(letter.id) };
    sendPage(response, 200, PAGE_POLICY, inboxPage(await this.#around(visit), open).markup);
  }

  async #logPage(visit: MailboxVisit, response: ServerResponse): Promise<void> {
    const around = await this.#around(visit);
    sendPage(
      response,
      200,
      PAGE_POLICY,
      happeningsPage(around, this.#world.logs(), this.#world.deadLetters()).markup,
    );
  }

  /** Does what a form asks, then sends the browser back to where it was, with a word about it. */
  async #act(visit: MailboxVisit, response: ServerResponse): Promise<void> {
    const deed = await this.#chooseAct(visit);
    if (deed === undefined) return sendText(response, 404, "There is nothing to be done there.");
    const cookie = deed === "zone" ? zoneCookie(visit.form.get("zone")) : undefined;
    try {
      this.#notice = deed === "zone" ? zoneNotice(cookie) : { text: await deed(), bad: false };
    } catch (error) {
      this.#notice = { text: error instanceof Error ? error.message : String(error), bad: true };
    }
    const headers = { location: localPath(visit.form.get("back")), ...(cookie && { "set-cookie": cookie }) };
    send(response, 303, headers, "");
  }

  async #chooseAct(visit: MailboxVisit): Promise<(() => Promise<string>) | "zone" | undefined> {
    const [section, id, what] = visit.path;
    if (section === "zone") return "zone";
    const jump = visit.form.get("jump") ?? "";
    if (section === "clock" && Object.hasOwn(JUMPS, jump)) return () => this.inbox.jump(jump as Jump);
    const letter = section === "mail" && id ? await this.inbox.letter(id) : undefined;
    if (!letter) return undefined;
    const deeds: Record<string, () => Promise<string>> = {
      reply: () => this.inbox.reply(letter, visit.form.get("words") ?? ""),
      bounce: () => this.inbox.bounce(letter),
      complain: () => this.inbox.complain(letter),
      "out-of-office": () => this.inbox.outOfOffice(letter),
      unsubscribe: () => this.inbox.unsubscribe(letter),
    };
    return Object.hasOwn(deeds, what ?? "") ? deeds[what ?? ""] : undefined;
  }

  async #around(visit: MailboxVisit): Promise<PageSurroundings> {
    const notice = this.#notice;
    if (!isRefresh(visit)) this.#notice = undefined;
    return {
      revision: this.#revision(),
      now: this.#world.now(),
      nextEventAt: this.#world.nextEventAt(),
      zone: visit.zone,
      webOrigin: this.#world.webOrigin,
      here: visit.url.pathname + visit.url.search,
      deadLetters: this.#world.deadLetters().length,
      tells: this.#world.told() !== undefined,
      notice,
      letters: await this.inbox.letters(),
      mailbox: visit.url.searchParams.get("of") ?? undefined,
    };
  }

  /** Server-sent events: a page refreshes its parts when the revision is another. */
  #live(response: ServerResponse): void {
    const send = sendEvents(response, "state");
    let said = "";
    const tell = () => {
      const state = JSON.stringify({ revision: this.#revision(), busy: this.inbox.busy() });
      if (state !== said) send(state);
      said = state;
    };
    tell();
    const heartbeat = setInterval(tell, HEARTBEAT);
    response.on("close", () => clearInterval(heartbeat));
  }

  #revision(): string {
    const minute = Math.floor(this.#world.now() / 60_000);
    return [
      this.#world.mails().length,
      this.#world.logs().length,
      this.#world.deadLetters().length,
      minute,
    ].join();
  }
}

/** The script's own refreshes ask with this parameter; they leave the notice to the page. */
const isRefresh = (visit: MailboxVisit): boolean => visit.url.searchParams.has("live");

async function readVisit(request: IncomingMessage): Promise<MailboxVisit | undefined> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const body = await readBody(request, MOST_BODY_BYTES);
  if (body === undefined) return undefined;
  return {
    method: request.method ?? "GET",
    url,
    path: pathParts(url),
    form: new URLSearchParams(body),
    zone: readZone(request.headers.cookie ?? ""),
  };
}

function readZone(cookies: string): string {
  const zone = decodePart(/(?:^|;\s*)zone=([^;]*)/.exec(cookies)?.[1] ?? "");
  return isKnownZone(zone) ? zone : "UTC";
}

function isKnownZone(zone: string): boolean {
  try {
    return zone !== "" && new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function zoneCookie(zone: string | null): string | undefined {
  if (zone === null || !isKnownZone(zone)) return undefined;
  return `zone=${encodeURIComponent(zone)}; Path=/; SameSite=Strict; Max-Age=31536000`;
}

const zoneNotice = (cookie: string | undefined): PageSurroundings["notice"] =>
  cookie ? undefined : { text: "That is no time zone. Write it like Europe/Berlin.", bad: true };
