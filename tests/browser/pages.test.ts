import type { ConfigData } from "html-validate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { type Documents, everyPage } from "./documents.ts";
import { testLooks } from "./looks.ts";
import { connectBrowser } from "./shared-browser.ts";

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

/** Of a reader in each state, of what someone typed, and in German. */
const AMONG = [
  ...["landing", "archive", "confirmed", "reader-paused", "copy", "left", "reader-erased"],
  ...["landing-with-mistakes-to-long-name", "personal-to-right-to-left-name", "personal-in-german"],
];

const pages: Documents = new Map();

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("every page in a real browser", () => {
  const { browser } = found as { browser: Browser };

  beforeAll(async () => {
    for (const [name, html] of await everyPage()) pages.set(name, html);
  });
  afterAll(() => browser.close());

  testLooks(browser, { documents: pages, markup: MARKUP, among: AMONG });
});
