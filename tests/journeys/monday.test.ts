import { afterAll, expect, it } from "vitest";
import { DAY, HOUR } from "../../functions/domain/time.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { FORMS, reportXml } from "../dmarc/sample-report.ts";
import { type OwnersCloud, openOwnersCloud, typed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

/** Wednesday, 25 November 2026. The stage's zone is London, where Monday begins with UTC's. */
const WEDNESDAY = Date.UTC(2026, 10, 25, 10);
const MONDAY_SEVEN = Date.UTC(2026, 10, 30, 7);

let owners: OwnersCloud | undefined;
let cloud: Cloud | undefined;
afterAll(() => owners?.stop());

it("On Monday at seven the owner gets the week in figures, by the deployed schedule, function and lanes", async () => {
  owners = await openOwnersCloud({ startAt: WEDNESDAY });
  cloud = owners.cloud;
  await new Reader(cloud, "dana@mail.example").join();
  await new Reader(cloud, "kim@mail.example").signUp();
  await cloud.advanceTo(MONDAY_SEVEN - HOUR);
  const reports = async () => {
    const mails = (cloud?.mails() ?? []).filter(({ to }) => to.includes("author@owner.example"));
    const read = await Promise.all(mails.map(async ({ at, raw }) => ({ at, ...(await parseInbound(raw)) })));
    return read.filter(({ subject }) => subject.startsWith("Your week"));
  };
  expect(await reports()).toEqual([]);
  await cloud.advanceTo(MONDAY_SEVEN + DAY);
  const [report, ...more] = await reports();
  expect(more).toEqual([]);
  expect(report?.subject).toBe("Your week: 2 sign-ups, 0 replies");
  expect(report?.text).toMatch(/Confirmed: 1\n/);
  expect(report?.text).toMatch(/Today: 1 active reader, 1 in a course/);
  expect((report?.at ?? 0) - MONDAY_SEVEN).toBeGreaterThanOrEqual(0);
  expect((report?.at ?? 0) - MONDAY_SEVEN).toBeLessThan(2 * 60_000);
});

it("The day after a mail host has reported, the owner sees whose mail went out in their name, by the deployed rule, schedule and function", async () => {
  if (!owners || !cloud) throw new Error("There is no cloud");
  const dmarc = async () => (await typed(await (owners as OwnersCloud).reached(), "dmarc")).out;
  expect(await dmarc()).toContain("no host has reported yet");
  const rows = [
    { count: 30 },
    { count: 4, ip: "203.0.113.9", dkim: "fail" as const, spf: "fail" as const, signed: [] },
  ];
  const raw = FORMS.google(reportXml({ rows }))
    .toString()
    .replace(/^X-SES[\s\S]*?(?=From:)/, "");
  const host = { source: "noreply@google.com", recipients: ["dmarc@mail.course.example"] };
  expect(cloud.receive({ ...host, raw: Buffer.from(raw) }).accepted).toBe(true);
  const forged = {
    ...host,
    raw: Buffer.from(raw.replace(">17<", ">18<")),
    verdicts: { dmarc: "FAIL" as const },
  };
  expect(cloud.receive(forged).accepted).toBe(true);
  await cloud.advanceTo(cloud.now() + DAY);
  expect(await dmarc()).toMatch(
    /yours 30, forwarded 0, not yours 4; told by google\.com\n +203\.0\.113\.9 +not yours 4$/,
  );
});
