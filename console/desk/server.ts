import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { ArgumentError } from "../../cli/arguments.ts";
import type { Html } from "../../cli/html.ts";
import {
  findRefusal,
  localPath,
  type PageServer,
  pathParts,
  readAssets,
  readBody,
  readBytes,
  send,
  sendAsset,
  sendText,
  servePages,
} from "../../cli/page-server.ts";
import { ROOT } from "../../cli/root.ts";
import type { Random } from "../../functions/ports.ts";
import type { Deployment } from "../connect.ts";
import { troubleInWords } from "../trouble.ts";
import { Door, isSame, type Session } from "./door.ts";
import { asShown, closedPage, makePage, openingPage, sayingShown, strandedPage } from "./frame.ts";
import type { Screen, Shown, Visit } from "./screen.ts";

/** What the desk is about. Its code is ten times the door's, and is read when somebody comes in. */
export interface DeskWork {
  screens: readonly Screen[];
  /** The stage, as it is now: called for each page, so that a cloud that was started anew is found. */
  reach(): Promise<Deployment>;
  /** The colours and faces of the owner's own mails and pages. */
  style(): string;
}

export interface DeskPorts {
  load(): Promise<DeskWork>;
  random: Random;
  /** Real time, in ms from any beginning. */
  now(): number;
  /** Shows the owner a link that works once. */
  tell(link: string): void;
}

/** Answers are words; files to import are longer. */
const MOST_BODY_BYTES = 32 * 1024 * 1024;
const MOST_DRAFTS = 200;
/** Ten times what an answer may have: the desk says what is too long, and the words are not lost by it. */
const MOST_DRAFT_LETTERS = 200_000;

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Without a referrer a form would have no Origin either.
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
};
/** A mail may have its own styles and pictures, and nothing that runs; only the desk frames it. */
const DOCUMENT_HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  "x-frame-options": "SAMEORIGIN",
};

const findFile = readAssets(join(ROOT, "console", "desk"), ["style.css", "script.js", "icon.svg"]);

/**
 * The owner's desk, as pages of this machine: on 127.0.0.1 alone, for whoever has the link that `tell` shows. Nothing
 * of it is written to disk. By 127.0.0.1 and not by localhost: browsers give a cookie to all ports of a name.
 */
export async function startDesk(place: DeskPorts, { port }: { port: number }): Promise<PageServer> {
  let site: DeskSite | undefined;
  const server = await servePages(
    "The desk",
    port,
    async (request, response) => site?.answer(request, response),
    ["127.0.0.1"],
  );
  site = new DeskSite(place, server.origin);
  site.showLink();
  return server;
}

class DeskSite {
  readonly #place: DeskPorts;
  readonly #origin: string;
  readonly #door: Door;
  /** Of its own port: other desks of this machine have other sessions. */
  readonly #cookie: string;
  #work: DeskWork | undefined;

  constructor(place: DeskPorts, origin: string) {
    this.#place = place;
    this.#origin = origin;
    this.#door = new Door(place.random, () => place.now());
    this.#cookie = `desk-${new URL(origin).port}`;
  }

