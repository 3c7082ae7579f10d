import * as z from "zod/mini";
import { readNotification } from "../domain/notification.ts";
import type { WrittenAnswer } from "../domain/replies/written.ts";
import { OperationalError } from "../errors.ts";
import type { ReceivedMail } from "../ports.ts";

const verdict = z.object({
  status: z.enum(["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"]),
});

/** What the receipt rule's S3 action tells its topic (SES Developer Guide, "Contents of notifications"). */
const receivedSchema = z.object({
  mail: z.object({ messageId: z.string(), source: z.string() }),
  receipt: z.object({
    timestamp: z.string(),
    recipients: z.array(z.string()),
    spamVerdict: verdict,
    virusVerdict: verdict,
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
    action: z.object({ type: z.literal("S3"), objectKey: z.string() }),
  }),
});

/** What our own pages put into the same queue. */
const writtenSchema = z.object({
  writes: z.literal("answer"),
  subscriber: z.string(),
  reflection: z.string(),
  inReplyTo: z.string(),
  writtenAt: z.number(),
  words: z.string(),
});

/** A message of the replies queue: a mail that SES took, or an answer from a page. Undefined and throws as `receivedMail`. */
export function readReplyMessage(body: string): ReceivedMail | WrittenAnswer | undefined {
  const notification = readNotification(body);
  const written = writtenSchema.safeParse(notification);
  return written.success ? (written.data as WrittenAnswer) : receivedMail(body);
}

/** The mail that SES writes itself when a receipt rule with an S3 action is made or changed: to recipient@example.com. */
const SETUP_NOTIFICATION = "AMAZON_SES_SETUP_NOTIFICATION";
const setupSchema = z.object({ mail: z.object({ messageId: z.literal(SETUP_NOTIFICATION) }) });

/**
 * Reads a message of the replies queue. Undefined for what SES and SNS say about the subscription and the rule.
 * Throws `event-not-understood`, naming the field.
 */
export function receivedMail(body: string): ReceivedMail | undefined {
  const notification = readNotification(body);
  if (notification === undefined || isAboutTheTopic(notification)) return undefined;
  // It may lack verdicts, which no mail of a reader's does.
  if (setupSchema.safeParse(notification).success) return undefined;
  const result = receivedSchema.safeParse(notification);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperationalError("event-not-understood", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { mail, receipt } = result.data;
  const receivedAt = Date.parse(receipt.timestamp);
  if (Number.isNaN(receivedAt))
    throw new OperationalError("event-not-understood", "receipt.timestamp: not a time");
  return {
    sesMessageId: mail.messageId,
    key: receipt.action.objectKey,
    source: mail.source === "<>" ? "" : mail.source,
    recipients: receipt.recipients,
    verdicts: {
      spam: receipt.spamVerdict.status,
      virus: receipt.virusVerdict.status,
      spf: receipt.spfVerdict.status,
      dkim: receipt.dkimVerdict.status,
      dmarc: receipt.dmarcVerdict.status,
    },
    receivedAt,
  };
}

/** `{"notificationType":"AmazonSnsSubscriptionSucceeded",…}`, when the rule is made. */
function isAboutTheTopic(notification: unknown): boolean {
  if (typeof notification !== "object" || notification === null) return false;
  const type = "notificationType" in notification ? notification.notificationType : undefined;
  return type !== undefined && type !== "Received";
}
