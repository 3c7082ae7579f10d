import * as z from "zod/mini";
import { readNotification } from "../domain/notification.ts";
import { OperationalError } from "../errors.ts";
import type { SesEvent } from "../ports.ts";

/** What feedback reads of an SES event (Developer Guide, "Contents of event data"); all else is let pass. */
const eventSchema = z.object({
  eventType: z.optional(z.string()),
  notificationType: z.optional(z.string()),
  mail: z.object({
    messageId: z.string(),
    timestamp: z.string(),
    tags: z.optional(z.record(z.string(), z.array(z.string()))),
  }),
  bounce: z.optional(
    z.object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: z.array(z.object({ status: z.optional(z.string()) })),
    }),
  ),
  complaint: z.optional(z.object({ complaintFeedbackType: z.optional(z.nullable(z.string())) })),
});

/**
 * Reads a message of the feedback queue. Undefined for SES's plain sentence that it has found the topic.
 * Throws `event-not-understood`, naming the field.
 */
export function sesEvent(body: string): SesEvent | undefined {
  const notification = readNotification(body);
  if (notification === undefined) return undefined;
  const result = eventSchema.safeParse(notification);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperationalError("event-not-understood", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { eventType, notificationType, mail, bounce, complaint } = result.data;
  const at = Date.parse(mail.timestamp);
  if (Number.isNaN(at)) throw new OperationalError("event-not-understood", "mail.timestamp: not a time");
  return {
    type: eventType ?? notificationType ?? "unknown",
    messageId: mail.messageId,
    at,
    dispatch: mail.tags?.dispatch?.[0],
    ...(bounce && {
      bounce: {
        type: bounce.bounceType,
        subType: bounce.bounceSubType,
        status: bounce.bouncedRecipients[0]?.status,
      },
    }),
    ...(complaint && { complaint: { feedbackType: complaint.complaintFeedbackType ?? undefined } }),
  };
}
