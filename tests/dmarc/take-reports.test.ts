import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeReports } from "../../functions/dmarc/take-reports.ts";
import { DAY } from "../../functions/domain/time.ts";
import type { ReportMails } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startWorld, type World } from "../support/services.ts";
import { FORMS, MONDAY, reportXml } from "./sample-report.ts";

const NOW = MONDAY + 2 * DAY;
let world: World;
beforeAll(async () => {
  world = await startWorld(plainContent(aCourse("one")), NOW);
});
afterAll(() => world.stop());

/** A bucket of mails; those that are removed are gone from it. */
function bucketOf(mails: Record<string, Uint8Array>): ReportMails & { keys(): string[] } {
  const kept = new Map(Object.entries(mails));
  return {
    keys: () => [...kept.keys()],
    latest: async (most) => [...kept].slice(0, most).map(([key, raw]) => ({ key, size: raw.length })),
    read: async (key) => kept.get(key) ?? new Uint8Array(),
    remove: async (key) => void kept.delete(key),
  };
}

describe("each day the reports of mail hosts", () => {
  it("are kept once, though they come twice or a run was cut off, and what is no report stays", async () => {
    const mails = {
      a: FORMS.google(reportXml({ id: "1", rows: [{ count: 40 }] })),
      b: FORMS.google(reportXml({ id: "1", rows: [{ count: 40 }] })),
      c: FORMS.yahoo(reportXml({ id: "1", rows: [{ count: 2, dkim: "fail", spf: "fail", signed: [] }] })),
      d: Buffer.from("From: x@x.example\r\n\r\nBuy this."),
    };
    const reports = bucketOf(mails);
    await takeReports({ ...world.services, reports });
    await takeReports({ ...world.services, reports: bucketOf(mails) });
    expect(reports.keys()).toEqual(["d"]);
    const kept = await world.services.store.dmarcReports(NOW - 30 * DAY);
    expect(kept.map(({ reporter, mails }) => [reporter, mails.aligned, mails.forged]).sort()).toEqual([
      ["dmarc.yahoo.com", 0, 2],
      ["google.com", 40, 0],
    ]);
    expect(world.logged.join("\n")).toContain("it is not proven to be of the domain in From");
    expect(world.logged.join("\n")).not.toContain("x.example");
  });

  it("of a reporter beyond twenty, of another year, or too large for one are left", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, at) => [`m${at}`, FORMS.plain(reportXml({ id: `many-${at}` }))]),
    );
    const reports = bucketOf({
      ...many,
      old: FORMS.microsoft(reportXml({ id: "old", day: MONDAY - 90 * DAY })),
      later: FORMS.microsoft(reportXml({ id: "later", day: MONDAY + 90 * DAY })),
      huge: Buffer.alloc(11 * 1024 * 1024),
    });
    await takeReports({ ...world.services, reports });
    expect(reports.keys().sort()).toEqual(["huge", "later", "m20", "m21", "m22", "m23", "m24", "old"]);
  });
});
