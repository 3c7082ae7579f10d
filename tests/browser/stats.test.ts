import type { ConfigData } from "html-validate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countStats } from "../../console/stats/count.ts";
import { statsPage } from "../../console/stats/page.ts";
import { shippedContent } from "../mail/composition.ts";
import { readersOfAYear } from "../support/person-records.ts";
import { testLooks } from "./looks.ts";
import { connectBrowser } from "./shared-browser.ts";

const NOW = Date.UTC(2026, 10, 26, 12);
const READERS = 400;
/** Plots are drawn with attributes, and name themselves within. */
const MARKUP: ConfigData = {
  extends: ["html-validate:standard", "html-validate:document"],
  rules: { "no-trailing-whitespace": "off", "void-style": "off", "long-title": "off" },
};

const pages = new Map<string, string>();
const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("the page of the list's numbers in a real browser", () => {
  const { browser } = found as { browser: Browser };

  beforeAll(async () => {
    const { courses } = await shippedContent();
    const readers = courses.slice(0, 1).map((course) => () => readersOfAYear(course, READERS, NOW));
    const allPeople = { personRecords: readers[0] as () => ReturnType<typeof readersOfAYear> };
    pages.set(
      "stats",
      statsPage(await countStats(allPeople, courses, { weeks: 12, now: NOW }), "this machine"),
    );
  });
  afterAll(() => browser.close());

  it("begins on a phone with the latest weeks, and with lesson 1 of a course", async () => {
    const page = await browser.newPage({ viewport: { width: 375, height: 667 } });
    await page.setContent(pages.get("stats") ?? "");
    /** How many pixels of a plot are hidden on either side. */
    const hidden = (figure: number) =>
      page
        .locator("figure .wide")
        .nth(figure)
        .evaluate((wide) => {
          const plot = wide.querySelector("svg")?.getBoundingClientRect() ?? wide.getBoundingClientRect();
          const seen = wide.getBoundingClientRect();
          return { left: Math.round(seen.left - plot.left), right: Math.round(plot.right - seen.right) };
        });
    for (const figure of [0, 1, 2]) {
      const { left, right } = await hidden(figure);
      expect(right, `figure ${figure}`).toBeLessThanOrEqual(1);
      expect(left, "control: it is wider than the screen").toBeGreaterThan(100);
    }
    expect((await hidden(3)).left, "lessons").toBeLessThanOrEqual(1);
    await page.close();
  });

  testLooks(browser, { documents: pages, markup: MARKUP, among: ["stats"] });
});
