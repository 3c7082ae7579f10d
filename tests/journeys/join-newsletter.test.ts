import { afterAll, beforeAll, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { findLink } from "../../local/mailbox/letter.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud.stop());

it("a reader asks for the newsletter on their page, presses the button in their mailbox, and gets it", async () => {
  const reader = await new Reader(cloud, "ada@reader.example").join();
  const page = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`) as string;
  const press = async (url: string, form: Record<string, string> = {}) =>
    (await fetch(url, { method: "POST", body: new URLSearchParams(form) })).text();
  const look = async () => (await fetch(page)).text();
  expect(await press(page, { do: "newsletter", newsletter: "yes" })).toContain("An email with a button");
  expect(await look()).toContain("You do not get the newsletter");
  await cloud.advanceBy(2 * MINUTE);
  const join = findLink(await reader.newest(), `${cloud.webOrigin}/join/`) as string;
  expect(await (await fetch(join)).text()).toContain("Send me the newsletter");
  expect(await look()).toContain("You do not get the newsletter");
  expect(await press(join)).toContain("You will get the newsletter");
  expect(await look()).toContain("You get the newsletter");
});
