import { describe, expect, it } from "vitest";
import { readReplyMessage, receivedMail } from "../../functions/reply/received-mail.ts";

const verdict = (status: string) => ({ status });

/** As SES tells the topic of a receipt rule's S3 action (Developer Guide, "Examples of notifications"). */
const NOTIFICATION = {
  notificationType: "Received",
  mail: {
    timestamp: "2026-11-24T08:00:00.000Z",
    source: "jane@acme.example",
    messageId: "pp7o1b869j1mbmmegnjm215bi5o331noilsell01",
    destination: ["reply+token@in.course.example"],
    headersTruncated: false,
    headers: [{ name: "From", value: "Jane <jane@acme.example>" }],
    commonHeaders: { subject: "Re: x" },
  },
  receipt: {
    timestamp: "2026-11-24T08:00:01.000Z",
    processingTimeMillis: 400,
    recipients: ["reply+token@in.course.example"],
    spamVerdict: verdict("PASS"),
    virusVerdict: verdict("PASS"),
    spfVerdict: verdict("GRAY"),
    dkimVerdict: verdict("PROCESSING_FAILED"),
    dmarcVerdict: verdict("FAIL"),
    dmarcPolicy: "reject",
    action: {
      type: "S3",
      topicArn: "arn:x",
      bucketName: "inbox",
      objectKeyPrefix: "in/",
      objectKey: "in/pp7o",
    },
  },
};
const envelope = (message: unknown) =>
  JSON.stringify({ Type: "Notification", TopicArn: "arn:x", Message: JSON.stringify(message) });
const withReceipt = (changes: object) =>
  envelope({ ...NOTIFICATION, receipt: { ...NOTIFICATION.receipt, ...changes } });

describe("what SES tells about a mail that came in", () => {
  it("is read in SNS's envelope and without it", () => {
    const mail = {
      sesMessageId: "pp7o1b869j1mbmmegnjm215bi5o331noilsell01",
      key: "in/pp7o",
      source: "jane@acme.example",
      recipients: ["reply+token@in.course.example"],
      verdicts: { spam: "PASS", virus: "PASS", spf: "GRAY", dkim: "PROCESSING_FAILED", dmarc: "FAIL" },
      receivedAt: Date.UTC(2026, 10, 24, 8, 0, 1),
    };
    expect(receivedMail(envelope(NOTIFICATION))).toEqual(mail);
    expect(receivedMail(JSON.stringify(NOTIFICATION))).toEqual(mail);
  });

  it("has an empty sender for a null return path", () => {
    const mail = envelope({ ...NOTIFICATION, mail: { ...NOTIFICATION.mail, source: "<>" } });
    expect(receivedMail(mail)?.source).toBe("");
  });

  it("is ignored where it is about the topic itself", () => {
    expect(receivedMail(envelope({ notificationType: "AmazonSnsSubscriptionSucceeded" }))).toBeUndefined();
    expect(receivedMail("Successfully validated SNS topic for Amazon SES event publishing.")).toBeUndefined();
  });

  it("is ignored where SES has tried the rule by a mail of its own, with all verdicts or without", () => {
    const own = {
      ...NOTIFICATION.mail,
      messageId: "AMAZON_SES_SETUP_NOTIFICATION",
      source: "aws@amazon.com",
    };
    expect(receivedMail(envelope({ ...NOTIFICATION, mail: own }))).toBeUndefined();
    const { dmarcVerdict: _, ...receipt } = NOTIFICATION.receipt;
    expect(receivedMail(envelope({ ...NOTIFICATION, mail: own, receipt }))).toBeUndefined();
    expect(() => receivedMail(envelope({ ...NOTIFICATION, receipt }))).toThrow("event-not-understood");
  });

  it.each([
    ["receipt.recipients", withReceipt({ recipients: undefined })],
    ["receipt.spamVerdict.status", withReceipt({ spamVerdict: verdict("MAYBE") })],
    ["receipt.action.objectKey", withReceipt({ action: { type: "S3" } })],
    ["receipt.action.type", withReceipt({ action: { type: "Lambda", objectKey: "x" } })],
    ["receipt.timestamp", withReceipt({ timestamp: "yesterday" })],
    ["mail", envelope({})],
    ["", '{"Type":'],
  ])("is refused for good, naming the field, without %s", (field, body) => {
    let thrown: unknown;
    try {
      receivedMail(body);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "event-not-understood", retry: "never" });
    expect(String(thrown)).toContain(field);
  });
});

describe("a message of the replies' queue", () => {
  const written = {
    ...{ writes: "answer", subscriber: "abcdefgh234567ab", reflection: "00112233445566778899" },
    ...{ inReplyTo: "abcdefgh234567ab_course_1_lesson_one", writtenAt: 1, words: "It was a Monday." },
  };

  it("is an answer from a page, or a mail that SES took", () => {
    expect(readReplyMessage(JSON.stringify(written))).toEqual(written);
    expect(readReplyMessage(envelope(NOTIFICATION))).toEqual(receivedMail(envelope(NOTIFICATION)));
  });

  it("is no answer for what a mail says of itself, nor without each of its fields", () => {
    const posing = {
      ...NOTIFICATION,
      mail: { ...NOTIFICATION.mail, commonHeaders: { subject: JSON.stringify(written) } },
    };
    expect(readReplyMessage(envelope(posing))).not.toHaveProperty("writes");
    for (const field of Object.keys(written))
      expect(() => readReplyMessage(JSON.stringify({ ...written, [field]: undefined })), field).toThrow(
        "event-not-understood",
      );
  });
});
