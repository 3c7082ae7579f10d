import { describe, expect, it } from "vitest";
import { sesEvent } from "../../functions/feedback/ses-event.ts";

const AT = "2026-06-01T09:00:00.000Z";
const ADDRESS = "jane@example.com";
const bare = { timestamp: AT, messageId: "m", source: "lessons@course.example", destination: [ADDRESS] };
const mail = { ...bare, tags: { dispatch: ["d"], "ses:configuration-set": ["stage"] } };
const permanent = { bounceType: "Permanent", bounceSubType: "General", timestamp: AT, feedbackId: "f" };
const bounced = (bounce: object, around: object = { eventType: "Bounce", mail }) => ({ ...around, bounce });
const recipient = {
  emailAddress: ADDRESS,
  action: "failed",
  status: "5.1.1",
  diagnosticCode: "smtp; 550 5.1.1 user unknown",
};
const lost = (recipients: unknown, more: object = {}) =>
  bounced(
    { ...permanent, bouncedRecipients: recipients },
    { notificationType: "Bounce", mail: { ...bare, ...more } },
  );
const complained = (recipients: unknown, more: object = {}) => ({
  notificationType: "Complaint",
  complaint: { complainedRecipients: recipients, timestamp: AT, feedbackId: "f", ...more },
  mail: bare,
});
const answered = (diagnosticCode: string, more: object = {}) =>
  bounced({ bouncedRecipients: [{ emailAddress: ADDRESS, diagnosticCode, ...more }] });
const read = (event: unknown) => sesEvent(typeof event === "string" ? event : JSON.stringify(event));

describe("a bounce for good", () => {
  it.each<[string, unknown]>([
    ["as the guide has it", bounced({ ...permanent, bouncedRecipients: [recipient] })],
    ["without a report", bounced({ ...permanent, bouncedRecipients: [{ emailAddress: ADDRESS }] })],
    [
      "as a notification",
      { ...bounced({ ...permanent, bouncedRecipients: [recipient] }, { mail }), notificationType: "Bounce" },
    ],
    [
      "whose type is in small letters",
      bounced({ ...permanent, bounceType: "permanent", bouncedRecipients: [recipient] }),
    ],
    [
      "whose event is in small letters",
      bounced({ ...permanent, bouncedRecipients: [recipient] }, { eventType: "bounce", mail }),
    ],
    [
      "with an empty eventType",
      bounced({ ...permanent }, { eventType: "", notificationType: "Bounce", mail }),
    ],
    ["with an eventType that nobody knows", bounced({ ...permanent }, { eventType: "Notification", mail })],
    ["with no name at all", bounced({ ...permanent }, { mail })],
    [
      "with a type that is null and an empty status",
      answered("smtp; 550 5.1.1 user unknown", { status: "" }),
    ],
    ["with no more than the server's answer", answered("smtp; 550 No such user")],
    [
      "with an answer that is quoted",
      answered("host mx.example[192.0.2.1] said: 554 5.7.1 Rejected (in reply to RCPT TO command)"),
    ],
    [
      "whose second address is the one that is gone",
      bounced({ bouncedRecipients: [{ emailAddress: "x" }, recipient] }),
    ],
    [
      "by the account's suppression list",
      answered(
        "Amazon SES did not send the message to this address because it is on the suppression list for your account.",
      ),
    ],
    [
      "with a subtype alone",
      bounced({ bounceSubType: "onaccountsuppressionlist", bouncedRecipients: [{ emailAddress: ADDRESS }] }),
    ],
    [
      "from EventBridge",
      {
        version: "0",
        "detail-type": "Email Bounced",
        source: "aws.ses",
        detail: bounced(permanent, { eventType: "Bounce", mail }),
      },
    ],
    [
      "in SNS's envelope",
      { Type: "Notification", MessageId: "1", TopicArn: "arn", Message: JSON.stringify(bounced(permanent)) },
    ],
    ["in SNS's envelope as an object", { Type: "Notification", Message: bounced(permanent) }],
    ["behind a byte order mark", `\ufeff${JSON.stringify(bounced(permanent))}`],
    [
      "behind a byte order mark in an envelope",
      { Type: "Notification", Message: `\ufeff${JSON.stringify(bounced(permanent))}` },
    ],
    [
      "from EventBridge, as text",
      { version: "0", "detail-type": "Email Bounced", detail: JSON.stringify(bounced(permanent)) },
    ],
    [
      "in two envelopes",
      {
        Type: "Notification",
        Message: JSON.stringify({ Type: "Notification", Message: JSON.stringify(bounced(permanent)) }),
      },
    ],
    ["encoded twice", JSON.stringify(JSON.stringify(bounced(permanent)))],
  ])("is one %s", (_, event) => {
    expect(read(event)).toMatchObject({ type: "Bounce", dispatch: "d", bounce: { type: "Permanent" } });
  });

  it.each<[string, unknown]>([
    ["listed", [recipient]],
    ["listed without a status", [{ emailAddress: ADDRESS, status: null }]],
    ["an object alone", recipient],
    ["a word in a list", [ADDRESS]],
    ["a word alone", ADDRESS],
    ["null", null],
    ["an empty list", []],
    ["a list of nothing", [null, {}, { emailAddress: "" }, 7]],
    ["missing", undefined],
  ])("names its address where the tags are lost, and the recipients are %s", (_, recipients) => {
    expect(read(lost(recipients))).toMatchObject({ addresses: [ADDRESS], bounce: { type: "Permanent" } });
    expect(read(complained(recipients))).toMatchObject({ type: "Complaint", addresses: [ADDRESS] });
  });

  it("names nobody where the mail went to several and none is named", () => {
    const several = { destination: [ADDRESS, "other@example.com"] };
    expect(read(lost(null, several))?.addresses).toBeUndefined();
    expect(read(lost([{ emailAddress: ADDRESS }], several))?.addresses).toEqual([ADDRESS]);
    expect(
      read(lost(null, { destination: null, commonHeaders: { to: [`Jane <${ADDRESS}>`] } }))?.addresses,
    ).toEqual([`Jane <${ADDRESS}>`]);
  });
});

