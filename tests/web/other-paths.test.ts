import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webRequest } from "../../functions/aws/http.ts";
import { OTHER_PATHS } from "../../functions/domain/routes.ts";
import type { WebResponse } from "../../functions/ports.ts";
import { openSite, type Site } from "../support/web.ts";

let site: Site;
let page: string;
beforeAll(async () => {
  site = await openSite();
  ({ page } = await site.join("jo@acme.example"));
});
afterAll(() => site.stop());

const ask = (rawPath: string, method = "GET", query: Record<string, string> = {}): Promise<WebResponse> =>
  site.request(OTHER_PATHS, {}, { rawPath, method, query });

describe("whoever asks for what is not there", () => {
  it.each([
    "/wp-login.php",
    "/sign-up/twice",
    "/reader",
    "/reader//",
    "/a/b/c/d",
    "/.well-known/x",
    "/favicon.icon",
  ])("gets a page in the course's look for %s, which search engines do not keep", async (path) => {
    const { status, body, headers } = await ask(path);
    expect(status).toBe(404);
    expect(body).toContain("<h1>There is nothing here</h1>");
    expect(body).toContain('href="/"');
    expect(headers?.["x-robots-tag"]).toBe("noindex, nofollow");
  });

  it("is told so of the newsletter's archive where there is none", async () => {
    const { services } = site;
    const { archive } = services.settings;
    try {
      services.settings.archive = false;
      expect((await ask("/newsletter", "HEAD")).status).toBe(404);
      services.settings.archive = true;
      expect((await ask("/newsletter", "HEAD")).status).toBe(200);
    } finally {
      services.settings.archive = archive;
    }
  });
});

describe("whoever types an address, or has it from a mail program", () => {
  it.each([
    ["/privacy/", "/privacy"],
    ["/privacy.", "/privacy"],
    ["/privacy%29", "/privacy"],
    ["/privacy),", "/privacy"],
    ["//privacy", "/privacy"],
    ["/subscribe/", "/subscribe"],
    ["/lesson/headwinds-inside/", "/lesson/headwinds-inside"],
    ["/sign-up", "/"],
    ["/sign-up/", "/"],
  ])("is led from %s to %s", async (path, to) => {
    const { status, headers } = await ask(path);
    expect([status, headers?.location]).toEqual([302, to]);
    expect(headers?.["cache-control"]).toBe("no-store");
  });

  it("keeps what the link said of where they came from, and is led nowhere else", async () => {
    expect((await ask("/subscribe/", "GET", { from: "a b&c" })).headers?.location).toBe(
      "/subscribe?from=a+b%26c",
    );
    expect((await ask("//elsewhere.example/")).status).toBe(404);
  });

  it.each([".", ")", "%2E", "”", "%E2%80%9D", ">", "*", ",", "%20", "‌"])(
    "has a link work that ends in %s",
    async (end) => {
      const loose = decodeURIComponent(end);
      const { path } = await webRequest({
        routeKey: "GET /reader/{token}",
        rawPath: `/reader/${page}${end}`,
        pathParameters: { token: page + loose },
        headers: {},
        requestContext: { http: { method: "GET", sourceIp: "192.0.2.1" } },
      } as never);
      const answer = await site.request("GET /reader/{token}", path);
      expect(answer.status).toBe(200);
      expect((await ask(`/reader/${page}${end}`, "HEAD")).status).toBe(200);
      expect((await ask(`/reader/${page}/`)).headers?.location).toBe(`/reader/${page}`);
    },
  );

  it("is told that a page was a button's answer, and nothing is done", async () => {
    const { status, body } = await ask(`/fresh-link/${page}`);
    expect(status).toBe(404);
    expect(body).toContain("<h1>This page answered a button</h1>");
  });
});

describe("a program that looks before it fetches", () => {
  it.each(["/", "/privacy", "/accessibility", "/robots.txt", "/favicon.ico", "/lesson/headwinds-inside"])(
    "gets for HEAD %s what GET says, without the body",
    async (path) => {
      const head = await ask(path, "HEAD");
      const route = path.startsWith("/lesson/") ? "GET /lesson/{slug}" : `GET ${path}`;
      const get = await site.request(route, { slug: "headwinds-inside" });
      expect(get.body).not.toBe("");
      expect([head.status, head.headers?.["content-type"], head.body]).toEqual([
        get.status,
        get.headers?.["content-type"],
        "",
      ]);
    },
  );

  it("looks at a reader's page and at a link to unsubscribe, and nothing changes", async () => {
    const before = await site.personAt("jo@acme.example");
    for (const path of [`/reader/${page}`, "/unsubscribe/anything"])
      expect((await ask(path, "HEAD")).status, path).toBe(200);
    expect((await ask("/reader/forged", "HEAD")).status).toBe(403);
    expect(await site.personAt("jo@acme.example")).toEqual(before);
  });

  it("is told which methods a page has", async () => {
    for (const [path, allow] of [
      ["/privacy", "GET, HEAD"],
      ["/sign-up", "POST"],
      [`/reader/${page}`, "GET, HEAD, POST"],
    ] as const) {
      const { status, headers } = await ask(path, "PUT");
      expect([status, headers?.allow], path).toEqual([405, allow]);
    }
    expect((await ask("/nowhere", "POST")).status).toBe(404);
  });
});

describe("what every website has", () => {
  it("robots.txt keeps nobody from a page that says itself that it is not to be found", async () => {
    const { body, headers } = await site.request("GET /robots.txt");
    expect(headers?.["content-type"]).toContain("text/plain");
    expect(body).toBe("User-agent: *\nDisallow:\n");
  });

  it("favicon.ico is a small picture", async () => {
    const { body, headers, isBase64 } = await site.request("GET /favicon.ico");
    expect([headers?.["content-type"], isBase64]).toEqual(["image/png", true]);
    const bytes = Buffer.from(body, "base64");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([64, 64]);
    expect(bytes.length).toBeLessThan(2_000);
  });

  it("the statement on accessibility, and what is kept, are linked from each page", async () => {
    for (const route of ["GET /", "GET /privacy", "GET /accessibility"]) {
      const { body } = await site.request(route);
      expect(body).toContain('href="/accessibility"');
      expect(body).toContain('href="/privacy"');
    }
  });

  it("what is kept is said in five lines, with the stage's own days, before it is said item by item", async () => {
    const { body } = await site.request("GET /privacy");
    const [first = "", items = ""] = body.split("<details>");
    expect(first.match(/<li>/g)).toHaveLength(5);
    expect(first).toContain(`(${site.services.settings.retention.inboxDays} days)`);
    expect(items.match(/<dl>/g)?.length).toBeGreaterThan(10);
  });
});
