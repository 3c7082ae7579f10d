import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendTestMail, testRecipient } from "../../console/test-mail.ts";
import { deliver, type Outcome } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { TESTS_TO_OTHERS } from "../../functions/domain/people/limits.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { OWNER_ID, OWNER_KEY } from "../../functions/domain/sending/owner.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import type { MailParts } from "../../functions/mail/mime/mime.ts";
import type { Services } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const DOUBT_OVER = 17 * MINUTE;
const MAIL: MailParts = {
  from: { name: "The course", address: "elsewhere@course.example" },
  to: { address: "sample@printer.example" },
  replyTo: { address: "reply+sample@course.example" },
  subject: "Lesson 1",
  headers: [],
  text: "Text",
  html: "<p>Text</p>",
};

describe("the owner's mail", () => {
  let world: World;
  const look = (services: Services = world.services): Promise<Outcome> =>
    deliver(services, OWNER_KEY, openSlots(services, "urgent"), world.clock.now() + MINUTE);
  const waitItOut = async () => {
    for (let waited = 0; waited < DOUBT_OVER; waited += MINUTE) {
      world.clock.set(world.clock.now() + MINUTE);
      await look();
    }
  };
  const dying = (change: Partial<Services["store"]>): Services => ({
    ...world.services,
    store: { ...world.services.store, ...change },
  });
  const die = () => Promise.reject(new Error("killed"));

  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
  });
  afterEach(() => world.stop());

  it("goes to the owner's mailbox from the stage's address, whatever the mail said, and into the ledger", async () => {
    const dispatch = await sendTestMail(world.services, MAIL);
    expect(await look()).toBe("sent");
    expect(await look()).toBe("idle");
    const [mail] = world.ses.sent;
    expect(mail).toMatchObject({ to: "owner@office.example", from: "lessons@course.example", dispatch });
    const raw = Buffer.from(mail?.raw ?? "").toString();
    expect(raw).toContain("Subject: [Test] Lesson 1");
    expect(raw).not.toContain("elsewhere@");
    expect(raw).not.toContain("printer.example");
    expect(await world.services.store.ledgerEntry(dispatch as string)).toMatchObject({ state: "sent" });
    expect((await world.services.store.owner()).agenda).toEqual({});
  });

  it("carries the sender's name of the mail that it tries, and none where that has none", async () => {
    await sendTestMail(world.services, MAIL);
    await sendTestMail(world.services, { ...MAIL, from: { address: "elsewhere@course.example" } });
    await look();
    await look();
    const from = world.ses.sent.map(({ raw }) => /^From: (.*)\r$/m.exec(Buffer.from(raw).toString())?.[1]);
    expect(from.sort()).toEqual(["The course <lessons@course.example>", "lessons@course.example"].sort());
  });

  it("is struck out where what it was about is gone: a test mail that expired, a week without a report", async () => {
    const { store } = world.services;
    await store.change(await store.owner(), (owner) => ({
      ...owner,
      agenda: { test_gone: { dueAt: NOW, doubts: 0 }, "report_2026-05-25": { dueAt: NOW, doubts: 0 } },
    }));
    expect([await look(), await look(), await look()]).toEqual(["moved", "moved", "idle"]);
    expect([world.ses.sent, (await store.owner()).agenda]).toEqual([[], {}]);
  });

  describe("to an address that the owner names", () => {
    const friend = () => testRecipient(world.services, "Friend@Press.example");
    const named = async () => {
      const to = await friend();
      if ("refused" in to) throw new Error(to.refused);
      return to;
    };

    it("is the same mail, marked as a test, in the owner's ledger, with answers to the owner, once", async () => {
      const dispatch = await sendTestMail(world.services, MAIL, await named());
      await Promise.all(Array.from({ length: 4 }, () => look()));
      expect(world.ses.sent).toHaveLength(1);
      expect(world.ses.sent[0]?.to.toLowerCase()).toBe("friend@press.example");
      const raw = Buffer.from(world.ses.sent[0]?.raw ?? "").toString();
      expect(raw).toContain("Subject: [Test] Lesson 1");
      expect(raw).toMatch(/^Reply-To: .*owner@office\.example/m);
      expect(dispatch).toMatch(new RegExp(`^${OWNER_ID}_`));
      expect(world.logged.join()).not.toMatch(/press\.example/i);
    });

    it("is refused for what is no address, and for a person who must not be mailed, also if that is heard later", async () => {
      expect(await testRecipient(world.services, "friend at press")).toEqual({ refused: "malformed" });
      expect(await testRecipient(world.services, "reply+x@course.example")).toEqual({ refused: "ours" });
      const to = await named();
      const reader = await addReader(world, "friend@press.example");
      await world.services.store.change<Subscriber>(reader, (one) => ({ ...one, addressHash: to.hash }));
      await sendTestMail(world.services, MAIL, to);
      await world.services.store.stopEverything(reader.id, "complaint", {
        ...{ event: "withdrawn", at: NOW, list: "everything", text: "complaint" },
        ...{ source: "test", actor: "mail-system" },
      });
      await look();
      expect(world.ses.sent).toEqual([]);
      expect(await friend()).toEqual({ refused: "suppressed" });
    });

    it("goes to twenty a day at the most", async () => {
      for (let sent = 0; sent < TESTS_TO_OTHERS.most; sent++) await named();
      expect(await friend()).toEqual({ refused: "too-many" });
      world.clock.set(NOW + DAY);
      expect(await friend()).toHaveProperty("hash");
    });
  });

  it("is found by the lanes if its nudge is lost, before the lessons", async () => {
    await sendTestMail(world.services, MAIL);
    await addReader(world);
    await runLane(world.services, { lane: 0 });
    expect(world.ses.sent.map((mail) => mail.to)).toContain("owner@office.example");
  });

  it("is sent once, however many look at the same time", async () => {
    await sendTestMail(world.services, MAIL);
    await Promise.all(Array.from({ length: 6 }, () => look()));
    expect(world.ses.sent).toHaveLength(1);
  });

  it("leaves twice for two that were asked for", async () => {
    await Promise.all([sendTestMail(world.services, MAIL), sendTestMail(world.services, MAIL)]);
    await look();
    await look();
    expect(new Set(world.ses.sent.map((mail) => mail.dispatch)).size).toBe(2);
  });

  it("is not lost when the deliverer dies before SES, nor sent twice when it dies after", async () => {
    await sendTestMail(world.services, MAIL);
    const mailer = { ...world.services.mailer, send: die };
    await expect(look({ ...world.services, mailer })).rejects.toThrow("killed");
    await waitItOut();
    expect(world.ses.sent).toHaveLength(1);

    await sendTestMail(world.services, MAIL);
    await expect(look(dying({ recordSent: die }))).rejects.toThrow("killed");
    const dispatch = world.ses.sent.at(-1)?.dispatch as string;
    await feedback(world.services, { type: "Send", messageId: "id", at: world.clock.now(), dispatch });
    await waitItOut();
    expect(world.ses.sent).toHaveLength(2);
    expect((await world.services.store.owner()).agenda).toEqual({});
  });

  it("control: without SES's event the second one is sent again when the grace is over", async () => {
    await sendTestMail(world.services, MAIL);
    await expect(look(dying({ recordSent: die }))).rejects.toThrow("killed");
    await waitItOut();
    expect(world.ses.sent).toHaveLength(2);
  });

  it("stops nobody when the owner's mailbox refuses it", async () => {
    const reader = await addReader(world);
    await sendTestMail(world.services, MAIL);
    await look();
    const dispatch = world.ses.sent[0]?.dispatch as string;
    const bounce = { type: "Permanent", subType: "General" };
    await feedback(world.services, { type: "Bounce", messageId: "id-1", at: NOW, dispatch, bounce });
    const status = async () => ((await world.services.store.subscriber(reader.id)) as Subscriber).status;
    expect(await status()).toBe("active");
    expect(world.logged.join()).toContain("OwnerMailRefused");
    expect((await world.services.store.ledger(OWNER_ID))[0]).toMatchObject({ state: "bounced" });

    const own = `${reader.id}_course_1_lesson_one`;
    await feedback(world.services, { type: "Bounce", messageId: "id-2", at: NOW, dispatch: own, bounce });
    expect(await status()).toBe("stopped");
  });
});
