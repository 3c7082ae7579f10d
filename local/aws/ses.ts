import { createHash } from "node:crypto";
import type { VirtualClock } from "./clock.ts";
import type { DkimSigner } from "./dkim.ts";
import { sesAnswer } from "./endpoint.ts";
import { readMail, rewriteHead } from "./mail-headers.ts";
import {
  type CloudPlace,
  ServiceError,
  type WireRequest,
  type WireResponse,
  type WireService,
} from "./request.ts";
import { makeEvent, type SentMail } from "./ses-events.ts";
import {
  type BounceKind,
  type Effect,
  type EventType,
  findSimulation,
  isSimulated,
  OUT_OF_OFFICE,
  SEND_AFTER,
  type Simulation,
  UNKNOWN_USER,
} from "./ses-mailbox-simulator.ts";
import type { ArrivingMail, Receipt } from "./ses-receipt.ts";
import { refusal } from "./ses-refusals.ts";
import { readRequest, type SesRequest, validate } from "./ses-request.ts";
import { Snapshot } from "./snapshot.ts";
import { RollingCount, TokenBucket } from "./token-bucket.ts";

/** What a configuration set publishes, and where. */
export interface EventDestination {
  /** As in CloudFormation: `send`, `delivery`, `bounce`, `complaint`, `reject`, `deliveryDelay` … */
  matchingEventTypes: string[];
  topicArn: string;
}

export interface SendLimits {
  /** Mails a second. */
  maxSendRate: number;
  /** Recipients in any 24 hours; -1: no limit. */
  max24HourSend: number;
}

interface ConfigurationSet {
  sendingEnabled: boolean;
  destinations: EventDestination[];
}

interface Pending {
  at: number;
  messageId: string;
  effect: Effect;
}

interface KeptMails {
  sent: (Omit<SentMail, "raw"> & { raw: string })[];
  pending: Pending[];
  counter: number;
}

