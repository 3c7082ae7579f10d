import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MailboxServer, startMailbox } from "../../local/mailbox/server.ts";
import { type SmallWorld, smallWorld } from "../local/mailbox/mailbox-world.ts";
import { widthOf } from "./inspection.ts";
import { connectBrowser } from "./shared-browser.ts";

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("the inbox of this machine in a real browser", () => {
  const { browser } = found as { browser: Browser };
  let world: SmallWorld;
  let inbox: MailboxServer;
  beforeEach(async () => {
    world = await smallWorld();
    inbox = await startMailbox(world, { port: 0 });
  });
  afterEach(async () => {
    await inbox.close();
    await world.close();
  });
  afterAll(() => browser.close());

  it.each([375, 800, 1280, 1600])(
    "is not scrolled sideways at %i pixels, empty, full and with a letter open",
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 740 } });
      const paths = ["", "mail/0100-2", "mail/0100-2?view=source", "log"];
      for (const path of paths) {
        await page.goto(`${inbox.origin}/${path}`);
        expect(await widthOf(page), path).toBeLessThanOrEqual(width);
      }
      world.mails = () => [];
      await page.goto(`${inbox.origin}/`);
      expect(await widthOf(page), "empty").toBeLessThanOrEqual(width);
      await page.goto("about:blank");
      await page.setContent(`<p style="width:${width + 6}px">control</p>`);
      expect(await widthOf(page)).toBeGreaterThan(width);
      await page.close();
    },
  );

  it.each([375, 1280])(
    "says what to do first while it is empty, within sight at %i pixels, once",
    async (width) => {
      world.mails = () => [];
      const page = await browser.newPage({ viewport: { width, height: 667 } });
      await page.goto(`${inbox.origin}/`);
      const links = page.getByRole("link", { name: "Sign up on the landing page" });
      const shown = await links.evaluateAll((all) =>
        all.map((link) => link.getBoundingClientRect().bottom).filter((bottom) => bottom > 0),
      );
      expect(shown).toHaveLength(1);
      expect(shown[0]).toBeLessThan(667);
      await page.close();
    },
  );
});
