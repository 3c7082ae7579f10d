import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { type OwnersCloud, openOwnersCloud, typed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const folder = mkdtempSync(join(tmpdir(), "coursepost-"));
const FILE = join(folder, "stage.transfer");
const PASSPHRASE = join(folder, "passphrase");
const UNTIL = 2 * 7 * DAY;

let old: OwnersCloud;
let next: OwnersCloud;
let dana: Reader;
beforeAll(async () => {
  writeFileSync(PASSPHRASE, "five words chosen by dice\nand a second line");
  old = await openOwnersCloud();
  next = await openOwnersCloud();
  dana = await new Reader(old.cloud, "dana@mail.example").join();
  await new Reader(old.cloud, "kim@mail.example", "America/New_York").join();
  await new Reader(old.cloud, "lee@mail.example").signUp();
  await old.cloud.advanceBy(8 * DAY);
  const [lesson] = (await dana.letters()).filter(({ subject }) => subject.includes("1"));
  if (lesson) await dana.reply(lesson, "My calendar says it: two hours a week for my own work.");
  await new Reader(old.cloud, "gone@mail.example").join();
  await old.cloud.advanceBy(HOUR);
  await next.cloud.advanceTo(old.cloud.now());
});
afterAll(async () => {
  await old.stop();
  await next.stop();
  rmSync(folder, { recursive: true });
});

const run = async (there: OwnersCloud, ...given: string[]) => typed(await there.reached(), ...given, "--yes");
/** What left since then: to whom, when, and what. */
const mailsSince = ({ cloud }: OwnersCloud, since: number) =>
  cloud
    .mails()
    .filter(({ at, to }) => at >= since && to.join().endsWith("@mail.example"))
    .map(
      ({ at, to, raw }) =>
        `${Math.floor(at / MINUTE)} ${to} ${/^Subject: .*/m.exec(Buffer.from(raw).toString())?.[0]}`,
    )
    .sort();

describe("a stage that moves in mid-course", () => {
  it("is held, and goes into a file that opens with its passphrase alone", async () => {
    const { out, error } = await run(old, "transfer", "export", FILE, "--passphrase", PASSPHRASE);
    expect(error).toBe("");
    expect(out).toMatch(/\d+ items, 1 raw mail and the keyring of this machine\.\nAll mail is held there/);
    expect(statSync(FILE).mode & 0o077).toBe(0);
    expect(readFileSync(FILE).toString("latin1")).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    expect((await typed(await old.reached(), "sending", "status")).out).toContain("by you, until you resume");
  });

  it("goes on where it goes to, with the mails that it would have sent where it was", async () => {
    const at = old.cloud.now();
    const imported = await run(next, "transfer", "import", FILE, "--passphrase", PASSPHRASE);
    expect(imported.error).toBe("");
    expect(imported.out).toMatch(/^\d+ items written, 0 were there already, 1 raw mail\.\n/);
    // The week that it has reported to its owner itself.
    expect(imported.out).toContain("2 items stood there otherwise and were left");
    // Once more changes nothing, as after one that was cut off.
    expect((await run(next, "transfer", "import", FILE, "--passphrase", PASSPHRASE)).out).toMatch(
      /^0 items written, \d+ were there already, 1 raw mail/,
    );
    await next.cloud.advanceBy(HOUR);
    expect(mailsSince(next, 0)).toEqual([]);
    await old.cloud.advanceBy(HOUR);
    for (const there of [old, next]) {
      await run(there, "sending", "resume");
      await there.cloud.advanceTo(at + UNTIL);
    }
    const mails = mailsSince(old, at);
    expect(mails.length).toBeGreaterThan(4);
    expect(mailsSince(next, at)).toEqual(mails);
  });

  it("answers the links of the mails that it sent before, and knows who has left", async () => {
    const link =
      /https?:\/\/[^/]+(\/[^\s>]*unsubscribe[^\s>]*)/i.exec((await dana.letters())[1]?.text ?? "")?.[1] ?? "";
    expect(link).not.toBe("");
    const page = await fetch(`${next.cloud.webOrigin}${link}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<form");
  });
});
