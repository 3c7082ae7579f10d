import { EVENT_SCHEMAS, isEventType, type ReaderEvent } from "../domain/events/reader-event.ts";
import {
  isOver,
  isTaken,
  MOST_ATTEMPTS,
  type Webhook,
  type WebhookMessage,
  waitAfter,
} from "../domain/events/webhook.ts";
import { OperationalError } from "../errors.ts";
import type { Services, WebhookCaller } from "../ports.ts";

type Calls = Pick<Services, "log"> & { caller: WebhookCaller; webhooks: readonly Webhook[] };

/** Reads what a rule of the bus has left. Throws `event-not-understood`, naming the field. */
export function readWebhookMessage(body: string): WebhookMessage {
  const { webhook, event } = parseJson(body) as Partial<WebhookMessage>;
  if (typeof webhook !== "string") throw new OperationalError("event-not-understood", "webhook: missing");
  const type = String(event?.type);
  if (!isEventType(type)) throw new OperationalError("event-not-understood", "event.type: no event of ours");
  const read = EVENT_SCHEMAS[type].safeParse(event);
  if (read.success) return { webhook, event: event as ReaderEvent };
  const [issue] = read.error.issues;
  throw new OperationalError("event-not-understood", `event.${issue?.path.join(".")}: ${issue?.message}`);
}

function parseJson(body: string): object {
  try {
    return JSON.parse(body) as object;
  } catch (cause) {
    throw new OperationalError("event-not-understood", "body: not JSON", cause);
  }
}

/**
 * One attempt to tell one receiver of one event. Its address may hold a secret of the receiver's: logs name the host.
 * @returns how long to wait before the next attempt (ms); undefined when nothing more is to be done
 */
export async function callWebhook(
  { caller, webhooks, log }: Calls,
  { webhook: url, event }: WebhookMessage,
  attempts: number,
): Promise<number | undefined> {
  const { host } = new URL(url);
  const webhook = webhooks.find((one) => one.url === url);
  if (!webhook) {
    log.info("webhook-removed", { host, id: event.id });
    return undefined;
  }
  const answer = await caller.call(webhook, event);
  const what = { host, id: event.id, type: event.type, ...answer };
  if (isTaken(answer)) {
    log.info("webhook-called", what);
    return undefined;
  }
  if (isOver(answer)) {
    log.warn("webhook-wants-no-more", what);
    return undefined;
  }
  log.warn("webhook-not-taken", { ...what, attempt: attempts, of: MOST_ATTEMPTS });
  return waitAfter(attempts);
}
