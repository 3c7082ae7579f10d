import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { ROOT } from "../../../cli/root.ts";
import { isSelected } from "../../../console/audience.ts";
import { toCells } from "../../../console/export/person.ts";
import { readSelection } from "../../../console/issue/audience.ts";
import { countStats } from "../../../console/stats/count.ts";
import { erase } from "../../../functions/consent/erase.ts";
import { exportText } from "../../../functions/consent/export.ts";
import { findArrival, readArrival } from "../../../functions/domain/people/arrival.ts";
import type { Consent } from "../../../functions/domain/people/subscriber.ts";
import { find, webContent } from "../../support/pages.ts";
import { openSite, type Site } from "../../support/web.ts";

const OWN = "web.example";

describe("where somebody came from", () => {
  it.each([
    ["podcast", "podcast"],
    ["Spring Mail!", "spring-mail"],
    ["Überblick – März", "überblick-märz"],
    ["ポッドキャスト", "ポッドキャスト"],
    ["<script>alert(1)</script>", "script-alert-1-script"],
    ["a\r\nBcc: all", "a-bcc-all"],
    ["\u202ecod.exe\u0000", "cod-exe"],
    ["jane@acme.example", undefined],
    ["", undefined],
    ["///", undefined],
  ])("is a short word: ?from=%j is kept as %j", (from, kept) => {
    expect(readArrival(from, undefined, OWN).from).toBe(kept);
  });

  it("is 40 letters at the most, however long the link", () => {
    const { from = "" } = readArrival("x".repeat(10_000), undefined, OWN);
    expect(from).toBe("x".repeat(40));
    const { from: wide = "" } = readArrival("𝔘".repeat(10_000), undefined, OWN);
    expect([...wide].length).toBeLessThanOrEqual(40);
  });

  it.each([
    ["https://www.News.example/a/jane?token=secret#x", "news.example"],
    ["news.example", "news.example"],
    ["https://bücher.example/x", "xn--bcher-kva.example"],
    ["https://user:secret@news.example:8443/", "news.example"],
    ["android-app://com.example.reader/", undefined],
    ["javascript://news.example/%0aalert(1)", undefined],
    ["https://web.example/privacy", undefined],
    ["https://192.0.2.7/a", undefined],
    ["https://[2001:db8::1]/a", undefined],
    ["https://intranet/wiki", undefined],
    ["http://0x7f.1/", undefined],
    ["news.example\r\nBcc: all", undefined],
    ["<script>.example", undefined],
    [`https://${"a".repeat(10_000)}.example/`, undefined],
    ["//evil.example", undefined],
    ["", undefined],
  ])("is the site's host and nothing else: %j is kept as %j", (referrer, kept) => {
    expect(readArrival(undefined, referrer, OWN).referrer).toBe(kept);
  });

  it("is told by the request that was confirmed first, whatever a stranger types into the form later", () => {
    const record = (event: Consent["event"], list: string, from?: string) =>
      ({ event, list, ...(from && { from }) }) as Consent;
    const asked = [record("requested", "a", "early"), record("requested", "b", "podcast")];
    expect(findArrival({ consents: asked })).toEqual({ from: "podcast" });
    const consents = [...asked, record("confirmed", "a"), record("requested", "b", "stranger")];
    expect(findArrival({ consents })).toEqual({ from: "early" });
    const left = [...asked.slice(0, 1), record("withdrawn", "a"), record("confirmed", "a")];
    expect(findArrival({ consents: left })).toEqual({ from: "early" });
    expect(findArrival({ consents: [record("confirmed", "a")] })).toEqual({});
  });
});

