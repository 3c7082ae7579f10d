import { createHash } from "node:crypto";
import type { VirtualClock } from "./clock.ts";
import {
  commonHeaders,
  findHeader,
  type MailHeader,
  mailboxes,
  readAddress,
  readMail,
  truncateHeaders,
} from "./mail-headers.ts";
import type { CloudPlace } from "./request.ts";

type SesVerdict = "PASS" | "FAIL" | "GRAY" | "PROCESSING_FAILED" | "DISABLED";
export type SesVerdicts = Record<"spam" | "virus" | "spf" | "dkim" | "dmarc", SesVerdict>;

/** `Rule` of `AWS::SES::ReceiptRule`, with references resolved. */
export interface ReceiptRule {
  Name?: string;
  Enabled?: boolean;
  ScanEnabled?: boolean;
  Recipients?: string[];
  Actions?: { S3Action?: S3Action; StopAction?: { Scope: string; TopicArn?: string } }[];
}

interface S3Action {
  BucketName: string;
  ObjectKeyPrefix?: string;
  TopicArn?: string;
}

export interface ArrivingMail {
  /** Envelope sender; empty for a null return path. */
  source: string;
  /** Envelope recipients. */
  recipients: string[];
  raw: Uint8Array;
  /** PASS where left out. */
  verdicts?: Partial<SesVerdicts>;
  /** The domain's policy, told when DMARC fails. */
  dmarcPolicy?: "none" | "quarantine" | "reject";
}

export type Receipt =
  | { accepted: true; messageId: string; keys: string[] }
  /** What an SMTP server answers. */
  | { accepted: false; reply: string };

export const NO_SUCH_MAILBOX = "550 5.1.1 Requested action not taken: mailbox unavailable";
const TOO_LARGE = "552 5.3.4 Message size exceeds fixed limit";
const MOST_BYTES = 40 * 1024 * 1024;
const MOST_HEADER_BYTES = 10_240;
const SUBJECT = "Amazon SES Email Receipt Notification";
const SETUP_NOTIFICATION = "AMAZON_SES_SETUP_NOTIFICATION";
const SETUP_MAIL = [
  "From: aws@amazon.com",
  "To: recipient@example.com",
  "Subject: Amazon SES Setup Notification",
  "Message-ID: <AMAZON_SES_SETUP_NOTIFICATION@amazon.com>",
  "Content-Type: text/plain",
  "",
  "Amazon SES can write to this bucket.",
  "",
].join("\r\n");

interface ReceiptPorts {
  clock: VirtualClock;
  place: CloudPlace;
  /** Writes an object: S3's `put`. */
  store: (bucket: string, key: string, body: Uint8Array) => void;
  publish: (topicArn: string, message: string, subject?: string) => void;
  /** Whether an address is on a verified domain, for rules without recipients. */
  isVerified: (address: string) => boolean;
}

/** SES's receiving side: the active rule set, which stores mail in S3 and tells SNS of it. */
export class ReceiptRules {
  readonly #ports: ReceiptPorts;
  readonly #rules: ReceiptRule[] = [];
  #counter = 0;

  constructor(ports: ReceiptPorts) {
    this.#ports = ports;
  }

  /** Rules apply in the order in which they are added. SES tries what a new one writes to, by a mail of its own. */
  addRule(rule: ReceiptRule): void {
    this.#rules.push(rule);
    for (const { S3Action } of rule.Actions ?? []) if (S3Action !== undefined) this.#trySetUp(S3Action);
  }

