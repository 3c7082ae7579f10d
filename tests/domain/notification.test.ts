import { describe, expect, it } from "vitest";
import { readNotification } from "../../functions/domain/notification.ts";

const envelope = (fields: object) =>
  JSON.stringify({ TopicArn: "arn:aws:sns:eu-west-1:1:replies", MessageId: "1", ...fields });

describe("a queue message from SNS", () => {
  it("is taken out of its envelope", () => {
    const body = envelope({ Type: "Notification", Message: JSON.stringify({ eventType: "Send" }) });
    expect(readNotification(body)).toEqual({ eventType: "Send" });
  });

  it("is read as it is where the subscription delivers raw messages", () => {
    expect(readNotification(JSON.stringify({ eventType: "Send" }))).toEqual({ eventType: "Send" });
  });

  it("is ignored when it is the sentence by which SES tries a topic out", () => {
    const sentence = "Successfully validated SNS topic for Amazon SES event publishing.";
    expect(readNotification(envelope({ Type: "Notification", Message: sentence }))).toBeUndefined();
    expect(readNotification(sentence)).toBeUndefined();
  });

  it("is ignored when it is SNS's own confirmation", () => {
    expect(
      readNotification(envelope({ Type: "SubscriptionConfirmation", Message: "You have chosen" })),
    ).toBeUndefined();
  });

  it("that is broken JSON comes back as text, which no reader takes for an event", () => {
    expect(readNotification('{"Type":')).toBe('{"Type":');
    expect(readNotification(envelope({ Type: "Notification", Message: '{"mail":' }))).toBe('{"mail":');
  });
});
