import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { oneClickTarget } from "../../local/mailbox/letter.ts";
import { openCloud, untilWednesday } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Confirmation, welcome, lesson 1 on Thursday, lessons 2 and 3 on the Tuesdays. */
const FIRST_FORTNIGHT = 5;

describe("a reader who leaves", () => {
  let cloud: Cloud;
  let reader: Reader;
  let readers = 0;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  beforeEach(async () => {
    await untilWednesday(cloud);
    reader = await new Reader(cloud, `r${readers++}@reader.example`).join();
  });
  afterAll(() => cloud.stop());

  const target = async () => oneClickTarget(await reader.newest()) as string;
  const countAfter = async (ms: number) => {
    await cloud.advanceBy(ms);
    return (await reader.letters()).length;
  };

  /** RFC 8058 §3.1: no redirect, and nothing that would need a browser. */
  const isAtOnce = async (answer: Response) => {
    expect([answer.status, answer.redirected]).toEqual([200, false]);
    for (const name of ["location", "set-cookie"]) expect(answer.headers.get(name)).toBeNull();
    expect((await answer.text()).length).toBeLessThan(100);
  };

  it("control: who stays gets lesson 1 the next day, and then one each Tuesday", async () => {
    expect(await countAfter(2 * WEEK)).toBe(FIRST_FORTNIGHT);
  });

  it("gets nothing more after one click, urlencoded as RFC 8058 allows", async () => {
    await cloud.advanceBy(DAY);
    const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    const answer = await fetch(await target(), { method: "POST", body, redirect: "manual" });
    await isAtOnce(answer);
    const had = (await reader.letters()).length;
    expect(await countAfter(15 * WEEK)).toBe(had);
  });

  it("gets nothing more after one click, multipart as RFC 8058 prefers", async () => {
    await cloud.advanceBy(DAY);
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    const answer = await fetch(await target(), { method: "POST", body, redirect: "manual" });
    await isAtOnce(answer);
    const had = (await reader.letters()).length;
    expect(await countAfter(3 * WEEK)).toBe(had);
  });

  it("is not taken for leaving when a scanner follows every link of every mail", async () => {
    await cloud.advanceBy(DAY);
    for (const letter of await reader.letters()) {
      for (const [, url] of (letter.html ?? "").matchAll(/href="(http:\/\/localhost[^"]+)"/g)) {
        await fetch((url as string).replaceAll("&amp;", "&"));
      }
      await fetch(oneClickTarget(letter) ?? cloud.webOrigin);
    }
    expect(await countAfter(2 * WEEK)).toBe(FIRST_FORTNIGHT);
  });

  it("leaves by a reply that says only “stop”, and is not answered", async () => {
    await cloud.advanceBy(DAY);
    const had = (await reader.letters()).length;
    await reader.reply(await reader.newest(), "Stop.");
    expect(await countAfter(3 * WEEK)).toBe(had);
  });

  it("leaves by the mail of List-Unsubscribe, whatever stands in it", async () => {
    await cloud.advanceBy(DAY);
    const letter = await reader.newest();
    const address = /mailto:([^?>]+)/.exec(letter.headers.get("list-unsubscribe") ?? "")?.[1] as string;
    const had = (await reader.letters()).length;
    await reader.reply(letter, "", { to: address, envelope: { from: reader.address, to: [address] } });
    expect(await countAfter(3 * WEEK)).toBe(had);
  });

  it("may come back, and goes on where they were", async () => {
    await cloud.advanceBy(DAY);
    await fetch(await target(), {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    await cloud.advanceBy(WEEK);
    await reader.join();
    await cloud.advanceBy(WEEK);
    const subjects = await reader.subjects();
    expect(
      subjects.filter((subject) => subject === "Where your hardest headwind can come from"),
    ).toHaveLength(1);
    expect(subjects).toContain("The road your boss took to the job");
  });
});
