import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { serveRetried } from "../../functions/aws/serve-retried.ts";
import { testEvent, type WebhookAnswer, type WebhookMessage } from "../../functions/domain/events/webhook.ts";
import { callWebhook, readWebhookMessage } from "../../functions/webhooks/call-webhook.ts";

const URL_OF_HOOK = "https://hooks.example.org/secret-in-the-path";
const message: WebhookMessage = { webhook: URL_OF_HOOK, event: testEvent("abc", 0) };
const logged: string[] = [];
const log = {
  info: (event: string, fields: object = {}) => void logged.push(JSON.stringify({ event, ...fields })),
  warn: (event: string, fields: object = {}) => void logged.push(JSON.stringify({ event, ...fields })),
  count() {},
  measure() {},
};
const attempt = (
  answer: WebhookAnswer,
  attempts = 1,
  webhooks = [{ url: URL_OF_HOOK, events: [], secretName: "s" }],
) => callWebhook({ caller: { call: async () => answer }, webhooks, log }, message, attempts);

describe("An attempt to tell a receiver", () => {
  it.each<[string, WebhookAnswer, number | undefined]>([
    ["is the last where it was taken", { status: 200 }, undefined],
    ["is the last where it wants no more", { status: 410 }, undefined],
    ["is followed by another where it fails", { status: 500 }, 5_000],
    ["is followed by another where it leads elsewhere", { status: 302 }, 5_000],
    ["is followed by another where nobody answers", { failed: "ECONNREFUSED" }, 5_000],
  ])("%s", async (_, answer, wait) => {
    expect(await attempt(answer)).toBe(wait);
  });

  it("is not made of one that the settings do not name any more", async () => {
    expect(await attempt({ status: 500 }, 1, [])).toBeUndefined();
  });

  it("is logged by host, never by the address, which may hold a secret", async () => {
    await attempt({ failed: "ETIMEDOUT" });
    expect(logged.join()).toContain("hooks.example.org");
    expect(logged.join()).not.toContain("secret-in-the-path");
  });
});

describe("A message of the queue of webhooks", () => {
  it("is read back as the bus has left it", () => {
    expect(readWebhookMessage(JSON.stringify(message))).toEqual(message);
  });
  it.each([
    ["no JSON", "x", "body"],
    ["no address", "{}", "webhook"],
    ["no event of ours", JSON.stringify({ webhook: "w", event: { type: "x" } }), "event.type"],
    [
      "an event without its reader",
      JSON.stringify({ ...message, event: { ...message.event, data: {} } }),
      "event.data",
    ],
  ])("is refused by field: %s", (_, body, field) => {
    expect(() => readWebhookMessage(body)).toThrow(new RegExp(`event-not-understood.*${field}`));
  });
});

describe("A batch of webhooks' messages", () => {
  it("is worked on side by side: what is done goes, what is to come again is put off, what fails comes again by itself", async () => {
    const putOff: string[] = [];
    const services = {
      log,
      putOff: async (receipt: string, ms: number) => void putOff.push(`${receipt} ${ms}`),
    };
    const verb = async (_: unknown, body: string, attempts: number) => {
      if (body === "fails") throw new Error("no");
      return body === "later" ? attempts * 1_000 : undefined;
    };
    const handler = serveRetried(
      {} as never,
      (body) => body,
      verb as never,
      () => services as never,
    );
    const records = ["done", "later", "fails"].map((body) => ({
      ...{ body, messageId: body, receiptHandle: `receipt of ${body}` },
      attributes: { ApproximateReceiveCount: "3" },
    }));
    const answer = await handler({ Records: records } as unknown as SQSEvent);
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["later", "fails"]);
    expect(putOff).toEqual(["receipt of later 3000"]);
  });
});
