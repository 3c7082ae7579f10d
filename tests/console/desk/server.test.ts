import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ArgumentError } from "../../../cli/arguments.ts";
import { html } from "../../../cli/html.ts";
import type { PageServer } from "../../../cli/page-server.ts";
import type { Deployment } from "../../../console/connect.ts";
import { actButton, type Screen } from "../../../console/desk/screen.ts";
import { type DeskWork, startDesk } from "../../../console/desk/server.ts";
import { OperationalError } from "../../../functions/errors.ts";

/** What was done by forms. */
let done: string[] = [];
/** The screens of these tests ask it nothing else. */
const STAGE = { place: "this machine", stage: "local" } as Deployment;
let reach = async () => STAGE;
const links: string[] = [];
let desk: PageServer;
let count = 0;
/** Moved on so that each link may be made anew. */
let now = 0;

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`;

const SCREEN: Screen = {
  path: "today",
  name: "Today",
  async show(visit) {
    await visit.reach();
    return visit.rest.length > 0
      ? undefined
      : { body: html`<p>${HOSTILE}</p>${actButton(visit, "/tick", "Tick", { what: HOSTILE })}` };
  },
};
const NOTES: Screen = {
  path: "notes",
  name: "Notes",
  show: async ({ session }) => ({ body: html`<textarea>${session.drafts.get("one")}</textarea>` }),
  acts: {
    async tick({ form }) {
      done.push(form.get("what") ?? "");
      return {
        says: `Ticked ${form.get("what")}.`,
        undo: { says: "Undo", path: "/notes/tick", fields: { what: "off" } },
      };
    },
    async refuse() {
      throw new ArgumentError("They have left: nothing is sent to them.");
    },
    async lose() {
      throw Object.assign(new Error("getaddrinfo ENOTFOUND dynamodb"), { code: "ENOTFOUND" });
    },
  },
};

const WORK: DeskWork = {
  screens: [SCREEN, NOTES],
  reach: () => reach(),
  style: () => "",
};

beforeAll(async () => {
  const random = (bytes: number) => `${++count}`.padStart(bytes, "x");
  desk = await startDesk(
    { load: async () => WORK, random, now: () => now, tell: (link) => links.push(link) },
    { port: 0 },
  );
});
afterAll(() => desk.close());
afterEach(() => {
  done = [];
  reach = async () => STAGE;
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
}
interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** As a client without a browser's manners: each header is what the test says. */
const ask = (path: string, { method = "GET", headers = {}, form }: Asked = {}): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent = request(new URL(path, desk.origin), { method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on("error", reject);
    sent.end(form && new URLSearchParams(form).toString());
  });

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  ask(path, { method: "POST", form, headers: { origin: desk.origin, ...headers } });

/** Shows a link, a minute after the one before. */
const showLink = () => {
  now += 60_000;
  return post("/link", {});
};

const newestLink = () => links.at(-1) ?? "";

/** The cookie of a browser that has opened the desk by a link of its own, and the token of its forms. */
async function opened(): Promise<{ cookie: string; token: string; below: string }> {
  await showLink();
  const link = newestLink().split("/").at(-1) ?? "";
  const answer = await post("/open", { link });
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  const page = await ask("/", { headers: { cookie } });
  const below = String(answer.headers.location).replace(/\/$/, "");
  return { cookie, below, token: /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? "" };
}

describe("the desk's door", () => {
  it("opens by the link that the terminal shows, and only once", async () => {
    await showLink();
    const path = new URL(newestLink()).pathname;
    const link = path.split("/").at(-1) ?? "";
    // Looking at the link changes nothing: a program that opens it before its owner takes nothing away.
    expect((await ask(path)).body).toContain("Open the desk</button>");
    const first = await post("/open", { link });
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      /^desk-\d+=\S+; Path=\/~\w+; HttpOnly; SameSite=Strict$/,
    );
    const second = await post("/open", { link });
    expect(second.headers["set-cookie"]).toBeUndefined();
    expect((await ask(path)).body).toContain("The desk is closed");
  });

  it("makes each link dead by the next one", async () => {
    await showLink();
    const old = newestLink().split("/").at(-1) ?? "";
    await showLink();
    expect((await post("/open", { link: old })).headers["set-cookie"]).toBeUndefined();
  });

  it("shows nothing without a session, and nothing by a forged one", async () => {
    for (const headers of [{}, { cookie: "desk-1=x; desk=y" }] as Record<string, string>[]) {
      const page = await ask("/", { headers });
      expect(page.body).toContain("The desk is closed");
      expect(page.body).not.toContain("Ticked");
    }
    const { cookie } = await opened();
    expect((await ask("/", { headers: { cookie } })).body, "control: a session sees it").toContain("Tick");
  });

  it("shows no link after link: what nobody has used yet stands a while", async () => {
    await showLink();
    const [link, before] = [newestLink(), links.length];
    for (let count = 0; count < 5; count++) await post("/link", {});
    expect(links.length).toBe(before);
    await showLink();
    expect(links.length, "control: a minute later").toBe(before + 1);
    expect(newestLink()).not.toBe(link);
  });

  it("leads to the page that was asked for while it was closed", async () => {
    const closed = await ask("/notes?which=waiting");
    expect(closed.body).toContain('name="to" value="/notes?which=waiting"');
    now += 60_000;
    const shown = await post("/link", { to: "/notes?which=waiting" });
    expect((await ask(String(shown.headers.location))).body).toContain("A link stands in the window");
    const entered = await post("/open", { link: newestLink().split("/").at(-1) ?? "" });
    expect(entered.headers.location).toMatch(/^\/~\w+\/notes\?which=waiting$/);
    now += 60_000;
    await post("/link", { to: "http://evil.example/notes" });
    const elsewhere = await post("/open", { link: newestLink().split("/").at(-1) ?? "" });
    expect(elsewhere.headers.location, "never to another site").toMatch(/^\/~\w+\/$/);
  });

  it("says which stage a link was about, where this desk is of another", async () => {
    const { cookie } = await opened();
    const other = await ask("/notes?stage=production", { headers: { cookie } });
    expect(other.status).toBe(404);
    expect(other.body).toContain("npm run desk -- --stage production");
    expect((await ask("/notes?stage=local", { headers: { cookie } })).status, "control").toBe(200);
  });

  it("shows a new link in its window, never on the page that asked for it", async () => {
    const before = links.length;
    const answer = await showLink();
    expect(links.length).toBe(before + 1);
    expect(JSON.stringify(answer)).not.toContain(newestLink().split("/").at(-1) ?? "?");
  });
});

describe("a foreign page", () => {
  it("gets nothing by another name of this machine (DNS rebinding), localhost included", async () => {
    const { cookie } = await opened();
    const { port } = new URL(desk.origin);
    for (const host of ["evil.example", `evil.example:${port}`, `localhost:${port}`, "127.0.0.1:1"])
      expect((await ask("/", { headers: { cookie, host } })).status, host).toBe(403);
  });

  it("cannot post: neither from its own origin, nor without one, nor without the form's token", async () => {
    const { cookie, token } = await opened();
    const form = { token, what: "stolen" };
    for (const origin of ["http://evil.example", "null", desk.origin.replace("127.0.0.1", "localhost")])
      expect((await post("/notes/tick", form, { cookie, origin })).status, origin).toBe(403);
    expect((await ask("/notes/tick", { method: "POST", form, headers: { cookie } })).status).toBe(403);
    expect((await post("/notes/tick", { what: "stolen" }, { cookie })).status).toBe(403);
    expect((await post("/notes/tick", { ...form, token: token.replace(/.$/, "!") }, { cookie })).status).toBe(
      403,
    );
    expect(done).toEqual([]);
    expect((await post("/notes/tick", form, { cookie })).status, "control: its own page can").toBe(303);
    expect(done).toEqual(["stolen"]);
  });

  it("cannot take another session's token", async () => {
    const one = await opened();
    const other = await opened();
    expect((await post("/notes/tick", { token: other.token }, { cookie: one.cookie })).status).toBe(403);
  });

  it("cannot frame it, load a part of it, or run a script in it", async () => {
    const { cookie } = await opened();
    const page = await ask("/", { headers: { cookie } });
    expect(page.headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(page.headers["x-frame-options"]).toBe("DENY");
    expect(page.headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.body).not.toMatch(/<script>|<img/);
    const foreign = { cookie, "sec-fetch-site": "cross-site" };
    expect((await ask("/", { headers: { ...foreign, "sec-fetch-mode": "no-cors" } })).status).toBe(403);
    expect((await ask("/", { headers: { ...foreign, "sec-fetch-mode": "navigate" } })).status).toBe(200);
  });

  it("cannot send the owner elsewhere by the place to go back to", async () => {
    const { cookie, token } = await opened();
    for (const back of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example/",
      "javascript:alert(1)",
    ]) {
      const answer = await post("/notes/tick", { token, back }, { cookie });
      expect(answer.headers.location, back).toMatch(/^\/(?![/\\])/);
    }
  });

  it("cannot name the place below which a session's pages stand, and which its cookie is for", async () => {
    const one = await opened();
    const other = await opened();
    expect(one.below).toMatch(/^\/~\w{9,}$/);
    expect(other.below).not.toBe(one.below);
    const page = await ask(`${one.below}/notes`, { headers: { cookie: one.cookie } });
    const paths = [...page.body.matchAll(/ (?:href|src|action)="(\/[^"]*)"/g)].map(([, path = ""]) => path);
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !path.startsWith(`${one.below}/`))).toEqual([]);
    const form = { token: one.token, back: "/notes" };
    const after = await post(`${one.below}/notes/tick`, form, { cookie: one.cookie });
    expect(after.headers.location).toBe(`${one.below}/notes`);
  });

  it("changes nothing by GET", async () => {
    const { cookie, token } = await opened();
    await ask(`/notes/tick?token=${token}&what=got`, { headers: { cookie } });
    expect(done).toEqual([]);
  });
});

describe("what an act says", () => {
  it("stands on the next page, once, with its undo", async () => {
    const { cookie, token } = await opened();
    await post("/notes/tick", { token, what: HOSTILE, back: "/notes" }, { cookie });
    const page = await ask("/notes", { headers: { cookie } });
    expect(page.body).toContain("Ticked &lt;script&gt;");
    expect(page.body).toContain('action="/notes/tick"');
    expect((await ask("/notes", { headers: { cookie } })).body).not.toContain("Ticked");
  });

  it.each([
    ["refuse", "They have left: nothing is sent to them."],
    ["lose", "AWS is not reached from this machine"],
  ])("says in a sentence what was not done: %s", async (act, says) => {
    const { cookie, token } = await opened();
    await post(`/notes/${act}`, { token, back: "/notes" }, { cookie });
    expect((await ask("/notes", { headers: { cookie } })).body).toMatch(
      new RegExp(`role="alert"[^]*${says}`),
    );
  });

  it.each<[string, Error, string]>([
    [
      "nothing runs",
      new ArgumentError("Nothing runs on this machine. Start it with npm start."),
      "Start it with",
    ],
    ["no network", Object.assign(new Error("x"), { code: "ENETUNREACH" }), "Look at its network"],
    [
      "old credentials",
      Object.assign(new Error("x"), { name: "ExpiredTokenException" }),
      "Sign in, or set AWS_PROFILE",
    ],
    [
      "old credentials behind the store",
      new OperationalError("store-unavailable", "x", Object.assign(new Error("x"), { name: "ExpiredToken" })),
      "Sign in, or set AWS_PROFILE",
    ],
    ["throttled", Object.assign(new Error("x"), { name: "ThrottlingException" }), "try again in a minute"],
    [
      "no right",
      Object.assign(new Error("not authorized"), { name: "AccessDenied", $metadata: {} }),
      "AWS refused it",
    ],
  ])("says in a sentence why a page cannot be had, and what to do: %s", async (_case, error, says) => {
    const { cookie } = await opened();
    reach = async () => {
      throw error;
    };
    const page = await ask("/", { headers: { cookie } });
    expect(page.status).toBe(503);
    expect(page.body).toContain(says);
    expect(page.body, "the way to the other screens").toContain('<a href="/notes"');
  });

  it("says that there is no such page", async () => {
    const { cookie } = await opened();
    expect((await ask("/nowhere", { headers: { cookie } })).status).toBe(404);
    expect((await ask("/__proto__/toString", { headers: { cookie } })).status).toBe(404);
  });
});

describe("a page that is older than the desk", () => {
  it("gets what was written back, to be copied, and nothing is done", async () => {
    const { cookie, token } = await opened();
    const form = { token, what: "late", words: `Dear Dana, ${HOSTILE}` };
    for (const headers of [{}, { cookie: cookie.replace(/=.*/, "=ended") }] as Record<string, string>[]) {
      const page = await post("/notes/tick", form, headers);
      expect(page.status).toBe(403);
      expect(page.body).toMatch(/Nothing was done.*<textarea[^>]*>Dear Dana, &lt;script&gt;/s);
    }
    const other = await opened();
    const page = await post("/notes/tick", form, { cookie: other.cookie });
    expect(page.body, "of another session").toMatch(/Nothing was done.*Dear Dana/s);
    expect(done).not.toContain("late");
    const foreign = await post("/notes/tick", form, { origin: "http://evil.example" });
    expect(foreign.body, "control: for the desk's own pages alone").not.toContain("Dear Dana");
  });

  it("is told that its draft is not kept", async () => {
    expect((await post("/draft", { token: "old", draft: "one", words: "Dear" })).status).toBe(403);
  });
});

describe("a page that looks again by itself", () => {
  it("takes no word about an act from the page that its owner looks at", async () => {
    const { cookie, token } = await opened();
    await post("/notes/tick", { token, what: "seen", back: "/notes" }, { cookie });
    expect((await ask("/notes?live=", { headers: { cookie } })).body).not.toContain("Ticked seen");
    const again = await ask("/?of=one&live=", { headers: { cookie } });
    expect(again.body, "its forms come back to the page itself").toContain('name="back" value="/?of=one"');
    expect((await ask("/notes", { headers: { cookie } })).body).toContain("Ticked seen");
  });
});

describe("a draft", () => {
  it("is kept whole, or refused: never cut short", async () => {
    const { cookie, token } = await opened();
    const long = `${"word ".repeat(8_000)}end.`;
    await post("/draft", { token, draft: "one", words: long }, { cookie });
    expect((await ask("/notes", { headers: { cookie } })).body).toContain("word end.");
    const tooLong = await post("/draft", { token, draft: "one", words: "x".repeat(200_001) }, { cookie });
    expect(tooLong.status).toBe(413);
    expect((await ask("/notes", { headers: { cookie } })).body, "what was kept stays").toContain("word end.");
  });

  it("survives a reload, and is only its own browser's", async () => {
    const one = await opened();
    const other = await opened();
    await post("/draft", { token: one.token, draft: "one", words: "Dear Dana," }, { cookie: one.cookie });
    expect((await ask("/notes", { headers: { cookie: one.cookie } })).body).toContain("Dear Dana,");
    expect((await ask("/notes", { headers: { cookie: other.cookie } })).body).not.toContain("Dear Dana,");
    await post("/draft", { token: one.token, draft: "one", words: "" }, { cookie: one.cookie });
    expect((await ask("/notes", { headers: { cookie: one.cookie } })).body).not.toContain("Dear Dana,");
  });
});
