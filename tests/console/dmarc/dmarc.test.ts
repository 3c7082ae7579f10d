import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyAdvice } from "../../../console/dmarc/weeks.ts";
import { examine } from "../../../console/doctor/doctor.ts";
import type { KeptDmarcReport } from "../../../functions/domain/sending/dmarc.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { type ConsoleWorld, NOW, openConsole } from "../subscribers/world.ts";

let count = 0;
/** A day's report: so many mails of ours, forwarded and not ours. */
const told = (daysAgo: number, aligned: number, more: Partial<KeptDmarcReport> = {}): KeptDmarcReport => ({
  kind: "dmarc-report",
  ...{
    reporter: "google.com",
    id: `r${++count}`,
    from: NOW - daysAgo * DAY,
    to: NOW - (daysAgo - 1) * DAY - 1,
    policy: "none",
  },
  mails: { aligned, forwarded: 0, forged: 0 },
  sources: [],
  ...more,
});
const days = (length: number, aligned: number, more?: Partial<KeptDmarcReport>) =>
  Array.from({ length }, (_, at) => told(at + 1, aligned, more));

describe("a stricter policy", () => {
  it.each([
    ["is not spoken of before a host has reported", [], "no host has reported yet"],
    ["needs two weeks of reports", days(10, 90), "p=quarantine needs 14 days of reports; there are 10"],
    ["needs a hundred mails", days(15, 2), "p=quarantine needs 100 mails; of 28 mails"],
    [
      "needs 98 in 100 of ours to stand for themselves",
      days(15, 95, { mails: { aligned: 95, forwarded: 5, forged: 0 } }),
      "needs 98 in 100",
    ],
    [
      "needs four weeks before it refuses",
      days(20, 90, { policy: "quarantine" }),
      "p=reject needs 28 days of reports; there are 20",
    ],
    ["is none beyond refusing", days(40, 90, { policy: "reject" }), "as strict as it can be"],
  ])("%s", (_, reports, because) => {
    const advice = policyAdvice(reports, NOW);
    expect(advice.because).toContain(because);
    expect(advice.next).toBeUndefined();
  });

  it("is safe when nearly all of ours stands for itself, however much is forged", () => {
    expect(
      policyAdvice(days(15, 90, { mails: { aligned: 99, forwarded: 1, forged: 5_000 } }), NOW),
    ).toMatchObject({
      next: "quarantine",
      because: "of 1400 mails of yours in 14 days 99 in 100 stood for themselves",
    });
    expect(policyAdvice(days(30, 90, { policy: "quarantine" }), NOW).next).toBe("reject");
  });
});

describe("the owner", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await openConsole();
  });
  afterAll(() => world.stop());

  it("reads at the console, week by week, whose mail went out in their name", async () => {
    expect(await world.run("dmarc")).toBe(
      "DMARC: no host has reported yet; the first come a day after the first mail (this machine)",
    );
    for (const report of days(15, 90)) await world.services.store.keepDmarcReport(report);
    const forged = {
      mails: { aligned: 0, forwarded: 3, forged: 7 },
      sources: [{ ip: "203.0.113.9", forwarded: 3, forged: 7 }],
    };
    await world.services.store.keepDmarcReport(told(1, 0, { reporter: "host.example", ...forged }));
    const out = await world.run("dmarc");
    expect(out).toMatch(/^p=quarantine is safe now: of \d+ mails of yours in 14 days 99\.\d in 100 stood/);
    expect(out).toContain("forwarded 3, not yours 7; told by google.com, host.example");
    expect(out).toMatch(/203\.0\.113\.9 +forwarded 3, not yours 7/);
    expect(JSON.parse(await world.run("dmarc", "--json"))).toMatchObject({
      next: "quarantine",
      weeks: [{ monday: "2026-02-23" }, {}, {}],
    });
  });

  it("is told by the doctor when the next step is safe, and where to write it", async () => {
    const [found] = await examine(world.deployment, {} as never, "DMARC reports");
    expect(found).toMatchObject({ state: "look", says: expect.stringContaining("p=quarantine is safe now") });
    expect(found?.doThis).toMatch(/^write p=quarantine in the TXT record of _dmarc\./);
    world.clock.set(NOW + 12 * DAY);
    const [later] = await examine(world.deployment, {} as never, "DMARC reports");
    expect(later).toMatchObject({
      state: "look",
      says: expect.stringContaining("no host has reported for ten days"),
    });
  });
});
