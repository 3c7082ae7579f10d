import { afterAll, expect, it } from "vitest";
import { DAY, HOUR } from "../../functions/domain/time.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

/** Wednesday, 25 November 2026. The stage's zone is London, where Monday begins with UTC's. */
const WEDNESDAY = Date.UTC(2026, 10, 25, 10);
const MONDAY_SEVEN = Date.UTC(2026, 10, 30, 7);

let cloud: Cloud | undefined;
afterAll(() => cloud?.stop());

it("On Monday at seven the owner gets the week in figures, by the deployed schedule, function and lanes", async () => {
  cloud = await openCloud({ startAt: WEDNESDAY });
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
