import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listDeadLetters, redrive, showDeadLetters } from "../../console/dead-letters.ts";
import { listParked, sendParked } from "../../console/parked.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { type OwnersCloud, openOwnersCloud, printed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("what was set aside", () => {
  let cloud: Cloud;
  let reader: Reader;
  let owners: OwnersCloud;
  beforeEach(async () => {
    owners = await openOwnersCloud();
    cloud = owners.cloud;
    reader = await new Reader(cloud, "ada@reader.example").join();
    await cloud.advanceBy(DAY);
  });
  afterEach(async () => {
    await owners.stop();
  });

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
      const deployment = await owners.reached();
      expect(await listDeadLetters(deployment)).toMatch(/reply +1/);
      const shown = await printed(showDeadLetters(deployment, "reply"));
      expect(shown).toMatch(/received \d times\n[\s\S]*1 message of the reply queue/);
      expect(await redrive(deployment, { yes: true })).toMatch(/^1 messages are back/);
      expect(await redrive(deployment, { yes: true })).toMatch(/No queue/);
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
      const isToReader = ({ body }: { body: Uint8Array }) =>
        Buffer.from(body).includes(encodeURIComponent(reader.address));
      const sending = { service: "ses", action: "SendRawEmail", times: 2, when: isToReader } as const;
      cloud.faults.inject(sending, { kind: fault });
      await cloud.advanceBy(8 * DAY);
    };

    it("is listed with why, sent once, and only once when it is put back again", async () => {
      const before = (await lessons()).length;
      await twiceInDoubt("lose-request");
      expect(await lessons()).toHaveLength(before);
      const deployment = await owners.reached();
      const list = await listParked(deployment);
      expect(list).toMatch(
        /Parked mails 1 \(this machine\)\n.*\/managing-up-leading-down\/lesson\n.*in doubt twice/,
      );
      expect(list).not.toContain("ada@");
      expect(await sendParked(deployment, { yes: true })).toMatch(/^1 mail is due now/);
      expect(await sendParked(deployment, { yes: true })).toMatch(/Nothing is parked/);
      await cloud.advanceBy(5 * MINUTE);
      expect(await lessons()).toHaveLength(before + 1);
    });

    it("is left alone if another one was meant", async () => {
      await twiceInDoubt("lose-request");
      const deployment = await owners.reached();
      expect(await sendParked(deployment, { only: "x/y/lesson", yes: true })).toMatch(/Nothing is/);
      expect(await listParked(deployment)).toMatch(/Parked mails 1/);
    });
  });
});
