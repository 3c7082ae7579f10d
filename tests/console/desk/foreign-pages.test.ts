import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { html } from "../../../cli/html.ts";
import type { PageServer } from "../../../cli/page-server.ts";
import type { Deployment } from "../../../console/connect.ts";
import { actButton, type Screen } from "../../../console/desk/screen.ts";
import { startDesk } from "../../../console/desk/server.ts";
import { type Asked, BrowserLike, TYPED } from "./browser-like.ts";

/** What only the owner may see, and what only they may do. */
const SECRET = "What Josephine wrote";
let done = 0;
const SCREEN: Screen = {
  path: "today",
  name: "Today",
  show: async (visit) => ({ body: html`<p>${SECRET}</p>${actButton(visit, "/today/erase", "Erase")}` }),
  acts: {
    erase: async () => {
      done++;
      return { says: "Erased." };
    },
  },
};

const links: string[] = [];
let desk: PageServer;
let minutes = 0;
let count = 0;
beforeAll(async () => {
  desk = await startDesk(
    {
      load: async () => ({
        screens: [SCREEN],
        reach: async () => ({ place: "this machine", stage: "local" }) as Deployment,
        style: () => "",
      }),
      random: (bytes) => `${++count}`.padStart(bytes, "x"),
      now: () => ++minutes * 60_000,
      tell: (link) => links.push(link),
    },
    { port: 0 },
  );
});
afterAll(() => desk.close());

/** The owner's browser is in; and the page that it shows, of which an attacker may know the place or the token. */
let browser: BrowserLike;
let page: string;
let token: string;
beforeEach(async () => {
  done = 0;
  browser = new BrowserLike();
  const form = "application/x-www-form-urlencoded";
  const own = { from: desk.origin, method: "POST", type: form };
  await browser.ask({ ...own, to: `${desk.origin}/link`, body: "" });
  const link = (links.at(-1) ?? "").split("/").at(-1) ?? "";
  const entered = await browser.ask({ ...own, to: `${desk.origin}/open`, body: `link=${link}` });
  page = `${desk.origin}${entered.headers.location}`;
  const shown = await browser.ask({ from: TYPED, to: page });
  token = /name="token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
});

const port = () => new URL(desk.origin).port;
/** Whose pages may be open in the same browser. */
const STRANGERS: [name: string, from: () => string, at: (path: string) => Pick<Asked, "to" | "rebound">][] = [
  ["another site", () => "https://evil.example", (path) => ({ to: `${desk.origin}${path}` })],
  ["a sandboxed frame", () => "null", (path) => ({ to: `${desk.origin}${path}` })],
  [
    "another port of this machine, to which cookies go as to this one",
    () => "http://127.0.0.1:9",
    (path) => ({ to: `${desk.origin}${path}` }),
  ],
  [
    "the other name of this machine",
    () => `http://localhost:${port()}`,
    (path) => ({ to: `${desk.origin}${path}` }),
  ],
  [
    "a name that was made to lead here (DNS rebinding)",
    () => `http://evil.example:${port()}`,
    (path) => ({ to: `http://evil.example:${port()}${path}`, rebound: port() }),
  ],
  [
    "this machine's other name, asked under it",
    () => `http://localhost:${port()}`,
    (path) => ({ to: `http://localhost:${port()}${path}`, rebound: port() }),
  ],
];
const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=b";
const inParts = (text: string) =>
  `--b\r\ncontent-disposition: form-data; name="token"\r\n\r\n${text}\r\n--b--\r\n`;
/** How a page posts. The attacker is given the token: it must be the browser's word that stops them. */
const POSTS: [name: string, how: () => Partial<Asked>][] = [
  ["a form", () => ({ type: FORM, body: `token=${token}` })],
  ["a form with parts", () => ({ type: MULTIPART, body: inParts(token) })],
  ["a form of plain text", () => ({ type: "text/plain", body: `token=${token}&x=\r\n` })],
  [
    "a script that may not read",
    () => ({ mode: "no-cors", dest: "empty", type: FORM, body: `token=${token}` }),
  ],
  ["a script with JSON", () => ({ mode: "cors", dest: "empty", type: "application/json", body: "{}" })],
  [
    "a script with a header of its own",
    () => ({ mode: "cors", dest: "empty", headers: { "x-token": token }, body: `token=${token}` }),
  ],
  ["a script that deletes", () => ({ mode: "cors", dest: "empty", method: "DELETE", body: "" })],
];
/** How a page looks. */
const LOOKS: [name: string, how: Partial<Asked>][] = [
  ["a picture", { mode: "no-cors", dest: "image" }],
  ["a script", { mode: "no-cors", dest: "script" }],
  ["a script that reads", { mode: "cors", dest: "empty" }],
  ["an event source", { mode: "cors", dest: "empty", headers: { "last-event-id": "1" } }],
  ["a socket", { mode: "websocket", dest: "empty" }],
];

