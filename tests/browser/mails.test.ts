import type { ConfigData } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Documents, differsInWords, everyMail } from "./documents.ts";
import { contrastsOf, showEach, widthOf } from "./inspection.ts";
import { testLooks } from "./looks.ts";
import { connectBrowser } from "./shared-browser.ts";

/** Valid markup, but for what a mail must do that a page must not: lay out by tables, style in the element. */
const MARKUP: ConfigData = {
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    "no-inline-style": "off",
    "no-conditional-comment": "off",
    "no-deprecated-attr": "off",
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "void-style": "off",
    "long-title": "off",
  },
};

/** A mail is an article within the page of a mail program, which has the landmarks and the first heading. */
const RULES_FOR_PAGES = ["landmark-one-main", "page-has-heading-one", "region"];

/** Prompts and look-backs of one lesson stand for those of all. */
const AMONG = [
  ...["lesson-headwinds-inside", "prompt-headwinds-inside-question", "look-back-headwinds-inside"],
  ...["notice-help", "report", "welcome-to-long-name", "welcome-in-german"],
];

const mails: Documents = new Map();
/** What is seen of each mail while it is looked at: its words, and the height of each of its buttons. */
const words = new Map<string, string>();
const buttons = new Map<string, number[]>();
/** The same in a program that drops the style block, as Gmail does for addresses of others, and loads no picture. */
const bare: Documents = new Map();

/** The same where pictures are off: each picture's words stand in its place. */
const withoutPictures: Documents = new Map();
/** Pictures that are much taller than they say: what stands for them is broken into letters. */
const STRETCHED = `[...document.images]
  .filter((image) => image.getBoundingClientRect().height > 1.5 * Number(image.getAttribute("height")))
  .map((image) => image.alt)`;

const wordsOf = (tab: Page): Promise<string> => tab.evaluate("document.body.innerText.replace(/\\s+/g, ' ')");
const buttonsOf = (tab: Page): Promise<number[]> =>
  tab.evaluate(
    "[...document.querySelectorAll('td[bgcolor] a, a.step')].map((link) => link.getBoundingClientRect().height)",
  );

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("every mail in a real browser", () => {
  const { browser } = found as { browser: Browser };

  beforeAll(async () => {
    for (const [name, html] of await everyMail()) {
      mails.set(name, html);
      bare.set(name, html.replace(/<style[\s\S]*?<\/style>|<source[^>]*>|<img[^>]*>/g, ""));
      withoutPictures.set(
        name,
        html.replace(/<source[^>]*>/g, "").replace(/src="data:[^"]*"/g, 'src="data:,"'),
      );
    }
  });
  afterAll(() => browser.close());

  testLooks(browser, {
    ...{ documents: mails, markup: MARKUP, notAsked: RULES_FOR_PAGES, differsInWords, among: AMONG },
    alsoWide: async (tab, name) => void words.set(name, await wordsOf(tab)),
    alsoNarrow: async (tab, name) => void buttons.set(name, await buttonsOf(tab)),
  });

  it("says each picture's words in its place where pictures are off", async () => {
    let pictures = 0;
    const some = new Map([...withoutPictures].filter(([name]) => !differsInWords(name)));
    await showEach(browser, some, { width: 320, colorScheme: "light" }, async (tab, name) => {
      expect.soft(await tab.evaluate(STRETCHED), name).toEqual([]);
      pictures += Number(await tab.evaluate("document.images.length"));
    });
    expect(pictures).toBeGreaterThan(10);
    const narrow =
      '<!doctype html><div style="overflow-wrap:anywhere;word-break:break-word"><img src="data:," width="44" height="44" alt="Managing Up, Leading Down" style="display:block;width:44px;height:auto"></div>';
    await showEach(
      browser,
      new Map([["narrow", narrow]]),
      { width: 320, colorScheme: "light" },
      async (tab) => {
        expect(await tab.evaluate(STRETCHED), "control").toEqual(["Managing Up, Leading Down"]);
      },
    );
  });

  it("has buttons that are tall enough for a thumb", () => {
    for (const [name, heights] of buttons)
      for (const height of heights) expect.soft(height, name).toBeGreaterThanOrEqual(44);
    // Most mails have a button or five.
    expect([...buttons.values()].flat().length).toBeGreaterThan(mails.size / 4);
  });

  it("can be read where the style block is dropped and pictures are off: every word, no scrolling, enough contrast", async () => {
    await showEach(browser, bare, { width: 640, colorScheme: "light" }, async (tab, name) => {
      expect.soft(await wordsOf(tab), name).toBe(words.get(name));
      await tab.setViewportSize({ width: 320, height: 800 });
      expect.soft(await widthOf(tab), name).toBeLessThanOrEqual(320);
      const { ratio, text } = (await contrastsOf(tab)).plain;
      expect.soft(ratio, `${name}: ${text}`).toBeGreaterThanOrEqual(4.5);
      await tab.setViewportSize({ width: 640, height: 800 });
    });
  });
});