describe("a sign-up tells where it came from", () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.stop());

  it("travels from the page's address through the form to the record, also by way of a mistake", async () => {
    const opened = await site.request(
      "GET /",
      {},
      {
        query: { from: "Spring Mail" },
        headers: { referer: "https://news.example/jane" },
      },
    );
    const field = (body: string, name: string) => find(body, new RegExp(`name="${name}" value="([^"]*)"`));
    const form = { from: field(opened.body, "from"), referrer: field(opened.body, "referrer") };
    expect(form).toEqual({ from: "spring-mail", referrer: "news.example" });
    const mistaken = await site.signUp({ email: "jo@@acme.example", ...form });
    expect([field(mistaken.body, "from"), field(mistaken.body, "referrer")]).toEqual(Object.values(form));
    const { id } = await site.join("jo@acme.example", { ...form, newsletter: "yes" });
    const jo = await site.services.store.subscriber(id);
    expect(jo?.consents.filter(({ event }) => event === "requested")).toMatchObject([form, form]);
    expect(jo?.consents.filter(({ event }) => event === "confirmed").some((one) => "from" in one)).toBe(
      false,
    );
  });

  it("is kept from one of our pages to the next, as a person may ask on that one", async () => {
    const [first] = webContent().courses;
    if (!first) throw new Error("no course ships");
    const second = { ...first, slug: "second", title: "The second" };
    const english = await loadContent(ROOT);
    const own = await openSite({ ...english, courses: [first, second] });
    own.services.settings.courses = [first.slug, "second"];
    const linksOf = async (route: string, query: Record<string, string>) => {
      const { body } = await own.request(route, {}, { query });
      const hrefs = [...body.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) =>
        href.replaceAll("&#x3D;", "="),
      );
      return hrefs.filter((href) => /^\/(subscribe|courses\/second|)(\?|$)/.test(href));
    };
    const query = { from: "Überblick & März" };
    const told = "?from=%C3%BCberblick-m%C3%A4rz";
    const landing = await linksOf("GET /", query);
    expect(landing).toEqual(expect.arrayContaining([`/subscribe${told}`, `/courses/second${told}`]));
    const subscribe = await linksOf("GET /subscribe", query);
    expect(subscribe).toEqual(expect.arrayContaining([`/${told}`, `/courses/second${told}`]));
    const next = await own.request("GET /subscribe", {}, { query: { from: "überblick-märz" } });
    expect(next.body).toContain('name="from" value="überblick-märz"');
    expect(await linksOf("GET /", {}), "control").toEqual(
      expect.arrayContaining(["/subscribe", "/courses/second"]),
    );
    await own.stop();
  });

  it("keeps nothing where nothing is told, and the page has no such fields", async () => {
    const { body } = await site.request("GET /");
    expect(body).not.toMatch(/name="(from|referrer)"/);
    const { id } = await site.join("jo@acme.example");
    const consents = (await site.services.store.subscriber(id))?.consents ?? [];
    expect(consents.length).toBeGreaterThan(1);
    for (const one of consents) expect(Object.keys(one)).not.toEqual(expect.arrayContaining(["from"]));
  });

  it("is cleaned again when the form comes back: its fields are anybody's", async () => {
    const from = `"><script>alert(1)</script>${"x".repeat(10_000)}`;
    const page = await site.signUp({ email: "no", from, referrer: "https://a.example/secret" });
    expect(page.body).not.toContain("<script>alert");
    expect(page.body).not.toContain("/secret");
    expect(page.body).toContain('name="referrer" value="a.example"');
    const { id } = await site.join("jo@acme.example", { from });
    expect(JSON.stringify(await site.services.store.subscriber(id)).length).toBeLessThan(4_000);
  });

  it("is in the export, in its column and its segment, in the statistics; the proof after erasing has none", async () => {
    const { id } = await site.join("jo@acme.example", { from: "podcast", referrer: "news.example" });
    await site.join("al@acme.example");
    await site.signUp({ email: "no@acme.example", from: "podcast" });
    let text = "";
    for await (const piece of exportText(site.services, id)) text += piece;
    expect(text).toContain('"from": "podcast"');
    expect(JSON.parse(text).consentFields).toMatchObject({
      from: expect.any(String),
      referrer: expect.any(String),
    });
    const jo = await site.services.store.subscriber(id);
    if (!jo) throw new Error("jo is not there");
    const person = { subscriber: jo, enrolments: [], ledger: [], reflections: [] };
    expect(toCells(person, [])).toContain("podcast (news.example)");
    const isIn = (typed: string) => isSelected(readSelection("where", typed, []), person, []);
    expect(["from=podcast", "from=news.example", "from=x|Podcast", "from=other"].map(isIn)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const now = site.clock.now();
    const { origins } = await countStats(site.allPeople, [], { weeks: 1, now });
    expect(origins).toEqual([
      { origin: "not known", confirmed: 1, active: 1 },
      { origin: "podcast", confirmed: 1, active: 1 },
    ]);
    await erase(site.services, id);
    const after = await countStats(site.allPeople, [], { weeks: 1, now });
    expect(after.origins.map(({ origin }) => origin)).toEqual(["not known"]);
  });

  it("a thousand words in links do not fill a page of numbers", async () => {
    async function* personRecords() {
      for (let count = 0; count < 3_000; count++) {
        const consents = [
          { event: "requested", list: "a", from: `word-${count}` },
          { event: "confirmed", list: "a" },
        ];
        const subscriber = { status: "active", newsletter: false, createdAt: 0, consents };
        yield { subscriber, enrolments: [], ledger: [], reflections: [] } as never;
      }
    }
    const { origins } = await countStats({ personRecords }, [], { weeks: 1, now: site.clock.now() });
    expect(origins).toHaveLength(21);
    expect(origins.at(-1)).toEqual({ origin: "others", confirmed: 2_980, active: 2_980 });
  });
});
