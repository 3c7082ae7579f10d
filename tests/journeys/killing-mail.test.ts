import { afterEach, describe, expect, inject, it } from "vitest";
import { redrive } from "../../console/dead-letters.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { WireRequest } from "../../local/aws/request.ts";
import type { StackTemplate } from "../../local/aws/template.ts";
import { type OwnersCloud, openOwnersCloud } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const WORDS = "We lost a trial last month because three people had to sign the price.";
const KILLS = "This mail is longer than any function lives.";
const OTHERS = 10;

/** The stack as it was, with mails by tens and five tries: what the test must notice. */
function byTens(template: unknown): unknown {
  const before = structuredClone(template) as StackTemplate;
  for (const { Type, Properties = {} } of Object.values(before.Resources)) {
    if (Type === "AWS::Lambda::EventSourceMapping") Properties.BatchSize = 10;
    const redrives = Properties.RedrivePolicy as { maxReceiveCount: number } | undefined;
    if (redrives) redrives.maxReceiveCount = 5;
  }
  return before;
}

describe("a mail that kills its function", () => {
  let owners: OwnersCloud;
  afterEach(() => owners.stop());

  /** Eleven replies in one minute, the first of which no function outlives. */
  const sendElevenReplies = async (template: unknown = inject("synthesis").template) => {
    owners = await openOwnersCloud({ template });
    const { cloud } = owners;
    const reader = await new Reader(cloud, "ada@reader.example").join();
    await cloud.advanceBy(DAY);
    const lesson = await reader.newest();
    const isKiller = ({ path }: WireRequest) => {
      const [, bucket = "", key = ""] = path.split(/[/?]/);
      return Buffer.from(cloud.s3.get(bucket, key)?.body ?? "").includes(KILLS);
    };
    // Longer than the function may run, so that it is killed where it stands, as by want of memory.
    const fault = cloud.faults.inject(
      { service: "s3", action: "GetObject", times: Number.POSITIVE_INFINITY, when: isKiller },
      { kind: "delay", ms: 10 * MINUTE },
    );
    await reader.reply(lesson, KILLS, { messageId: "<killer@reader.example>" });
    for (let count = 0; count < OTHERS; count++)
      await reader.reply(lesson, `${WORDS} ${count}`, { messageId: `<other-${count}@reader.example>` });
    return { cloud, fault };
  };

  const countKept = () => owners.cloud.logs().filter(({ text }) => text.includes('"reply-kept"')).length;

  it("costs no other mail a minute, kills twice, is set aside unread, and is put back by the owner", async () => {
    const { cloud, fault } = await sendElevenReplies();
    await cloud.advanceBy(MINUTE);
    expect(countKept()).toBe(OTHERS);
    await cloud.advanceBy(HOUR);
    expect(fault.hits()).toBe(2);
    expect(cloud.deadLetters().map(({ where }) => where)).toEqual([
      expect.stringMatching(/^ReplyQueueDeadLetters/),
    ]);
    fault.remove();
    expect(await redrive(await owners.reached(), { yes: true })).toMatch(/^1 messages are back/);
    await cloud.advanceBy(MINUTE);
    expect(countKept()).toBe(OTHERS + 1);
    expect(cloud.deadLetters()).toHaveLength(0);
  });

  it("control: in a batch of ten it takes others with it, five times", async () => {
    const { cloud, fault } = await sendElevenReplies(byTens(inject("synthesis").template));
    await cloud.advanceBy(MINUTE);
    expect(countKept()).toBeLessThan(OTHERS);
    await cloud.advanceBy(2 * HOUR);
    expect(fault.hits()).toBe(5);
  });
});
