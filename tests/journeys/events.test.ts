import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventLine, tailEvents } from "../../console/events/events.ts";
import { openLatestEvents } from "../../console/events/latest-events.ts";
import { restoreWebhookMessages } from "../../console/events/undelivered.ts";
import { openDeadLetters } from "../../functions/aws/dead-letters.ts";
import { EVENT_SCHEMAS, type ReaderEvent } from "../../functions/domain/events/reader-event.ts";
import { HOUR, MINUTE } from "../../functions/domain/time.ts";
import { STAGES } from "../../infra/stages.ts";
import { synthesize } from "../../infra/synthesis.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { openThreadedCloud } from "../support/cloud.ts";
import { printed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("a stage that tells what happens", () => {
  let outdir: string;
  let cloud: Cloud;
  let receiver: Receiver;
  beforeAll(async () => {
    outdir = mkdtempSync(join(tmpdir(), "coursepost-events-"));
    const functionsDir = join(inject("synthesis").outdir, "../functions");
    receiver = await openReceiver();
    const webhooks = [
      {
        url: receiver.url,
        events: ["reader.confirmed" as const, "reader.left" as const],
        secretName: "hook",
      },
    ];
    const stage = { ...STAGES.local, events: true, webhooks };
    const { template } = synthesize(stage, { outdir, functionsDir });
    cloud = await openThreadedCloud({ template, outdir });
    cloud.secrets.put("hook", SECRET);
  });
  afterAll(async () => {
    await cloud?.stop();
    receiver.close();
    rmSync(outdir, { recursive: true, force: true });
  });

  const taken = () => cloud.events.latest().map(({ detail }) => detail as ReaderEvent);
  const sqs = () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    return new SQSClient({ region: "eu-west-1", endpoint: cloud.wire.endpoint(), credentials });
  };
  const tail = (once: { once?: true; json?: true } = { once: true }) => {
    const url = cloud.deployment.outputs.LatestEventsUrl ?? "";
    return printed(tailEvents(openLatestEvents(url, sqs()), once, new AbortController().signal));
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

  it("has told a webhook of what it asked for alone, signed, once", () => {
    expect(receiver.heard.map(({ type }) => type)).toEqual(["reader.confirmed"]);
    expect(receiver.heard[0]).toEqual(taken().find(({ type }) => type === "reader.confirmed"));
  });

  it("calls a webhook that fails again, at growing waits, until it takes the event", async () => {
    receiver.refuses = 3;
    const before = receiver.heard.length;
    const reader = await new Reader(cloud, "cyd@reader.example").join();
    expect(receiver.refuses, "two attempts were made, five seconds from each other").toBe(1);
    await cloud.advanceBy(5 * MINUTE);
    expect(receiver.refuses).toBe(0);
    expect(receiver.heard).toHaveLength(before);
    await cloud.advanceBy(31 * MINUTE);
    expect(receiver.heard.slice(before).map(({ type }) => type)).toEqual(["reader.confirmed"]);
    expect(await reader.letters()).toHaveLength(2);
  });

  it("sets aside for its owner what a webhook took at none of eight attempts in a day", async () => {
    receiver.refuses = Number.POSITIVE_INFINITY;
    await new Reader(cloud, "dee@reader.example").join();
    await cloud.advanceBy(26 * HOUR);
    expect(cloud.deadLetters()).toEqual([]);
    await cloud.advanceBy(3 * HOUR);
    const [{ text = "" } = {}] = cloud.deadLetters();
    expect(JSON.parse(text).event.type).toBe("reader.confirmed");
    receiver.refuses = 0;
  });

  it("has a way back for that, and for an event that the bus itself could put into no queue", async () => {
    const { WebhookDeadLettersUrl: from = "", WebhookQueueUrl: to = "" } = cloud.deployment.outputs;
    const undelivered = taken().find(({ type }) => type === "reader.confirmed");
    const unwanted = taken().find(({ type }) => type === "mail.sent");
    for (const event of [undelivered, unwanted])
      await sqs().send(
        new SendMessageCommand({ QueueUrl: from, MessageBody: asOnBus(event as ReaderEvent) }),
      );
    const before = receiver.heard.length;
    const webhooks = [{ url: receiver.url, events: ["reader.confirmed", "reader.left"], secretName: "hook" }];
    const restore = (body: string) => restoreWebhookMessages(body, webhooks);
    const letters = openDeadLetters(from, to, { client: sqs(), restore });
    expect(await letters.putBack(10, () => {})).toBe(3);
    await cloud.advanceBy(MINUTE);
    expect(receiver.heard.slice(before).map(({ type }) => type)).toEqual([
      "reader.confirmed",
      "reader.confirmed",
    ]);
    expect(receiver.heard.slice(before).map(({ id }) => id)).toContain(undelivered?.id);
    expect(cloud.deadLetters()).toEqual([]);
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

/** As EventBridge keeps it that cannot reach a rule's queue (EventBridge User Guide, "dead-letter queues"). */
const asOnBus = (event: ReaderEvent): string =>
  JSON.stringify({
    ...{ version: "0", id: "6f0c", source: "coursepost", account: "123456789012", region: "eu-west-1" },
    ...{ time: event.timestamp, resources: [], "detail-type": event.type, detail: event },
  });

interface Receiver {
  url: string;
  /** What it took, its signature looked at as its author would. */
  heard: ReaderEvent[];
  /** So many calls are answered by 503. */
  refuses: number;
  close(): void;
}

async function openReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (receiver.refuses > 0) {
      receiver.refuses -= 1;
      return response.writeHead(503).end();
    }
    receiver.heard.push(verify(Buffer.concat(chunks).toString(), request.headers));
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://localhost:${port}/hook`,
    ...{ heard: [], refuses: 0 },
    close: () => void server.close(),
  };
  return receiver;
}

/** By the parts of Standard Webhooks' specification alone; the time is the virtual clock's. */
function verify(body: string, headers: IncomingHttpHeaders): ReaderEvent {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  if (headers["webhook-signature"] !== expected) throw new Error("The signature is another");
  return JSON.parse(body);
}
