import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../authoring/compile/compile.ts";
import { ROOT } from "../../cli/root.ts";
import { DAY, SECOND } from "../../functions/domain/time.ts";
import { readerToken } from "../../functions/links/links.ts";
import type { Services } from "../../functions/ports.ts";
import { siteCommands } from "../../functions/reply/commands.ts";
import { findForm } from "../../local/demo/web-form.ts";
import { type Letter, readLetter } from "../../local/mailbox/letter.ts";
import { deliverUntil } from "../support/postman.ts";
import { twoLanguages } from "../support/two-languages.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

const ADDRESS = "jo@bakery.example";
const LESSON = { course: "vier-tage-brot", slug: "mehl-und-wasser" };

let site: Site;
let services: Services;
let id: string;
const { folder, path } = twoLanguages();

/** Somebody whose browser asks for English signs up for a German course that speaks it, too. */
beforeAll(async () => {
  site = await openSite(await loadContent(ROOT, path));
  services = site.services;
  const { body } = await landing("en-GB,en;q=0.9,de;q=0.5");
  const fields = findForm(body, "/sign-up")?.fields ?? {};
  site.clock.set(T0 + 10 * SECOND);
  await site.request("POST /sign-up", {}, { form: { ...fields, email: ADDRESS, zone: "Europe/Berlin" } });
  id = (await site.personAt(ADDRESS))?.id ?? "";
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  return site.stop();
});

const landing = (accepted: string, query: Record<string, string> = {}) =>
  site.request("GET /", {}, { query, headers: { "accept-language": accepted } });
async function ownToken(): Promise<string> {
  const expiresAt = site.clock.now() + DAY;
  return readerToken(await services.keyring.keys(), { subscriber: id, expiresAt });
}
const until = (end: number) => deliverUntil(services, site.clock, id, end);
const letters = (): Promise<Letter[]> =>
  Promise.all(
    site.ses.sent.map((mail, at) => readLetter({ ...mail, to: [mail.to], messageId: String(at) } as never)),
  );
const subjects = async () => (await letters()).map(({ subject }) => subject);

describe("a landing page of a course in two languages", () => {
  it("comes in the one that its browser asks for, and leads to the other", async () => {
    const english = (await landing("en")).body.replaceAll("&#x3D;", "=");
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('<a href="/?language=de" hreflang="de" lang="de">Deutsch</a>');
    expect(english).toMatch(/<link rel="alternate" hreflang="de" href="https:\/\/[^"]*\/\?language=de">/);
    expect((await landing("fr, de;q=0.4")).body).toContain('<html lang="de">');
    expect((await landing("fr")).body).toContain('<html lang="de">');
  });

  it("comes in the one that its address names, whatever the browser asks for", async () => {
    expect((await landing("de", { language: "en" })).body).toContain('<html lang="en">');
    expect((await landing("en", { language: "xx" })).body).toContain('<html lang="en">');
  });

  it("asks for consent in the language that it is in, and the record says so", async () => {
    const { consents = [], language } = (await services.store.subscriber(id)) ?? {};
    expect([consents[0]?.text, consents[0]?.locale, language]).toEqual(["sign-up-3", "en", "en"]);
  });
});

describe("who chose a language", () => {
  it("gets the confirmation, the welcome and each lesson in it, and what is not translated in the course's own", async () => {
    await until(site.clock.now() + SECOND);
    await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
    await until(T0 + 2 * DAY);
    const all = await letters();
    expect(await subjects()).toEqual([
      expect.anything(),
      "Welcome to four days of bread",
      "Flour and water",
      expect.not.stringContaining("Flour"),
    ]);
    expect(all.map(({ headers }) => headers.get("content-language"))).toEqual(["en", "en", "en", "en"]);
    expect(all[2]?.text).toContain("Where in your kitchen is it warm all day?");
    expect(all[2]?.text).toContain("A sourdough begins with flour and water.");
    expect(all[3]?.text).toContain("Lesson 2 of 4");
  });

  it("reads the web copy of a lesson in it, and everybody the public page of it in either", async () => {
    const page = (query: Record<string, string>) =>
      site.request("GET /courses/{course}/{slug}", LESSON, { query });
    expect((await page({ language: "en" })).body).toContain("Where in your kitchen is it warm all day?");
    expect((await page({})).body).toContain("Wo in Ihrer Küche bleibt es den ganzen Tag warm?");
    expect((await page({})).body).toContain('hreflang="en"');
  });

  it("is understood in it by reply", async () => {
    const subscriber = await services.store.subscriber(id);
    const dispatch = { list: LESSON.course } as never;
    const commands = siteCommands(services, { subscriber, dispatch } as never);
    expect(commands.journal).toEqual(["journal"]);
    const german = { ...subscriber, language: "de" };
    expect(siteCommands(services, { subscriber: german, dispatch } as never).journal).toContain("tagebuch");
  });

  it("changes it on their page, and the next mail comes in the other", async () => {
    const token = await ownToken();
    const answer = await site.request(
      "POST /reader/{token}",
      { token },
      { form: { do: "language", course: LESSON.course, language: "de" } },
    );
    expect(answer.body).toContain('<html lang="de">');
    expect(answer.body).toContain("Gespeichert. Ab der nächsten E-Mail");
    const before = (await letters()).length;
    await until(T0 + 3 * DAY);
    const next = (await letters())[before];
    expect(next?.headers.get("content-language")).toBe("de");
    expect(next?.text).toContain("Lektion 3 von 4");
  });

  it("is not moved to a language that the course does not speak", async () => {
    const token = await ownToken();
    const form = { do: "language", course: LESSON.course, language: "fr" };
    await site.request("POST /reader/{token}", { token }, { form });
    expect((await services.store.subscriber(id))?.language).toBe("de");
  });
});
