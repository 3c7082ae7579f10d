import * as z from "zod/mini";
import { readNotification } from "../domain/notification.ts";
import { OperationalError } from "../errors.ts";
import type { SesEvent } from "../ports.ts";

/** Missing, null and of a wrong kind are the same here: what is left of the event still counts. */
const text = z.catch(z.optional(z.string()), undefined);
const recipient = z.object({ emailAddress: text, status: text, diagnosticCode: text });
const nobody = { emailAddress: undefined, status: undefined, diagnosticCode: undefined };
const recipients = z.catch(z.optional(z.array(z.catch(recipient, nobody))), undefined);

const bounceSchema = z.object({
  bounceType: text,
  bounceSubType: text,
  bouncedRecipients: recipients,
  timestamp: text,
});
const complaintSchema = z.object({
  complaintFeedbackType: text,
  complainedRecipients: recipients,
  timestamp: text,
});

/** What feedback reads of an SES event (Developer Guide, "Contents of event data"); all else is let pass. */
const eventSchema = z.object({
  eventType: text,
  notificationType: text,
  mail: z.catch(
    z.optional(
      z.object({
        messageId: text,
        timestamp: text,
        tags: z.catch(
          z.optional(z.object({ dispatch: z.catch(z.union([z.array(z.string()), text]), []) })),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
  bounce: z.catch(z.optional(bounceSchema), undefined),
  complaint: z.catch(z.optional(complaintSchema), undefined),
});
type Event = z.infer<typeof eventSchema>;

/** By what SES says that a topic works: there is no mail in it. */
const TRIAL = "AmazonSnsSubscriptionSucceeded";

/**
 * Reads a message of the feedback queue. What is missing or null takes away what it would have said, and nothing
 * else: a bounce without a status is still a bounce. Undefined where SES only says that it has found the topic.
 * Throws `event-not-understood` if it is about no mail and nobody.
 */
export function sesEvent(body: string): SesEvent | undefined {
  const notification = withoutBus(readNotification(body));
  if (notification === undefined) return undefined;
  const result = eventSchema.safeParse(notification);
  if (!result.success) throw new OperationalError("event-not-understood", "not an object of JSON");
  const event = result.data;
  const { mail } = event;
  if (event.notificationType === TRIAL) return undefined;
  const type = event.eventType ?? event.notificationType ?? typeByContents(event);
  const addresses = findAddresses(event);
  const [dispatch] = [mail?.tags?.dispatch].flat();
  if (mail?.messageId === undefined && dispatch === undefined && addresses.length === 0)
    throw new OperationalError("event-not-understood", "mail: there is none, and nobody's address");
  const at = firstTime(mail?.timestamp, event.bounce?.timestamp, event.complaint?.timestamp);
  return {
    type,
    messageId: mail?.messageId ?? "unknown",
    ...(at !== undefined && { at }),
    dispatch,
    ...(addresses.length > 0 && { addresses }),
    ...(type === "Bounce" && { bounce: readBounce(event.bounce) }),
    ...(type === "Complaint" && {
      complaint: { feedbackType: event.complaint?.complaintFeedbackType },
    }),
  };
}

/** EventBridge puts the event into an envelope of its own. */
function withoutBus(notification: unknown): unknown {
  const isBus = typeof notification === "object" && notification !== null && "detail-type" in notification;
  return isBus && "detail" in notification ? notification.detail : notification;
}

function typeByContents({ bounce, complaint }: Event): string {
  if (complaint) return "Complaint";
  return bounce ? "Bounce" : "unknown";
}

const findAddresses = ({ bounce, complaint }: Event): string[] =>
  [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])].flatMap(
    ({ emailAddress }) => emailAddress ?? [],
  );

const firstTime = (...times: (string | undefined)[]): number | undefined =>
  times.map((time) => Date.parse(time ?? "")).find((moment) => !Number.isNaN(moment));

/** Subtypes that only a lasting bounce has. */
const LASTING = ["NoEmail", "Suppressed", "OnAccountSuppressionList", "UnsubscribedRecipient"];
/** RFC 3463, as a mail server writes it into its answer; a server that writes none has the digit of its reply code. */
const ENHANCED = /\b([245]\.\d{1,3}\.\d{1,3})\b/;
const REPLY_CODE = /\b([245])\d\d\b/;

function readBounce(bounce: Event["bounce"]): NonNullable<SesEvent["bounce"]> {
  const [first] = bounce?.bouncedRecipients ?? [];
  const status = first?.status ?? statusOfAnswer(first?.diagnosticCode);
  const subType = bounce?.bounceSubType;
  return {
    type: TYPES.find((type) => type === bounce?.bounceType) ?? typeByStatus(status, subType),
    ...(subType !== undefined && { subType }),
    ...(status !== undefined && { status }),
  };
}

function statusOfAnswer(answer: string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  const [, digit] = REPLY_CODE.exec(answer) ?? [];
  return ENHANCED.exec(answer)?.[1] ?? (digit === undefined ? undefined : `${digit}.0.0`);
}

/** All that SES has. */
const TYPES = ["Permanent", "Transient", "Undetermined"];

/** Where SES names no type that is known: what a server refuses for good, it would refuse tomorrow. */
const typeByStatus = (status: string | undefined, subType: string | undefined): string =>
  status?.startsWith("5.") || LASTING.includes(subType ?? "") ? "Permanent" : "Transient";
