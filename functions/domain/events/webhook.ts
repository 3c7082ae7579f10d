import { createHmac } from "node:crypto";
import { HOUR, type Instant, MINUTE, SECOND } from "../time.ts";
import type { ReaderEvent } from "./reader-event.ts";

/** Where events are sent, and which. */
export interface Webhook {
  url: string;
  /** Types of events; all of them where there is none. */
  events: readonly string[];
  /** What its secret is called in Secrets Manager. */
  secretName: string;
}

/** What the bus leaves in the queue of webhooks: one event for one of them, which is known by its address. */
export interface WebhookMessage {
  webhook: string;
  event: ReaderEvent;
}

/** What became of an attempt: what the receiver answered, or why there was no answer. */
export type WebhookAnswer = { status: number } | { failed: string };

/** The waits between attempts that Standard Webhooks proposes: the last is made a day and three and a half hours after the first. */
const WAITS = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
] as const;
/** After so many attempts a message is set aside. */
export const MOST_ATTEMPTS = WAITS.length + 1;

/** How long after an attempt the next one is made; after the last, the queue sets the message aside at once. @param attempts made so far */
export const waitAfter = (attempts: number): number => WAITS[attempts - 1] ?? 0;

export const isTaken = (answer: WebhookAnswer): boolean =>
  "status" in answer && answer.status >= 200 && answer.status < 300;

/** The receiver says that it wants nothing more (410 Gone). */
export const isOver = (answer: WebhookAnswer): boolean => "status" in answer && answer.status === 410;

/** The same for all attempts, so that a receiver knows what it has. */
export const webhookBody = (event: ReaderEvent): string => JSON.stringify(event);

const PREFIX = "whsec_";
/** A secret's bytes (Standard Webhooks, "Signature scheme"). */
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

/** The keys in a secret: one, or several with spaces between them while they change. Undefined if one of them is no key. */
export function readWebhookKeys(secret: string): Uint8Array[] | undefined {
  const keys = secret.trim().split(/\s+/).map(readKey);
  const all = keys.filter((key) => key !== undefined);
  return all.length === keys.length ? all : undefined;
}

function readKey(text: string): Uint8Array | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const key = Buffer.from(text.slice(PREFIX.length), "base64");
  return key.length >= FEWEST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

/** The headers by which a receiver knows who sent a body, and when (Standard Webhooks 1.0). */
export function webhookHeaders(
  event: ReaderEvent,
  keys: readonly Uint8Array[],
  now: Instant,
): Record<string, string> {
  const timestamp = String(Math.floor(now / SECOND));
  const signed = `${event.id}.${timestamp}.${webhookBody(event)}`;
  const signatures = keys.map((key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  return {
    "webhook-id": event.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}

/** What `console webhooks test` sends: nothing has happened to anybody. */
export const testEvent = (id: string, now: Instant): ReaderEvent => ({
  id: `evt_webhook-test_${id}`,
  type: "webhook.test",
  timestamp: new Date(now).toISOString(),
  data: { reader: "nobody" },
});
