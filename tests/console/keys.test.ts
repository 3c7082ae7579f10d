import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runKeys } from "../../console/keys.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { type OwnersCloud, openOwnersCloud } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("the owner's keys", () => {
  let cloud: Cloud;
  let owners: OwnersCloud;
  beforeAll(async () => {
    owners = await openOwnersCloud();
    cloud = owners.cloud;
  });
  afterAll(() => owners.stop());
  const reached = () => owners.reached();

  it("are rotated without a link, a reply or an unsubscribe of before being refused", async () => {
    const reader = new Reader(cloud, "ada@reader.example");
    await reader.signUp();
    await cloud.advanceBy(2 * MINUTE);
    const before = await (await reached()).services.keyring.keys();
    expect(await runKeys("rotate", await reached(), true)).toMatch(/^Key 2 is in the keyring/);

    expect((await reader.confirm()).status).toBe(200);
    await cloud.advanceBy(DAY);
    await reader.reply(
      await reader.newest(),
      "We lost a trial because three people had to sign the price, twice.",
    );
    await cloud.advanceBy(12 * MINUTE);
    const answers = (await reader.letters()).filter(
      (letter) => letter.headers.get("auto-submitted") === "auto-replied",
    );
    expect(answers).toHaveLength(1);

    const after = await (await reached()).services.keyring.keys();
    expect(after.signing.map(({ id }) => id)).toEqual([2, 1]);
    expect(after.addressHash).toEqual(before.addressHash);
    expect(after.signing[1]).toEqual(before.signing[0]);
  });

  it("are listed by number, and never shown", async () => {
    const said = await runKeys("list", await reached());
    expect(said).toBe("Links are signed with key 2. These verify: 2, 1.");
  });

  it("are not changed unasked", async () => {
    await expect(runKeys("rotate", await reached())).rejects.toThrow(/--yes/);
  });
});
