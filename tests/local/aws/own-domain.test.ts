import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../../functions/domain/time.ts";
import type { Services } from "../../../functions/ports.ts";
import { type OwnersCloud, openOwnersCloud } from "../../support/console.ts";

/** SES receives for the domain that it sends for: what it sends there goes through the receipt rules. */
describe("mail of the stage to its own mail domain", () => {
  let owners: OwnersCloud;
  let mailer: Services["mailer"];
  let buckets: Record<"Inbox" | "Rehearsal", string>;
  beforeEach(async () => {
    owners = await openOwnersCloud();
    const { services, outputs } = await owners.reached();
    mailer = services.mailer;
    buckets = { Inbox: outputs.InboxBucket ?? "", Rehearsal: outputs.RehearsalBucket ?? "" };
  });
  afterEach(() => owners.stop());

  async function send(local: string): Promise<Record<"Inbox" | "Rehearsal", number>> {
    const [from, to] = ["course@mail.course.example", `${local}@mail.course.example`];
    const raw = Buffer.from(`From: ${from}\r\nTo: ${to}\r\nSubject: x\r\n\r\nHello.\r\n`);
    const count = () => ({
      Inbox: owners.cloud.s3.keys(buckets.Inbox).length,
      Rehearsal: owners.cloud.s3.keys(buckets.Rehearsal).length,
    });
    const before = count();
    expect(await mailer.send({ dispatch: "", from, to, raw, tags: { test: "x" } })).toMatchObject({
      outcome: "accepted",
    });
    await owners.cloud.advanceBy(MINUTE);
    const after = count();
    return { Inbox: after.Inbox - before.Inbox, Rehearsal: after.Rehearsal - before.Rehearsal };
  }
  const stored = (bucket: string) => {
    const key = owners.cloud.s3.keys(bucket).find((one) => !one.startsWith("AMAZON")) ?? "";
    return Buffer.from(owners.cloud.s3.get(bucket, key)?.body ?? "").toString();
  };
  const logged = (text: string) => owners.cloud.logs().filter((line) => line.text.includes(text)).length;

  it("for a rehearsal's reader is stored, signed and judged, and no function hears of it", async () => {
    expect(await send("rehearsal+abcd2345")).toEqual({ Inbox: 0, Rehearsal: 1 });
    expect(stored(buckets.Rehearsal)).toMatch(/^Return-Path: <\S+@bounce\.mail\.course\.example>/);
    expect(stored(buckets.Rehearsal)).toContain("dmarc=pass header.from=mail.course.example");
    expect(stored(buckets.Rehearsal)).toMatch(
      /DKIM-Signature: v=1; a=rsa-sha256; q=dns\/txt; c=relaxed\/simple;/,
    );
    expect(logged("reply-")).toBe(0);
  });

  it("for an address of the course comes in as any reader's mail does", async () => {
    expect(await send("course")).toEqual({ Inbox: 1, Rehearsal: 0 });
    expect(logged("reply-unmatched")).toBe(1);
  });

  it("for an address that no rule takes bounces, as SES's inbound answers", async () => {
    const before = logged("feedback-of-unknown-mail");
    expect(await send("nobody")).toEqual({ Inbox: 0, Rehearsal: 0 });
    expect(owners.cloud.mails()).toEqual([]);
    expect(logged("feedback-of-unknown-mail") - before).toBeGreaterThan(0);
  });
});
