import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Deployment } from "../../console/connect.ts";
import { runRedrive } from "../../console/redrive.ts";
import type { Cloud } from "../../local/cloud.ts";
import { clockServer } from "../support/clock-server.ts";
import { openCloud, removeAssembled } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("what was set aside", () => {
  let cloud: Cloud;
  let reader: Reader;
  let clock: Awaited<ReturnType<typeof clockServer>>;
  beforeEach(async () => {
    cloud = await openCloud();
    clock = await clockServer(() => cloud.now());
    reader = await new Reader(cloud, "ada@reader.example").join();
    await cloud.advanceBy(DAY);
  });
  afterEach(async () => {
    clock.close();
    await cloud.stop();
  });
  afterAll(removeAssembled);

  const reached = (): Promise<Deployment> =>
    connect("local", undefined, { ...cloud.deployment, pid: process.pid, clockUrl: clock.url });
  const prompts = async () =>
    (await reader.letters()).filter((letter) => letter.headers.get("auto-submitted") === "auto-replied");

  describe("a reply that the queue gave up", () => {
    beforeEach(async () => {
      const lesson = await reader.newest();
      const isBroken = cloud.faults.inject(
        { service: "s3", action: "GetObject", times: Number.POSITIVE_INFINITY },
        { kind: "reject", code: "InternalError", message: "We encountered an internal error.", status: 500 },
      );
      await reader.reply(lesson, "We lost a trial last month because three people had to sign the price.");
      await cloud.advanceBy(3 * HOUR);
      isBroken.remove();
    });

    it("control: stays where it is while nobody looks, and nobody is answered", async () => {
      await cloud.advanceBy(DAY);
      expect(cloud.deadLetters()).toHaveLength(1);
      expect(await prompts()).toHaveLength(0);
    });

    it("is listed, put back, and answered once, however often it is put back", async () => {
      const deployment = await reached();
      expect(await runRedrive("list", deployment)).toMatch(/Reply +1/);
      expect(await runRedrive("dead-letters", deployment, { yes: true })).toMatch(/^1 messages are back/);
      expect(await runRedrive("dead-letters", deployment, { yes: true })).toMatch(/No queue/);
      await cloud.advanceBy(30 * MINUTE);
      expect(cloud.deadLetters()).toHaveLength(0);
      expect(await prompts()).toHaveLength(1);
    });
  });

  describe("a mail that was parked", () => {
    const lessons = async () =>
      (await reader.letters()).filter((letter) => letter.headers.get("auto-submitted") === undefined);
    /** SES takes the next mail, or not, and its answer is lost; no event about it ever comes. */
    const twiceInDoubt = async (fault: "lose-request" | "lose-answer") => {
      cloud.faults.inject({ service: "ses", action: "SendRawEmail", times: 2 }, { kind: fault });
      await cloud.advanceBy(8 * DAY);
    };

    it("is listed with why, sent once, and only once when it is put back again", async () => {
      const before = (await lessons()).length;
      await twiceInDoubt("lose-request");
      expect(await lessons()).toHaveLength(before);
      const deployment = await reached();
      const list = await runRedrive("list", deployment);
      expect(list).toMatch(/Parked mails 1\n.*\/managing-up-leading-down\/lesson\n.*in doubt twice/);
      expect(list).not.toContain("ada@");
      expect(await runRedrive("parked", deployment, { yes: true })).toMatch(/^1 mail is due now/);
      expect(await runRedrive("parked", deployment, { yes: true })).toMatch(/Nothing is parked/);
      await cloud.advanceBy(5 * MINUTE);
      expect(await lessons()).toHaveLength(before + 1);
    });

    it("is left alone if another one was meant", async () => {
      await twiceInDoubt("lose-request");
      const deployment = await reached();
      expect(await runRedrive("parked", deployment, { only: "x/y/lesson", yes: true })).toMatch(/Nothing is/);
      expect(await runRedrive("list", deployment)).toMatch(/Parked mails 1/);
    });
  });
});
