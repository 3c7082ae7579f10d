import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erase } from "../../functions/consent/erase.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import { sesEvent } from "../../functions/feedback/ses-event.ts";
import { addressHash } from "../../functions/links/links.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { everythingAbout } from "../support/everything-about.ts";
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
    expect(await everythingAbout(world.services.store, reader.id)).toMatchObject([{ erasedAt: NOW }]);
  });

  it("stops nobody for three full mailboxes with deliveries between, and whoever gets nothing for three days", async () => {
    const bounce = { type: "Transient", subType: "MailboxFull", status: "4.2.2" };
    const about = (slug: string) =>
      dispatchId({ subscriber: reader.id, list: "course", run: 1, kind: "lesson", slug });
    const happens = (day: number, type: "Bounce" | "Delivery") => {
      const at = NOW + day * DAY;
      world.clock.set(at);
      const event = { type, messageId: `m${day}`, at, dispatch: about(`day-${day}`) };
      return feedback(world.services, type === "Bounce" ? { ...event, bounce } : event);
    };
    const status = async () => (await world.services.store.subscriber(reader.id))?.status;
    for (const day of [0, 10, 20]) {
      await happens(day, "Bounce");
      for (let later = day + 1; later < day + 10; later++) await happens(later, "Delivery");
    }
    expect(await status()).toBe(reader.status);
    for (const day of [30, 31]) await happens(day, "Bounce");
    expect(await status()).toBe(reader.status);
    await happens(32, "Bounce");
    expect(await status()).toBe("stopped");
  });

  it("clears the strikes by a delivery that the ledger does not move for", async () => {
    const bounce = { type: "Transient", subType: "MailboxFull" };
    for (let day = 0; day < 6; day++) {
      world.clock.set(NOW + day * DAY);
      await feedback(world.services, { type: "Bounce", messageId: "m", at: NOW, dispatch, bounce });
      await tell("Delivery");
    }
    expect(await world.services.store.subscriber(reader.id)).toMatchObject({ status: reader.status });
  });

  const mail = () => ({
    messageId: "m",
    timestamp: "2026-06-01T09:00:00.000Z",
    tags: { dispatch: [dispatch], "ses:configuration-set": ["stage"] },
  });
  const gone = { emailAddress: "r@x.example", action: "failed", status: "5.1.1" };
  const arrives = async (event: object) => {
    const read = sesEvent(JSON.stringify(event));
    if (read) await feedback(world.services, read);
    return world.services.store.subscriber(reader.id);
  };

  it.each<[string, (mail: object, address: string) => object]>([
    [
      "as documented",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bounceSubType: "General", bouncedRecipients: [gone] },
      }),
    ],
    [
      "whose tags are lost and whose recipient has a name",
      (_, address) => ({
        eventType: "Bounce",
        mail: { messageId: "m", timestamp: "2026-06-01T09:00:00.000Z" },
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: `Ada Lee <${address}>` }] },
      }),
    ],
    [
      "whose tags and recipients are lost: it went to one address",
      (_, address) => ({
        eventType: "Bounce",
        mail: { messageId: "m", timestamp: "2026-06-01T09:00:00.000Z", destination: [address] },
        bounce: { bounceType: "Permanent", bouncedRecipients: null },
      }),
    ],
    [
      "with a status that is null",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: {
          bounceType: "Permanent",
          bounceSubType: "General",
          bouncedRecipients: [{ ...gone, status: null, diagnosticCode: null }],
        },
      }),
    ],
    [
      "without a subtype",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bouncedRecipients: [gone] },
      }),
    ],
    [
      "without recipients",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bounceSubType: null, bouncedRecipients: null },
      }),
    ],
    [
      "with a recipient that is null",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bouncedRecipients: [null] },
      }),
    ],
    [
      "as an identity's notification",
      (mail) => ({
        notificationType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bounceSubType: "Suppressed", bouncedRecipients: [gone] },
      }),
    ],
    ["without any type of event", (mail) => ({ eventType: null, mail, bounce: { bounceType: "Permanent" } })],
    [
      "without a type, by its status",
      (mail) => ({ eventType: "Bounce", mail, bounce: { bounceType: null, bouncedRecipients: [gone] } }),
    ],
    [
      "without a type, by the server's answer",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bouncedRecipients: [{ diagnosticCode: "smtp; 550 5.1.1 user unknown" }] },
      }),
    ],
    [
      "without a time",
      (mail) => ({
        eventType: "Bounce",
        mail: { ...mail, timestamp: null },
        bounce: { bounceType: "Permanent" },
      }),
    ],
    [
      "without the id of its mail",
      (mail) => ({
        eventType: "Bounce",
        mail: { ...mail, messageId: null },
        bounce: { bounceType: "Permanent" },
      }),
    ],
    [
      "with a tag as bare text",
      (mail) => ({
        eventType: "Bounce",
        mail: { ...mail, tags: { dispatch } },
        bounce: { bounceType: "Permanent" },
      }),
    ],
    [
      "through EventBridge",
      (mail) => ({
        source: "aws.ses",
        "detail-type": "Email Bounced",
        detail: { eventType: "Bounce", mail, bounce: { bounceType: "Permanent" } },
      }),
    ],
    [
      "without tags, by its address",
      (mail, address) => ({
        eventType: "Bounce",
        mail: { ...mail, tags: null },
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: address }] },
      }),
    ],
    [
      "without a mail, by its address",
      (_, address) => ({
        eventType: "Bounce",
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: address }] },
      }),
    ],
    [
      "of the account's own list",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: {
          bounceType: "Permanent",
          bounceSubType: "OnAccountSuppressionList",
          bouncedRecipients: [{ ...gone, status: undefined }],
        },
      }),
    ],
    ["as a complaint without a word", (mail) => ({ eventType: "Complaint", mail, complaint: null })],
    [
      "as a complaint of no kind",
      (mail) => ({
        eventType: "Complaint",
        mail,
        complaint: { complaintFeedbackType: null, complainedRecipients: null },
      }),
    ],
  ])("of a lasting kind stops the reader: %s", async (_, event) => {
    const keys = await world.services.keyring.keys();
    await world.services.store.bindAddress(addressHash(keys, reader.address), reader.id);
    expect(await arrives(event(mail(), reader.address))).toMatchObject({ status: "stopped" });
  });

  it.each<[string, (mail: object) => object]>([
    [
      "a passing bounce",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Transient", bounceSubType: null, bouncedRecipients: [{ status: null }] },
      }),
    ],
    ["a bounce of which nothing is known", (mail) => ({ eventType: "Bounce", mail, bounce: null })],
    [
      "one that SES does not know itself",
      (mail) => ({
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Undetermined", bounceSubType: "Undetermined", bouncedRecipients: [] },
      }),
    ],
    ["a delivery without details", (mail) => ({ eventType: "Delivery", mail, delivery: null })],
    ["a delay", (mail) => ({ eventType: "DeliveryDelay", mail, deliveryDelay: { delayType: null } })],
    ["a template that failed", (mail) => ({ eventType: "Rendering Failure", mail, failure: {} })],
    [
      "a complaint that was taken back",
      (mail) => ({ eventType: "Complaint", mail, complaint: { complaintFeedbackType: "not-spam" } }),
    ],
    ["an event of next year", (mail) => ({ eventType: "Read", mail, read: {} })],
    [
      "a mail of somebody else's, by no address that is here",
      () => ({
        eventType: "Bounce",
        mail: { messageId: "m", timestamp: "x" },
        bounce: { bounceType: "Permanent", bouncedRecipients: [gone] },
      }),
    ],
    [
      "SES's word that a topic works",
      () => ({
        notificationType: "AmazonSnsSubscriptionSucceeded",
        message: "You have successfully subscribed",
      }),
    ],
  ])("of another kind stops nobody, and is no dead letter: %s", async (_, event) => {
    expect(await arrives(event(mail()))).toMatchObject({ status: reader.status });
  });

  it("keeps its meaning whatever one field of it is missing, null or of another kind", () => {
    const whole = {
      eventType: "Bounce",
      bounce: {
        bounceType: "Permanent",
        bounceSubType: "General",
        bouncedRecipients: [{ ...gone, diagnosticCode: "smtp; 550 5.1.1 user unknown" }],
        timestamp: "2026-06-01T09:00:01.000Z",
        feedbackId: "f",
        remoteMtaIp: "192.0.2.1",
        reportingMTA: "dsn; a8-70.smtp-out.amazonses.com",
      },
      mail: {
        ...mail(),
        source: "lessons@course.example",
        sendingAccountId: "1",
        destination: ["r@x.example"],
        headersTruncated: false,
        headers: [{ name: "From", value: "x" }],
        commonHeaders: { from: ["x"], messageId: "m" },
      },
    };
    const others: unknown[] = [undefined, null, 7, "", true, [], {}, [null], "x".repeat(99)];
    let looked = 0;
    for (const path of listPaths(whole)) {
      for (const other of others) {
        const changed = withValue(whole, path, other);
        const read = sesEvent(JSON.stringify(changed));
        looked++;
        const isTold =
          read?.bounce?.type === "Permanent" && (read.dispatch ?? read.addresses?.[0]) !== undefined;
        // Without the bounce as a whole, nothing is left that says how it is meant.
        const isGone = path === "bounce";
        const isOtherEvent = path === "eventType" && typeof other === "string";
        if (!isGone && !isOtherEvent) expect.soft(isTold, `${path}: ${JSON.stringify(other)}`).toBe(true);
      }
    }
    expect(looked).toBeGreaterThan(200);
  });

  it("of an absence has no status; of a domain that is gone it may have it in the server's answer alone", () => {
    const read = (diagnosticCode: string | null) =>
      sesEvent(
        JSON.stringify({
          eventType: "Bounce",
          mail: mail(),
          bounce: {
            bounceType: "Transient",
            bounceSubType: "General",
            bouncedRecipients: [{ status: null, diagnosticCode }],
          },
        }),
      )?.bounce;
    expect(read(null)).toEqual({ type: "Transient", subType: "General" });
    expect(read("smtp; 550 5.4.4 Invalid domain")).toMatchObject({ status: "5.4.4" });
    expect(read("smtp; 452 mailbox busy")).toMatchObject({ status: "4.0.0" });
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
      addresses: ["r@x.example"],
      bounce: { type: "Permanent", subType: "General", status: "5.1.1" },
    });
    expect(
      sesEvent(envelope("Successfully validated SNS topic for Amazon SES event publishing.")),
    ).toBeUndefined();
    expect(() => sesEvent(envelope(JSON.stringify({ eventType: "Send" })))).toThrow(/mail/);
  });
});

/** The places of a document: `bounce.bouncedRecipients.0.status`. */
function listPaths(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return at === "" ? [] : [at];
  const inside = Object.entries(value).flatMap(([name, one]) =>
    listPaths(one, at === "" ? name : `${at}.${name}`),
  );
  return at === "" ? inside : [at, ...inside];
}

/** A copy of the document with another value there; without it for undefined. */
function withValue(document: object, path: string, value: unknown): object {
  const copy = structuredClone(document) as Record<string, unknown>;
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const around = steps.reduce((one, step) => one[step] as Record<string, unknown>, copy);
  if (value === undefined && !Array.isArray(around)) delete around[last];
  else around[last] = value;
  return copy;
}