it("the dispatch is in the tags, or in the header field that asks for them", () => {
  const header = (name: string, value: string) => ({
    ...bare,
    headers: [
      { name: "From", value: "x" },
      { name, value },
    ],
  });
  for (const tagged of [
    { ...bare, tags: { dispatch: "d" } },
    { ...bare, tags: { dispatch: [null, "d"] } },
    header("X-SES-MESSAGE-TAGS", "dispatch=d"),
    header("x-ses-message-tags", "campaign=1, dispatch = d; x=y"),
  ])
    expect(read({ eventType: "Delivery", mail: tagged })?.dispatch, JSON.stringify(tagged)).toBe("d");
  expect(
    read({ eventType: "Delivery", mail: header("X-SES-MESSAGE-TAGS", "no-dispatch=d") })?.dispatch,
  ).toBeUndefined();
  expect(read({ eventType: "Delivery", mail: header("Subject", "dispatch=d") })?.dispatch).toBeUndefined();
});

describe("what is none for good", () => {
  it.each<[string, unknown, string | undefined]>([
    ["an IP number that looks like a status", answered("smtp; 451 try later, from 5.9.12.33"), "4.0.0"],
    ["a version that looks like a status", answered("smtp; 421 Postfix 5.2.1 is busy"), "4.0.0"],
    ["a port that looks like a code", answered("connection timed out on port 587"), undefined],
    [
      "a mail that expired, with the code of a refusal",
      answered(
        "smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.0 Unable to lookup DNS>",
      ),
      "4.4.7",
    ],
    [
      "a greylisting that speaks of versions",
      answered("smtp; 450 4.7.1 <r@x.example>: Recipient address rejected: Greylisted, see 5.0.0"),
      "4.7.1",
    ],
    ["a status of its own", answered("smtp; 550 5.1.1 user unknown", { status: "4.2.2" }), "4.2.2"],
    [
      "a full mailbox",
      bounced({
        bounceType: "Transient",
        bounceSubType: "MailboxFull",
        bouncedRecipients: [{ status: "5.2.2" }],
      }),
      "5.2.2",
    ],
    [
      "what SES could not tell",
      bounced({ bounceType: "Undetermined", bounceSubType: "Undetermined", bouncedRecipients: [] }),
      undefined,
    ],
  ])("%s", (_, event, status) => {
    expect(read(event)?.bounce?.type).not.toBe("Permanent");
    expect(read(event)?.bounce?.status).toBe(status);
  });

  it.each([
    "Send",
    "Delivery",
    "DeliveryDelay",
    "Reject",
    "Open",
    "Click",
    "Rendering Failure",
    "Subscription",
  ])("an event of the kind %s, though its mail names somebody", (eventType) => {
    const event = read({ eventType, mail, [eventType.toLowerCase()]: {} });
    expect(event).toMatchObject({ type: eventType, dispatch: "d" });
    expect(event?.addresses).toBeUndefined();
    expect(event?.bounce).toBeUndefined();
    expect(event?.complaint).toBeUndefined();
  });

  it("a complaint that takes itself back", () => {
    for (const complaintFeedbackType of ["not-spam", "NOT-SPAM"])
      expect(read(complained([ADDRESS], { complaintFeedbackType }))?.complaint).toEqual({
        feedbackType: "not-spam",
      });
    for (const complaintFeedbackType of [null, undefined, "", "abuse"])
      expect(read(complained([ADDRESS], { complaintFeedbackType }))?.complaint?.feedbackType).not.toBe(
        "not-spam",
      );
    expect(read({ eventType: "Complaint", complaint: null, mail: bare })).toMatchObject({
      type: "Complaint",
      addresses: [ADDRESS],
    });
  });
});

it("a delivery whose name is lost is one by what is in it", () => {
  const delivery = { timestamp: AT, recipients: [ADDRESS], smtpResponse: "250 ok" };
  expect(read({ eventType: null, delivery, mail })?.type).toBe("Delivery");
  expect(read({ eventType: "DELIVERY", delivery, mail })?.type).toBe("Delivery");
  expect(read({ eventType: null, deliveryDelay: {}, mail })?.type).toBe("DeliveryDelay");
  expect(read({ eventType: null, mail })?.type).toBe("unknown");
});
