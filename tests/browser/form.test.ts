import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SECOND } from "../../functions/domain/time.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { type OwnSite, startOwnSite } from "../../local/own-site.ts";
import { openCloud } from "../support/cloud.ts";
import { accessibilityProblems, widthOf } from "./inspection.ts";
import { connectBrowser } from "./shared-browser.ts";

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("the sign-up form in a real browser", () => {
  const { browser } = found as { browser: Browser };
  let cloud: Cloud;
  let site: OwnSite;

  beforeAll(async () => {
    cloud = await openCloud();
    site = await startOwnSite(cloud.webOrigin, { port: 0 });
  });
  afterAll(async () => {
    await browser.close();
    await site?.close();
    await cloud?.stop();
  });

  const open = async (context: BrowserContext, address: string): Promise<Page> => {
    const tab = await context.newPage();
    await tab.goto(address);
    return tab;
  };
  /** Fills in the address and presses the button, as slowly as a person. Returns the heading that answers. */
  const send = async (tab: Page, address: string): Promise<string> => {
    await cloud.advanceBy(20 * SECOND);
    await tab.locator("[name=email]").first().fill(address);
    const answered = tab.waitForEvent("framenavigated");
    await tab.getByRole("button", { name: "Send me lesson 1" }).first().click();
    await answered;
    expect(tab.url()).toBe(`${cloud.webOrigin}/sign-up`);
    return tab.locator("h1").innerText();
  };
  const confirmed = async (address: string): Promise<number> => {
    await cloud.advanceBy(60 * SECOND);
    return cloud.mails().filter((mail) => mail.to.includes(address)).length;
  };

  it("lets somebody sign up whose browser runs no JavaScript", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await open(context, `${cloud.webOrigin}/`);
    expect(await send(tab, "ada@reader.example")).toBe("One more step, in your inbox");
    expect(await confirmed("ada@reader.example")).toBe(1);
    await context.close();
  });

  it("can be sent from the end of the page as well, by keyboard alone", async () => {
    const context = await browser.newContext({ timezoneId: "Asia/Tokyo" });
    const tab = await open(context, `${cloud.webOrigin}/`);
    await cloud.advanceBy(20 * SECOND);
    await tab.locator("#email-again").focus();
    await tab.keyboard.type("eve@reader.example");
    const answered = tab.waitForEvent("framenavigated");
    await tab.keyboard.press("Enter");
    await answered;
    expect(await tab.locator("h1").innerText()).toBe("One more step, in your inbox");
    expect(await confirmed("eve@reader.example")).toBe(1);
    await context.close();
  });

  it("signs somebody up from a page of another site, in their own time zone", async () => {
    const context = await browser.newContext({ timezoneId: "Asia/Tokyo" });
    const refused: string[] = [];
    const tab = await open(context, site.origin);
    tab.on("console", (line) => refused.push(line.text()));
    expect(new URL(tab.url()).origin).not.toBe(cloud.webOrigin);
    await tab.waitForFunction("document.querySelector('[name=form]').value !== ''");
    expect(await tab.locator("[name=zone]").inputValue()).toBe("Asia/Tokyo");
    expect(await tab.locator("[name=newsletter]").isChecked()).toBe(false);
    expect(await send(tab, "bea@reader.example")).toBe("One more step, in your inbox");
    expect(await confirmed("bea@reader.example")).toBe(1);
    expect(refused).toEqual([]);
    await context.close();
  });

  it("on another site without JavaScript asks for one more press on the landing page", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await open(context, site.origin);
    expect(await send(tab, "cy@reader.example")).toContain("Manage up.");
    expect(await tab.locator("[role=alert]").innerText()).toContain("One more press");
    for (const field of await tab.locator("[name=email]").all())
      expect(await field.inputValue()).toBe("cy@reader.example");
    expect(await confirmed("cy@reader.example")).toBe(0);
    expect(await send(tab, "cy@reader.example")).toBe("One more step, in your inbox");
    expect(await confirmed("cy@reader.example")).toBe(1);
    await context.close();
  });

  it("on another site is good for screen readers and for a phone, and hides its trap from people", async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
    const tab = await open(context, site.origin);
    expect(await accessibilityProblems(tab)).toEqual([]);
    expect(await widthOf(tab)).toBeLessThanOrEqual(320);
    const trap = await tab.locator("[name=leave-empty]").boundingBox();
    expect((trap?.x ?? 0) + (trap?.width ?? 0)).toBeLessThanOrEqual(0);
    await context.close();
  });
});
