import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { readHeading } from "../../local/demo/web-form.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("bad input", () => {
  let cloud: Cloud;
  let readers = 0;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  afterAll(() => cloud.stop());

  const somebody = () => new Reader(cloud, `r${readers++}@reader.example`);
  const queue = (name: string) =>
    cloud.queueNames().find((each) => each.startsWith(name) && !/Dead/.test(each)) as string;
  /** After it all, an ordinary reader still gets their mail. */
  const nothingElseIsHarmed = async () => {
    const reader = await somebody().join();
    expect(await reader.subjects()).toHaveLength(2);
  };

  it("a malformed address is answered at its field, and nothing is sent", async () => {
    const before = cloud.mails().length;
    const answer = await new Reader(cloud, "not an address").signUp();
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("not an address");
    await cloud.advanceBy(DAY);
    expect(cloud.mails()).toHaveLength(before);
  });

  it("a form without its field, and a form of a megabyte, are told so", async () => {
    const without = await fetch(`${cloud.webOrigin}/sign-up`, {
      method: "POST",
      body: new URLSearchParams({ name: "Ada" }),
    });
    expect(without.status).toBe(400);
    expect(await without.text()).toContain("email");
    const huge = await fetch(`${cloud.webOrigin}/sign-up`, {
      method: "POST",
      body: new URLSearchParams({ email: "a".repeat(1_048_576) }),
    });
    expect(huge.status).toBe(413);
    expect(await huge.text()).toContain("8 KB");
    await nothingElseIsHarmed();
  });

  it("a forged link is nobody's, whatever it is for", async () => {
    const token = "a".repeat(60);
    for (const path of ["confirm", "reader", "unsubscribe", "personal"]) {
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(`${cloud.webOrigin}/${path}/${token}`, { method });
        expect(answer.status, `${method} /${path}`).toBe(403);
      }
    }
  });

  it("an expired confirmation link leads to a new one, until the sign-up itself is forgotten", async () => {
    const reader = somebody();
    await reader.signUp();
    await cloud.advanceBy(8 * DAY);
    const late = await reader.confirm();
    expect(late.status).toBe(410);
    const page = await late.text();
    const action = /action="([^"]*new-link[^"]*)"/.exec(page)?.[1] as string;
    await fetch(new URL(action, cloud.webOrigin), { method: "POST" });
    await cloud.advanceBy(2 * MINUTE);
    expect((await reader.confirm()).status).toBe(200);
  });

  it("an unconfirmed sign-up is forgotten after 14 days", async () => {
    const reader = somebody();
    await reader.signUp();
    await cloud.advanceBy(15 * DAY);
    const answer = await reader.confirm();
    expect(answer.status).toBe(410);
    expect(readHeading(await answer.text())).toContain("no longer good");
  });

  it("an unknown lesson is a page that says so", async () => {
    const answer = await fetch(`${cloud.webOrigin}/lesson/no-such-lesson`);
    expect(answer.status).toBe(404);
  });

  it("a mail over SES's limit is refused in the SMTP dialogue", async () => {
    const reader = await somebody().join();
    const attachments = [{ filename: "huge.bin", content: Buffer.alloc(41 * 1024 * 1024) }];
    await expect(reader.reply(await reader.newest(), "See attached.", { attachments })).rejects.toThrow(
      /552/,
    );
    await nothingElseIsHarmed();
  });

  it("poisoned queue messages end in the dead letters with the field named, and harm nothing else", async () => {
    await cloud.advanceBy(MINUTE);
    for (const name of ["NudgeQueue", "ReplyQueue", "FeedbackQueue"])
      cloud.sqs.send(queue(name), '{"mail": 7}');
    cloud.sqs.send(queue("FeedbackQueue"), '{"broken');
    await nothingElseIsHarmed();
    await cloud.advanceBy(3 * HOUR);
    expect(cloud.deadLetters()).toHaveLength(4);
    const told = cloud.logs().filter(({ text }) => text.includes("event-not-understood"));
    expect(new Set(told.map(({ where }) => where.replace(/Function.*/, "")))).toEqual(
      new Set(["Nudge", "Receive", "Feedback"]),
    );
    expect(told.some(({ text }) => text.includes("subscriber"))).toBe(true);
  });

  it("one address hears nothing more after three confirmations that nobody pressed", async () => {
    const reader = somebody();
    for (let time = 0; time < 6; time++) {
      await reader.signUp();
      await cloud.advanceBy(25 * HOUR);
    }
    expect(await reader.letters()).toHaveLength(3);
  });

  it("sign-ups over a network's limit are kept, and confirmed when the window ends", async () => {
    const readers = Array.from(
      { length: 7 },
      (_, place) => new Reader(cloud, `r${place}@one-${place}.example`),
    );
    for (const reader of readers) await reader.signUp({}, { "x-forwarded-for": "203.0.113.9" });
    const confirmations = () => cloud.mails().filter(({ to }) => /@one-/.test(String(to)));
    await cloud.advanceBy(2 * MINUTE);
    expect(confirmations()).toHaveLength(5);
    await cloud.advanceBy(61 * MINUTE);
    expect(confirmations()).toHaveLength(7);
  });
});