const below = () => new URL(page).pathname.replace(/\/$/, "");
/** With and without the place below which the session's pages stand: only who has it is sent the cookie. */
const places = () => ["", below()];

describe.each(STRANGERS)("a page of %s, in the owner's browser", (_, from, at) => {
  it.each(POSTS)("does nothing by %s, though it has the place and the token", async (_how, how) => {
    for (const [place, isOld] of places().flatMap((one) => [[one, false] as const, [one, true] as const])) {
      const attack = { method: "POST", ...how(), from: from(), ...at(`${place}/today/erase`), isOld };
      const answer = await browser.ask(attack);
      expect([0, 403]).toContain(answer.status);
      expect(answer.isReadable && answer.body.includes(SECRET)).toBe(false);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(done).toBe(0);
  });

  it.each(LOOKS)("sees nothing by %s", async (_how, how) => {
    for (const place of places()) {
      const { status, body } = await browser.ask({ ...how, from: from(), ...at(`${place}/today`) });
      expect([0, 403]).toContain(status);
      expect(body).not.toContain(SECRET);
    }
  });

  it("makes no link and takes none: neither the door nor a draft is theirs", async () => {
    const before = links.length;
    for (const path of ["/link", "/open", `${below()}/draft`]) {
      const attack = { from: from(), method: "POST", type: FORM, body: `token=${token}&link=x&words=x` };
      expect((await browser.ask({ ...attack, ...at(path) })).status).toBe(403);
    }
    expect(links.length).toBe(before);
  });

  it("cannot frame what a link of theirs opens, nor hear of it", async () => {
    for (const place of places()) {
      const frame = { mode: "navigate", dest: "iframe", from: from(), ...at(`${place}/today`) } as const;
      const { status, headers } = await browser.ask(frame);
      const isOpened = status === 200;
      expect(isOpened ? headers["x-frame-options"] : "DENY").toBe("DENY");
      expect(isOpened ? headers["cross-origin-opener-policy"] : "same-origin").toBe("same-origin");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("the desk's own page", () => {
  it.each(POSTS.slice(0, 2))("control: does it by %s", async (_, how) => {
    const own = { method: "POST", ...how(), from: desk.origin, to: `${desk.origin}${below()}/today/erase` };
    expect((await browser.ask(own)).status).toBe(303);
    expect(done).toBe(1);
  });

  it("control: its owner sees it, typed or by a link of a mail", async () => {
    expect((await browser.ask({ from: TYPED, to: page })).body).toContain(SECRET);
    const { body } = await browser.ask({ from: "https://mail.example", to: page });
    expect(body, "a link of another site brings no cookie").toContain("The desk is closed");
  });

  it("keeps the link's secret: it dies with its use, and neither an address nor a referrer carries it on", async () => {
    await browser.ask({ from: desk.origin, to: `${desk.origin}/link`, method: "POST", type: FORM, body: "" });
    const link = links.at(-1) ?? "";
    const secret = link.split("/").at(-1) ?? "";
    const other = new BrowserLike();
    const asked = await other.ask({ from: TYPED, to: link });
    expect(asked.headers).toMatchObject({ "referrer-policy": "same-origin", "cache-control": "no-store" });
    expect(asked.body).not.toMatch(/(?:href|src|action)="https?:/);
    const enter = { from: desk.origin, to: `${desk.origin}/open`, method: "POST", type: FORM };
    const entered = await other.ask({ ...enter, body: `link=${secret}` });
    expect(entered.status).toBe(303);
    expect(String(entered.headers.location)).not.toContain(secret);
    const again = await new BrowserLike().ask({ ...enter, body: `link=${secret}` });
    expect(again.headers["set-cookie"]).toBeUndefined();
  });

  it("takes a token from the form alone: one in the address does nothing", async () => {
    const to = `${desk.origin}${below()}/today/erase?token=${token}`;
    const own = { from: desk.origin, to, method: "POST", type: FORM, body: "" };
    expect((await browser.ask(own)).status).toBe(403);
    expect(done).toBe(0);
  });
});
