import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdSending, resumeSending, trouble } from "../../functions/deliver/breaker.ts";
import { openSlots, refreshGovernor } from "../../functions/deliver/governor.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { newSubscriber } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { allowanceAfterHold } from "../../functions/domain/sending/hold-on-mail.ts";
import type { DispatchKind } from "../../functions/domain/sending/mail-kinds.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import type { Services, SesEvent } from "../../functions/ports.ts";
import { aConsent } from "../support/consents.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);

describe("the breaker", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one")), NOW);
  });
  afterEach(() => world.stop());

  /** SES as it counts mails: `sent24h` in the last day. */
  const services = (sent24h = 100): Services => ({
    ...world.services,
    mailer: {
      ...world.services.mailer,
      quota: async () => ({ rate: 14, quota: 50_000, sent24h, enabled: true }),
    },
  });
  const minutePasses = (sent24h?: number) => {
    world.clock.set(world.clock.now() + MINUTE);
    return refreshGovernor(services(sent24h));
  };
  const happens = async (event: Partial<SesEvent>, times: number, kind: DispatchKind = "lesson") => {
    for (let time = 0; time < times; time++) {
      const named = {
        subscriber: `s${time}`,
        list: "course",
        run: 1,
        kind,
        slug: `one-${world.clock.now()}`,
      };
      const dispatch = dispatchId(named);
      const sent = { dispatch, messageId: "m", sentAt: NOW, state: "sent" as const, stateAt: NOW };
      await world.services.store.recordSent(sent);
      await feedback(world.services, { type: "Complaint", messageId: "m", at: NOW, dispatch, ...event });
    }
  };
  const complaints = (times: number) => happens({ complaint: {} }, times);
  const bounces = (times: number, kind?: DispatchKind) =>
    happens({ type: "Bounce", bounce: { type: "Permanent", subType: "General" } }, times, kind);
  const leftTo = (address: string) => world.ses.sent.filter(({ to }) => to === address).length;
  const mayLeave = async () => "at" in (await openSlots(world.services, "urgent").take());

  it("speaks before SES does: at 3.5 % bounces and 0.07 % complaints, and with the confirmations' 1 % and 0.02 %", () => {
    expect(trouble("others", { bounces: 349, complaints: 6 }, 10_000)).toBeUndefined();
    expect(trouble("others", { bounces: 350, complaints: 0 }, 10_000)).toBe("bounces");
    expect(trouble("others", { bounces: 0, complaints: 7 }, 10_000)).toBe("complaints");
    expect(trouble("confirmations", { bounces: 99, complaints: 2 }, 10_000)).toBeUndefined();
    expect(trouble("confirmations", { bounces: 100, complaints: 0 }, 10_000)).toBe("bounces");
    expect(trouble("confirmations", { bounces: 0, complaints: 3 }, 10_000)).toBe("complaints");
  });

  it("does not take two angry readers of a small list for a trend", () => {
    expect(trouble("others", { bounces: 39, complaints: 2 }, 50)).toBeUndefined();
    expect(trouble("others", { bounces: 40, complaints: 0 }, 50)).toBe("bounces");
    expect(trouble("others", { bounces: 0, complaints: 3 }, 50)).toBe("complaints");
  });

  it("holds all mail once it trips, and lets it go when the owner resumes", async () => {
    await addReader(world);
    await complaints(3);
    expect(await minutePasses()).toMatchObject({ held: { why: "complaints" } });
    await runLane(services(), { lane: 0 });
    expect(world.ses.sent).toEqual([]);
    world.clock.set(world.clock.now() + HOUR);
    expect(await mayLeave()).toBe(false);

    expect(await resumeSending(world.services)).toBe(true);
    await runLane(services(), { lane: 0 });
    expect(world.ses.sent).toHaveLength(1);
  });

  it("control: one complaint less, and the mail leaves", async () => {
    await addReader(world);
    await complaints(2);
    await runLane(services(), { lane: 0 });
    expect(world.ses.sent).toHaveLength(1);
  });

  it("counts anew after the owner has resumed, and trips again for what is new", async () => {
    await bounces(40);
    expect(await minutePasses()).toHaveProperty("held.why", "bounces");
    world.clock.set(world.clock.now() + HOUR);
    await resumeSending(world.services);
    expect(await minutePasses()).not.toHaveProperty("held");
    await complaints(3);
    expect(await minutePasses()).toHaveProperty("held.why", "complaints");
  });

  it("forgets what is older than a day", async () => {
    await bounces(40);
    world.clock.set(NOW + DAY + 11 * MINUTE);
    expect(await minutePasses()).not.toHaveProperty("held");
  });

  it("counts an event once, however often SES tells it, and no absence note at all", async () => {
    await complaints(2);
    await complaints(2);
    await happens({ type: "Bounce", bounce: { type: "Transient", subType: "General" } }, 50);
    expect(await world.services.store.troubles(NOW)).toHaveProperty("others", { bounces: 0, complaints: 2 });
  });

  it("is the owner's too: they hold and resume, and hear whether that changed anything", async () => {
    expect(await holdSending(world.services)).toBe(true);
    expect(await holdSending(world.services)).toBe(false);
    expect(await mayLeave()).toBe(false);
    expect(await resumeSending(world.services)).toBe(true);
    expect(await resumeSending(world.services)).toBe(false);
    expect(await mayLeave()).toBe(true);
  });

  it("lets a reader's mail go on its day while strangers' sign-ups bounce, and holds confirmations alone", async () => {
    await addReader(world, "reader@x.example");
    await askedBy(world, "new@y.example");
    await bounces(60, "confirmation");
    const governor = await minutePasses();
    expect(governor).not.toHaveProperty("held");
    expect(governor).toMatchObject({ confirmations: { held: { why: "bounces" } } });
    await runLane(services(), { lane: 0 });
    expect([leftTo("reader@x.example"), leftTo("new@y.example")]).toEqual([1, 0]);
    expect(world.logged.join()).toContain("ConfirmationsHeld");
    // What waits leaves when the hold is over.
    world.clock.set(governor.confirmations?.held?.until ?? 0);
    await minutePasses();
    await runLane(services(), { lane: 0 });
    expect(leftTo("new@y.example")).toBe(1);
  });

  it("control: as many bounces of lessons hold the reader's mail", async () => {
    await addReader(world, "reader@x.example");
    await bounces(60);
    await minutePasses();
    await runLane(services(), { lane: 0 });
    expect(leftTo("reader@x.example")).toBe(0);
  });

  it("ends its hold by itself, with a quarter of the allowance that doubles each day", async () => {
    await bounces(40);
    const { held } = await minutePasses();
    expect(held?.until).toBe((held?.since ?? 0) + 12 * HOUR);
    world.clock.set(held?.until ?? 0);
    const freed = await minutePasses();
    expect(freed).not.toHaveProperty("held");
    const days = [0, 1, 2, 9].map((days) => allowanceAfterHold(freed, world.clock.now() + days * DAY));
    expect(days).toEqual([0.25, 0.5, 1, 1]);
    expect(world.logged.join()).toContain("hold-ended");
  });

  it("trips sooner after a hold, for twice as long, and forgives after a quiet week", async () => {
    await bounces(40);
    const first = (await minutePasses()).held;
    world.clock.set(first?.until ?? 0);
    await minutePasses();
    await bounces(10);
    const second = (await minutePasses()).held;
    expect((second?.until ?? 0) - (second?.since ?? 0)).toBe(24 * HOUR);
    world.clock.set((second?.until ?? 0) + MINUTE);
    await minutePasses();
    world.clock.set(world.clock.now() + 8 * DAY);
    await bounces(40);
    const third = (await minutePasses()).held;
    expect((third?.until ?? 0) - (third?.since ?? 0)).toBe(12 * HOUR);
  });

  describe("on one hold after the other", () => {
    const note = async (times: number, cause: "others" | "confirmations" = "others") => {
      for (let time = 0; time < times; time++) await world.services.store.noteTrouble("bounces", cause);
    };
    /** How long the next hold lasts, in hours; it is over when this returns. */
    const nextHold = async () => {
      await note(40);
      const { held } = await minutePasses();
      world.clock.set(held?.until ?? 0);
      await minutePasses();
      return ((held?.until ?? 0) - (held?.since ?? 0)) / HOUR;
    };
    const logged = (event: string) =>
      world.logged.map((line) => JSON.parse(line)).filter((line) => line.event === event);

    it("holds twice as long each time, up to eight times; after a quiet week, and no sooner, as at first", async () => {
      const lasted = [];
      for (let hold = 0; hold < 5; hold++) lasted.push(await nextHold());
      expect(lasted).toEqual([12, 24, 48, 96, 96]);
      const { easedFrom = 0 } = await world.services.store.governor();
      world.clock.set(easedFrom + 7 * DAY - MINUTE);
      expect(await nextHold()).toBe(96);
      const again = (await world.services.store.governor()).easedFrom ?? 0;
      world.clock.set(again + 7 * DAY);
      expect(await nextHold()).toBe(12);
    });

    it("holds confirmations 6 hours and then 12, and not for what waited, which slows their portions down", async () => {
      const lasted = [];
      for (let hold = 0; hold < 3; hold++) {
        await note(20, "confirmations");
        const { held } = (await minutePasses()).confirmations ?? {};
        lasted.push(((held?.until ?? 0) - (held?.since ?? 0)) / HOUR);
        world.clock.set(held?.until ?? 0);
        await minutePasses();
      }
      expect(lasted).toEqual([6, 12, 12]);
      for (let time = 0; time < 40; time++) await world.services.store.noteTrouble("bounces", "waited");
      const { confirmations } = await minutePasses();
      expect([confirmations?.held, confirmations?.growsFrom]).toEqual([undefined, world.clock.now()]);
    });

    it("begins anew where the owner has resumed: with all of the allowance, and a first hold", async () => {
      await nextHold();
      expect(await resumeSending(world.services)).toBe(true);
      expect(await resumeSending(world.services)).toBe(false);
      const governor = await world.services.store.governor();
      expect(allowanceAfterHold(governor, world.clock.now())).toBe(1);
      world.clock.set(world.clock.now() + HOUR);
      expect(await nextHold()).toBe(12);
    });

    it("is resumed by the owner too, where only confirmations are held or were", async () => {
      await note(20, "confirmations");
      const { confirmations } = await minutePasses();
      expect(confirmations?.held?.until).toBe((confirmations?.held?.since ?? 0) + 6 * HOUR);
      expect(await resumeSending(world.services)).toBe(true);
      expect((await world.services.store.governor()).confirmations).not.toHaveProperty("held");
      world.clock.set(world.clock.now() + HOUR);
      // What was noted before is forgiven.
      expect((await minutePasses()).confirmations).not.toHaveProperty("held");
      await note(20, "confirmations");
      const again = (await minutePasses()).confirmations?.held;
      world.clock.set(again?.until ?? 0);
      expect((await minutePasses()).confirmations).toHaveProperty("easedFrom");
      expect(await resumeSending(world.services)).toBe(true);
      expect((await world.services.store.governor()).confirmations).not.toHaveProperty("easedFrom");
    });

    it("says what was held why, since when and until when, each minute that it is, and that it has ended", async () => {
      await note(40);
      const { held } = await minutePasses(200);
      const until = new Date(held?.until ?? 0).toISOString();
      const line = { level: "warn", cause: "others", why: "bounces", sent24h: 200, until };
      expect(logged("sending-held")).toMatchObject([line]);
      expect(logged("sending-held")[0].since).toBe(new Date(NOW + MINUTE - DAY).toISOString());
      expect(world.told.map(({ text }) => text.includes("bounces"))).toEqual([true]);
      await minutePasses();
      expect(logged("SendingHeld")).toHaveLength(2);
      expect(logged("sending-held")).toHaveLength(1);
      world.clock.set(held?.until ?? 0);
      await minutePasses();
      const since = new Date(held?.since ?? 0).toISOString();
      expect(logged("hold-ended")).toMatchObject([{ level: "warn", cause: "others", since }]);
    });

    it("takes a quarter of the trouble to be held again, but never none", () => {
      expect(trouble("others", { bounces: 9, complaints: 0 }, 50, 0.25)).toBeUndefined();
      expect(trouble("others", { bounces: 10, complaints: 0 }, 50, 0.25)).toBe("bounces");
      expect(trouble("others", { bounces: 0, complaints: 1 }, 50, 0.25)).toBe("complaints");
      expect(trouble("others", { bounces: 0, complaints: 0 }, 0, 0.25)).toBeUndefined();
      expect(trouble("others", { bounces: 40, complaints: 3 }, 50)).toBe("complaints");
    });

    it("leaves a governor without trouble as it was", async () => {
      const governor = await minutePasses();
      for (const name of ["held", "confirmations", "resumedAt", "holds", "easedFrom"])
        expect(governor).not.toHaveProperty(name);
    });
  });

  it("leaves the owner's own hold until the owner ends it", async () => {
    await holdSending(world.services);
    world.clock.set(NOW + 30 * DAY);
    expect(await minutePasses()).toHaveProperty("held.why", "owner");
  });
});

/** Someone unconfirmed, whose confirmation is due. */
async function askedBy({ services }: World, address: string): Promise<void> {
  const at = services.clock.now();
  const consent = aConsent("requested", "course", at);
  const course = "course";
  const asks = {
    address,
    addressHash: `hash of ${address}`,
    zone: "UTC",
    course,
    newsletter: false,
    consent,
  };
  await services.store.save(newSubscriber(services.random(10), asks, at));
}
