import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { type MailboxServer, startMailbox } from "../../local/mailbox/server.ts";
import { openCloud } from "../support/cloud.ts";
import {
  type AtTheBrowser,
  confirm,
  firstLesson,
  lettersOf,
  READER,
  signUp,
  sitDown,
} from "./first-lesson.ts";
import { connectBrowser } from "./shared-browser.ts";

/** Of the smallest that is still sold. */
const SMALL_PHONE = { width: 375, height: 667 };

/** Below the headline, and again at the end. */
async function bothForms(page: Page): Promise<Locator[]> {
  const forms = await page.locator("form[action='/sign-up']").all();
  expect(forms).toHaveLength(2);
  return forms;
}

const bottomOf = async (shown: Locator | undefined): Promise<number> => {
  const box = await shown?.boundingBox();
  return box ? box.y + box.height : Number.NaN;
};

const found = await connectBrowser();
if ("missing" in found) console.log(found.missing);

describe.skipIf("missing" in found)("a person at a real browser", () => {
  let world: Cloud;
  let mailbox: MailboxServer;
  let at: AtTheBrowser;

  beforeAll(async () => {
    world = await openCloud({ startAt: Date.parse("2026-03-06T17:00Z") });
    mailbox = await startMailbox(world, { port: 0 });
    at = await sitDown((found as { browser: Browser }).browser, world, mailbox.origin);
  });
  afterAll(async () => {
    if ("browser" in found) await found.browser.close();
    await mailbox?.close();
    await world?.stop();
  });

  it("finds their own time zone filled in, the newsletter unticked, no trap in sight, and no way to send a malformed address", async () => {
    const page = await at.context.newPage();
    await page.goto(`${world.webOrigin}/`);
    for (const form of await bothForms(page)) {
      expect(await form.locator("[name=zone]").inputValue()).toBe(READER.zone);
      expect(await form.locator("[name=newsletter]").isChecked()).toBe(false);
      await form.locator("[name=email]").fill("not an address");
      await form.getByRole("button", { name: "Send me lesson 1" }).click();
      expect(new URL(page.url()).pathname).toBe("/");
      const trap = await form.locator("[name=leave-empty]").boundingBox();
      expect((trap?.x ?? 0) + (trap?.width ?? 0)).toBeLessThanOrEqual(0);
    }
    await page.close();
  });

  it("has the button of the sign-up before their eyes on a small phone, without a finger's move", async () => {
    const context = await (found as { browser: Browser }).browser.newContext({ viewport: SMALL_PHONE });
    const page = await context.newPage();
    await page.goto(`${world.webOrigin}/`);
    const [first, again] = await bothForms(page);
    expect(await bottomOf(first?.getByRole("button"))).toBeLessThanOrEqual(SMALL_PHONE.height);
    expect(await bottomOf(first?.locator("[name=email]"))).toBeLessThanOrEqual(SMALL_PHONE.height);
    expect(await bottomOf(again?.getByRole("button")), "control").toBeGreaterThan(SMALL_PHONE.height);
    await page.setViewportSize({ ...SMALL_PHONE, width: 130 });
    expect(await bottomOf(first?.getByRole("button")), "control").toBeGreaterThan(SMALL_PHONE.height);
    await context.close();
  });

  it("can go through either form by keyboard alone, and each field says to the browser what belongs there", async () => {
    const page = await at.context.newPage();
    await page.goto(`${world.webOrigin}/`);
    for (const form of await bothForms(page)) {
      await form.locator("[name=email]").focus();
      const passed = [];
      for (let key = 0; key < 6; key++) {
        passed.push(await page.evaluate("document.activeElement.name || document.activeElement.localName"));
        if (passed.at(-1) === "summary") await page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
      }
      const reached = passed.filter((name) => !["summary", "a"].includes(String(name)));
      expect(reached.slice(0, 4)).toEqual(["email", "name", "zone", "newsletter"]);
      expect(passed).toContain("button");
      const filled = ["email", "name"].map((name) =>
        form.locator(`[name=${name}]`).getAttribute("autocomplete"),
      );
      expect(await Promise.all(filled)).toEqual(["email", "given-name"]);
    }
    await page.close();
  });

  it("shows lesson 1 as it stands in an inbox, in the words in which it comes", async () => {
    const page = await at.context.newPage();
    await page.goto(`${world.webOrigin}/`);
    const inbox = page.getByRole("figure");
    expect(await inbox.innerText()).toContain("Where your hardest headwind can come from");
    expect(await inbox.locator(".opened p").count()).toBeGreaterThan(2);
    await inbox.getByRole("link").click();
    expect(await page.locator("h1").innerText()).toBe("The headwind inside the building");
    await page.close();
  });

  it("signs up, confirms by the button in the mail, and finds lesson 1 in the inbox on Monday", async () => {
    const answer = await signUp(at);
    expect(await answer.locator("h1").innerText()).not.toBe("");
    await confirm(at);
    const inbox = await firstLesson(at);
    expect(await inbox.locator("#subject").innerText()).toBe("Where your hardest headwind can come from");
    expect(await inbox.locator(".letter dl").innerText()).toContain("Mon 9 Mar 2026, 07:30");
    // The script gives it its height a moment after the letter has loaded.
    const height = async () => (await inbox.locator("iframe.body").boundingBox())?.height;
    await expect.poll(height).toBeGreaterThan(1000);
  });

  it("goes through the letters by keyboard, and sees what comes without loading the page again", async () => {
    const page = await at.context.newPage();
    await page.goto(lettersOf(mailbox.origin));
    await page.keyboard.press("j");
    await page.locator("#subject").waitFor();
    await page.waitForLoadState();
    const before = await page.locator("[data-letter]").count();
    await page.keyboard.press("r");
    await page.keyboard.type(
      "Nobody would decide, so the order went to somebody who did, after nine days of waiting.",
    );
    await page.getByRole("button", { name: "Send the reply" }).click();
    await page.getByText("The reply is on its way").waitFor();
    await world.advanceTo(world.now() + 12 * 60_000);
    await page.locator("[data-letter]").nth(before).waitFor();
    expect(await page.locator("[data-letter] .subject").first().innerText()).toMatch(/^Re: /);
  });
});
