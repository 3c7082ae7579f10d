import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { matches, type ReceiptRule, ReceiptRules } from "../../../local/aws/ses-receipt.ts";
import { openStation, PLACE, type Station, TOPIC } from "../station.ts";

const RAW = Buffer.from(
  "From: Jane <jane@acme.example>\r\nTo: Course <reply@course.example>\r\nSubject: Re: Lesson 1\r\nMessage-ID: <m1@acme.example>\r\n\r\nMy answer\r\n",
);
const RULE: ReceiptRule = {
  Name: "replies",
  Enabled: true,
  ScanEnabled: true,
  Recipients: ["course.example"],
  Actions: [{ S3Action: { BucketName: "inbox", ObjectKeyPrefix: "mail/", TopicArn: TOPIC } }],
};

let station: Station;
let heard: { Subject: string; Message: string }[];

beforeEach(async () => {
  station = await openStation();
  station.s3.createBucket("inbox");
  station.sns.createTopic(TOPIC);
  heard = [];
  station.sns.subscribe(TOPIC, { deliver: (body) => void heard.push(JSON.parse(body)) });
  station.ses.verifyIdentity("course.example");
});
afterEach(() => station.close());

function rules(...all: ReceiptRule[]): ReceiptRules {
  const { clock, s3, sns, ses } = station;
  const made = new ReceiptRules({
    clock,
    place: PLACE,
    store: s3.put.bind(s3),
    publish: sns.publish.bind(sns),
    isVerified: ses.isVerified.bind(ses),
  });
  for (const rule of all) made.addRule(rule);
  return made;
}

const mail = (change = {}) => ({
  source: "prvs=1=jane@acme.example",
  recipients: ["reply+token@course.example"],
  raw: RAW,
  ...change,
});
const notification = () => JSON.parse(heard.at(-1)?.Message ?? "");
const told = () => heard.map(({ Message }) => JSON.parse(Message).mail.messageId);

