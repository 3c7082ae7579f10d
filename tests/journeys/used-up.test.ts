import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnersCloud, openOwnersCloud, typed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("a reader whose confirmations were used up by strangers", () => {
  let there: OwnersCloud;
  let reader: Reader;
  beforeAll(async () => {
    there = await openOwnersCloud();
    reader = new Reader(there.cloud, "jo.doe@gmail.com");
  });
  afterAll(() => there.stop());

  const lettersAfter = async (ms: number) => {
    await there.cloud.advanceBy(ms);
    return (await reader.letters()).length;
  };

  it("is told to write to the owner, who lets them in: they get theirs, and are in the course", async () => {
    for (const [day, email] of ["jodoe@gmail.com", "jo.doe@gmail.com", "j.o.d.o.e+x@gmail.com"].entries()) {
      await reader.signUp({ email }, { "x-forwarded-for": `203.0.${day}.9` });
      await there.cloud.advanceBy(DAY);
    }
    const sent = there.cloud.mails().filter(({ to }) => /gmail\.com/.test(to.join())).length;
    expect(sent).toBe(3);
    await there.cloud.advanceBy(8 * DAY);
    const before = (await reader.letters()).length;

    // Control: without the owner their own sign-up brings nothing. What the page says is what helps.
    const page = await (await reader.signUp({}, { "x-forwarded-for": "198.51.100.7" })).text();
    expect(await lettersAfter(2 * DAY)).toBe(before);
    const [, owner = ""] = /href="mailto:([^"?]+)/.exec(page) ?? [];
    expect(owner).toContain("@");

    const { out } = await typed(await there.reached(), "let-in", "add", reader.address, "--yes");
    expect(out).toContain("three confirmations anew");
    await reader.signUp({}, { "x-forwarded-for": "198.51.100.7" });
    expect(await lettersAfter(2 * MINUTE)).toBe(before + 1);
    await reader.confirm();
    await there.cloud.advanceBy(2 * MINUTE);
    expect((await reader.subjects()).length).toBe(before + 2);

    // Strangers are no further: another spelling of the mailbox is limited as before, and so is the address after its three.
    for (let ask = 0; ask < 6; ask++)
      await reader.signUp({ email: "jodoe+y@gmail.com" }, { "x-forwarded-for": `203.1.${ask}.9` });
    await there.cloud.advanceBy(2 * DAY);
    expect(there.cloud.mails().filter(({ to }) => to.includes("jodoe+y@gmail.com"))).toEqual([]);
  });
});
