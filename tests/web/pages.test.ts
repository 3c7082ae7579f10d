import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCourse } from "../support/course.ts";
import { find, webContent } from "../support/pages.ts";
import { openSite, type Site } from "../support/web.ts";

const MOST_BYTES = 50_000;
const ROBOTS = "x-robots-tag";
let site: Site;
let reader: string;
beforeAll(async () => {
  site = await openSite();
  ({ page: reader } = await site.join("jo@acme.example"));
});
afterAll(() => site.stop());

const everyPage = async () => ({
  landing: await site.request("GET /"),
  lesson: await site.request("GET /lesson/{slug}", { slug: "headwinds-inside" }),
  reader: await site.request("GET /reader/{token}", { token: reader }),
  unknown: await site.request("GET /reader/{token}", { token: "forged" }),
});

describe("every page", () => {
  it("is under 50 KB, in one language, with a way past the header and one heading", async () => {
    for (const [name, { body }] of Object.entries(await everyPage())) {
      expect(Buffer.byteLength(body), name).toBeLessThan(MOST_BYTES);
      expect(body).toContain('<html lang="en">');
      expect(body).toContain('class="skip" href="#main"');
      expect(body.match(/<h1[ >]/g), name).toHaveLength(1);
    }
  });

  it("may run only its own script and style, be cached nowhere, framed nowhere, and tell nobody its address", async () => {
    for (const { body, headers } of Object.values(await everyPage())) {
      const nonce = find(body, /<style nonce="([a-z2-7]+)">/);
      expect(headers?.["content-security-policy"]).toContain(`script-src 'nonce-${nonce}'`);
      expect(headers?.["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
      expect(body).not.toMatch(/ style="| on[a-z]+="/);
      expect(body).not.toMatch(/(src|href)="(https?:)?\/\/(?!web\.example)(?!www\.)[^"]*\.(js|css|woff2?)/);
    }
  });

  it("has another nonce each time", async () => {
    const nonce = async () => find((await site.request("GET /")).body, /<style nonce="([^"]+)"/);
    expect(await nonce()).not.toBe(await nonce());
  });

  it("with a token is hidden from search engines; the landing page and the lessons are not", async () => {
    const { landing, lesson, reader: own, unknown } = await everyPage();
    expect([landing, lesson].map(({ headers }) => headers?.[ROBOTS])).toEqual([undefined, undefined]);
    expect([own, unknown].map(({ headers }) => headers?.[ROBOTS])).toEqual(
      Array(2).fill("noindex, nofollow"),
    );
  });

  it("names a label for each field that a reader fills in", async () => {
    for (const { body } of Object.values(await everyPage())) {
      const ids = [...body.matchAll(/<(?:input|select)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
      for (const id of ids) expect(body).toContain(`<label for="${id}"`);
      const used = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(used).size).toBe(used.length);
    }
  });
});

describe("the landing page", () => {
  it("says what the course is, for whom, by whom, and lists its twelve lessons", async () => {
    const { body } = await site.request("GET /");
    expect(body).toContain("<h1>Manage up. Lead down. Two minutes a week.</h1>");
    expect(body).toContain("By signing up you ask The owner to email you this course");
    expect(body).toContain("Replies can be read by Mark Pomerantz and the person who runs this system");
    expect(body).toContain("<button>Send me lesson 1</button>");
    expect(body).toContain('<meta property="og:title" content="Manage up. Lead down.');
    expect(body.match(/<span class="n">/g)).toHaveLength(12);
  });

  it("shows lesson 1 as an inbox does: its opening and its move, and nothing behind them", async () => {
    const { body } = await site.request("GET /");
    const shown = /<div class="opened"[\s\S]*?<\/div>/.exec(body)?.[0] ?? "";
    for (const words of ["You have the customer’s yes.", "This week’s move", "When I leave my next meeting"])
      expect(shown).toContain(words);
    expect(shown).not.toContain("Your plan has a page");
  });

  it("leaves the newsletter box unticked", async () => {
    const { body } = await site.request("GET /");
    expect(body).toMatch(/name="newsletter" value="yes">/);
  });

  it("offers the stage's zone to a browser without JavaScript", async () => {
    expect((await site.request("GET /")).body).toContain('<option value="Europe/Berlin" selected>');
  });
});

describe("a lesson that was forwarded", () => {
  it("is shown to anybody, with the way to the course", async () => {
    const { body } = await site.request("GET /lesson/{slug}", { slug: "headwinds-inside" });
    expect(body).toContain("Forwarded to you?");
    expect(body).toContain("Lesson 1 of 12");
  });

  it("under a name that no lesson has is a clear 404", async () => {
    for (const slug of ["nope", "", "../etc/passwd", "<script>"]) {
      const answer = await site.request("GET /lesson/{slug}", { slug });
      expect([answer.status, answer.body.includes("There is no such lesson")]).toEqual([404, true]);
      expect(answer.body).not.toContain("<script>");
    }
  });
});

it("an author's title cannot break a page", async () => {
  const course = { ...aCourse("one"), title: '<i>"A" & B</i>' };
  const other = await openSite();
  try {
    other.services.content = webContent([course]);
    other.services.settings.courses = [course.slug];
    const { body } = await other.request("GET /");
    expect(body).toContain("&lt;i&gt;&quot;A&quot; &amp; B&lt;/i&gt;");
    expect(body).not.toContain("<i>");
  } finally {
    await other.stop();
  }
});