  #dressed<Asset extends { bytes: Buffer }>(asset: Asset): Asset {
    return { ...asset, bytes: Buffer.from(`${this.#work?.style() ?? ""}${asset.bytes}`) };
  }

  /** @param to the page that it leads to */
  showLink(to?: string): void {
    const token = this.#door.makeLink(to);
    if (token !== undefined) this.#place.tell(`${this.#origin}/open/${token}`);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = findRefusal(request, "desk") ?? findStranger(request);
    if (refusal !== undefined) return sendText(response, 403, refusal);
    const { below, url } = splitPlace(new URL(request.url ?? "/", this.#origin));
    this.#work = await this.#place.load();
    const asset = findFile(url.pathname);
    if (asset) return sendAsset(response, url.pathname === "/style.css" ? this.#dressed(asset) : asset);
    const session = this.#door.session(readCookie(request, this.#cookie));
    if (!session) return this.#atTheDoor(request, { below, url }, response);
    const sent = await readForm(request);
    if (sent === undefined) return sendText(response, 413, "That is no form, or more than 32 MB.");
    const visit = this.#visit(url, session, sent);
    if (request.method !== "POST") return this.#show({ below, url }, visit, response);
    if (!isSame(visit.form.get("token") ?? "", session.formToken))
      return sendHtml(response, 403, strandedPage(visit.form), below);
    await this.#act({ below, url }, visit, response);
  }

  #visit(url: URL, session: Session, sent: Pick<Visit, "form" | "file">): Visit {
    let reached: Promise<Deployment> | undefined;
    return {
      reach: async () => {
        const work = await this.#place.load();
        reached ??= work.reach();
        return reached;
      },
      session,
      rest: pathParts(url).slice(1),
      query: url.searchParams,
      ...sent,
      here: findHere(url),
    };
  }

  /** Without a session there is one thing to do: to open the desk by its link. */
  async #atTheDoor(
    request: IncomingMessage,
    { below, url }: AskedFor,
    response: ServerResponse,
  ): Promise<void> {
    const [where, token = ""] = pathParts(url);
    if (request.method !== "POST")
      return sendHtml(
        response,
        200,
        where === "open" && this.#door.isOpen(token) ? openingPage(token) : closedPage(url),
        below,
      );
    const form = new URLSearchParams((await readBody(request, MOST_BODY_BYTES)) ?? "");
    // The desk has ended and begun anew behind an open page.
    if (where !== "open" && where !== "link") return sendHtml(response, 403, strandedPage(form), below);
    if (where === "link") {
      const to = localPath(form.get("to"));
      this.showLink(to);
      return send(response, 303, { location: `${below}${asShown(to)}` }, "");
    }
    const entered = this.#door.enter(form.get("link") ?? "");
    const session = entered && this.#door.session(entered.id);
    if (!session) return send(response, 303, { location: `${below}/` }, "");
    const cookie = `${this.#cookie}=${entered.id}; Path=${session.below}; HttpOnly; SameSite=Strict`;
    send(response, 303, { location: `${session.below}${entered.to}`, "set-cookie": cookie }, "");
  }

  async #show({ below, url }: AskedFor, visit: Visit, response: ServerResponse): Promise<void> {
    const [part = ""] = pathParts(url);
    // A link that is opened again in a browser that is in already.
    if (part === "open") return send(response, 303, { location: `${below}/` }, "");
    const screen = this.#find(part);
    const { status, shown, place } = await this.#lookAt(screen, visit);
    if (shown.download) return sendDownload(response, shown.download);
    if (shown.document !== undefined)
      return send(response, 200, { ...HEADERS, ...DOCUMENT_HEADERS }, shown.document);
    const screens = this.#work?.screens ?? [];
    const current = screen ?? screens[0];
    if (!current) return sendText(response, 404, "The desk has no screens.");
    const around = { screens, current, place };
    sendHtml(response, status, makePage(visit, around, shown), below);
  }

  /** The first screen is where one comes in. */
  #find(part = ""): Screen | undefined {
    const { screens = [] } = this.#work ?? {};
    return part === "" ? screens[0] : screens.find(({ path }) => path === part);
  }

  async #lookAt(
    screen: Screen | undefined,
    visit: Visit,
  ): Promise<{ status: number; shown: Shown; place: string }> {
    try {
      const { place, stage } = await visit.reach();
      const asked = visit.query.get("stage") ?? stage;
      if (asked !== stage) return { status: 404, shown: otherStage(asked, place), place };
      const shown = await screen?.show(visit);
      if (shown) return { status: 200, shown, place };
      return { status: 404, shown: noSuchPage(), place };
    } catch (error) {
      return { status: 503, shown: trouble(error), place: "" };
    }
  }

  /** Does what a form asks, then sends the browser back to where it was, with a word about it. */
  async #act({ below, url }: AskedFor, visit: Visit, response: ServerResponse): Promise<void> {
    const parts = pathParts(url);
    if (parts[0] === "draft") return keepDraft(visit, response);
    const screen = this.#find(parts[0]);
    const name = parts.at(-1) ?? "";
    const act = Object.hasOwn(screen?.acts ?? {}, name) ? screen?.acts?.[name] : undefined;
    if (!act) return sendText(response, 404, "There is nothing to be done there.");
    let to: string | undefined;
    try {
      const done = await act({ ...visit, rest: parts.slice(1, -1) });
      ({ to } = done);
      visit.session.notice = done;
    } catch (error) {
      const kept = visit.form.get("words") ? " What you wrote is kept: it stands in its form." : "";
      visit.session.notice = { says: `${inOneSentence(error)}${kept}`, bad: true };
    }
    send(response, 303, { location: below + localPath(to ?? visit.form.get("back")) }, "");
  }
}

