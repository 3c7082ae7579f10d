import * as z from "zod/mini";
import type { Webhook } from "../domain/events/webhook.ts";
import { type Settings, settingsSchema } from "../domain/settings.ts";
import { OperationalError } from "../errors.ts";

/** What the stack tells a function about the world around it. */
export interface Config {
  table: string;
  keyringSecret: string;
  nudgeQueueUrl: string;
  replyQueueUrl: string;
  inboxBucket: string;
  configurationSet: string;
  /** Where the owner hears of what the functions see. */
  alarmTopic: string;
  webOrigin: string;
  /** What SES puts behind the `@` of a Message-ID; AWS does not promise it, so it is a setting. */
  messageIdDomain: string;
  settings: Settings;
  /** Whom to ask about names, `address:port` each. Empty in an account: the platform's own resolver. */
  dnsServers: string[];
  /** Where messages go that a queue gave up. Only the report's function is told. */
  deadLetterUrls: string[];
  /** Where SES puts what mail hosts report of the domain. Only the function that reads it is told. */
  dmarcBucket: string | undefined;
  /** Where what happens to readers is told. Only the function that tells it knows. */
  eventBus: string | undefined;
  /** Whom events are sent to, and the queue from which they are. Only the function that does it is told. */
  webhooks: Webhook[];
  webhookQueueUrl: string | undefined;
}

const environmentSchema = z.object({
  TABLE_NAME: z.string(),
  KEYRING_SECRET: z.string(),
  NUDGE_QUEUE_URL: z.string(),
  REPLY_QUEUE_URL: z.string(),
  INBOX_BUCKET: z.string(),
  CONFIGURATION_SET: z.string(),
  ALARM_TOPIC: z.string(),
  WEB_ORIGIN: z.string(),
  PICTURE_ORIGIN: z.string(),
  MESSAGE_ID_DOMAIN: z.string(),
  SETTINGS: z.string(),
  DEAD_LETTER_URLS: z.optional(z.string()),
  DMARC_BUCKET: z.optional(z.string()),
  EVENT_BUS: z.optional(z.string()),
  WEBHOOKS: z.optional(z.string()),
  WEBHOOK_QUEUE_URL: z.optional(z.string()),
  DNS_SERVERS: z.optional(z.string()),
});

/** The one place that reads the environment. Throws `settings-invalid`, naming the variable or field. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const variables = check(environmentSchema, environment, "environment");
  const pictureOrigin = variables.PICTURE_ORIGIN.replace(/\/$/, "");
  return {
    table: variables.TABLE_NAME,
    keyringSecret: variables.KEYRING_SECRET,
    nudgeQueueUrl: variables.NUDGE_QUEUE_URL,
    replyQueueUrl: variables.REPLY_QUEUE_URL,
    inboxBucket: variables.INBOX_BUCKET,
    configurationSet: variables.CONFIGURATION_SET,
    alarmTopic: variables.ALARM_TOPIC,
    webOrigin: variables.WEB_ORIGIN.replace(/\/$/, ""),
    messageIdDomain: variables.MESSAGE_ID_DOMAIN,
    dnsServers: variables.DNS_SERVERS?.split(" ") ?? [],
    deadLetterUrls: variables.DEAD_LETTER_URLS?.split(" ") ?? [],
    dmarcBucket: variables.DMARC_BUCKET,
    eventBus: variables.EVENT_BUS,
    webhooks: JSON.parse(variables.WEBHOOKS ?? "[]") as Webhook[],
    webhookQueueUrl: variables.WEBHOOK_QUEUE_URL,
    settings: check(settingsSchema, { ...parseJson(variables.SETTINGS), pictureOrigin }, "SETTINGS"),
  };
}

function check<T extends z.ZodMiniType>(schema: T, value: unknown, where: string): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${where}.${issue.path.join(".")}: ${issue.message}`);
  throw new OperationalError("settings-invalid", problems.join("; "));
}

function parseJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    throw new OperationalError("settings-invalid", "SETTINGS is not JSON", cause);
  }
}
