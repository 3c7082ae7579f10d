import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
} from "@aws-sdk/client-ses";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TokenBucket } from "../../../local/aws/token-bucket.ts";
import { openStation, type Station, TOPIC } from "../station.ts";

const SECOND = 1000;
const DAY = 86_400_000;
const MAIL = [
  "From: Course <lessons@course.example>",
  "To: jane@acme.example",
  "Subject: Lesson 1",
  "Message-ID: <ours@course.example>",
  "Date: Thu, 01 Jan 1970 00:00:00 +0000",
  "List-Unsubscribe: <https://course.example/u>,",
  " <mailto:u@course.example>",
  "References: <a@b>",
  "X-SES-MESSAGE-TAGS: old=tag",
  "",
  "Hello",
  "",
].join("\r\n");

const ALL = ["send", "delivery", "bounce", "complaint", "reject", "deliveryDelay"];
let station: Station;
let heard: string[];

async function open(options: Parameters<typeof openStation>[0] = {}, matchingEventTypes = ALL) {
  station = await openStation(options);
  heard = [];
  station.sns.createTopic(TOPIC);
  station.sns.subscribe(TOPIC, { raw: true, deliver: (body) => void heard.push(body) });
  station.ses.verifyIdentity("course.example");
  station.ses.createConfigurationSet("course");
  station.ses.addEventDestination("course", { matchingEventTypes, topicArn: TOPIC });
}

function send(change: Partial<SendRawEmailCommandInput> = {}, mail: string | Uint8Array = MAIL) {
  const input: SendRawEmailCommandInput = {
    Source: "lessons@course.example",
    Destinations: ["jane@acme.example"],
    RawMessage: { Data: typeof mail === "string" ? Buffer.from(mail) : mail },
    ConfigurationSetName: "course",
    Tags: [{ Name: "dispatch", Value: "d-1" }],
    ...change,
  };
  return station.clients.ses.send(new SendRawEmailCommand(input));
}

const failure = (change: Partial<SendRawEmailCommandInput>, mail?: string | Uint8Array) =>
  send(change, mail).then(
    () => "accepted",
    (error: Error) => `${error.name}: ${error.message}`,
  );

interface Event {
  eventType: string;
  mail: Record<string, unknown> & { tags: Record<string, string[]>; headersTruncated: boolean };
  bounce?: { bounceType: string; bounceSubType: string; bouncedRecipients: Record<string, string>[] };
  reject?: object;
}
const events = (): Event[] => heard.slice(1).map((body) => JSON.parse(body));
const types = () => events().map(({ eventType }) => eventType);

beforeEach(() => open());
afterEach(() => station.close());