const DAY = 86_400_000;
const VALIDATION = "Successfully validated SNS topic for Amazon SES event publishing.";
const SUBJECT = "Amazon SES Email Event Notification";
/** The antivirus test file, as text and in base64. */
const EICAR = ["EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "WDVPIVAlQEFQWzRcUFpYNTQo"];
const REPLACED = new Set([
  "message-id",
  "date",
  "x-ses-configuration-set",
  "x-ses-message-tags",
  "x-ses-source-arn",
  "x-ses-from-arn",
  "x-ses-return-path-arn",
]);
/** First digits of a message id, where samples show them. */
const REGION_PREFIX: Record<string, string> = {
  "us-east-1": "0100",
  "us-west-2": "0101",
  "eu-west-1": "0102",
};

/**
 * SES, version 1 of its API, for sending: limits, errors, rewriting and events as the developer guide and
 * recordings show them. All times are the virtual clock's.
 */
export class Ses implements WireService {
  readonly #clock: VirtualClock;
  readonly #place: CloudPlace;
  readonly #publish: (topicArn: string, message: string, subject?: string) => void;
  readonly #snapshot: Snapshot<KeptMails>;
  readonly #seed: string;
  readonly #dkim: DkimSigner | undefined;
  readonly #exchange: ((mail: ArrivingMail) => Receipt | undefined) | undefined;
  /** By name: its MAIL FROM domain, if it has one. */
  readonly #identities = new Map<string, string | undefined>();
  readonly #sets = new Map<string, ConfigurationSet>();
  readonly #sent = new Map<string, SentMail>();
  readonly #pending = new Set<Pending>();
  readonly #listeners: ((mail: SentMail) => void)[] = [];
  readonly #watchers: ((mail: SentMail) => void)[] = [];
  readonly #controlCalls = new Map<string, TokenBucket>();
  readonly #throttledBefore = new Map<string, number>();
  readonly #lastDay: RollingCount;
  #rate: TokenBucket;
  #limits: SendLimits;
  #spentElsewhere = 0;
  #sandbox: boolean;
  #pausedBy: "AWS" | "the owner" | undefined;
  #counter = 0;

  constructor(options: {
    clock: VirtualClock;
    place: CloudPlace;
    publish: (topicArn: string, message: string, subject?: string) => void;
    limits?: Partial<SendLimits>;
    /** In the sandbox recipients must be verified, too. */
    sandbox?: boolean;
    folder?: string;
    /** Signs what leaves, as SES does for a verified domain; nothing is signed without it. */
    dkim?: DkimSigner;
    /** Where the MX record of a recipient's domain leads to SES itself: what SES's inbound says. Undefined elsewhere. */
    exchange?: (mail: ArrivingMail) => Receipt | undefined;
    /** Message ids follow from it, the clock and a counter. */
    seed?: string;
  }) {
    this.#clock = options.clock;
    this.#place = options.place;
    this.#publish = options.publish;
    this.#seed = options.seed ?? "coursepost";
    this.#dkim = options.dkim;
    this.#exchange = options.exchange;
    this.#sandbox = options.sandbox ?? false;
    this.#limits = { maxSendRate: 14, max24HourSend: 50_000, ...options.limits };
    this.#rate = new TokenBucket(this.#limits.maxSendRate);
    this.#lastDay = new RollingCount(DAY);
    this.#snapshot = new Snapshot(options.folder, "ses");
    this.#restore(this.#snapshot.read());
  }

  /** Verifies a domain, with all its addresses, or an address. */
  verifyIdentity(identity: string, mailFrom?: string): void {
    this.#identities.set(identity.toLowerCase(), mailFrom);
  }

  isVerified(address: string): boolean {
    return this.#identities.has(address.toLowerCase()) || this.#verifiedDomain(address) !== undefined;
  }

  /** The nearest verified domain of an address. */
  #verifiedDomain(address: string): string | undefined {
    const [, domain = ""] = address.toLowerCase().split("@");
    const parents = domain.split(".").map((_, at, labels) => labels.slice(at).join("."));
    return parents.find((each) => this.#identities.has(each));
  }

  createConfigurationSet(name: string): void {
    this.#sets.set(name, { sendingEnabled: true, destinations: [] });
  }

  /** As in the cloud, a new destination is told so first, in a sentence that is not JSON. */
  addEventDestination(configurationSet: string, destination: EventDestination): void {
    this.#set(configurationSet).destinations.push(destination);
    this.#publish(destination.topicArn, VALIDATION, SUBJECT);
  }

  /** What other senders of the account have used of the day's quota, until they are told otherwise. */
  spendElsewhere(mails: number): void {
    this.#spentElsewhere = mails;
  }

  setLimits(limits: Partial<SendLimits>): void {
    this.#limits = { ...this.#limits, ...limits };
    this.#rate = new TokenBucket(this.#limits.maxSendRate);
  }

  /**
   * Takes no mail of the account's any more. AWS does it to one whose mail bounces too much, and says so in other
   * words than its own API's; whether GetAccountSendingEnabled then tells is not known, so it does not here.
   */
  pauseAccount(by: "AWS" | "the owner" = "AWS"): void {
    this.#pausedBy = by;
  }

  resumeAccount(): void {
    this.#pausedBy = undefined;
  }

  pauseConfigurationSet(name: string, paused = true): void {
    this.#set(name).sendingEnabled = !paused;
  }

  /** Tells of every mail that SES takes, as it takes it. */
  onAccepted(watcher: (mail: SentMail) => void): void {
    this.#watchers.push(watcher);
  }

  /** Tells of every mail that reached its reader. */
  onDelivered(listener: (mail: SentMail) => void): void {
    this.#listeners.push(listener);
  }

  /** All accepted mails, oldest first. */
  mails(): SentMail[] {
    return [...this.#sent.values()];
  }

  mail(messageId: string): SentMail | undefined {
    return this.#sent.get(messageId);
  }

  /** The mail comes back: a permanent bounce unless said otherwise. At once; throws for an unknown id. */
  bounce(messageId: string, kind: BounceKind = UNKNOWN_USER): void {
    this.#emit(this.#known(messageId), "Bounce", { bounce: kind });
  }

  /** The reader reports the mail as spam. */
  complaint(messageId: string): void {
    this.#emit(this.#known(messageId), "Complaint", {});
  }

  /** The reader's answering machine writes to SES's return path. */
  outOfOffice(messageId: string): void {
    this.bounce(messageId, OUT_OF_OFFICE);
  }

  save(): void {
    const sent = this.mails().map((mail) => ({ ...mail, raw: Buffer.from(mail.raw).toString("base64") }));
    this.#snapshot.write({ sent, pending: [...this.#pending], counter: this.#counter });
  }

  handle(request: WireRequest): WireResponse {
    switch (request.action) {
      case "SendRawEmail":
        return this.#sendRawEmail(readRequest(request.body));
      case "GetSendQuota":
        this.#takeControlCall(request.action);
        return sesAnswer(request.action, this.#quota());
      case "GetAccountSendingEnabled":
        this.#takeControlCall(request.action);
        return sesAnswer(request.action, `<Enabled>${this.#pausedBy !== "the owner"}</Enabled>`);
      default:
        throw new ServiceError("InvalidAction", `${request.action} is not emulated`);
    }
  }

  #sendRawEmail(request: SesRequest): WireResponse {
    this.#checkAllowed(request.configurationSet);
    validate(request);
    this.#checkVerified(request);
    const simulations = request.destinations.map(findSimulation);
    this.#takeTokens(request, simulations);
    const mail = this.#accept(request);
    for (const watcher of this.#watchers) watcher(mail);
    this.#scheduleEvents(mail, simulations, request.raw);
    const answer = sesAnswer("SendRawEmail", `<MessageId>${mail.messageId}</MessageId>`);
    const lost = simulations.some((simulation) => simulation.answer === "lost-after-accept");
    return lost ? { ...answer, lost: "silence" } : answer;
  }

  #checkAllowed(configurationSet: string | undefined): void {
    if (this.#pausedBy === "AWS") throw refusal("paused by AWS");
    if (this.#pausedBy === "the owner") throw refusal("paused by the owner");
    if (configurationSet === undefined) return;
    if (!this.#set(configurationSet).sendingEnabled) throw refusal("configuration set paused");
  }

  #checkVerified({ source, from, destinations }: SesRequest): void {
    const recipients = this.#sandbox ? destinations.filter((address) => !isSimulated(address)) : [];
    const failed = [source, ...from, ...recipients].filter((address) => !this.isVerified(address));
    if (failed.length === 0) return;
    const region = this.#place.region.toUpperCase();
    throw refusal(
      "not verified",
      `Email address is not verified. The following identities failed the check in region ${region}: ${[...new Set(failed)].join(", ")}`,
    );
  }

  /** A mail takes a token for each recipient; mail to the simulator counts for the rate only. */
  #takeTokens({ destinations }: SesRequest, simulations: Simulation[]): void {
    const now = this.#clock.now();
    const counted = destinations.filter((address) => !isSimulated(address)).length;
    const { max24HourSend } = this.#limits;
    if (max24HourSend !== -1 && this.#spentToday() + counted > max24HourSend) throw refusal("quota used up");
    const simulated = simulations.some(({ answer }) => answer === "throttled-every-other-time");
    if ((simulated && this.#throttlesNow(destinations.join())) || !this.#rate.take(destinations.length, now))
      throw refusal("rate exceeded");
    this.#lastDay.add(counted, now);
  }

  #throttlesNow(destinations: string): boolean {
    const times = this.#throttledBefore.get(destinations) ?? 0;
    this.#throttledBefore.set(destinations, times + 1);
    return times % 2 === 0;
  }

  /** SES grants one call a second of each of its other operations. */
  #takeControlCall(action: string): void {
    const bucket = this.#controlCalls.get(action) ?? new TokenBucket(1);
    this.#controlCalls.set(action, bucket);
    if (!bucket.take(1, this.#clock.now())) throw new ServiceError("Throttling", "Rate exceeded");
  }

  #quota(): string {
    const sent = this.#spentToday();
    const { max24HourSend, maxSendRate } = this.#limits;
    return `<SentLast24Hours>${decimal(sent)}</SentLast24Hours><Max24HourSend>${decimal(max24HourSend)}</Max24HourSend><MaxSendRate>${decimal(maxSendRate)}</MaxSendRate>`;
  }

  #spentToday(): number {
    return this.#lastDay.at(this.#clock.now()) + this.#spentElsewhere;
  }

  #accept(request: SesRequest): SentMail {
    const at = this.#clock.now();
    const messageId = this.#newId(at);
    const parsed = readMail(request.raw);
    const domain = this.#place.region === "us-east-1" ? "email" : this.#place.region;
    const unsigned = rewriteHead(parsed, REPLACED, [
      { name: "Message-ID", value: `<${messageId}@${domain}.amazonses.com>` },
      { name: "Date", value: new Date(at).toUTCString().replace("GMT", "+0000") },
      { name: "Feedback-ID", value: feedbackId(request, this.#place.region) },
    ]);
    const signing = this.#verifiedDomain(request.from[0] ?? request.source);
    const raw = signing === undefined ? unsigned : (this.#dkim?.sign(unsigned, signing, at) ?? unsigned);
    const mail: SentMail = {
      messageId,
      at,
      source: request.source,
      destinations: request.destinations,
      ...(request.configurationSet !== undefined && { configurationSet: request.configurationSet }),
      tags: this.#tags(request),
      headers: parsed.headers,
      raw,
    };
    this.#sent.set(messageId, mail);
    return mail;
  }

  #tags({ source, configurationSet, tags }: SesRequest): Record<string, string[]> {
    const domain = source.split("@").at(-1) ?? "";
    const own = {
      "ses:operation": ["SendRawEmail"],
      ...(configurationSet !== undefined && { "ses:configuration-set": [configurationSet] }),
      "ses:source-ip": ["127.0.0.1"],
      "ses:from-domain": [domain],
      "ses:caller-identity": ["local"],
    };
    return { ...own, ...Object.fromEntries(tags.map(({ name, value }) => [name, [value]])) };
  }

  #scheduleEvents(mail: SentMail, simulations: Simulation[], raw: Buffer): void {
    const infected = EICAR.some((signature) => raw.includes(signature));
    const rejection: Effect = { after: SEND_AFTER, eventType: "Reject" };
    // Every recipient of ours has a call of its own; for several the first one's fate stands for all.
    const fate = infected ? [rejection] : (simulations[0]?.effects ?? []);
    const sending: Effect = { after: SEND_AFTER, eventType: "Send" };
    for (const effect of [sending, ...fate])
      this.#later({ at: mail.at + effect.after, messageId: mail.messageId, effect });
  }

  #later(pending: Pending): void {
    this.#pending.add(pending);
    this.#clock.at(pending.at, `SES ${pending.effect.eventType}`, () => {
      this.#pending.delete(pending);
      const mail = this.#known(pending.messageId);
      const refused = pending.effect.eventType === "Delivery" ? this.#refusedBySes(mail) : undefined;
      if (refused !== undefined) return this.#emit(mail, "Bounce", { bounce: refused });
      if (pending.effect.eventType === "Delivery") this.#deliver(mail);
      this.#emit(mail, pending.effect.eventType, pending.effect);
    });
  }

  /** Mail to a domain that SES receives for goes through its receipt rules; what no rule takes bounces. */
  #refusedBySes({ messageId, source, destinations, raw }: SentMail): BounceKind | undefined {
    const domain = this.#verifiedDomain(source) ?? "";
    const returnPath = this.#identities.get(domain) ?? `${this.#place.region}.amazonses.com`;
    for (const recipient of destinations) {
      const receipt = this.#exchange?.({
        source: `${messageId}@${returnPath}`,
        recipients: [recipient],
        raw,
      });
      if (receipt && !receipt.accepted) return { ...UNKNOWN_USER, diagnosticCode: `smtp; ${receipt.reply}` };
    }
    return undefined;
  }

  #deliver(mail: SentMail): void {
    mail.deliveredAt = this.#clock.now();
    for (const listener of this.#listeners) listener(mail);
  }

  #emit(mail: SentMail, eventType: EventType, effect: Partial<Effect>): void {
    const set = mail.configurationSet === undefined ? undefined : this.#sets.get(mail.configurationSet);
    const moment = { now: this.#clock.now(), place: this.#place, feedbackId: this.#newId(mail.at) };
    const event = JSON.stringify(makeEvent(mail, eventType, effect, moment));
    const wanted = (set?.destinations ?? []).filter(({ matchingEventTypes }) =>
      matchingEventTypes.some((type) => type.toLowerCase() === eventType.toLowerCase()),
    );
    for (const { topicArn } of wanted) this.#publish(topicArn, event, SUBJECT);
  }

  /** Shaped like SES's: region, milliseconds in hexadecimal, a UUID, zeros. */
  #newId(at: number): string {
    const hash = createHash("sha256")
      .update(`${this.#seed} ${at} ${this.#counter++}`)
      .digest("hex");
    const uuid = [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
    const prefix = REGION_PREFIX[this.#place.region] ?? "0107";
    return `${prefix}${at.toString(16).padStart(12, "0")}-${uuid.join("-")}-${hash.slice(20, 32)}-000000`;
  }

  #set(name: string): ConfigurationSet {
    const set = this.#sets.get(name);
    if (set === undefined)
      throw refusal("configuration set missing", `Configuration set <${name}> does not exist.`);
    return set;
  }

  #known(messageId: string): SentMail {
    const mail = this.#sent.get(messageId);
    if (mail === undefined) throw new Error(`SES has accepted no mail with the id ${messageId}`);
    return mail;
  }

  #restore(kept: KeptMails | undefined): void {
    if (kept === undefined) return;
    this.#counter = kept.counter;
    for (const mail of kept.sent) {
      this.#sent.set(mail.messageId, { ...mail, raw: Buffer.from(mail.raw, "base64") });
      this.#lastDay.add(mail.destinations.filter((address) => !isSimulated(address)).length, mail.at);
    }
    for (const pending of kept.pending) this.#later(pending);
  }
}

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** Gmail's Postmaster Tools show the first two fields, which the sender may set by tags. */
function feedbackId({ tags }: SesRequest, region: string): string {
  const custom = ["ses:feedback-id-a", "ses:feedback-id-b"].flatMap((name) => {
    const tag = tags.find((each) => each.name === name);
    return tag === undefined ? [] : [tag.value];
  });
  return [...custom, `1.${region}.local=`, "AmazonSES"].join(":");
}
