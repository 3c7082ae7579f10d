import type { ConfigData } from "html-validate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EMAILS, type EmailName } from "../../functions/domain/content.ts";
import { COMPOSE } from "../../functions/mail/compose.ts";
import { compositionFor, shippedContent, theCourse } from "../mail/composition.ts";
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

/** Long, short and middling lessons, and the last, which asks for a rating. */
const LESSONS = [1, 4, 7, 12];
const mails = new Map<string, string>();

const found = await findBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("every mail in a real browser", () => {
  const { browser } = found as { browser: Browser };

  beforeAll(async () => {
    const content = await shippedContent();
    const { lessons } = theCourse(content);
    const first = lessons[0]?.slug ?? "";
    const issue = content.issues?.find(({ slug }) => slug === "the-roads-to-ceo");
    mails.set("issue-with-table", COMPOSE.issue(compositionFor(content, "issue", "", { issue })).html);
    const slugs: Partial<Record<EmailName, string>> = { prompt: first, notice: "erase-1" };
    for (const kind of EMAILS.filter((name) => name !== "lesson")) {
      mails.set(kind, COMPOSE[kind](compositionFor(content, kind, slugs[kind] ?? kind)).html);
    }
    for (const number of LESSONS) {
      const slug = lessons[number - 1]?.slug ?? "";
      mails.set(`lesson-${number}`, COMPOSE.lesson(compositionFor(content, "lesson", slug)).html);
    }
  });
  afterAll(() => browser.close());

  it("is free of what axe-core finds wrong", async () => {
    const page = await openTab(browser, 640, "light");
    for (const [name, html] of mails) {
      await page.setContent(html);
      expect.soft(await accessibilityProblems(page, RULES_FOR_PAGES), name).toEqual([]);
    }
  });

  it("is never scrolled sideways on 320 pixels, even by a program that drops the style block", async () => {
    const page = await openTab(browser, 320, "light");
    for (const [name, html] of mails) {
      await page.setContent(html);
      expect.soft(await widthOf(page), name).toBeLessThanOrEqual(320);
      await page.setContent(withoutStyleBlock(html));
      expect.soft(await widthOf(page), `${name}, no style block`).toBeLessThanOrEqual(320);
    }
  });

  it("can be read by weak eyes in light, in dark, and where the colours are inverted by force", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const page = await openTab(browser, 640, scheme);
      for (const [name, html] of mails) {
        await page.setContent(html);
        const { ratio, text } = await lowestContrast(page);
        expect.soft(ratio, `${name}, ${scheme}: ${text}`).toBeGreaterThanOrEqual(4.5);
        const inverted = await lowestContrastInverted(page);
        expect
          .soft(inverted.ratio, `${name}, ${scheme} inverted: ${inverted.text}`)
          .toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("is valid HTML", async () => {
    for (const [name, html] of mails) expect.soft(await invalidMarkup(html, MARKUP), name).toEqual([]);
  });

  it("has its picture taken on a phone and on a desk, in light and dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      for (const width of [360, 640]) {
        const page = await openTab(browser, width, scheme);
        for (const [name, html] of mails) {
          await page.setContent(html);
          await takePicture(page, `mail-${name}-${width}-${scheme}`);
        }
      }
    }
  });
});

const withoutStyleBlock = (html: string): string => html.replace(/<style[\s\S]*?<\/style>/g, "");
