import { commonHeaders, type MailHeader, truncateHeaders } from "./mail-headers.ts";
import type { CloudPlace } from "./request.ts";
import { type Effect, type EventType, UNKNOWN_USER } from "./ses-mailbox-simulator.ts";

export interface EventMoment {
  /** Epoch milliseconds. */
  now: number;
  place: CloudPlace;
  /** For a bounce or a complaint. */
  feedbackId: string;
}

/** SES shows at most this many bytes of a mail's header fields in an event. */
const MOST_HEADER_BYTES = 10_240;
/** For this long SES tries to deliver what a server puts off. */
const LONGEST_TRY = 14 * 3_600_000;

/** A configuration set's event about a mail (developer guide, "Event data that Amazon SES publishes to SNS"). */
export function makeEvent(
  mail: SentMail,
  eventType: EventType,
  effect: Partial<Effect>,
  moment: EventMoment,
): object {
  return {
    eventType,
    mail: describeMail(mail, eventType, moment.place),
    ...eventDetail(mail, eventType, effect, moment),
  };
}

function describeMail(mail: SentMail, eventType: EventType, { region, account }: CloudPlace): object {
  const { headers, truncated } = truncateHeaders(mail.headers, MOST_HEADER_BYTES);
  const common = commonHeaders(mail.headers);
  const outgoing = eventType === "Delivery" ? { "ses:outgoing-ip": ["127.0.0.1"] } : {};
  return {
    timestamp: iso(mail.at),
    source: mail.source,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${mail.source}`,
    sendingAccountId: account,
    messageId: mail.messageId,
    destination: mail.destinations,
    headersTruncated: truncated,
    headers,
    commonHeaders: { ...common, messageId: common.messageId ?? mail.messageId },
    tags: { ...mail.tags, ...outgoing },
  };
}

function eventDetail(
  mail: SentMail,
  eventType: EventType,
  effect: Partial<Effect>,
  moment: EventMoment,
): object {
  switch (eventType) {
    case "Send":
      return { send: {} };
    case "Reject":
      return { reject: { reason: "Bad content" } };
    case "Delivery":
      return { delivery: deliveryDetail(mail, moment) };
    case "Bounce":
      return { bounce: bounceDetail(mail, effect, moment) };
    case "Complaint":
      return { complaint: complaintDetail(mail, moment) };
    case "DeliveryDelay":
      return { deliveryDelay: delayDetail(mail, effect, moment) };
  }
}

const deliveryDetail = (mail: SentMail, { now }: EventMoment) => ({
  timestamp: iso(now),
  processingTimeMillis: now - mail.at,
  recipients: mail.destinations,
  smtpResponse: "250 2.6.0 Message received",
  reportingMTA: "a8-50.smtp-out.amazonses.com",
});

function bounceDetail(mail: SentMail, effect: Partial<Effect>, { now, feedbackId }: EventMoment) {
  const { bounceType, bounceSubType, ...recipient } = effect.bounce ?? UNKNOWN_USER;
  const bouncedRecipients = listRecipients(mail, recipient);
  const timestamp = iso(now);
  return {
    bounceType,
    bounceSubType,
    bouncedRecipients,
    timestamp,
    feedbackId,
    reportingMTA: "dns; amazonses.com",
  };
}

const complaintDetail = (mail: SentMail, { now, feedbackId }: EventMoment) => ({
  complainedRecipients: listRecipients(mail, {}),
  timestamp: iso(now),
  feedbackId,
  complaintSubType: null,
  userAgent: "Amazon SES Mailbox Simulator",
  complaintFeedbackType: "abuse",
  arrivalDate: iso(now),
});

const delayDetail = (mail: SentMail, { delayType }: Partial<Effect>, { now }: EventMoment) => ({
  timestamp: iso(now),
  delayType,
  expirationTime: iso(mail.at + LONGEST_TRY),
  delayedRecipients: listRecipients(mail, {
    status: "4.4.1",
    diagnosticCode: "smtp; 421 4.4.1 Unable to connect to remote host",
  }),
});

const listRecipients = (mail: SentMail, fields: object) =>
  mail.destinations.map((emailAddress) => ({ emailAddress, ...fields }));

const iso = (at: number): string => new Date(at).toISOString();

/** A mail that SES accepted. */
export interface SentMail {
  messageId: string;
  /** Epoch milliseconds of acceptance. */
  at: number;
  /** Envelope sender as the API call gave it. */
  source: string;
  /** Envelope recipients. */
  destinations: string[];
  configurationSet?: string;
  /** SES's own tags and the caller's; values as in events. */
  tags: Record<string, string[]>;
  /** As the caller passed them: what events repeat. */
  headers: MailHeader[];
  /** As it left: with SES's Message-ID and Date. */
  raw: Uint8Array;
  /** Epoch milliseconds; absent while on its way, or for ever if it bounced. */
  deliveredAt?: number;
}
