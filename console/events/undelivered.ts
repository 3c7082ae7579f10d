import type { Webhook, WebhookMessage } from "../../functions/domain/events/webhook.ts";

/** What EventBridge sets aside that could not put it into a queue: the whole event, before its rule made a message of it. */
interface BusEvent {
  "detail-type": string;
  detail: WebhookMessage["event"];
}

/**
 * What goes back into the queue of webhooks for a message that was set aside. A message of the queue goes back as it is. For an
 * event of the bus there is one for each webhook that wants its type: who has it already knows it by its id.
 */
export function restoreWebhookMessages(body: string, webhooks: readonly Webhook[]): string[] {
  const event = readBusEvent(body);
  if (!event) return [body];
  const { "detail-type": type, detail } = event;
  return webhooks
    .filter(({ events }) => events.length === 0 || events.includes(type))
    .map(({ url }): WebhookMessage => ({ webhook: url, event: detail }))
    .map((message) => JSON.stringify(message));
}

function readBusEvent(body: string): BusEvent | undefined {
  try {
    const read = JSON.parse(body) as Partial<BusEvent> | null;
    return typeof read?.["detail-type"] === "string" && read.detail ? (read as BusEvent) : undefined;
  } catch {
    return undefined;
  }
}
