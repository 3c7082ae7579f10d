import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Content } from "../domain/content.ts";
import type { Webhook } from "../domain/events/webhook.ts";
import { SECOND } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Services, WebhookCaller } from "../ports.ts";
import { readConfig } from "./config.ts";
import { openServices } from "./runtime.ts";
import type { Putsoff } from "./serve-retried.ts";
import { openWebhookCaller } from "./webhook-caller.ts";

function openPutsoff(QueueUrl: string, client = new SQSClient({})): Putsoff {
  return {
    async putOff(ReceiptHandle, ms) {
      const VisibilityTimeout = Math.ceil(ms / SECOND);
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },
  };
}

/** The services of the function that calls webhooks. Throws `settings-invalid` where the stack names no queue of theirs. */
export function openCalling(
  content: Content,
): Services & Putsoff & { caller: WebhookCaller; webhooks: readonly Webhook[] } {
  const config = readConfig();
  const { webhooks, webhookQueueUrl, dnsServers } = config;
  if (webhookQueueUrl === undefined)
    throw new OperationalError("settings-invalid", "environment.WEBHOOK_QUEUE_URL: is missing");
  const services = openServices(content, undefined, config);
  const caller = openWebhookCaller(services.clock, dnsServers.length > 0);
  return { ...services, ...openPutsoff(webhookQueueUrl), caller, webhooks };
}
