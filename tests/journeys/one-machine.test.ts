import { afterEach, describe, expect, it } from "vitest";
import type { Cloud, CloudOptions } from "../../local/aws/cloud.ts";
import { findLink } from "../../local/mailbox/letter.ts";
import { MORNING, openThreadedCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Half an hour before midnight in Berlin. */
const LATE = Date.UTC(2026, 2, 4, 22, 30);

describe("the local cloud", () => {
  const open: Cloud[] = [];
  const start = async (options: Partial<CloudOptions> = {}) => {
    const cloud = await openThreadedCloud(options);
    open.push(cloud);
    return cloud;
  };
  afterEach(async () => {
    for (const cloud of open.splice(0)) await cloud.stop();
  });

  it("leaves out idle minutes, and that changes nothing that anybody receives", async () => {
    const traces: string[][] = [];
    for (const skipIdleMinutes of [true, false]) {
      const cloud = await start({ skipIdleMinutes, startAt: LATE });
      const reader = await new Reader(cloud, "ada@reader.example").join();
      const page = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`)?.split("?")[0] ?? "";
      const atMidnight = {
        do: "settings",
        weekday: "2",
        time: "00:10",
        zone: "Europe/Berlin",
        pace: "workdays",
      };
      expect((await fetch(page, { method: "POST", body: new URLSearchParams(atMidnight) })).status).toBe(200);
      await cloud.advanceTo(LATE + 55 * MINUTE);
      traces.push((await reader.letters()).map(({ at, subject }) => `${at} ${subject}`));
    }
    expect(traces[0]).toHaveLength(3);
    expect(traces[1]).toEqual(traces[0]);
  });

  it("sends once although the deliverer is killed while SES takes the mail", async () => {
    const cloud = await start();
    const reader = await new Reader(cloud, "ada@reader.example").join();
    const lesson1 = Date.UTC(2026, 2, 5, 6, 30);
    cloud.faults.inject(
      { service: "ses", action: "SendRawEmail", times: 1 },
      { kind: "delay-answer", ms: 8_000 },
    );
    const lane = cloud.lambda.names().find((name) => name.startsWith("Lane")) as string;
    let killed = 0;
    cloud.clock.at(lesson1 + 4_000, "kill", () => {
      killed = cloud.lambda.kill(lane);
    });
    await cloud.advanceTo(lesson1 + DAY);
    expect(killed).toBeGreaterThan(0);
    expect(
      (await reader.subjects()).filter((subject) => subject.startsWith("Where your hardest")),
    ).toHaveLength(1);
    await cloud.advanceBy(7 * DAY);
    expect(await reader.subjects()).toContain("The road your boss took to the job");
  });

  it("sends once although SES's answer is lost, and says that it was in doubt", async () => {
    const cloud = await start();
    const reader = await new Reader(cloud, "ada@reader.example").join();
    const lost = cloud.faults.inject(
      { service: "ses", action: "SendRawEmail", times: 1 },
      { kind: "lose-answer", how: "silence" },
    );
    await cloud.advanceTo(MORNING + DAY);
    expect(lost.hits()).toBe(1);
    await cloud.advanceBy(DAY);
    const lessons = (await reader.subjects()).filter((subject) => subject.startsWith("Where your hardest"));
    expect(lessons).toHaveLength(1);
    expect(cloud.logs().some(({ text }) => text.includes("ses-in-doubt"))).toBe(true);
    await cloud.advanceBy(7 * DAY);
    expect(await reader.subjects()).toContain("The road your boss took to the job");
  });

  it("loses nothing when SES throttles and DynamoDB is slow to take a write", async () => {
    const cloud = await start();
    const reader = await new Reader(cloud, "ada@reader.example").join();
    cloud.faults.inject({ service: "ses", action: "SendRawEmail", times: 2 }, { kind: "throttle" });
    cloud.faults.inject(
      { service: "dynamodb", action: "PutItem", times: 2 },
      { kind: "lose-answer", how: "reset" },
    );
    await cloud.advanceBy(2 * DAY);
    expect(await reader.subjects()).toHaveLength(3);
  });

  it("begins on a free port where the usual one is busy", async () => {
    const first = await start();
    const busy = Number(new URL(first.webOrigin).port);
    const second = await start({ webPort: busy, smtpPort: first.smtpPort });
    expect(second.webOrigin).not.toBe(first.webOrigin);
    expect((await fetch(second.webOrigin)).status).toBe(200);
  });
});