  /** As public handlers of it show it (GovWifi's among them); there are reports of it with and without all verdicts. */
  #trySetUp({ BucketName, ObjectKeyPrefix = "", TopicArn }: S3Action): void {
    const objectKey = `${ObjectKeyPrefix}${SETUP_NOTIFICATION}`;
    this.#ports.store(BucketName, objectKey, Buffer.from(SETUP_MAIL));
    if (TopicArn === undefined) return;
    const timestamp = new Date(this.#ports.clock.now()).toISOString();
    const recipients = ["recipient@example.com"];
    const verdict = { status: "PASS" };
    const action = {
      type: "S3",
      topicArn: TopicArn,
      bucketName: BucketName,
      objectKeyPrefix: ObjectKeyPrefix,
      objectKey,
    };
    const notification = {
      notificationType: "Received",
      mail: {
        ...{ timestamp, source: "aws@amazon.com", messageId: SETUP_NOTIFICATION, destination: recipients },
        ...{ headersTruncated: false, headers: [], commonHeaders: {} },
      },
      receipt: {
        ...{ timestamp, processingTimeMillis: 1, recipients },
        ...{ spamVerdict: verdict, virusVerdict: verdict, spfVerdict: verdict, dkimVerdict: verdict, action },
      },
    };
    this.#ports.publish(TopicArn, JSON.stringify(notification), SUBJECT);
  }

  /** Whether any rule takes mail for this recipient; else the SMTP reply is NO_SUCH_MAILBOX. */
  accepts(recipient: string): boolean {
    return this.#rules.some((rule) => this.matchRecipients(rule, [recipient]).length > 0);
  }

  /** Whether the MX record of an address's domain leads here: a rule names the domain. */
  leadHere(recipient: string): boolean {
    const readDomain = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    const named = this.#rules.flatMap(({ Recipients = [] }) => Recipients.map(readDomain));
    return named.includes(readDomain(recipient));
  }

  /** Takes a mail as SMTP's DATA ends: every action of every matching rule, or a refusal. */
  receive(mail: ArrivingMail): Receipt {
    if (mail.raw.length > MOST_BYTES) return { accepted: false, reply: TOO_LARGE };
    const matching = this.#rules
      .map((rule) => ({ rule, recipients: this.matchRecipients(rule, mail.recipients) }))
      .filter(({ recipients }) => recipients.length > 0);
    if (matching.length === 0) return { accepted: false, reply: NO_SUCH_MAILBOX };
    const messageId = this.#newId(mail.raw);
    const keys: string[] = [];
    for (const { rule, recipients } of matching) {
      if (!this.#apply(rule, recipients, mail, messageId, keys)) break;
    }
    return { accepted: true, messageId, keys };
  }

  matchRecipients(rule: ReceiptRule, recipients: string[]): string[] {
    if (rule.Enabled === false) return [];
    const patterns = rule.Recipients ?? [];
    if (patterns.length === 0) return recipients.filter((recipient) => this.#ports.isVerified(recipient));
    return recipients.filter((recipient) => patterns.some((pattern) => matches(pattern, recipient)));
  }

  /** False when the rule says to stop. */
  #apply(
    rule: ReceiptRule,
    recipients: string[],
    mail: ArrivingMail,
    messageId: string,
    keys: string[],
  ): boolean {
    for (const { S3Action, StopAction } of rule.Actions ?? []) {
      if (StopAction !== undefined) return false;
      if (S3Action === undefined)
        throw new Error(`Receipt rule ${rule.Name}: only S3 and stop actions are emulated`);
      const verdicts = chooseVerdicts(mail, rule);
      const raw = this.#withHeaders(mail, recipients, verdicts, messageId);
      const objectKey = `${S3Action.ObjectKeyPrefix ?? ""}${messageId}`;
      this.#ports.store(S3Action.BucketName, objectKey, raw);
      keys.push(objectKey);
      if (S3Action.TopicArn === undefined) continue;
      const action = {
        type: "S3",
        topicArn: S3Action.TopicArn,
        bucketName: S3Action.BucketName,
        objectKeyPrefix: S3Action.ObjectKeyPrefix ?? "",
        objectKey,
      };
      const notification = this.#notification(
        mail,
        recipients,
        verdicts,
        messageId,
        readMail(raw).headers,
        action,
      );
      this.#ports.publish(S3Action.TopicArn, JSON.stringify(notification), SUBJECT);
    }
    return true;
  }

