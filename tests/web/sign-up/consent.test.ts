import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ON_PAGES, withWords } from "../../../authoring/compile/words-in-templates.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import {
  consentText,
  LANDING_FORM,
  OWN_SITE_FORM,
  SUBSCRIBE_FORM,
} from "../../../functions/domain/people/consent.ts";
import { agreementToList, CONSENT_TEXTS } from "../../../functions/domain/people/consent-texts.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import { joinToken, unsubscribeToken } from "../../../functions/links/links.ts";
import { aLetter } from "../../support/course.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";
import { wordsFileOf } from "../../support/words.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const courseHere = () => site.services.content.courses[0] as Course;
const consentsOf = async (address: string) => (await site.personAt(address))?.consents ?? [];

/** As the ledger has it once the confirmation has left. */
async function confirmationLeft(id: string, slug: string, messageId: string): Promise<void> {
  const dispatch = `${id}_account_1_confirmation_${slug}`;
  const sentAt = site.clock.now();
  await site.services.store.recordSent({ dispatch, messageId, sentAt, state: "sent", stateAt: sentAt });
}

describe("the record of a consent", () => {
  it("names the form, the language and the very words that were shown, the privacy notice among them", async () => {
    const { body } = await site.request("GET /");
    await site.signUp({ email: "jo@acme.example", version: LANDING_FORM });
    const [requested] = await consentsOf("jo@acme.example");
    expect(requested).toMatchObject({
      ...{ event: "requested", actor: "self", form: LANDING_FORM, locale: "en" },
      ...{ text: "sign-up-4", notice: "privacy-1" },
    });
    const asking = { settings: site.services.settings, course: courseHere() };
    const words = [consentText("sign-up-4", asking), consentText("privacy-1", asking)];
    for (const text of words) expect(body).toContain(text);
    expect(requested?.textHash).toBe(sha256(words.join("\n")));
  });

  it("has another hash when another name stood in the words", async () => {
    await site.signUp({ email: "jo@acme.example" });
    site.services.settings.ownerName = "Somebody else";
    await site.signUp({ email: "bo@acme.example" });
    const [jo, bo] = [await consentsOf("jo@acme.example"), await consentsOf("bo@acme.example")];
    expect(jo[0]?.text).toBe(bo[0]?.text);
    expect(jo[0]?.textHash).not.toBe(bo[0]?.textHash);
  });

  it("names the language of the course whose page it was, from the sign-up to the leaving", async () => {
    const { content } = site.services;
    const { en } = content.languages;
    if (!en) throw new Error("There is no English");
    content.languages = { ...content.languages, xx: en };
    content.courses[0] = { ...courseHere(), language: "xx" };
    const { id } = await site.join("jo@acme.example");
    const keys = await site.services.keyring.keys();
    const expiresAt = site.clock.now() + DAY;
    await site.request("POST /join/{token}", { token: joinToken(keys, { subscriber: id, expiresAt }) });
    const list = courseHere().slug;
    const token = unsubscribeToken(keys, { subscriber: id, list });
    await site.request("POST /unsubscribe/{token}", { token });
    const said = (await consentsOf("jo@acme.example")).map(({ event, locale }) => `${event} ${locale}`);
    expect(said).toEqual(["requested xx", "confirmed xx", "confirmed xx", "withdrawn xx"]);
  });

  it("takes no other word for a form's version than a version", async () => {
    for (const version of ["", "<b>", "landing-0", "landing-99999", OWN_SITE_FORM])
      await site.signUp({ email: `${sha256(version).slice(0, 8)}@acme.example`, version });
    const recorded = async (version: string) =>
      (await consentsOf(`${sha256(version).slice(0, 8)}@acme.example`))[0]?.form;
    for (const version of ["", "<b>", "landing-0", "landing-99999"])
      expect(await recorded(version)).toBe("unversioned");
    expect(await recorded(OWN_SITE_FORM)).toBe(OWN_SITE_FORM);
  });

  it("of a confirmation names the mail whose button was pressed, when it left, and where it was pressed", async () => {
    await site.signUp({ email: "jo@acme.example", newsletter: "yes" });
    const id = (await site.personAt("jo@acme.example"))?.id ?? "";
    await confirmationLeft(id, "1", "of-the-first");
    const first = await site.confirmLink(id);
    site.clock.set(T0 + 2 * DAY);
    await confirmationLeft(id, "2", "of-the-second");
    site.clock.set(T0 + 2 * DAY + MINUTE);
    await site.request("POST /confirm/{token}", { token: first }, { ip: "198.51.100.9" });
    const confirmed = (await consentsOf("jo@acme.example")).filter(({ event }) => event === "confirmed");
    expect(confirmed.map(({ list }) => list)).toEqual([courseHere().slug, "newsletter"]);
    for (const record of confirmed)
      expect(record).toMatchObject({
        at: T0 + 2 * DAY + MINUTE,
        network: "198.51.100.0/24",
        confirmation: { messageId: "of-the-first", sentAt: T0 },
      });
  });
});

