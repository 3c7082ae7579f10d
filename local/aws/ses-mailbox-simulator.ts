/** What SES calls `eventType`. */
export type EventType = "Send" | "Reject" | "Delivery" | "Bounce" | "Complaint" | "DeliveryDelay";

/** An event that a mail to a simulator address brings about, this many milliseconds after its acceptance. */
export interface Effect {
  after: number;
  eventType: EventType;
  bounce?: BounceKind;
  delayType?: string;
}

export interface BounceKind {
  bounceType: "Permanent" | "Transient" | "Undetermined";
  bounceSubType: string;
  action?: string;
  status?: string;
  diagnosticCode?: string;
}

export interface Simulation {
  effects: Effect[];
  /** What the caller of SendRawEmail gets instead of the ordinary answer. */
  answer?: "throttled-every-other-time" | "lost-after-accept";
}

const SECOND = 1000;
export const SEND_AFTER = 0.2 * SECOND;
const DELIVERY_AFTER = 1.5 * SECOND;

export const UNKNOWN_USER: BounceKind = {
  bounceType: "Permanent",
  bounceSubType: "General",
  action: "failed",
  status: "5.1.1",
  diagnosticCode: "smtp; 550 5.1.1 user unknown",
};
/** An answering machine: it reached SES's return path, so SES counts it as a bounce, without a status. */
export const OUT_OF_OFFICE: BounceKind = { bounceType: "Transient", bounceSubType: "General" };
const SUPPRESSED: BounceKind = {
  bounceType: "Permanent",
  bounceSubType: "Suppressed",
  action: "failed",
  status: "5.1.1",
  diagnosticCode:
    "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
};
const MAILBOX_FULL: BounceKind = {
  bounceType: "Transient",
  bounceSubType: "MailboxFull",
  action: "failed",
  status: "4.2.2",
  diagnosticCode: "smtp; 452 4.2.2 mailbox full",
};

const delivery: Effect = { after: DELIVERY_AFTER, eventType: "Delivery" };
const bounce = (kind: BounceKind, after = DELIVERY_AFTER): Effect => ({
  after,
  eventType: "Bounce",
  bounce: kind,
});

/** What happens to mail to anybody else. */
const ORDINARY: Simulation = { effects: [delivery] };

/** SES's mailbox simulator (developer guide, "Using the mailbox simulator"). */
const OF_SES: Record<string, Simulation> = {
  success: ORDINARY,
  bounce: { effects: [bounce(UNKNOWN_USER)] },
  ooto: { effects: [delivery, bounce(OUT_OF_OFFICE, 3 * SECOND)] },
  complaint: { effects: [delivery, { after: 10 * SECOND, eventType: "Complaint" }] },
  suppressionlist: { effects: [bounce(SUPPRESSED)] },
};

/** Our own, for what SES's simulator cannot show. */
const OF_OURS: Record<string, Simulation> = {
  softbounce: { effects: [bounce(MAILBOX_FULL)] },
  delay: {
    effects: [
      { after: 60 * SECOND, eventType: "DeliveryDelay", delayType: "TransientCommunicationFailure" },
      { after: 300 * SECOND, eventType: "Delivery" },
    ],
  },
  throttle: { effects: [delivery], answer: "throttled-every-other-time" },
  "timeout-after-accept": { effects: [delivery], answer: "lost-after-accept" },
};

const DOMAINS: Record<string, Record<string, Simulation>> = {
  "simulator.amazonses.com": OF_SES,
  "simulator.test": OF_OURS,
};

/** What mail to this address brings about. Labels are looked through: `bounce+jane@…` is `bounce@…`. */
export function findSimulation(address: string): Simulation {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  return DOMAINS[domain]?.[local.replace(/\+.*$/, "")] ?? ORDINARY;
}

/** Mail to SES's simulator is not counted against the daily quota. */
export const isSimulated = (address: string): boolean => /@simulator\.amazonses\.com$/i.test(address);
