import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** A page without what is new on each of them. */
const shown = async (answer: Response): Promise<string> =>
  (await answer.text()).replace(/nonce="[^"]*"/g, "");

describe("what SES tells of a mail", () => {
  let cloud: Cloud;
  let reader: Reader;
  beforeEach(async () => {
    cloud = await openCloud();
    reader = await new Reader(cloud, "ada@reader.example").join();
    await cloud.advanceBy(DAY);
  });
  afterEach(() => cloud.stop());

  const countAfter = async (ms: number) => {
    await cloud.advanceBy(ms);
    return (await reader.letters()).length;
  };

  it("a permanent bounce ends all mail to the address, and a new sign-up gets the same answer and no mail", async () => {
    await cloud.bounce((await reader.newest()).id);
    const had = await countAfter(60_000);
    expect(await countAfter(3 * WEEK)).toBe(had);
    const answer = await reader.signUp();
    expect(answer.status).toBe(200);
    expect(await countAfter(DAY)).toBe(had);
    const stranger = await new Reader(cloud, "new@reader.example").signUp();
    expect(await shown(answer)).toBe(await shown(stranger));
  });

  it("a complaint ends all mail to the address", async () => {
    await cloud.complain((await reader.newest()).id);
    const had = await countAfter(60_000);
    expect(await countAfter(3 * WEEK)).toBe(had);
  });

  it("an absence note ends nothing", async () => {
    await cloud.outOfOffice((await reader.newest()).id);
    const had = await countAfter(60_000);
    expect(await countAfter(2 * WEEK)).toBe(had + 2);
  });

  it("soft bounces end it on the third day, not before", async () => {
    const soft = { bounceType: "Transient" as const, bounceSubType: "MailboxFull", status: "4.2.2" };
    for (let day = 0; day < 2; day++) {
      cloud.ses.bounce((await reader.newest()).id, soft);
      cloud.ses.bounce((await reader.newest()).id, soft);
      await cloud.advanceBy(WEEK);
    }
    const had = (await reader.letters()).length;
    expect(had).toBeGreaterThan(4);
    cloud.ses.bounce((await reader.newest()).id, soft);
    expect(await countAfter(2 * WEEK)).toBe(had);
  });
});
