import * as z from "zod/mini";
import { readNotification } from "../domain/notification.ts";
import { OperationalError } from "../errors.ts";
import type { SesEvent } from "../ports.ts";
import { findName, readBounce } from "./ses-bounce.ts";

/** Missing, null, empty and of a wrong kind are the same here: what is left of the event still counts. */
const text = z.catch(
  z.optional(
    z.pipe(
      z.string(),
      z.transform((given: string) => (given.trim() === "" ? undefined : given)),
    ),
  ),
  undefined,
);
const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.catch(z.optional(z.object(shape)), undefined);
const anything = z.optional(z.unknown());

/** What feedback reads of an SES event (Developer Guide, "Contents of event data"); all else is let pass. */
const eventSchema = z.object({
  eventType: text,
  notificationType: text,
  mail: part({
    messageId: text,
    timestamp: text,
    destination: anything,
    headers: anything,
    commonHeaders: part({ to: anything }),
    tags: part({ dispatch: anything, voice: anything }),
  }),
  bounce: part({ bounceType: text, bounceSubType: text, bouncedRecipients: anything, timestamp: text }),
  complaint: part({ complaintFeedbackType: text, complainedRecipients: anything, timestamp: text }),
  delivery: part({}),
  deliveryDelay: part({}),
  reject: part({}),
});
type Event = z.infer<typeof eventSchema>;

const recipient = z.object({ emailAddress: text, status: text, diagnosticCode: text });
type Recipient = z.infer<typeof recipient>;

/** Recipients as SES lists them, or one alone, or as nothing but addresses. */
const readRecipients = (given: unknown): Recipient[] =>
  [given].flat().flatMap((one) => {
    if (typeof one === "string") return { emailAddress: one, status: undefined, diagnosticCode: undefined };
    const read = recipient.safeParse(one);
    return read.success ? read.data : [];
  });

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
  const type = findType(event);
  const recipients = readRecipients(event.bounce?.bouncedRecipients ?? event.complaint?.complainedRecipients);
  const addresses = TELLING.includes(type) ? findAddresses(event, recipients) : [];
  const [sentTo] = TELLING.includes(type) ? findDestination(event) : [];
  const dispatch = findDispatch(event);
  if (mail?.messageId === undefined && dispatch === undefined && addresses.length === 0)
    throw new OperationalError("event-not-understood", "mail: there is none, and nobody's address");
  const at = firstTime(mail?.timestamp, event.bounce?.timestamp, event.complaint?.timestamp);
  return {
    type,
    messageId: mail?.messageId ?? "unknown",
    ...(at !== undefined && { at }),
    dispatch,
    ...readVoiceTag(event),
    ...(addresses.length > 0 && { addresses }),
    ...(sentTo !== undefined && { sentTo }),
    ...(type === "Bounce" && { bounce: readBounce(event.bounce ?? {}, recipients) }),
    ...(type === "Complaint" && {
      complaint: { feedbackType: event.complaint?.complaintFeedbackType?.toLowerCase() },
    }),
  };
}

/** EventBridge puts the event into an envelope of its own. */
function withoutBus(notification: unknown): unknown {
  const isBus = typeof notification === "object" && notification !== null && "detail-type" in notification;
  if (!isBus || !("detail" in notification)) return notification;
  return typeof notification.detail === "string"
    ? readNotification(notification.detail)
    : notification.detail;
}

/** Types that are heard; SES has more (Open, Click, Subscription, …), and they change nothing. */
const EVENT_TYPES = ["Send", "DeliveryDelay", "Delivery", "Reject", "Bounce", "Complaint"];

/** After these, nothing may be mailed to somebody any more: they have to be found even where their tags are lost. */
const TELLING = ["Bounce", "Complaint"];

/** By its name, in whatever case, else by what is in it. */
function findType({ eventType, notificationType, ...contents }: Event): string {
  const named = findName(EVENT_TYPES, eventType) ?? findName(EVENT_TYPES, notificationType);
  return named ?? typeByContents(contents) ?? eventType ?? notificationType ?? "unknown";
}

function typeByContents(contents: Omit<Event, "eventType" | "notificationType">): string | undefined {
  if (contents.complaint) return "Complaint";
  if (contents.bounce) return "Bounce";
  if (contents.deliveryDelay) return "DeliveryDelay";
  if (contents.delivery) return "Delivery";
  return contents.reject ? "Reject" : undefined;
}

/** Whom it names; where it names nobody, whom the mail went to: each of our mails has one recipient. */
function findAddresses(event: Event, recipients: readonly Recipient[]): string[] {
  const named = recipients.flatMap(({ emailAddress }) => emailAddress ?? []);
  return named.length > 0 ? named : findDestination(event);
}

/** Whom the mail went to, if it tells of one. */
function findDestination({ mail }: Event): string[] {
  const lists = [mail?.destination, mail?.commonHeaders?.to].map((one) =>
    readRecipients(one).flatMap(({ emailAddress }) => emailAddress ?? []),
  );
  return lists.find(({ length }) => length === 1) ?? [];
}

/** By its tag, or by the header field that asks SES for the tag. */
function findDispatch({ mail }: Event): string | undefined {
  const tag = [mail?.tags?.dispatch].flat().find((one) => typeof one === "string" && one !== "");
  if (typeof tag === "string") return tag;
  const fields = z.array(
    z.catch(z.object({ name: text, value: text }), { name: undefined, value: undefined }),
  );
  const headers = fields.safeParse(mail?.headers);
  const asked = headers.data?.find(({ name }) => name?.toLowerCase() === "x-ses-message-tags")?.value;
  return /(?:^|[\s,;])dispatch\s*=\s*"?([^\s,;"]+)/.exec(asked ?? "")?.[1];
}

/** Ours are 16 letters and digits. */
const VOICE_ID = /^[a-z2-7]{16}$/;

function readVoiceTag({ mail }: Event): Pick<SesEvent, "voice"> {
  const voice = [mail?.tags?.voice].flat().find((one) => typeof one === "string" && VOICE_ID.test(one));
  return typeof voice === "string" ? { voice } : {};
}

const firstTime = (...times: (string | undefined)[]): number | undefined =>
  times.map((time) => Date.parse(time ?? "")).find((moment) => !Number.isNaN(moment));