describe("sending through SES", () => {
  it("gives an id of SES's shape, and another one to every mail", async () => {
    const ids = await Promise.all([send(), send()]).then((answers) => answers.map((a) => a.MessageId));
    for (const id of ids)
      expect(id).toMatch(/^0102[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("replaces Message-ID and Date, takes its own fields out and leaves the others as they are", async () => {
    const { MessageId } = await send();
    const raw = Buffer.from(station.ses.mail(MessageId ?? "")?.raw ?? []).toString();
    expect(raw).toContain(`\r\nMessage-ID: <${MessageId}@eu-west-1.amazonses.com>\r\n`);
    expect(raw).toContain("\r\nDate: Tue, 24 Nov 2026 07:00:00 +0000\r\n");
    expect(raw).not.toMatch(/ours@course|1970|X-SES/);
    expect(raw).toContain("List-Unsubscribe: <https://course.example/u>,\r\n <mailto:u@course.example>\r\n");
    expect(raw).toMatch(/\r\n\r\nHello\r\n$/);
  });

  it("hands a mail to its reader a moment later", async () => {
    const delivered: string[] = [];
    station.ses.onDelivered((mail) => void delivered.push(...mail.destinations));
    await send();
    expect(delivered).toEqual([]);
    await station.pass(2 * SECOND);
    expect(delivered).toEqual(["jane@acme.example"]);
  });

  it.each([
    [
      "an address without a domain",
      { Destinations: ["jane"] },
      /InvalidParameterValue: Missing final '@domain'/,
    ],
    ["an address outside ASCII", { Destinations: ["jané@acme.example"] }, /InvalidParameterValue/],
    [
      "one bad address among good ones",
      { Destinations: ["a@b.example", "b c@d.example"] },
      /InvalidParameter/,
    ],
    [
      "more than fifty recipients",
      { Destinations: Array.from({ length: 51 }, (_, n) => `r${n}@b.example`) },
      /InvalidParameterValue: Recipient count exceeds 50/,
    ],
    ["a tag name with a colon", { Tags: [{ Name: "a:b", Value: "c" }] }, /Invalid tag name <a:b>/],
    ["a tag name that is too long", { Tags: [{ Name: "a".repeat(256), Value: "c" }] }, /cannot exceed 255/],
    ["a tag value with a space", { Tags: [{ Name: "a", Value: "b c" }] }, /Invalid tag value <b c>/],
    [
      "a sender on a domain that is not verified",
      { Source: "x@other.example" },
      /MessageRejected: Email address is not verified.*in region EU-WEST-1: x@other\.example/,
    ],
    [
      "an unknown configuration set",
      { ConfigurationSetName: "nope" },
      /ConfigurationSetDoesNotExistException: Configuration set <nope> does not exist\./,
    ],
  ])("refuses %s", async (_, change, expected) => {
    expect(await failure(change)).toMatch(expected);
    expect(station.ses.mails()).toEqual([]);
  });

  it.each([
    ["two Subject fields", MAIL.replace("Subject", "Subject: a\r\nSubject"), /Duplicate header 'Subject'/],
    ["two List-Unsubscribe fields", `List-Unsubscribe: <https://x>\r\n${MAIL}`, /Duplicate header/],
    ["a mail without From", MAIL.replace(/^From.*\r\n/, ""), /Missing required header 'From'/],
    ["a line over 998 characters", `${MAIL}${"x".repeat(999)}\r\n`, /Line longer/],
    ["a From on another domain", MAIL.replace("lessons@", "lessons@not."), /accepted/],
    ["a From on a foreign domain", MAIL.replace("lessons@course", "lessons@bank"), /MessageRejected/],
  ])("judges the mail itself: %s", async (_, mail, expected) => {
    expect(await failure({}, mail)).toMatch(expected);
  });

  it("takes ten megabytes of base64 and no more", async () => {
    const lines = "x".repeat(98).concat("\r\n");
    const sized = (bytes: number) => {
      const text = MAIL + lines.repeat(Math.ceil(bytes / 100));
      return Buffer.from(text.slice(0, bytes));
    };
    const most = (10 * 1024 * 1024 * 3) / 4;
    expect(await failure({}, sized(most))).toBe("accepted");
    expect(await failure({}, sized(most + 3))).toMatch(/Message length is more than 10485760 bytes/);
  });

  it("takes the feedback-id tags although their names have a colon", async () => {
    const { MessageId } = await send({ Tags: [{ Name: "ses:feedback-id-a", Value: "course" }] });
    const raw = Buffer.from(station.ses.mail(MessageId ?? "")?.raw ?? []).toString();
    expect(raw).toContain("Feedback-ID: course:1.eu-west-1.");
  });

  it("says whose sending is paused", async () => {
    station.ses.pauseConfigurationSet("course");
    expect(await failure({})).toMatch(/^ConfigurationSetSendingPausedException/);
    station.ses.pauseAccount("the owner");
    expect(await failure({})).toMatch(/^AccountSendingPausedException/);
    const { Enabled } = await station.clients.ses.send(new GetAccountSendingEnabledCommand({}));
    expect(Enabled).toBe(false);
    station.ses.pauseAccount();
    expect(await failure({})).toMatch(/^MessageRejected: Sending paused for this account/);
    station.ses.resumeAccount();
    station.ses.pauseConfigurationSet("course", false);
    expect(await failure({})).toBe("accepted");
  });
});

describe("SES's limits", () => {
  const throttled = "Throttling: Maximum sending rate exceeded.";

  it("grants one second's mails at once, and then as many as seconds bring", async () => {
    station.ses.setLimits({ maxSendRate: 3 });
    const burst = [];
    for (let n = 0; n < 5; n++) burst.push(await failure({}));
    expect(burst).toEqual(["accepted", "accepted", "accepted", throttled, throttled]);
    await station.pass(334);
    expect([await failure({}), await failure({})]).toEqual(["accepted", throttled]);
    await station.pass(3600 * SECOND);
    const later = [];
    for (let n = 0; n < 4; n++) later.push(await failure({}));
    expect(later).toEqual(["accepted", "accepted", "accepted", throttled]);
  });

  it("never lets more through than the rate and one second's store, whatever the pattern", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), gaps, (rate, waits) => {
        const bucket = new TokenBucket(rate);
        let now = 0;
        let granted = 0;
        for (const wait of waits) {
          now += wait;
          if (bucket.take(1, now)) granted++;
          expect(granted).toBeLessThanOrEqual(rate + (rate * now) / SECOND + 0.01);
        }
      }),
    );
  });

  it("grants all of the rate to a sender that sends evenly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (rate) => {
        const bucket = new TokenBucket(rate);
        const granted = Array.from({ length: rate * 5 }, (_, n) => bucket.take(1, (n * SECOND) / rate));
        expect(granted).not.toContain(false);
      }),
    );
  });

  it("counts recipients over any 24 hours, and says when the day's are used up", async () => {
    station.ses.setLimits({ max24HourSend: 3, maxSendRate: 100 });
    await send({ Destinations: ["a@b.example", "c@d.example"] });
    await station.pass(DAY / 2);
    await send();
    expect(await failure({})).toBe("Throttling: Daily message quota exceeded.");
    const quota = await station.clients.ses.send(new GetSendQuotaCommand({}));
    expect(quota).toMatchObject({ Max24HourSend: 3, MaxSendRate: 100, SentLast24Hours: 3 });
    await station.pass(DAY / 2);
    expect(await failure({})).toBe("accepted");
    const next = await station.clients.ses.send(new GetSendQuotaCommand({}));
    expect(next.SentLast24Hours).toBe(2);
  });

  it("counts what other senders of the account have used, until it is free again", async () => {
    station.ses.spendElsewhere(50_000);
    expect(await failure({})).toBe("Throttling: Daily message quota exceeded.");
    const quota = await station.clients.ses.send(new GetSendQuotaCommand({}));
    expect(quota.SentLast24Hours).toBe(50_000);
    station.ses.spendElsewhere(0);
    expect(await failure({})).toBe("accepted");
  });

  it("does not count mail to the simulator against the day", async () => {
    station.ses.setLimits({ max24HourSend: 1 });
    await send({ Destinations: ["success@simulator.amazonses.com"] });
    await send({ Destinations: ["bounce@simulator.amazonses.com"] });
    expect(await failure({})).toBe("accepted");
  });

  it("has no daily limit where the quota is -1", async () => {
    station.ses.setLimits({ max24HourSend: -1 });
    expect(await failure({})).toBe("accepted");
    const quota = await station.clients.ses.send(new GetSendQuotaCommand({}));
    expect(quota.Max24HourSend).toBe(-1);
  });

  it("answers each of its other operations once a second", async () => {
    const ask = () => station.clients.ses.send(new GetSendQuotaCommand({}));
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: "Throttling", message: "Rate exceeded" });
    await station.pass(SECOND);
    await ask();
  });

  it("wants recipients verified in the sandbox, but not the simulator's", async () => {
    await station.close();
    await open({ sandbox: true });
    expect(await failure({})).toMatch(/^MessageRejected: Email address is not verified/);
    expect(await failure({ Destinations: ["success@simulator.amazonses.com"] })).toBe("accepted");
  });
});

