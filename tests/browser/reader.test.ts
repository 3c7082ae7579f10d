import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud.ts";
import { linkTo } from "../../local/mailbox/letter.ts";
import { openCloud, removeAssembled } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";
import { findBrowser } from "./browser.ts";

const found = await findBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)(
  "a reader at their own page, in a browser that runs no JavaScript",
  () => {
    const { browser } = found as { browser: Browser };
    let cloud: Cloud;
    let tab: Page;
    let asked: string[];
    let page: string;

    beforeAll(async () => {
      cloud = await openCloud();
      const reader = await new Reader(cloud, "ada@reader.example").join();
      page = linkTo(await reader.newest(), `${cloud.webOrigin}/reader/`)?.split("?")[0] ?? "";
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 360, height: 800 },
      });
      tab = await context.newPage();
      asked = [];
      tab.on("request", (request) => asked.push(request.url()));
    });
    afterAll(async () => {
      await browser.close();
      await cloud?.stop();
      await removeAssembled();
    });

    /** Goes to a button as somebody without a mouse does, and presses it. */
    const press = async (name: string) => {
      await tab.getByRole("button", { name, exact: true }).focus();
      await Promise.all([tab.waitForEvent("framenavigated"), tab.keyboard.press("Enter")]);
      await tab.waitForLoadState("load");
    };
    const status = () => tab.getByRole("status").innerText();

    it("pauses and undoes it with the keyboard, and asks nobody else for anything", async () => {
      await tab.goto(page);
      await press("Two weeks");
      expect(await status()).toContain("Paused.");
      await press("Undo");
      expect(await status()).toContain("Undone.");
      expect(await tab.getByRole("button", { name: "Resume the course" }).count()).toBe(0);
      expect(asked.filter((url) => !url.startsWith(cloud.webOrigin) && !url.startsWith("data:"))).toEqual([]);
    });

    it("chooses another pace and day", async () => {
      await tab.goto(page);
      await tab.getByLabel("Weekday").selectOption("4");
      await tab.getByLabel("Every working day, Monday to Friday").check();
      await press("Save");
      expect(await status()).toContain("Saved.");
      expect(await tab.getByLabel("Every working day, Monday to Friday").isChecked()).toBe(true);
    });

    it("leaves in one press and comes back by the undo", async () => {
      await tab.goto(page);
      await press("Leave this course");
      expect(await tab.locator("h1").innerText()).toContain("You have left");
      await press("Undo");
      expect(await tab.locator("h1").innerText()).toBe("Undone");
      await tab.goto(page);
      expect(await tab.getByRole("button", { name: "Send the next lesson now" }).count()).toBe(1);
    });
  },
);