describe("a sign-up that nobody confirms", () => {
  it("is kept for as long as the stage's settings say", async () => {
    site.services.settings.retention.unconfirmedDays = 9;
    await site.signUp({ email: "jo@acme.example" });
    const id = (await site.personAt("jo@acme.example"))?.id ?? "";
    site.clock.set(T0 + 9 * DAY - MINUTE);
    expect(await site.services.store.subscriber(id)).toBeDefined();
    site.clock.set(T0 + 9 * DAY);
    expect(await site.services.store.subscriber(id)).toBeUndefined();
  });
});

describe("what a sign-up agrees to", () => {
  it("names the letters only where the course sends any, and the newsletter alone never does", () => {
    const letters = [aLetter("soon", 90)];
    for (const [language, suffix] of [
      ["en", ""],
      ["de", "-de"],
    ]) {
      const agreed = (more: object) => agreementToList({ slug: "course", language, ...more }).signUp;
      expect(agreed({ letters })).toBe(`sign-up-4${suffix}`);
      expect([agreed({}), agreed({ letters: [] })]).toEqual([`sign-up-3${suffix}`, `sign-up-3${suffix}`]);
      expect(agreed({ letters, slug: "newsletter" })).toBe(`newsletter-alone-1${suffix}`);
    }
    expect(CONSENT_TEXTS["sign-up-4"]).toContain("a letter with your own words");
    expect(CONSENT_TEXTS["sign-up-3"]).not.toContain("letter");
  });
});

describe("the version of a form", () => {
  it("is raised when its fields or words change: the record points to it", () => {
    const source = (name: string, language: string) => {
      const file = join(ROOT, "templates/pages", `${name}.hbs`);
      return withWords(readFileSync(file, "utf8"), wordsFileOf(language), ON_PAGES);
    };
    const form = (name: string, language: string) =>
      /<form method="post" action="[^"]*\/sign-up">.*?<\/form>/s.exec(source(name, language))?.[0];
    const questions = (language: string) => source("partials/page-questions", language);
    const prints = (language: string) => ({
      [`${LANDING_FORM}, ${SUBSCRIBE_FORM}`]: sha256(
        `${form("partials/page-sign-up", language)}${questions(language)}`,
      ).slice(0, 12),
      [OWN_SITE_FORM]: sha256(form("own-site-form", language) ?? "").slice(0, 12),
    });
    // A form was changed: raise its version in functions/domain/people/consent.ts, then put its new print here. The record
    // has the language beside the version.
    expect(prints("en")).toEqual({ "landing-6, subscribe-5": "aaa4e25078c2", "own-site-4": "d9835b68269b" });
    expect(prints("de")).toEqual({ "landing-6, subscribe-5": "b3767b7c50ae", "own-site-4": "a3f8a0107be5" });
  });
});

describe("the page about what is kept", () => {
  it("says so with this stage's days, and every page links to it", async () => {
    const { body } = await site.request("GET /privacy");
    expect(body).toContain("removed after 90 days, a sign-up that is not confirmed after 14");
    expect(body).toContain("<dd>30 days</dd>");
    for (const route of ["GET /", "GET /form"])
      expect((await site.request(route)).body).toContain('href="/privacy"');
  });
});