describe("receiving through SES", () => {
  it("stores the mail with SES's verdicts above it, and tells of it", () => {
    const receipt = rules(RULE).receive(mail());
    if (!receipt.accepted) return expect.unreachable();
    expect(receipt.messageId).toMatch(/^[0-9a-z]{40}$/);
    expect(receipt.keys).toEqual([`mail/${receipt.messageId}`]);
    const stored = Buffer.from(station.s3.get("inbox", `mail/${receipt.messageId}`)?.body ?? []).toString();
    expect(stored.endsWith(RAW.toString())).toBe(true);
    expect(stored).toMatch(
      /^Return-Path: <prvs=1=jane@acme\.example>\r\nReceived: from .*\r\nX-SES-Spam-Verdict: PASS/,
    );
    expect(stored).toContain("\r\nAuthentication-Results: amazonses.com; spf=pass");
  });

  it("notifies in the S3 action's shape, without the mail's content", () => {
    const receipt = rules(RULE).receive(mail());
    expect(heard[0]?.Subject).toBe("Amazon SES Email Receipt Notification");
    const messageId = receipt.accepted ? receipt.messageId : "";
    expect(notification()).toMatchObject({
      notificationType: "Received",
      mail: {
        source: "prvs=1=jane@acme.example",
        messageId,
        destination: ["reply+token@course.example"],
        headersTruncated: false,
        commonHeaders: {
          subject: "Re: Lesson 1",
          messageId: "<m1@acme.example>",
          returnPath: "prvs=1=jane@acme.example",
        },
      },
      receipt: {
        recipients: ["reply+token@course.example"],
        spamVerdict: { status: "PASS" },
        dmarcVerdict: { status: "PASS" },
        action: {
          type: "S3",
          topicArn: TOPIC,
          bucketName: "inbox",
          objectKeyPrefix: "mail/",
          objectKey: `mail/${messageId}`,
        },
      },
    });
    expect(notification()).not.toHaveProperty("content");
    expect(notification().receipt).not.toHaveProperty("dmarcPolicy");
  });

  it("begins with a mail of SES's own, which tries what the rule writes to", () => {
    rules(RULE);
    expect(station.s3.keys("inbox")).toEqual(["mail/AMAZON_SES_SETUP_NOTIFICATION"]);
    expect(notification()).toMatchObject({
      notificationType: "Received",
      mail: { messageId: "AMAZON_SES_SETUP_NOTIFICATION", destination: ["recipient@example.com"] },
      receipt: { action: { objectKey: "mail/AMAZON_SES_SETUP_NOTIFICATION" } },
    });
    expect(notification().receipt).not.toHaveProperty("dmarcVerdict");
  });

  it("tells the verdicts it is given, and a policy when DMARC fails", () => {
    rules(RULE).receive(mail({ verdicts: { dmarc: "FAIL", spam: "GRAY" }, dmarcPolicy: "reject" }));
    expect(notification().receipt).toMatchObject({
      dmarcVerdict: { status: "FAIL" },
      spamVerdict: { status: "GRAY" },
      dmarcPolicy: "reject",
    });
  });

  it("has no spam and virus verdicts where scanning is off", () => {
    rules({ ...RULE, ScanEnabled: false }).receive(mail());
    expect(notification().receipt).toMatchObject({
      spamVerdict: { status: "DISABLED" },
      virusVerdict: { status: "DISABLED" },
      spfVerdict: { status: "PASS" },
    });
  });

  it("names only the recipients that the rule matched", () => {
    rules(RULE).receive(mail({ recipients: ["boss@acme.example", "reply+token@course.example"] }));
    expect(notification().receipt.recipients).toEqual(["reply+token@course.example"]);
  });

  it("shows ten kilobytes of headers and says when there were more", () => {
    const many = Array.from({ length: 20 }, (_, n) => `X-${n}: ${"x".repeat(900)}\r\n`).join("");
    rules(RULE).receive(mail({ raw: Buffer.concat([Buffer.from(many), RAW]) }));
    expect(notification().mail.headersTruncated).toBe(true);
    expect(notification().mail.commonHeaders.subject).toBe("Re: Lesson 1");
  });

  it("refuses what no rule takes, what a switched-off rule takes, and more than 40 MB", () => {
    const refused = { accepted: false, reply: expect.stringMatching(/^550 5\.1\.1 /) };
    expect(rules(RULE).receive(mail({ recipients: ["x@other.example"] }))).toEqual(refused);
    expect(rules({ ...RULE, Enabled: false }).receive(mail())).toEqual(refused);
    const large = rules(RULE).receive(mail({ raw: Buffer.alloc(41 * 1024 * 1024) }));
    expect(large).toMatchObject({ accepted: false, reply: expect.stringMatching(/^552 /) });
    expect([rules(RULE).accepts("a@course.example"), rules(RULE).accepts("a@x.example")]).toEqual([
      true,
      false,
    ]);
  });

  it("takes mail for every verified domain where a rule names no recipients", () => {
    const open = rules({ ...RULE, Recipients: [] });
    expect(["a@course.example", "a@acme.example"].map((each) => open.accepts(each))).toEqual([true, false]);
  });

  it("stops at a rule that says so", () => {
    const stop = {
      ...RULE,
      Recipients: ["reply@course.example"],
      Actions: [{ StopAction: { Scope: "RuleSet" } }],
    };
    expect(rules(stop, RULE).receive(mail())).toMatchObject({ accepted: true, keys: [] });
    // Only of the other rule's making.
    expect(told()).toEqual(["AMAZON_SES_SETUP_NOTIFICATION"]);
  });
});

describe("a rule's recipient", () => {
  it.each([
    ["reply@in.example", "reply@in.example", true],
    ["reply@in.example", "reply+token@in.example", true],
    ["reply@in.example", "Reply+Token@IN.example", true],
    ["reply@in.example", "replyx@in.example", false],
    ["reply+a@in.example", "reply+a@in.example", true],
    ["reply+a@in.example", "reply+b@in.example", false],
    ["reply+a@in.example", "reply@in.example", false],
    ["in.example", "anybody@in.example", true],
    ["in.example", "anybody@sub.in.example", false],
    [".in.example", "anybody@sub.in.example", true],
    [".in.example", "anybody@in.example", false],
  ])("%s and mail to %s: %s", (pattern, recipient, expected) => {
    expect(matches(pattern, recipient)).toBe(expected);
  });
});
