import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import {
  isOver,
  isTaken,
  MOST_ATTEMPTS,
  readWebhookKeys,
  testEvent,
  waitAfter,
  webhookBody,
  webhookHeaders,
} from "../../../functions/domain/events/webhook.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../functions/domain/time.ts";

const secret = (bytes = 32) => `whsec_${randomBytes(bytes).toString("base64")}`;
const event = testEvent("abc", Date.now());
const headersOf = (text: string, now = Date.now()) => webhookHeaders(event, readWebhookKeys(text) ?? [], now);

describe("A webhook's signature", () => {
  it("is what Standard Webhooks' own library takes, with the event as it is on the bus", () => {
    const text = secret();
    expect(new Webhook(text).verify(webhookBody(event), headersOf(text))).toEqual(event);
  });

  it("is taken with the key before and the one after, while a secret changes", () => {
    const [before, after] = [secret(), secret()];
    const headers = headersOf(`${after} ${before}`);
    for (const text of [before, after])
      expect(new Webhook(text).verify(webhookBody(event), headers)).toEqual(event);
  });

  it.each<[string, (text: string) => void]>([
    ["another body", (text) => new Webhook(text).verify(`${webhookBody(event)} `, headersOf(text))],
    ["another secret", (text) => new Webhook(secret()).verify(webhookBody(event), headersOf(text))],
    [
      "an old time",
      (text) => new Webhook(text).verify(webhookBody(event), headersOf(text, Date.now() - HOUR)),
    ],
  ])("control: %s is refused", (_, verify) => {
    expect(() => verify(secret())).toThrow();
  });

  it.each([
    ["no prefix", randomBytes(32).toString("base64")],
    ["short", secret(16)],
    ["long", secret(80)],
    ["", ""],
  ])("is made with no secret that is none: %s", (_, text) => {
    expect(readWebhookKeys(text)).toBeUndefined();
    expect(readWebhookKeys(`${secret()} ${text}x`)).toBeUndefined();
  });
});

describe("A webhook that does not answer", () => {
  it("is called again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and then no more", () => {
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, made) => waitAfter(made + 1));
    expect(waits.slice(0, 4)).toEqual([5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(DAY);
    expect(waitAfter(MOST_ATTEMPTS), "the queue sets it aside at once").toBe(0);
    // SQS hides a message for twelve hours at the most.
    expect(Math.max(...waits)).toBeLessThan(12 * HOUR);
  });
  it("has taken an event by any 2xx, and wants no more by 410", () => {
    for (const status of [200, 202, 204]) expect(isTaken({ status })).toBe(true);
    for (const answer of [{ status: 301 }, { status: 404 }, { status: 500 }, { failed: "ECONNREFUSED" }])
      expect(isTaken(answer) || isOver(answer)).toBe(false);
    expect(isOver({ status: 410 })).toBe(true);
  });
});
