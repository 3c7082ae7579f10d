import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../functions/consent/erase.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import { sesEvent } from "../../functions/feedback/ses-event.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const WEEK = 7 * DAY;
const NOW = Date.UTC(2026, 5, 1, 9);

describe("SES's word about a mail", () => {
  let world: World;
  let reader: Subscriber;
  let dispatch: string;
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one")), NOW);
    reader = await addReader(world);
    dispatch = dispatchId({ subscriber: reader.id, list: "course", run: 1, kind: "lesson", slug: "one" });
  });
  afterEach(() => world.stop());
  const tell = (type: string) => feedback(world.services, { type, messageId: "m", at: NOW, dispatch });

  it("writes the ledger entry that a crash left out, and moves it on in any order", async () => {
    await tell("Delivery");
    await tell("Send");
    expect(await world.services.store.ledger(reader.id)).toMatchObject([
      { messageId: "m", state: "delivered" },
    ]);
  });

  it("takes an absence note for proof that the mail has arrived, and for nothing else", async () => {
    const bounce = { type: "Transient", subType: "General" };
    for (let week = 0; week < 4; week++) {
      const at = NOW + week * WEEK;
      await feedback(world.services, { type: "Bounce", messageId: "m", at, dispatch, bounce });
    }
    expect(await world.services.store.ledger(reader.id)).toMatchObject([
      { messageId: "m", state: "delivered" },
    ]);
    expect(await world.services.store.subscriber(reader.id)).toMatchObject({ status: reader.status });
  });

  it("writes nothing about somebody who was erased meanwhile", async () => {
    await erase(world.services, reader.id);
    await tell("Delivery");
    expect(await world.services.store.everythingAbout(reader.id)).toMatchObject([{ erasedAt: NOW }]);
  });

  it("is read out of SNS's envelope; its first sentence is no event; what is not one names its field", () => {
    const mail = { messageId: "m", timestamp: "2026-06-01T09:00:00.000Z", tags: { dispatch: [dispatch] } };
    const envelope = (message: string) =>
      JSON.stringify({ Type: "Notification", TopicArn: "arn", Message: message });
    const bounce = {
      bounceType: "Permanent",
      bounceSubType: "General",
      bouncedRecipients: [{ emailAddress: "r@x.example", status: "5.1.1" }],
    };
    expect(sesEvent(envelope(JSON.stringify({ eventType: "Bounce", mail, bounce })))).toEqual({
      type: "Bounce",
      messageId: "m",
      at: NOW,
      dispatch,
      bounce: { type: "Permanent", subType: "General", status: "5.1.1" },
    });
    expect(
      sesEvent(envelope("Successfully validated SNS topic for Amazon SES event publishing.")),
    ).toBeUndefined();
    expect(() => sesEvent(envelope(JSON.stringify({ eventType: "Send" })))).toThrow(/mail/);
  });
});