describe("SES's events", () => {
  it("begin with a sentence that is not JSON", () => {
    expect(heard).toEqual(["Successfully validated SNS topic for Amazon SES event publishing."]);
  });

  it("tell of the sending and of the delivery, each in its shape", async () => {
    const { MessageId } = await send();
    await station.pass(0.2 * SECOND);
    expect(types()).toEqual(["Send"]);
    await station.pass(1.3 * SECOND);
    expect(types()).toEqual(["Send", "Delivery"]);
    expect(events()[1]).toMatchObject({
      eventType: "Delivery",
      delivery: {
        timestamp: "2026-11-24T07:00:01.500Z",
        processingTimeMillis: 1500,
        recipients: ["jane@acme.example"],
      },
      mail: {
        timestamp: "2026-11-24T07:00:00.000Z",
        messageId: MessageId,
        source: "lessons@course.example",
        destination: ["jane@acme.example"],
        sendingAccountId: "111111111111",
        headersTruncated: false,
        commonHeaders: { messageId: "<ours@course.example>", subject: "Lesson 1", to: ["jane@acme.example"] },
        tags: { dispatch: ["d-1"], "ses:configuration-set": ["course"], "ses:operation": ["SendRawEmail"] },
      },
    });
  });

  it("carry tags as arrays, and those of the call instead of those of the header", async () => {
    await send();
    await send({ Tags: undefined });
    await station.pass(SECOND);
    const [called, headed] = events().map(({ mail }) => mail.tags);
    expect(called).not.toHaveProperty("old");
    expect(headed).toMatchObject({ old: ["tag"] });
  });

  it("show ten kilobytes of headers and say when there were more", async () => {
    await send(
      {},
      `${Array.from({ length: 20 }, (_, n) => `X-Long-${n}: ${"x".repeat(900)}`).join("\r\n")}\r\n${MAIL}`,
    );
    await station.pass(SECOND);
    const [event] = events();
    expect(event?.mail.headersTruncated).toBe(true);
    expect(JSON.stringify(event?.mail.headers).length).toBeLessThan(11_000);
  });

  it("come only for the types that the configuration set names", async () => {
    await station.close();
    await open({}, ["delivery"]);
    await send();
    await station.pass(5 * SECOND);
    expect(types()).toEqual(["Delivery"]);
  });

  it("do not come for mail without a configuration set", async () => {
    await send({ ConfigurationSetName: undefined });
    await station.pass(5 * SECOND);
    expect(types()).toEqual([]);
  });

  it("tell of a virus instead of a delivery", async () => {
    await send({}, `${MAIL}X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*\r\n`);
    await station.pass(5 * SECOND);
    expect(types()).toEqual(["Send", "Reject"]);
    expect(events()[1]?.reject).toEqual({ reason: "Bad content" });
  });

  it("can be brought about later for a mail that arrived: bounce, complaint, out of office", async () => {
    const { MessageId = "" } = await send();
    await station.pass(5 * SECOND);
    station.ses.outOfOffice(MessageId);
    station.ses.bounce(MessageId);
    station.ses.complaint(MessageId);
    expect(types()).toEqual(["Send", "Delivery", "Bounce", "Bounce", "Complaint"]);
    expect(events()[2]?.bounce).toMatchObject({
      bounceType: "Transient",
      bounceSubType: "General",
      bouncedRecipients: [{ emailAddress: "jane@acme.example" }],
    });
    expect(events()[2]?.bounce?.bouncedRecipients[0]).not.toHaveProperty("status");
    expect(events()[3]?.bounce).toMatchObject({ bounceType: "Permanent" });
    expect(() => station.ses.bounce("nothing")).toThrow("no mail with the id nothing");
  });
});

