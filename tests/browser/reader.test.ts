import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { readHeading } from "../../local/demo/web-form.ts";
import { findLink } from "../../local/mailbox/letter.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";
import { wholeTable } from "../support/whole-table.ts";
import { accessibilityProblems } from "./inspection.ts";
import { connectBrowser } from "./shared-browser.ts";

const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

/** What tells one write of an item from the next. */
const COUNTERS = ["version", "by", "lastForm"];

describe.skipIf("missing" in found)("a reader at their own page, in a real browser", () => {
  const { browser } = found as { browser: Browser };
  let cloud: Cloud;
  let reader: Reader;
  let page: string;

  /** Ada has had lesson 1, has replied to it, was answered, and has asked for the newsletter, for help and for her data. */
  beforeAll(async () => {
    cloud = await openCloud();
    reader = await new Reader(cloud, "ada@reader.example").join();
    const own = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`) as string;
    await fetch(own, { method: "POST", body: new URLSearchParams({ do: "newsletter", newsletter: "yes" }) });
    await cloud.advanceBy(DAY);
    page = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`)?.split(/[?]/)[0] as string;
    page = page.split("/").slice(0, 5).join("/");
    const lesson = await reader.newest();
    await reader.reply(lesson, "Finance was too far away to see what the trial was worth to us last week.");
    await reader.reply(lesson, "help");
    await fetch(page, { method: "POST", body: new URLSearchParams({ do: "personal" }) });
    await cloud.advanceBy(HOUR);
  });
  afterAll(async () => {
    await browser.close();
    await cloud?.stop();
  });

  const open = async (javaScriptEnabled: boolean): Promise<{ context: BrowserContext; tab: Page }> => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 800 } });
    return { context, tab: await context.newPage() };
  };
  const pressEnter = async (tab: Page) => {
    await Promise.all([tab.waitForEvent("framenavigated"), tab.keyboard.press("Enter")]);
    await tab.waitForLoadState("load");
  };
  /** Goes to a button as someone without a mouse does, and presses it. */
  const press = async (tab: Page, name: string) => {
    await tab.getByRole("button", { name, exact: true }).focus();
    await pressEnter(tab);
  };
  /** Presses the button that the page itself puts the keyboard on, which a browser does a moment after it has loaded. */
  const pressWhatIsOffered = async (tab: Page) => {
    await tab.locator("button:focus").waitFor();
    await pressEnter(tab);
  };
  const said = (tab: Page) => tab.getByRole("status").innerText();
  const has = (tab: Page, button: string) => tab.getByRole("button", { name: button, exact: true }).count();

  describe.each([
    ["that runs no JavaScript", false],
    ["that runs JavaScript", true],
  ])("by the keyboard, in a browser %s", (_, javaScriptEnabled) => {
    let tab: Page;
    let context: BrowserContext;
    const asked: string[] = [];
    beforeAll(async () => {
      ({ tab, context } = await open(javaScriptEnabled));
      tab.on("request", (request) => asked.push(request.url()));
    });
    afterAll(() => context.close());

    // What a script could change is tried with it; the others are the same request.
    const forms = [
      ["Two weeks", "Paused"],
      ["Keep this rating", "Your rating is kept"],
      ["One week", "Paused"],
      ["Four weeks", "Paused"],
      ["Start again with lesson 1", "The course starts again"],
    ] as const;
    it.each(javaScriptEnabled ? forms.slice(0, 2) : forms)(
      "presses “%s”, is told “%s”, and takes it back",
      async (button, tells) => {
        await tab.goto(page);
        if (button === "Keep this rating") await tab.locator("input[name=rating]").nth(3).check();
        await press(tab, button);
        expect(await said(tab)).toContain(tells);
        await press(tab, "Undo");
        expect(await said(tab)).toContain("Undone");
        expect(await has(tab, "Resume the course")).toBe(0);
      },
    );

    it("pauses until a day, and resumes", async () => {
      await tab.goto(page);
      const until = tab.getByLabel("Or until a day");
      await until.fill((await until.getAttribute("max")) as string);
      await press(tab, "Pause until then");
      expect(await said(tab)).toContain("Paused");
      await press(tab, "Resume the course");
      expect(await has(tab, "Resume the course")).toBe(0);
    });

    it("chooses another pace, day, hour and zone", async () => {
      await tab.goto(page);
      await tab.getByLabel("Weekday").selectOption(javaScriptEnabled ? "4" : "2");
      await tab.getByLabel("Every working day, Monday to Friday").check();
      await tab.getByLabel("Time zone").selectOption("Europe/Paris");
      await press(tab, "Save");
      expect(await said(tab)).toContain("Saved.");
      expect(await tab.getByLabel("Every working day, Monday to Friday").isChecked()).toBe(true);
      expect(await tab.getByLabel("Time zone").inputValue()).toBe("Europe/Paris");
    });

    it("asks for the link to what is theirs alone", async () => {
      await tab.goto(page);
      await press(tab, "Email me that link");
      expect(await said(tab)).toContain("a fresh link is on its way");
    });

    it.each(["Unsubscribe from this course", "Unsubscribe from everything"])(
      "presses “%s” and comes back by the undo",
      async (button) => {
        await tab.goto(page);
        await press(tab, button);
        expect(await tab.locator("h1").innerText()).toContain("You are unsubscribed");
        await press(tab, "Undo");
        expect(await tab.locator("h1").innerText()).toBe("Undone");
        await tab.goto(page);
        expect(await has(tab, "Send the next lesson now")).toBe(1);
      },
    );

    it("reads a lesson again on the web", async () => {
      await tab.goto(page);
      await tab.getByRole("link", { name: "The headwind inside the building" }).click();
      await expect.poll(() => tab.locator("h1").innerText()).toBe("The headwind inside the building");
      if (javaScriptEnabled) expect(await accessibilityProblems(tab)).toEqual([]);
    });

    it("was never sent to anybody else's server", () => {
      expect(asked.filter((url) => !url.startsWith(cloud.webOrigin) && !url.startsWith("data:"))).toEqual([]);
    });
  });

  it("asks for the next lesson now by the link in a mail, and gets it once", async () => {
    const { tab, context } = await open(false);
    await tab.goto(`${page}?do=next-lesson`);
    await pressWhatIsOffered(tab);
    expect(await said(tab)).toContain("is on its way");
    await cloud.advanceBy(MINUTE);
    const subjects = await reader.subjects();
    expect(subjects.filter((subject) => subject === "The road your boss took to the job")).toHaveLength(1);
    await context.close();
  });

  it("asks for the newsletter, which a button in their mailbox decides: there is nothing to take back", async () => {
    const { tab, context } = await open(false);
    await tab.goto(page);
    await press(tab, "Send me the newsletter");
    expect(await said(tab)).toContain("An email with a button is on its way to you");
    expect(await has(tab, "Undo")).toBe(0);
    await context.close();
  });

  it("in two tabs at once is paused once, and both say how it stands", async () => {
    const [one, other] = [await open(true), await open(true)];
    await Promise.all([one.tab.goto(page), other.tab.goto(page)]);
    await Promise.all([press(one.tab, "One week"), press(other.tab, "Four weeks")]);
    for (const { tab } of [one, other]) expect(await said(tab)).toContain("Paused");
    await one.tab.goto(page);
    expect(await has(one.tab, "Resume the course")).toBe(1);
    // The older tab still offers what stood there when it was opened; pressed, it is done on what stands now.
    await press(other.tab, "Resume the course");
    await one.tab.goto(page);
    expect(await has(one.tab, "Resume the course")).toBe(0);
    await Promise.all([one.context.close(), other.context.close()]);
  });

  it("goes back and presses again, or presses twice, or sends the form once more: it is done once", async () => {
    const { tab, context } = await open(true);
    const sent: { url: string; body: string }[] = [];
    let underway = 0;
    tab.on("request", (request) => {
      underway++;
      if (request.method() === "POST") sent.push({ url: request.url(), body: request.postData() ?? "" });
    });
    const ended = () => underway--;
    tab.on("requestfinished", ended).on("requestfailed", ended);
    await tab.goto(page);
    await press(tab, "Two weeks");
    await tab.goBack();
    await press(tab, "Two weeks");
    await tab.getByRole("button", { name: "Two weeks", exact: true }).dblclick();
    // The second press may have given up the request of the first: whatever was asked is done before anybody looks.
    await expect.poll(() => [sent.length > 2, underway]).toEqual([true, 0]);
    await cloud.lambda.quiet();
    const before = await wholeTable(cloud, COUNTERS);
    for (const { url, body } of sent) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      expect((await fetch(url, { method: "POST", body, headers })).status).toBe(200);
    }
    const last = sent.at(-1) as { body: string };
    expect(new URLSearchParams(last.body).get("weeks")).toBe("2");
    expect(await wholeTable(cloud, COUNTERS)).toEqual(before);
    await tab.goto(page);
    await press(tab, "Resume the course");
    await context.close();
  });

  it("is refused in the same words by whatever link is forged or was made for something else", async () => {
    const letters = await reader.letters();
    const token = (path: string) =>
      letters
        .map((letter) => findLink(letter, `${cloud.webOrigin}/${path}/`))
        .find(Boolean)
        ?.split(/[/?]/)[4] ?? "";
    const tokens = {
      reader: token("reader"),
      unsubscribe: token("unsubscribe"),
      personal: token("personal"),
    };
    const forged = tokens.reader.replace(/.$/, (letter) => (letter === "a" ? "b" : "a"));
    const before = await wholeTable(cloud);
    const texts = new Set<string>();
    for (const path of ["reader", "unsubscribe", "personal", "confirm"] as const)
      for (const [of, foreign] of [...Object.entries(tokens), ["forged", forged]] as const) {
        if (of === path) continue;
        for (const method of ["GET", "POST"]) {
          const answer = await fetch(`${cloud.webOrigin}/${path}/${foreign}`, { method });
          expect([answer.status, path, of]).toEqual([403, path, of]);
          texts.add(readHeading(await answer.text()));
        }
      }
    expect(texts).toEqual(new Set(["This link does not work"]));
    expect(await wholeTable(cloud)).toEqual(before);
  });

  describe("a mail scanner", () => {
    const everyLink = async (): Promise<string[]> => {
      const letters = await reader.letters();
      const links = letters.flatMap(({ html = "", headers }) => [
        ...[...html.matchAll(/href="(http:\/\/localhost[^"]+)"/g)].map(([, url = ""]) => url),
        ...[...(headers.get("list-unsubscribe") ?? "").matchAll(/<(http[^>]+)>/g)].map(([, url = ""]) => url),
      ]);
      return [...new Set(links.map((url) => url.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=")))];
    };

    it("that GETs and HEADs every link of every mail changes nothing", async () => {
      await cloud.advanceBy(MINUTE);
      const links = await everyLink();
      const kinds = new Set(links.map((url) => new URL(url).pathname.split("/")[1]));
      expect([...kinds].sort()).toEqual(["confirm", "join", "offer", "personal", "reader", "unsubscribe"]);
      const before = await wholeTable(cloud);
      for (const url of links)
        for (const method of ["GET", "HEAD"]) expect((await fetch(url, { method })).status).toBeLessThan(500);
      expect(await wholeTable(cloud)).toEqual(before);
    });

    it("that runs JavaScript changes nothing either: no page sends a form on its own", async () => {
      const { tab, context } = await open(true);
      const posted: string[] = [];
      tab.on("request", (request) => {
        if (request.method() !== "GET") posted.push(request.url());
      });
      const before = await wholeTable(cloud);
      for (const url of await everyLink())
        await tab.goto(url).catch((error: Error) => {
          // A calendar's entry is no page.
          if (!error.message.includes("Download is starting")) throw error;
        });
      expect([posted, await wholeTable(cloud)]).toEqual([[], before]);
      await context.close();
    });

    it("control: one press on one of these pages is seen", async () => {
      const { tab, context } = await open(true);
      const before = await wholeTable(cloud);
      await tab.goto(`${page}?do=pause`);
      await pressWhatIsOffered(tab);
      expect(await wholeTable(cloud)).not.toEqual(before);
      await context.close();
    });
  });
});
