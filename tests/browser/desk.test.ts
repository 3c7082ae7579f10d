import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ConfigData } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyName } from "../../console/replies/reply-name.ts";
import type { OpenedDesk } from "../console/desk/opened-desk.ts";
import { openSampleDesk, type SampleDesk, sampleId, WAITING_NAMES } from "../console/desk/sample-desk.ts";
import type { RepliesWorld } from "../console/replies/world.ts";
import { testLooks } from "./looks.ts";
import { connectBrowser } from "./shared-browser.ts";

const DANA = sampleId("Dana");
/** Its one script comes from the desk itself. */
const MARKUP: ConfigData = {
  extends: ["html-validate:standard", "html-validate:document"],
  rules: { "no-trailing-whitespace": "off", "void-style": "off", "long-title": "off", "require-sri": "off" },
};

let sample: SampleDesk;
let world: RepliesWorld;
let desk: OpenedDesk;
const pages = new Map<string, string>();
const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("the desk in a real browser", () => {
  const { browser } = found as { browser: Browser };

  beforeAll(async () => {
    sample = await openSampleDesk();
    ({ world, desk } = sample);
    for (const [name, document] of sample.documents) pages.set(name, document);
  });
  afterAll(async () => {
    await browser.close();
    await sample.close();
  });

  testLooks(browser, { documents: pages, markup: MARKUP, among: ["replies", "conversation", "issue"] });

  it("opens by its link, and an owner goes through a morning's replies by keyboard alone", async () => {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const failed: string[] = [];
    tab.on("console", (message) => message.type() === "error" && failed.push(message.text()));
    const home = await openIn(tab);
    await tab.locator("#well", { hasNotText: "It is being looked at" }).waitFor();
    await tab.goto(`${home}/replies?which=waiting`);
    for (let count = WAITING_NAMES.length; count > 0; count--) {
      expect(await tab.locator("a.item").count()).toBe(count);
      await nextPage(tab, "j");
      await tab.keyboard.press("r");
      await tab.keyboard.type(`An answer, number ${count}.`);
      await nextPage(tab, "Control+Enter");
      expect(await tab.locator('[role="status"]').innerText()).toContain("leaves within a minute");
      await tab.goto(`${home}/replies?which=waiting`);
    }
    expect(await tab.locator("a.item").count()).toBe(0);
    for (const name of WAITING_NAMES)
      await world.deliverDue({ subscriber: sampleId(name), course: world.course });
    for (const name of WAITING_NAMES)
      expect(await world.inboxOf(`${sampleId(name)}@acme.example`), name).toHaveLength(1);

    await tab.goto(`${home}/readers`);
    await tab.keyboard.press("/");
    await tab.keyboard.type("dan");
    await nextPage(tab, "Enter");
    expect(await tab.locator("tbody tr").count()).toBe(1);

    // The reader is paused until a day, and grave news is put aside, by keys alone.
    await tabTo(tab, "tbody a");
    await nextPage(tab, "Enter");
    await tabTo(tab, "details.asked summary");
    await tab.keyboard.press("Enter");
    await tabTo(tab, 'input[name="until"]');
    await tab.keyboard.type("01202027");
    await tabTo(tab, "details[open] button.main");
    await nextPage(tab, "Enter");
    expect(await tab.locator('[role="status"]').innerText()).toContain("is paused until Wed 20 Jan 2027");
    const grave = await world.wrote(DANA, { replyKind: "grave", ownWords: "My father died." });
    await tab.goto(`${home}/replies/${replyName(grave)}?which=waiting`);
    await nextPage(tab, "e");
    expect(await tab.locator('[role="status"]').innerText()).toContain("Put aside.");

    // An issue is scheduled.
    await world.services.store.change(
      (await world.services.store.subscriber(DANA)) as never,
      (one: object) => ({ ...one, newsletter: true }) as never,
    );
    await tab.goto(`${home}/newsletter/declining-a-number-with-grace`);
    await tabTo(tab, 'input[name="include"]');
    await tab.keyboard.press("Space");
    await tabTo(tab, 'input[name="at"]');
    await tab.keyboard.type("01102027");
    await tab.keyboard.press("Tab");
    await tab.keyboard.type("0730AM");
    await tabTo(tab, "form[method='get'] button");
    await nextPage(tab, "Enter");
    await tabTo(tab, "#counted summary");
    await tab.keyboard.press("Enter");
    await tabTo(tab, "#counted button.main");
    await nextPage(tab, "Enter");
    expect(await tab.locator("#progress").innerText()).toMatch(/scheduled.*10 Jan 2027, 07:30/s);
    expect(failed).toEqual([]);
    await tab.close();
  });

  it("keeps a draft over a reload, and lets it go when the answer is sent", async () => {
    const reply = await world.wrote(DANA, { replyKind: "question", ownWords: "And after that?" });
    const tab = await browser.newPage();
    const home = await openIn(tab);
    await tab.goto(`${home}/replies/${replyName(reply)}`);
    await tab.locator("#answer").fill("Then you wait.");
    await tab.getByText("Kept as a draft").waitFor();
    await tab.reload();
    expect(await tab.locator("#answer").inputValue()).toBe("Then you wait.");
    await tab.locator("#answer").press("Control+Enter");
    await tab.locator('[role="status"]').waitFor();
    expect(await tab.locator("#answer").inputValue()).toBe("");
    // Written and sent faster than a draft is kept.
    await tab.locator("#answer").fill("And then you ask.");
    await nextPage(tab, "Control+Enter");
    await tab.reload();
    expect(await tab.locator("#answer").inputValue()).toBe("");
    await tab.close();
  });

  it("breaks no word of a table on a phone, and shows words in the direction of their letters", async () => {
    const reply = await world.wrote(DANA, { ownWords: "أين أبدأ؟ لم أفهم الدرس الأول." });
    const tab = await browser.newPage({ viewport: { width: 375, height: 800 } });
    const home = await openIn(tab);
    await tab.goto(`${home}/readers`);
    for (const heading of await tab.locator("thead th").all())
      expect((await heading.boundingBox())?.height, await heading.innerText()).toBeLessThan(45);
    await tab.goto(`${home}/replies/${replyName(reply)}`);
    const fromFirstToLast = await tab.locator(".asked-for .words").evaluate((words) => {
      const text = words.firstChild as unknown as { length: number };
      const range = words.ownerDocument.createRange();
      const left = (at: number) => {
        range.setStart(text as never, at);
        range.setEnd(text as never, at + 1);
        return range.getBoundingClientRect().left;
      };
      return left(text.length - 1) - left(0);
    });
    expect(fromFirstToLast, "the full stop is at the left end").toBeLessThan(0);
    await tab.close();
  });

  it("takes a moment that is filled in for the one that is chosen", async () => {
    const tab = await browser.newPage();
    const home = await openIn(tab);
    await tab.goto(`${home}/newsletter/the-roads-to-ceo`);
    const chosen = () => tab.locator('input[name="when"]:checked').inputValue();
    expect(await chosen()).toBe("now");
    await tab.locator('input[name="at"]').fill("2027-01-10T07:30");
    expect(await chosen()).toBe("at");
    await tab.locator('input[name="day"]').fill("2027-01-10");
    expect(await chosen()).toBe("local");
    await tab.close();
  });

  it("gives its cookie to no other program of this machine, and is found again by a link from elsewhere", async () => {
    const asked: string[] = [];
    const program = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.cookie ?? "no cookie"}`);
      response.setHeader("content-type", "text/html").end(`<p>Hello</p><img src="/again">`);
    });
    await new Promise<void>((listening) => program.listen(0, "127.0.0.1", listening));
    const tab = await browser.newPage();
    await openIn(tab);
    const again = tab.waitForRequest("**/again");
    await tab.goto(`http://127.0.0.1:${(program.address() as AddressInfo).port}/`);
    await (await again).response();
    expect(asked.filter((one) => !one.endsWith("no cookie"))).toEqual([]);
    expect(asked).toContain("/again no cookie");
    const home = tab.waitForURL(/\/~\w+\/readers$/);
    await tab.goto(`${desk.origin}/readers`).catch(() => undefined);
    await home;
    expect(await tab.locator("h1").innerText(), "control: the session is there").toBe("Readers");
    program.closeAllConnections();
    program.close();
    await tab.close();
  });

  it("shows nothing to a foreign page: not in a frame, and not by a form of its own", async () => {
    const before = (await world.services.store.subscriber(DANA))?.status;
    const tab = await browser.newPage();
    const home = await openIn(tab);
    await tab.route("http://evil.example/", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<iframe src="${home}/replies"></iframe>
          <form method="post" action="${home}/readers/${DANA}/erase"><input name="token" value="guessed"><button>Win</button></form>`,
      }),
    );
    await tab.goto("http://evil.example/");
    const framed = await Promise.all(tab.frames().map((frame) => frame.content().catch(() => "")));
    expect(framed.join("")).not.toContain("Dana");
    await tab.getByText("Win").click();
    await tab.waitForURL(`${desk.origin}/**`);
    expect(await tab.locator("body").innerText()).toContain("Only the desk's own pages");
    expect((await world.services.store.subscriber(DANA))?.status).toBe(before);
    await tab.close();
  });
});

/** Opens the desk by a link of its own. Where its pages stand. */
async function openIn(tab: Page): Promise<string> {
  await tab.goto(await desk.makeLink());
  await tab.waitForURL(/\/~\w+\/$/);
  return tab.url().slice(0, -1);
}

/** Goes on with the tab key until something is focused. Throws if it cannot be reached. */
async function tabTo(tab: Page, selector: string): Promise<void> {
  const wanted = tab.locator(selector).first();
  for (let count = 0; count < MOST_TABS; count++) {
    await tab.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`${selector} is not reached by the tab key`);
}
const MOST_TABS = 80;

async function nextPage(tab: Page, key: string): Promise<void> {
  const loaded = tab.waitForEvent("load");
  await tab.keyboard.press(key);
  await loaded;
}
