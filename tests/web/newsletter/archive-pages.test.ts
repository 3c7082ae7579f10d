import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pictureHtml } from "../../../authoring/compile/pictures.ts";
import { tableHtml } from "../../../authoring/compile/table.ts";
import { cancelBroadcast, type Start, startBroadcast } from "../../../console/issue/start-broadcast.ts";
import type { Issue } from "../../../functions/domain/newsletter/issue.ts";
import { pictureUrl } from "../../../functions/domain/pictures.ts";
import { HOUR, iso, MINUTE } from "../../../functions/domain/time.ts";
import type { WebRequest } from "../../../functions/ports.ts";
import { atomProblems, readFeed } from "../../support/atom.ts";
import { addNewsletterReader, anIssue } from "../../support/audience.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const HIDDEN = "d4n4@printer.example";

describe("the public archive", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
    for (const [address, zone] of [
      [HIDDEN, "Europe/Berlin"],
      ["t@x.example", "Asia/Tokyo"],
    ] as const)
      await addNewsletterReader(site.services, address, { zone, firstName: "Danaë" });
  });
  afterAll(() => site.stop());
  beforeEach(() => {
    site.services.settings.archive = true;
  });

  const send = (issue: Issue, more: Partial<Start> = {}) => {
    const start = { issue, audience: {}, asked: "everybody", when: { from: site.clock.now() } };
    return startBroadcast({ ...site.services, allPeople: site.allPeople }, { ...start, ...more });
  };
  const index = (more?: Partial<WebRequest>) => site.request("GET /newsletter", {}, more);
  const read = (slug: string, more?: Partial<WebRequest>) =>
    site.request("GET /newsletter/{slug}", { slug }, more);
  const feed = (more?: Partial<WebRequest>) => site.request("GET /newsletter/feed.xml", {}, more);

  it("is empty, and its feed is a feed, before the first issue", async () => {
    expect((await index()).body).toContain("No issue has been sent yet");
    const { body } = await feed();
    expect(atomProblems(body)).toEqual([]);
    expect(readFeed(body).entries ?? []).toEqual([]);
  });

  it("shows an issue once it has begun to leave: no draft, and none before its moment", async () => {
    await send(anIssue("first"), { when: { from: T0 + HOUR } });
    expect((await read("first")).status).toBe(404);
    expect((await read("a-draft")).status).toBe(404);
    expect((await index()).body).not.toContain("/newsletter/first");
    site.clock.set(T0 + HOUR);
    expect((await read("first")).status).toBe(200);
    expect((await index()).body).toContain('<a href="/newsletter/first" dir="auto">');
  });

  it("shows one that leaves by each reader's clock when the first of them is due", async () => {
    // 10:00 in Berlin and 18:00 in Tokyo: the first to see eight o'clock is Tokyo, fourteen hours on.
    const from = site.clock.now();
    await send(anIssue("local"), { when: { from, local: "08:00" } });
    const tokyo = Date.UTC(2026, 10, 24, 23);
    site.clock.set(tokyo - 1);
    expect((await read("local")).status).toBe(404);
    site.clock.set(tokyo);
    expect((await read("local")).status).toBe(200);
  });

  it("shows the words that go out: those of a change, and when it was made", async () => {
    await send(anIssue("changed", "With a misprimt."));
    expect((await read("changed")).body).toContain("With a misprimt.");
    site.clock.set(site.clock.now() + MINUTE);
    await send(anIssue("changed", "Without."), { isChangeMeant: true });
    const { body } = await read("changed");
    expect(body).toContain("Without.");
    expect(body).not.toContain("misprimt");
    const entry = readFeed((await feed()).body).entries?.find(({ id }) => id?.endsWith("/changed"));
    expect(entry?.updated).toBe(iso(site.clock.now()));
    expect(entry?.published).toBe(iso(site.clock.now() - MINUTE));
  });

  it("shows no private issue: not in the list, not in the feed, not at its address; a public one it does", async () => {
    await send(anIssue("for-vips"), { manner: { isPrivate: true } });
    await send(anIssue("for-all"), { manner: { isPrivate: false } });
    expect([(await read("for-vips")).status, (await read("for-all")).status]).toEqual([404, 200]);
    for (const { body } of [await index(), await feed()]) {
      expect(body).not.toContain("/newsletter/for-vips");
      expect(body).toContain("/newsletter/for-all");
    }
    await cancelBroadcast(site.services.broadcasts, "for-all");
  });

  it("takes an issue out that its owner makes private later, and shows it again", async () => {
    await send(anIssue("second-thoughts"));
    expect((await read("second-thoughts")).status).toBe(200);
    await send(anIssue("second-thoughts"), { manner: { isPrivate: true } });
    expect((await read("second-thoughts")).status).toBe(404);
    await send(anIssue("second-thoughts"), { manner: { isPrivate: false } });
    expect((await read("second-thoughts")).status).toBe(200);
    await cancelBroadcast(site.services.broadcasts, "second-thoughts");
  });

  it("does not show what was called back", async () => {
    await send(anIssue("mistake"));
    expect((await read("mistake")).status).toBe(200);
    await cancelBroadcast(site.services.broadcasts, "mistake");
    expect((await read("mistake")).status).toBe(404);
    expect((await index()).body + (await feed()).body).not.toContain("mistake");
  });

  it("knows nobody: no address, no name, no token, no script, nothing from elsewhere", async () => {
    for (const { status, body, headers } of [await index(), await read("first"), await feed()]) {
      expect(status).toBe(200);
      expect(body).not.toMatch(/printer\.example|Danaë|d4n4|unsubscribe|\/reader\/|<script|<img|<iframe/);
      expect(headers).not.toHaveProperty("set-cookie");
    }
  });

  it("may be kept by anybody for five minutes, and is not sent again to who has it", async () => {
    for (const ask of [index, (more?: Partial<WebRequest>) => read("first", more), feed]) {
      const first = await ask();
      expect(first.headers).toMatchObject({ "cache-control": "public, max-age=300" });
      const etag = first.headers?.etag ?? "";
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      for (const tags of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await ask({ headers: { "if-none-match": tags } });
        expect(again).toMatchObject({ status: 304, body: "" });
        expect(again.headers?.etag).toBe(etag);
      }
      expect((await ask({ headers: { "if-none-match": '"other"' } })).status).toBe(200);
    }
  });

  it("has another tag once it says something else", async () => {
    const before = (await index()).headers?.etag;
    await send(anIssue("latest"));
    expect((await index()).headers?.etag).not.toBe(before);
  });

  it("allows its own style by hash, and nothing else", async () => {
    const { body, headers } = await read("first");
    expect(body).not.toMatch(/nonce="\w| style="/);
    const policy = headers?.["content-security-policy"] ?? "";
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
    expect(policy).not.toContain("script-src");
  });

  it("tells those who share a link what it is", async () => {
    const { body } = await read("first");
    expect(find(body, /og:title" content="([^"]+)"/)).toBe("News");
    expect(find(body, /og:description" content="([^"]+)"/)).toBe("What is new");
    expect(find(body, /og:url" content="([^"]+)"/)).toBe("https://web.example/newsletter/first");
    expect(find(body, /rel="canonical" href="([^"]+)"/)).toBe("https://web.example/newsletter/first");
    expect(find(body, /type="application\/atom\+xml" href="([^"]+)"/)).toBe("/newsletter/feed.xml");
    const picture = await site.request("GET /picture.png");
    expect(find(body, /og:image" content="([^"]+)"/)).toBe("https://web.example/picture.png");
    expect(picture).toMatchObject({ isBase64: true, headers: { "content-type": "image/png" } });
    const bytes = Buffer.from(picture.body, "base64");
    expect([bytes.toString("latin1", 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      "PNG",
      1200,
      630,
    ]);
    expect((await site.request("GET /")).body).toContain(
      'og:image" content="https://web.example/picture.png"',
    );
  });

  it("has a feed that keeps the rules of RFC 4287, and that a feed reader reads back", async () => {
    const { body, headers } = await feed();
    expect(headers?.["content-type"]).toBe("application/atom+xml; charset=utf-8");
    expect(atomProblems(body)).toEqual([]);
    const { id, title, links, entries = [] } = readFeed(body);
    expect([id, title?.value]).toEqual(["https://web.example/newsletter", "The newsletter"]);
    expect(links?.find(({ rel }) => rel === "self")?.href).toBe("https://web.example/newsletter/feed.xml");
    expect(entries.map((entry) => entry.id)).toEqual(
      ["latest", "changed", "local", "first"].map((slug) => `https://web.example/newsletter/${slug}`),
    );
    expect(entries[3]).toMatchObject({
      title: { value: "News" },
      summary: { value: "What is new" },
      content: { type: "html", value: "<p>The news.</p>" },
      authors: [{ name: "The owner" }],
      published: iso(T0 + HOUR),
      updated: iso(T0 + HOUR),
    });
  });

  it("shows an issue's picture on its page and in the feed, from where the stage's pictures answer, with measures and words", async () => {
    const placed = { src: pictureUrl("0a.png"), darkSrc: pictureUrl("0b.png"), width: 504, height: 252 };
    const html = pictureHtml(placed, "A press");
    await send({ ...anIssue("press"), body: { html, text: "[A press]" } });
    const page = await read("press");
    const entry = readFeed((await feed()).body).entries?.find(({ id }) => id?.endsWith("/press"));
    for (const shown of [page.body, entry?.content?.value ?? ""]) {
      expect(shown).toMatch(
        /<img src="https:\/\/pictures\.course\.example\/pictures\/0a\.png" width="504" height="252" alt="A press"/,
      );
      expect(shown).toContain('srcset="https://pictures.course.example/pictures/0b.png"');
      expect(shown).not.toContain("pictures.invalid");
    }
    expect(html, "control").toContain("pictures.invalid");
    expect(page.headers?.["content-security-policy"]).toContain(
      "img-src data: https://pictures.course.example;",
    );
  });

  it("gives a table to feed readers without what only narrow screens show", async () => {
    const words = tableHtml({ columns: ["left", "left"], head: ["When", "Who"], rows: [["1950", "Sales"]] });
    const table = { ...anIssue("table"), body: { html: words, text: "" } };
    expect(words).toContain(">Who</span>");
    await send(table);
    const entry = readFeed((await feed()).body).entries?.find(({ id }) => id?.endsWith("/table"));
    expect(entry?.content?.value).toMatch(/<td><strong>1950<\/strong><\/td><td>Sales<\/td>/);
  });

  it("is not there for an owner who did not ask for it", async () => {
    site.services.settings.archive = false;
    for (const answer of [await index(), await read("first"), await feed()]) {
      expect(answer.status).toBe(404);
      expect(answer.headers?.["cache-control"]).toBe("no-store");
    }
    expect((await site.request("GET /")).body).not.toContain("/newsletter");
  });
});
