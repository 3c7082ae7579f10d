import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventLine, tailEvents } from "../../console/events/events.ts";
import { openLatestEvents } from "../../console/events/latest-events.ts";
import { EVENT_SCHEMAS, type ReaderEvent } from "../../functions/domain/events/reader-event.ts";
import { HOUR, MINUTE } from "../../functions/domain/time.ts";
import { STAGES } from "../../infra/stages.ts";
import { synthesize } from "../../infra/synthesis.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { openCloud } from "../support/cloud.ts";
import { printed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

describe("a stage that tells what happens", () => {
  let outdir: string;
  let cloud: Cloud;
  beforeAll(async () => {
    outdir = mkdtempSync(join(tmpdir(), "coursepost-events-"));
    const functionsDir = join(inject("synthesis").outdir, "../functions");
    const { template } = synthesize({ ...STAGES.local, events: true }, { outdir, functionsDir });
    cloud = await openCloud({ template, outdir });
  });
  afterAll(async () => {
    await cloud?.stop();
    rmSync(outdir, { recursive: true, force: true });
  });

  const taken = () => cloud.events.latest().map(({ detail }) => detail as ReaderEvent);
  const tail = (once: { once?: true; json?: true } = { once: true }) => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const client = new SQSClient({ region: "eu-west-1", endpoint: cloud.wire.endpoint(), credentials });
    const url = cloud.deployment.outputs.LatestEventsUrl ?? "";
    return printed(tailEvents(openLatestEvents(url, client), once, new AbortController().signal));
  };

  it("puts a reader's first week on the bus, minute by minute, and the owner sees it come", async () => {
    const reader = await new Reader(cloud, "ada@reader.example").join();
    await cloud.advanceBy(3 * MINUTE);
    expect(taken().map(({ type, data }) => `${type} ${"kind" in data ? data.kind : ""}`)).toEqual(
      expect.arrayContaining([
        ...["reader.asked ", "mail.sent confirmation", "mail.delivered confirmation", "reader.confirmed "],
        ...["course.began ", "mail.sent welcome", "mail.delivered welcome"],
      ]),
    );
    await cloud.advanceBy(8 * 24 * HOUR);
    await reader.reply(
      await reader.newest(),
      "We lost a trial because three people had to sign. My own words.",
    );
    await cloud.advanceBy(HOUR);
    const replied = taken().find(({ type }) => type === "reader.replied");
    expect(replied?.data).toMatchObject({ kind: "reflection", run: 1 });
    for (const event of taken()) expect(EVENT_SCHEMAS[event.type].safeParse(event).success).toBe(true);
    expect(JSON.stringify(taken())).not.toMatch(/ada@|My own words/);
    const lines = await tail();
    expect(lines).toContain(eventLine(replied as ReaderEvent));
    expect(lines, "what was told before the last hour is gone").not.toContain("reader.asked");
    expect(await tail()).toBe("");
  });

  it("tells in time what happened while the bus was away for two hours, and lessons came as ever", async () => {
    const away = cloud.faults.inject(
      { service: "events", times: Number.POSITIVE_INFINITY },
      { kind: "reject", code: "InternalFailure", message: "away", status: 500 },
    );
    const before = taken().length;
    const reader = await new Reader(cloud, "bob@reader.example").join();
    await cloud.advanceBy(2 * HOUR);
    expect(await reader.letters()).toHaveLength(2);
    expect(taken()).toHaveLength(before);
    expect(cloud.logs().some(({ text }) => text.includes("bus-unavailable"))).toBe(true);
    away.remove();
    await cloud.advanceBy(3 * MINUTE);
    const told = taken().slice(before);
    expect(told.map(({ type }) => type).sort()).toEqual([
      ...["course.began", "mail.delivered", "mail.delivered", "mail.sent", "mail.sent"],
      ...["reader.asked", "reader.confirmed"],
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });
});