  #notification(
    mail: ArrivingMail,
    recipients: string[],
    verdicts: SesVerdicts,
    messageId: string,
    all: MailHeader[],
    action: object,
  ) {
    const timestamp = new Date(this.#ports.clock.now()).toISOString();
    const { headers, truncated } = truncateHeaders(all, MOST_HEADER_BYTES);
    const status = (kind: keyof SesVerdicts) => ({ status: verdicts[kind] });
    return {
      notificationType: "Received",
      mail: {
        timestamp,
        source: mail.source,
        messageId,
        destination: mail.recipients,
        headersTruncated: truncated,
        headers,
        commonHeaders: { returnPath: mail.source, ...commonHeaders(all) },
      },
      receipt: {
        timestamp,
        processingTimeMillis: 420,
        recipients,
        spamVerdict: status("spam"),
        virusVerdict: status("virus"),
        spfVerdict: status("spf"),
        dkimVerdict: status("dkim"),
        dmarcVerdict: status("dmarc"),
        ...(verdicts.dmarc === "FAIL" && { dmarcPolicy: mail.dmarcPolicy ?? "none" }),
        action,
      },
    };
  }

  /** The fields that SES puts above a mail that it stores. */
  #withHeaders(mail: ArrivingMail, recipients: string[], verdicts: SesVerdicts, messageId: string): Buffer {
    const { region } = this.#ports.place;
    const date = new Date(this.#ports.clock.now()).toUTCString().replace("GMT", "+0000");
    const domain = mail.source.split("@").at(-1) || "unknown";
    const from = readAddress(mailboxes(findHeader(readMail(mail.raw).headers, "from"))[0] ?? "");
    const fromDomain = from.split("@").at(-1) || domain;
    const result = (verdict: SesVerdict) => (verdict === "GRAY" ? "none" : verdict.toLowerCase());
    const head = [
      `Return-Path: <${mail.source}>`,
      `Received: from ${domain} (${domain} [127.0.0.1]) by inbound-smtp.${region}.amazonaws.com with SMTP id ${messageId} for ${recipients[0]}; ${date}`,
      `X-SES-Spam-Verdict: ${verdicts.spam}`,
      `X-SES-Virus-Verdict: ${verdicts.virus}`,
      `Received-SPF: ${result(verdicts.spf)} (spfCheck: local) client-ip=127.0.0.1; envelope-from=${mail.source}; helo=${domain};`,
      `Authentication-Results: amazonses.com; spf=${result(verdicts.spf)} (spfCheck: local) client-ip=127.0.0.1; dkim=${result(verdicts.dkim)} header.i=@${fromDomain}; dmarc=${result(verdicts.dmarc)} header.from=${fromDomain};`,
    ];
    return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n`), mail.raw]);
  }

  /** Forty letters of lower case and digits, unlike the ids of outgoing mail. */
  #newId(raw: Uint8Array): string {
    const seed = `${this.#ports.clock.now()} ${this.#counter++} `;
    const hash = createHash("sha512").update(seed).update(raw).digest("hex");
    const digits = BigInt(`0x${hash}`).toString(32);
    return digits.slice(0, 40);
  }
}

function chooseVerdicts({ verdicts }: ArrivingMail, { ScanEnabled }: ReceiptRule): SesVerdicts {
  const all: SesVerdicts = {
    spam: "PASS",
    virus: "PASS",
    spf: "PASS",
    dkim: "PASS",
    dmarc: "PASS",
    ...verdicts,
  };
  return ScanEnabled ? all : { ...all, spam: "DISABLED", virus: "DISABLED" };
}

/**
 * A rule's recipient: an address (which takes all its labels, too), an address with one label, a domain without
 * its subdomains, or `.domain` for all subdomains of it.
 */
export function matches(pattern: string, recipient: string): boolean {
  const [wanted, actual] = [pattern.toLowerCase(), recipient.toLowerCase()];
  const [local = "", domain = ""] = actual.split("@");
  if (wanted.startsWith(".")) return domain.endsWith(wanted);
  if (!wanted.includes("@")) return domain === wanted;
  return actual === wanted || `${local.replace(/\+.*$/, "")}@${domain}` === wanted;
}
