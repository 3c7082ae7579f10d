import type { ConfigData } from "html-validate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ERASE_LINK_LIFE,
  eraseToken,
  READER_LINK_LIFE,
  readerToken,
  unsubscribeToken,
} from "../../functions/mail/links.ts";
import { openSite, type Site } from "../support/web.ts";
import { findBrowser } from "./browser.ts";
import {
  accessibilityProblems,
  invalidMarkup,
  lowestContrast,
  lowestContrastInverted,
  openTab,
  takePicture,
  widthOf,
} from "./inspection.ts";

/** Valid markup. A lesson is drawn once for mail and page, so its tables keep the attributes that mail needs. */
const MARKUP: ConfigData = {
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    "no-deprecated-attr": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "void-style": "off",
  },
};

const found = await findBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("every page in a real browser", () => {
  const { browser } = found as { browser: Browser };
  let site: Site;
  let pages: Map<string, string>;

  beforeAll(async () => {
    site = await openSite();
    pages = await everyPage(site);
  });
  afterAll(async () => {
    await browser.close();
    await site?.stop();
  });

  it("is free of what axe-core finds wrong, in light and dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const tab = await openTab(browser, 1200, scheme);
      for (const [name, html] of pages) {
        await tab.setContent(html);
        expect.soft(await accessibilityProblems(tab), `${name}, ${scheme}`).toEqual([]);
      }
    }
  });

  it("is never scrolled sideways on 320 pixels", async () => {
    const tab = await openTab(browser, 320, "light");
    for (const [name, html] of pages) {
      await tab.setContent(html);
      expect.soft(await widthOf(tab), name).toBeLessThanOrEqual(320);
    }
  });

  it("can be read by weak eyes in light, in dark, and where the colours are inverted by force", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const tab = await openTab(browser, 640, scheme);
      for (const [name, html] of pages) {
        await tab.setContent(html);
        const { ratio, text } = await lowestContrast(tab);
        expect.soft(ratio, `${name}, ${scheme}: ${text}`).toBeGreaterThanOrEqual(4.5);
        const inverted = await lowestContrastInverted(tab);
        expect
          .soft(inverted.ratio, `${name}, ${scheme} inverted: ${inverted.text}`)
          .toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("is valid HTML", async () => {
    for (const [name, html] of pages) expect.soft(await invalidMarkup(html, MARKUP), name).toEqual([]);
  });

  it("has its picture taken on a phone and on a desk", async () => {
    for (const width of [360, 1200]) {
      const tab = await openTab(browser, width, "light");
      for (const [name, html] of pages) {
        await tab.setContent(html);
        await takePicture(tab, `page-${name}-${width}`);
      }
    }
  });
});

/** Each page once, as one person meets them from first to last. */
async function everyPage(site: Site): Promise<Map<string, string>> {
  const { services, request } = site;
  const keys = await services.keyring.keys();
  const pages = new Map<string, string>();
  const keep = async (name: string, ...asked: Parameters<Site["request"]>): Promise<void> => {
    pages.set(name, (await request(...asked)).body);
  };
  await keep("landing", "GET /");
  await keep("lesson", "GET /lesson/{slug}", { slug: "headwinds-inside" });
  await keep("own-site", "GET /form");
  await keep("error", "GET /lesson/{slug}", { slug: "nope" });
  pages.set("check-inbox", (await site.signUp({ email: "jo@acme.example", name: "Jo" })).body);
  const id = (await site.personAt("jo@acme.example"))?.id ?? "";
  const token = await site.confirmLink(id);
  await keep("confirm", "GET /confirm/{token}", { token });
  await keep("confirmed", "POST /confirm/{token}", { token });
  await keep("confirm-again", "GET /confirm/{token}", { token });
  await keep("confirmed-again", "POST /confirm/{token}", { token });
  await keep("unknown-link", "GET /confirm/{token}", { token: "forged" });
  const readerLink = readerToken(keys, {
    subscriber: id,
    expiresAt: services.clock.now() + READER_LINK_LIFE,
  });
  await keep("reader", "GET /reader/{token}", { token: readerLink });
  const leave = unsubscribeToken(keys, { subscriber: id, list: services.settings.courses[0] ?? "" });
  await keep("unsubscribe", "GET /unsubscribe/{token}", { token: leave });
  const pressed = { form: { page: "yes" } };
  await keep("left", "POST /unsubscribe/{token}", { token: leave }, pressed);
  await keep("reader-who-left", "GET /reader/{token}", { token: readerLink });
  const erase = eraseToken(keys, { subscriber: id, expiresAt: services.clock.now() + ERASE_LINK_LIFE });
  await keep("erase", "GET /erase/{token}", { token: erase });
  await keep("erased", "POST /erase/{token}", { token: erase }, pressed);
  return pages;
}