describe("the simulator's addresses", () => {
  it.each([
    ["success@simulator.amazonses.com", ["Send", "Delivery"], undefined],
    ["bounce@simulator.amazonses.com", ["Send", "Bounce"], "Permanent/General/5.1.1"],
    ["bounce+jane@simulator.amazonses.com", ["Send", "Bounce"], "Permanent/General/5.1.1"],
    ["ooto@simulator.amazonses.com", ["Send", "Delivery", "Bounce"], "Transient/General/"],
    ["complaint@simulator.amazonses.com", ["Send", "Delivery", "Complaint"], undefined],
    ["suppressionlist@simulator.amazonses.com", ["Send", "Bounce"], "Permanent/Suppressed/5.1.1"],
    ["softbounce@simulator.test", ["Send", "Bounce"], "Transient/MailboxFull/4.2.2"],
    ["delay@simulator.test", ["Send", "DeliveryDelay", "Delivery"], undefined],
  ])("%s brings %j", async (address, expected, bounced) => {
    await send({ Destinations: [address] });
    await station.pass(600 * SECOND);
    expect(types()).toEqual(expected);
    const bounce = events().find((event) => event.bounce)?.bounce;
    const said = bounce && [
      bounce.bounceType,
      bounce.bounceSubType,
      bounce.bouncedRecipients[0]?.status ?? "",
    ];
    expect(said?.join("/")).toBe(bounced);
  });

  it("throttle@ refuses every other time", async () => {
    const tries = [];
    for (let n = 0; n < 3; n++) tries.push(await failure({ Destinations: ["throttle@simulator.test"] }));
    const refused = "Throttling: Maximum sending rate exceeded.";
    expect(tries).toEqual([refused, "accepted", refused]);
  });

  it("timeout-after-accept@ takes the mail and never answers, and holds nobody up", async () => {
    const sending = send({ Destinations: ["timeout-after-accept@simulator.test"] });
    sending.catch(() => undefined);
    await expect.poll(() => station.ses.mails().length).toBe(1);
    await expect.poll(() => station.wire.outstanding()).toBe(0);
    await station.wire.close();
    await expect(sending).rejects.toThrow();
  });
});
