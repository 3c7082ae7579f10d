import { mails } from "coursepost:content";
import { serveRetried } from "../aws/serve-retried.ts";
import { openCalling } from "../aws/webhook-queue.ts";
import { callWebhook, readWebhookMessage } from "./call-webhook.ts";

export const handler = serveRetried(mails, readWebhookMessage, callWebhook, openCalling);
