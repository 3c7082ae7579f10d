import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWriting, type Writing } from "../support/writing.ts";
import { accessibilityProblems } from "./inspection.ts";
import { connectBrowser } from "./shared-browser.ts";

const LESSON = "content/courses/managing-up-leading-down/lessons/headwinds-inside.md";
const COURSE = "content/courses/managing-up-leading-down/course.yaml";
const QUESTIONS = `questions:
  - slug: role
    kind: choice
    label: Whom do you lead?
    options:
      - { slug: managers, label: I lead managers }
      - { slug: sellers, label: I lead sellers }
  - { slug: team, kind: text, label: Who is in your team? }
`;
const found = await connectBrowser();
if ("missing" in found) console.info(found.missing);

describe.skipIf("missing" in found)("an author at the preview, in a real browser", () => {
  const { browser } = found as { browser: Browser };
  let writing: Writing;
  let tab: Page;

  beforeAll(async () => {
    writing = await startWriting();
    tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(`${writing.preview.origin}/mail/lesson-headwinds-inside`);
  });
  afterAll(async () => {
    await browser.close();
    await writing?.stop();
  });

  const mail = () => tab.frameLocator("iframe").first().locator("body");

  it("sees a saved sentence in the open mail without touching the page", async () => {
    await mail().getByText("You have the customer’s yes.").waitFor();
    writing.save(LESSON, "You have the customer's yes.", "The yes is yours already.");
    await mail().getByText("The yes is yours already.").waitFor();
    expect(await mail().getByText("You have the customer’s yes.").count()).toBe(0);
  });

  it("sees what is broken, in which file and line, above the last good version, until it is mended", async () => {
    writing.save(LESSON, "\npart: up", "\npart: upwards");
    await tab.getByText("This does not compile").waitFor();
    expect(await tab.locator("#problems code").first().innerText()).toMatch(/headwinds-inside\.md:\d+: part/);
    await mail().getByText("The yes is yours already.").waitFor();
    writing.save(LESSON, "\npart: upwards", "\npart: up");
    await tab.getByText("This does not compile").waitFor({ state: "detached" });
    await mail().getByText("The yes is yours already.").waitFor();
  });

  it("goes through the list and the readers by keyboard", async () => {
    await tab.keyboard.press("j");
    await tab.waitForURL(/where-your-boss-came-from/);
    await tab.keyboard.press("k");
    await tab.waitForURL(/headwinds-inside/);
    await tab.keyboard.press("r");
    await tab.waitForURL(/reader=long/);
    expect(await tab.locator(".readers [aria-current]").innerText()).toBe("long name");
  });

  it("chooses as whom to look, and the page follows at once; a letter typed there is no command", async () => {
    const whom = tab.locator("form.whom");
    expect(await whom.count()).toBe(0);
    writing.save(COURSE, "\nparts:", `\n${QUESTIONS}parts:`);
    await whom.waitFor();
    await whom.getByLabel("Whom do you lead?").selectOption("I lead sellers");
    await tab.waitForURL(/as=one&answer\+role=sellers/);
    expect(await whom.getByLabel("Whom do you lead?").inputValue()).toBe("sellers");
    const address = new URL(tab.url()).pathname;
    await whom.getByLabel("Who is in your team?").pressSequentially("jk");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/answer\+team=jk/);
    expect(new URL(tab.url()).pathname).toBe(address);
    expect(await accessibilityProblems(tab)).toEqual([]);
    await tab.getByText("As anybody").click();
    await tab.waitForURL((url) => !url.searchParams.has("as"));
    writing.save(COURSE, QUESTIONS, "");
    await whom.waitFor({ state: "detached" });
  });

  it("sees light and dark beside each other, each as high as the mail", async () => {
    const backgrounds = () =>
      Promise.all(
        [0, 1, 2, 3].map((at) =>
          tab
            .frameLocator("iframe")
            .nth(at)
            .locator("body")
            .evaluate("getComputedStyle(document.body).backgroundColor"),
        ),
      );
    // What was saved just before may still be on its way into the frames.
    const areAlike = async () => {
      const [first, second, ...others] = await backgrounds().catch(() => []);
      return first !== undefined && first === second && others.every((one) => one !== first);
    };
    await expect.poll(areAlike, { timeout: 10_000 }).toBe(true);
    // The script gives a frame its height a moment after the mail has loaded.
    const height = async () => (await tab.locator("iframe").first().boundingBox())?.height;
    await expect.poll(height).toBeGreaterThan(1_500);
  });

  it("meets nothing that axe-core finds wrong", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await tab.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(tab), colorScheme).toEqual([]);
    }
  });
});
