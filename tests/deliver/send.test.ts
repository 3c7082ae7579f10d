import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Slot, Slots } from "../../functions/deliver/governor.ts";
import { type MailOnItsWay, type SendResult, send } from "../../functions/deliver/send.ts";
import { type Enrolment, withPause } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { SendOutcome, Services } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const LETTER = {
  envelopeFrom: "lessons@course.example",
  to: "r@x.example",
  raw: new Uint8Array([1, 2, 3]),
  tags: { "ses:feedback-id-a": "course" },
};

describe("a mail on its way", () => {
  let world: World;
  let enrolment: Enrolment;
  /** When SES was called, in ms from the beginning. */
  let called: number[];
  /** How long was slept, each time. */
  let slept: number[];
  /** What the owner is to hear of. */
  let seen: string[];
  let services: Services;
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    const reader = await addReader(world);
    enrolment = (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
    called = [];
    slept = [];
    seen = [];
    services = {
      ...world.services,
      clock: {
        now: world.clock.now,
        sleep: (ms) => {
          slept.push(ms);
          return world.clock.sleep(ms);
        },
      },
      alarms: {
        ...world.services.alarms,
        see: async (name, detail = "") => void seen.push(`${name} ${detail}`.trim()),
      },
      mailer: {
        ...world.services.mailer,
        send: async (mail) => {
          called.push(world.clock.now() - NOW);
          return world.services.mailer.send(mail);
        },
      },
    };
  });
  afterEach(() => world.stop());

  /** Hands these slots out, one after the other; then there are none. */
  const slots = (...given: Slot[]): Slots => ({
    take: async () => given.shift() ?? { refused: "closed", again: NOW + DAY },
  });
  const at = (ms: number): Slot => ({ at: NOW + ms });
  const full = (ms: number): Slot => ({ refused: "full", again: NOW + ms });
  const mail = (kind: "welcome" | "prompt" = "welcome", slug: string = kind): MailOnItsWay => ({
    holder: enrolment,
    key: "welcome",
    dispatch: { subscriber: enrolment.subscriber, list: "course", run: 1, kind, slug },
    letter: LETTER,
  });
  const sent = (given: Slots, until = MINUTE): Promise<SendResult> =>
    send(services, mail(), given, NOW + until);
  const answer = (...answers: SendOutcome[]) => world.ses.answers.push(...answers);
  const TOO_FAST: SendOutcome = { outcome: "refused", why: "rate", detail: "Throttling" };
  const stored = async () => (await services.store.enrolment(enrolment.subscriber, "course")) as Enrolment;
  const logged = (event: string) =>
    world.logged.map((line) => JSON.parse(line)).filter((line) => line.event === event);

  describe("waits", () => {
    it("for the moment of its slot", async () => {
      expect(await sent(slots(at(700)))).toMatchObject({ outcome: "sent", sentAt: NOW + 700 });
      expect(called).toEqual([700]);
    });

    it("not where that moment has come already", async () => {
      await sent(slots(at(-100)));
      expect([called, slept]).toEqual([[0], []]);
      const { claim: _, ...holder } = await stored();
      await send(services, { ...mail(), holder }, slots(at(0)), NOW);
      expect([called, slept]).toEqual([[0, 0], []]);
    });

    it("while others have the slots of this moment, and asks again", async () => {
      expect(await sent(slots(full(300), full(600), at(650)))).toMatchObject({ outcome: "sent" });
      expect(called).toEqual([650]);
    });

    it("no longer than it may: to the last moment, not beyond", async () => {
      for (const slot of [at(MINUTE + 1), full(MINUTE + 1)])
        expect(await sent(slots(slot))).toEqual({ outcome: "no-slot" });
      expect([called, await stored()]).toEqual([[], enrolment]);
      expect(await sent(slots(full(MINUTE), at(MINUTE)))).toMatchObject({ outcome: "sent" });
    });

    it("not at all while sending is closed, however soon it opens", async () => {
      expect(await sent(slots({ refused: "closed", again: NOW + SECOND }, at(SECOND)))).toEqual({
        outcome: "no-slot",
      });
      expect(called).toEqual([]);
    });
  });

  describe("is claimed", () => {
    it("for a minute from its slot on, under a name of the claimer's own", async () => {
      answer({ outcome: "in-doubt", detail: "timeout" });
      const result = await sent(slots(at(700)));
      const dispatch = `${enrolment.subscriber}_course_1_welcome_welcome`;
      expect((await stored()).claim).toMatchObject({ dispatch, key: "welcome", until: NOW + 700 + MINUTE });
      expect((await stored()).claim?.by).toMatch(/^.{12,}$/);
      expect(result).toMatchObject({ outcome: "in-doubt", claim: (await stored()).claim });
    });

    it("by nobody where its reader has paused since it was read: SES is not called", async () => {
      await services.store.change(enrolment, (current) => withPause(current));
      expect(await sent(slots(at(0)))).toEqual({ outcome: "lost-claim" });
      expect(called).toEqual([]);
    });
  });

  it("carries what SES needs to tell us of it, and stands in the ledger", async () => {
    await sent(slots(at(0)));
    const dispatch = `${enrolment.subscriber}_course_1_welcome_welcome`;
    const { envelopeFrom: from, to, raw, tags } = LETTER;
    expect(world.ses.sent).toEqual([{ dispatch, from, to, raw, tags: { dispatch, ...tags } }]);
    const entry = { dispatch, messageId: "id-1", sentAt: NOW, state: "sent", stateAt: NOW };
    expect(await services.store.ledgerEntry(dispatch)).toMatchObject(entry);
    expect(logged("sent")).toMatchObject([{ level: "info", dispatch, messageId: "id-1" }]);
    expect(logged("SendNotAccepted")).toEqual([]);
  });

  describe("that SES finds too fast", () => {
    it("is tried again after a quarter of a second, with a slot of its own", async () => {
      answer(TOO_FAST, TOO_FAST);
      expect(await sent(slots(at(0), at(0), at(900)))).toMatchObject({ outcome: "sent", sentAt: NOW + 900 });
      expect(called).toEqual([0, 250, 900]);
      expect(logged("SendThrottled")).toHaveLength(2);
      expect(logged("SendNotAccepted")).toEqual([]);
    });

    it("is left for later where no slot comes in the first half of its claim", async () => {
      answer(TOO_FAST);
      expect(await sent(slots(at(0), at(30 * SECOND + 1)), HOUR)).toMatchObject({ outcome: "refused" });
      expect(called).toEqual([0]);
      expect(logged("ses-refused")).toMatchObject([{ level: "warn", detail: "Throttling" }]);
      expect(logged("SendNotAccepted")).toHaveLength(1);
    });

    it("is tried at the last moment of that half", async () => {
      answer(TOO_FAST);
      await sent(slots(at(0), at(30 * SECOND)), HOUR);
      expect(called).toEqual([0, 30 * SECOND]);
    });

    it("is not tried again in the last third of its claim, whatever the slot says: the call may outlive it", async () => {
      for (const { slept, calls } of [
        { slept: 40 * SECOND - 1, calls: 2 },
        { slept: 40 * SECOND, calls: 1 },
      ]) {
        called = [];
        world.clock.set(NOW);
        const { claim: _, ...holder } = await stored();
        answer(TOO_FAST);
        let taken = 0;
        const slow: Slots = {
          take: async () => {
            // The machine stood still between SES's answer and the slot.
            if (taken++ > 0) world.clock.set(NOW + slept);
            return { at: NOW };
          },
        };
        await send(services, { ...mail(), holder }, slow, NOW + HOUR);
        expect(called).toHaveLength(calls);
      }
    });

    it("does not close the sending of all", async () => {
      answer(TOO_FAST);
      await sent(slots(at(0)));
      expect(await services.store.governor()).toMatchObject({ closedUntil: 0 });
    });
  });

  it.each(["quota", "paused"] as const)("closes the sending of all where SES says %s", async (why) => {
    answer({ outcome: "refused", why, detail: "no" });
    expect(await sent(slots(at(0)))).toMatchObject({ outcome: "refused" });
    expect(await services.store.governor()).toMatchObject({ closedUntil: NOW + 10 * MINUTE });
  });

  it("that needs something mended is told with the first 160 letters of what SES says", async () => {
    answer({ outcome: "refused", why: "mend", detail: `AccessDenied ${"x".repeat(400)}END` });
    expect(await sent(slots(at(0)))).toMatchObject({ outcome: "postponed" });
    expect(seen).toEqual([`refused AccessDenied ${"x".repeat(147)}`]);
    expect(await services.store.governor()).toMatchObject({ closedUntil: 0 });
  });

  it("that does not reach SES is told as that, and tried again later", async () => {
    answer({ outcome: "refused", why: "later", detail: "no connection" });
    expect(await sent(slots(at(0)))).toMatchObject({ outcome: "postponed" });
    expect(seen).toEqual(["unreached no connection"]);
    expect(await services.store.governor()).toMatchObject({ closedUntil: 0 });
  });

  it("stands in its claim as SES's failure, and with the sixth of a minute all sending rests for one", async () => {
    for (let failure = 1; failure <= 6; failure++) {
      answer({ outcome: "in-doubt", detail: "ServiceUnavailable: no", isAway: true });
      expect(await sent(slots(at(0)))).toMatchObject({ outcome: "in-doubt", claim: { isAway: true } });
      expect((await stored()).claim).toMatchObject({ isAway: true });
      const closedUntil = failure < 6 ? 0 : NOW + MINUTE;
      expect(await services.store.governor()).toMatchObject({ closedUntil });
      const free = await services.store.change(await stored(), ({ claim: _, ...rest }) => rest);
      enrolment = free as Enrolment;
    }
    expect(seen).toEqual(Array.from({ length: 6 }, () => "unreached ServiceUnavailable: no"));
    // Control: a lost answer is no failure of SES's.
    answer({ outcome: "in-doubt", detail: "timeout" });
    await sent(slots(at(0)));
    expect((await stored()).claim).not.toHaveProperty("isAway");
  });

  describe("to a mailbox that has had its confirmation of the day", () => {
    const toPerson = async (kind: "confirmation" | "notice", slug: string) => {
      const { claim: _, ...holder } = (await services.store.subscriber(enrolment.subscriber)) as Subscriber;
      const dispatch = { subscriber: holder.id, list: "account", run: 1, kind, slug };
      return send(
        services,
        { holder, key: `${kind}_${slug}`, dispatch, letter: LETTER },
        slots(at(0)),
        NOW + MINUTE,
      );
    };

    it("waits for its next day where it is a confirmation, unclaimed; anything else leaves", async () => {
      expect(await toPerson("confirmation", "1-1")).toMatchObject({ outcome: "sent" });
      expect(await toPerson("confirmation", "2-2")).toEqual({ outcome: "over-limit", leave: NOW + DAY });
      expect(await toPerson("notice", "page-1")).toMatchObject({ outcome: "sent" });
      expect(called).toHaveLength(2);
    });
  });

  it("is rejected where SES never takes it", async () => {
    answer({ outcome: "rejected", detail: "InvalidParameterValue" });
    expect(await sent(slots(at(0)))).toMatchObject({ outcome: "rejected" });
    expect(logged("ses-rejected")).toHaveLength(1);
  });

  describe("as an automatic answer", () => {
    /** How many answers may leave in a day before the owner is told, where SES has counted this many mails. */
    const mostAnswers = async (sent24h: number) => {
      const asked: unknown[] = [];
      const { store } = services;
      await store.saveGovernor({ ...(await store.governor()), sent24h });
      const counting: Services = {
        ...services,
        store: {
          ...store,
          count: async (limit) => {
            asked.push(limit);
            return store.count(limit);
          },
        },
      };
      const { claim: _, ...holder } = await stored();
      await send(counting, { ...mail("prompt", "one"), holder }, slots(at(0)), NOW + DAY);
      return asked;
    };

    it("is counted by the day: a hundred, or a twentieth of all mail, are no loop", async () => {
      const limit = { key: "answer-share", windowMs: DAY };
      expect(await mostAnswers(2_000)).toEqual([{ ...limit, most: 100 }]);
      expect(await mostAnswers(2_050)).toEqual([{ ...limit, most: 103 }]);
      expect(logged("AnswerSent")).toHaveLength(2);
    });

    it("and the owner is told of one too many, not of the last that may leave", async () => {
      const limit = { key: "answer-share", most: 100, windowMs: DAY };
      for (let answers = 0; answers < 99; answers++) await services.store.count(limit);
      await mostAnswers(0);
      expect(seen).toEqual([]);
      await mostAnswers(0);
      expect(seen).toEqual(["answers"]);
    });

    it("alone: other mail is no answer", async () => {
      await sent(slots(at(0)));
      expect(logged("AnswerSent")).toEqual([]);
    });
  });
});