/** A file that its owner has asked for: their browser keeps it, the desk does not. */
const sendDownload = (response: ServerResponse, { name, json }: NonNullable<Shown["download"]>): void =>
  send(
    response,
    200,
    {
      ...HEADERS,
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
    },
    json,
  );

/** The fields of a form, and its file if it has one; undefined for what is none, or too much. */
async function readForm(request: IncomingMessage): Promise<Pick<Visit, "form" | "file"> | undefined> {
  const body = await readBytes(request, MOST_BODY_BYTES);
  const type = request.headers["content-type"] ?? "";
  if (!body || !type.startsWith("multipart/form-data"))
    return body && { form: new URLSearchParams(body.toString("utf8")) };
  const headers = { "content-type": type };
  const fields = await new Response(new Uint8Array(body), { headers }).formData().catch(() => undefined);
  if (!fields) return undefined;
  const form = new URLSearchParams();
  for (const [name, value] of fields) if (typeof value === "string") form.append(name, value);
  const file = [...fields.values()].find((value) => typeof value !== "string");
  if (!file || file.size === 0) return { form };
  return { form, file: { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) } };
}

/** What is written and not sent yet survives a reload. */
function keepDraft({ session, form }: Visit, response: ServerResponse): void {
  const key = form.get("draft") ?? "";
  const words = form.get("words") ?? "";
  if (words.length > MOST_DRAFT_LETTERS) return void sendText(response, 413, "That is too long for a draft.");
  session.drafts.delete(key);
  if (words !== "") session.drafts.set(key, words);
  const [oldest] = session.drafts.keys();
  if (session.drafts.size > MOST_DRAFTS && oldest !== undefined) session.drafts.delete(oldest);
  send(response, 204, {}, "");
}

/** A page of another site may link here, and nothing else: it gets no picture, frame or script of the desk. */
function findStranger({ headers, method }: IncomingMessage): string | undefined {
  const { "sec-fetch-site": site, "sec-fetch-mode": mode } = headers;
  if (site === undefined || site === "same-origin" || site === "none") return undefined;
  return mode === "navigate" && method === "GET" ? undefined : "Only the desk's own pages may ask for this.";
}

/** For a mistake of ours, what it was stands in the desk's window: it may hold a reader's words. */
function inOneSentence(error: unknown): string {
  if (error instanceof ArgumentError) return error.message;
  const says = troubleInWords(error);
  if (says !== undefined) return says;
  console.error(error);
  return "Something is wrong in the desk itself; the window in which it runs says what.";
}

const noSuchPage = (): Shown =>
  sayingShown("There is no such page", [
    "What it was about is not there any more, or never was: a reader may have been erased.",
  ]);
/** A link in a mail says which stage it is about: the desk that answers may be of another. */
const otherStage = (asked: string, place: string): Shown =>
  sayingShown(`That is about stage ${asked}`, [
    `This desk is of ${place}. Stop it, and start the other: npm run desk -- --stage ${asked}. Then the same link opens there.`,
  ]);
const trouble = (error: unknown): Shown => sayingShown("That did not work", inOneSentence(error).split("\n"));

function readCookie({ headers }: IncomingMessage, name: string): string {
  const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

/** Where a page's forms come back to: to the page itself, also from a part of it that was looked at again. */
function findHere({ pathname, searchParams }: URL): string {
  const query = new URLSearchParams(searchParams);
  query.delete("live");
  return query.size > 0 ? `${pathname}?${query}` : pathname;
}

/** What is asked for, and below which place of which session: "" for a link that names none. */
interface AskedFor {
  below: string;
  url: URL;
}

function splitPlace(asked: URL): AskedFor {
  const below = /^\/~[a-z0-9]+(?=\/|$)/.exec(asked.pathname)?.[0] ?? "";
  const url = new URL(asked);
  url.pathname = asked.pathname.slice(below.length);
  return { below, url };
}

/** Screens know their paths alone; readers' words have no quotes that are not written as entities. */
const sendHtml = (response: ServerResponse, status: number, { markup }: Html, below: string): void =>
  send(response, status, HEADERS, markup.replaceAll(/ (href|src|action)="\//g, ` $1="${below}/`));
