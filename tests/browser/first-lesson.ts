import type { Browser, BrowserContext, Page } from "playwright-core";
import { DAY, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { World } from "../../local/aws/world.ts";

/** Someone at a real browser, with the landing page and the inbox before them. */
export interface AtTheBrowser {
  context: BrowserContext;
  world: World;
  /** Address of the inbox. */
  inbox: string;
}

export const READER = { email: "ada@reader.example", name: "Ada", zone: "Europe/Berlin" };

export async function sitDown(
  browser: Browser,
  world: World,
  inbox: string,
  look: { scale?: number; scheme?: "light" | "dark" } = {},
): Promise<AtTheBrowser> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    deviceScaleFactor: look.scale ?? 1,
    colorScheme: look.scheme ?? "light",
    timezoneId: READER.zone,
    locale: "en-GB",
  });
  return { context, world, inbox };
}

/** Fills in the landing page's form as a person does, and sends it. Returns the page that answers. */
export async function signUp({ context, world }: AtTheBrowser): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${world.webOrigin}/`);
  await page.getByLabel("Email", { exact: false }).first().fill(READER.email);
  await page.getByText("Your name and time zone").click();
  await page.getByLabel("First name", { exact: false }).first().fill(READER.name);
  await world.advanceTo(world.now() + 20 * SECOND);
  await page.getByRole("button", { name: "Send me lesson 1" }).first().click();
  await page.waitForURL(/sign-up/);
  return page;
}

/** Opens the confirmation mail in the inbox, follows its button, and presses the one behind it. */
export async function confirm(at: AtTheBrowser): Promise<Page> {
  await at.world.advanceTo(at.world.now() + MINUTE);
  const inbox = await openLetter(at, 0);
  const following = at.context.waitForEvent("page");
  await inbox.frameLocator("iframe.body").locator('a[href*="/confirm/"]').first().click();
  const page = await following;
  const confirmed = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Yes, start the course" }).click();
  await confirmed;
  await page.waitForLoadState();
  await at.world.advanceTo(at.world.now() + MINUTE);
  return page;
}

/** Lets the days pass until lesson 1 has come, and opens it in the inbox. */
export async function firstLesson(at: AtTheBrowser): Promise<Page> {
  await at.world.advanceTo(at.world.now() + 4 * DAY);
  return openLetter(at, 0);
}

/** The reader's letters alone: the owner's mailbox is in the inbox too, and gets mail of its own on Mondays. */
export const lettersOf = (inbox: string): string => `${inbox}/?of=${encodeURIComponent(READER.email)}`;

/** Opens a letter of the reader's by its place in the list: 0 is the newest. */
async function openLetter(at: AtTheBrowser, place: number): Promise<Page> {
  const page = await at.context.newPage();
  await page.goto(lettersOf(at.inbox));
  // The first visit is loaded once more, in the reader's own zone.
  await page.locator(`#zone[value="${READER.zone}"]`).waitFor({ state: "attached" });
  await page.locator("[data-letter]").nth(place).click();
  await page.locator("iframe.body").waitFor();
  await page.frameLocator("iframe.body").locator("body").waitFor();
  return page;
}
