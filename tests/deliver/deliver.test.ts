import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdSending, resumeSending } from "../../functions/deliver/breaker.ts";
import { deliver, type Outcome } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { type Enrolment, withLeft, withPause } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import type { Services, Store } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
/** A claim's minute, the grace, and one more minute. */
const DOUBT_OVER = MINUTE + 15 * MINUTE + MINUTE;

describe("delivery", () => {
  let world: World;
  let reader: Subscriber;
  const key = () => ({ subscriber: reader.id, course: "course" });
  const look = (services: Services = world.services): Promise<Outcome> =>
    deliver(services, key(), openSlots(services, "urgent"), world.clock.now() + MINUTE);
  const enrolment = async () => (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  const countedOf = (metric: string) =>
    world.logged.filter((line) => JSON.parse(line).event === metric).length;
  const sentSlugs = () => world.ses.sent.map((mail) => readDispatchId(mail.dispatch)?.slug);

  beforeEach(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW);
    reader = await addReader(world);
  });
  afterEach(() => world.stop());

  it("sends what is due once, writes it down, and plans what follows", async () => {
    expect(await look()).toBe("sent");
    expect(await look()).toBe("idle");
    expect(sentSlugs()).toEqual(["welcome"]);
    expect(await world.services.store.ledger(reader.id)).toHaveLength(1);
    expect(await enrolment()).not.toHaveProperty("claim");
  });

  it("sends once, however many deliverers look at the same time", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => look()));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(sentSlugs()).toEqual(["welcome"]);
  });

  it("sends nothing to somebody who left or paused, even if the index still names them", async () => {
    await look();
    world.clock.set(NOW + 2 * DAY);
    await world.services.store.change(await enrolment(), (current) => withPause(current));
    expect(await look()).toBe("idle");
    await world.services.store.change(await enrolment(), withLeft);
    expect(await look()).toBe("idle");
    expect(sentSlugs()).toEqual(["welcome"]);
  });

  it("control: the same reader, had they stayed, gets lesson 1", async () => {
    await look();
    world.clock.set(NOW + 2 * DAY);
    expect(await look()).toBe("sent");
    expect(sentSlugs()).toEqual(["welcome", "one"]);
  });

  it("keeps a pause that is made between the claim and SES's answer", async () => {
    const pausing: Services = {
      ...world.services,
      mailer: {
        ...world.services.mailer,
        send: async (mail) => {
          await world.services.store.change(await enrolment(), (current) => withPause(current));
          return world.services.mailer.send(mail);
        },
      },
    };
    expect(await look(pausing)).toBe("sent");
    expect((await enrolment()).status).toBe("paused");
    expect((await enrolment()).agenda).not.toHaveProperty("welcome");
  });

  describe("when the deliverer is killed", () => {
    const killed = new Error("killed");
    /** Services of a function that dies at a step: the step is done or not, and nothing after it. */
    const dyingAt = (step: "before claim" | "after claim" | "after SES" | "after ledger"): Services => {
      const die = async () => Promise.reject(killed);
      const { store, mailer } = world.services;
      const dying = (change: Partial<Store>): Services => ({
        ...world.services,
        store: { ...store, ...change },
      });
      if (step === "before claim") return dying({ save: die });
      if (step === "after claim") return { ...world.services, mailer: { ...mailer, send: die } };
      if (step === "after SES") return dying({ recordSent: die });
      return dying({ change: die, save: (item) => (item.claim ? store.save(item) : die()) });
    };
    /** Looks every minute until the doubt is over. */
    const waitItOut = async () => {
      for (let waited = 0; waited < DOUBT_OVER; waited += MINUTE) {
        world.clock.set(world.clock.now() + MINUTE);
        await look();
      }
    };
    const sendEvent = () => {
      const mail = world.ses.sent.at(-1);
      return { type: "Send", messageId: "id", at: world.clock.now(), dispatch: mail?.dispatch as string };
    };

    it("before the claim, the next pass sends", async () => {
      await expect(look(dyingAt("before claim"))).rejects.toBe(killed);
      expect(await look()).toBe("sent");
      expect(sentSlugs()).toEqual(["welcome"]);
    });

    it("after the claim, nobody touches it while it is alive, and it is sent once when the grace is over", async () => {
      await expect(look(dyingAt("after claim"))).rejects.toBe(killed);
      const before = await enrolment();
      world.clock.set(NOW + 59 * SECOND);
      expect(await look()).toBe("idle");
      expect(await enrolment()).toEqual(before);
      await waitItOut();
      expect(sentSlugs()).toEqual(["welcome"]);
    });

    it("after SES took it, SES's Send event writes the ledger, and it is not sent again", async () => {
      await expect(look(dyingAt("after SES"))).rejects.toBe(killed);
      await feedback(world.services, sendEvent());
      await waitItOut();
      expect(sentSlugs()).toEqual(["welcome"]);
      expect(await enrolment()).not.toHaveProperty("claim");
      expect((await enrolment()).agenda).not.toHaveProperty("welcome");
    });

    it("believes an event that comes after the grace too, as long as it is not sent again", async () => {
      await expect(look(dyingAt("after SES"))).rejects.toBe(killed);
      await holdSending(world.services);
      await waitItOut();
      expect((await enrolment()).agenda.welcome).toMatchObject({ doubts: 1 });
      await feedback(world.services, sendEvent());
      await resumeSending(world.services);
      await look();
      expect(sentSlugs()).toEqual(["welcome"]);
      expect((await enrolment()).agenda).not.toHaveProperty("welcome");
    });

    it("control: without the event, the same crash does send a second time, and only then", async () => {
      await expect(look(dyingAt("after SES"))).rejects.toBe(killed);
      await waitItOut();
      expect(sentSlugs()).toEqual(["welcome", "welcome"]);
    });

    it("after the ledger, the next pass only advances", async () => {
      await expect(look(dyingAt("after ledger"))).rejects.toBe(killed);
      await waitItOut();
      expect(sentSlugs()).toEqual(["welcome"]);
      expect((await enrolment()).agenda).not.toHaveProperty("welcome");
    });

    it("is parked after the second doubt, holds no other mail up, and says so", async () => {
      await expect(look(dyingAt("after claim"))).rejects.toBe(killed);
      for (let waited = 0; waited < DOUBT_OVER; waited += MINUTE) {
        world.clock.set(world.clock.now() + MINUTE);
        await look(dyingAt("after claim")).catch(() => "killed again");
      }
      await waitItOut();
      expect(sentSlugs()).toEqual([]);
      expect((await enrolment()).agenda.welcome).toMatchObject({ parked: true, doubts: 2 });
      expect(world.logged.some((line) => line.includes("dispatch-parked"))).toBe(true);
    });
  });

  describe("when SES does not take it", () => {
    it("tries again under the same claim while SES says too fast", async () => {
      world.ses.answers.push({ outcome: "refused", why: "rate", detail: "Throttling" });
      expect(await look()).toBe("sent");
      expect(world.ses.sent).toHaveLength(2);
      expect(await enrolment()).not.toHaveProperty("claim");
    });

    it("closes the governor when the day's quota is spent, loses nothing, and goes on when it opens", async () => {
      world.ses.answers.push({ outcome: "refused", why: "quota", detail: "Throttling" });
      expect(await look()).toBe("later");
      expect(await look()).toBe("later");
      expect(world.ses.sent).toHaveLength(1);
      world.clock.set(NOW + 11 * MINUTE);
      expect(await look()).toBe("sent");
    });

    it("parks what SES will never take, and does not call again", async () => {
      world.ses.answers.push({ outcome: "rejected", detail: "InvalidParameterValue" });
      await look();
      world.clock.set(NOW + HOUR);
      expect(await look()).toBe("idle");
      expect((await enrolment()).agenda.welcome).toMatchObject({ parked: true });
      expect(countedOf("DispatchParked")).toBe(1);
    });

    it.each(["paused", "quota"] as const)(
      "parks nothing while SES says %s, and sends it when that is over",
      async (why) => {
        const answers = Array.from({ length: 6 }, () => ({ outcome: "refused" as const, why, detail: "no" }));
        world.ses.answers.push(...answers);
        for (let minute = 0; minute <= 120; minute++) {
          world.clock.set(NOW + minute * MINUTE);
          await look();
        }
        expect(sentSlugs()).toHaveLength(7);
        expect((await enrolment()).agenda).not.toHaveProperty("welcome");
        expect(countedOf("DispatchParked")).toBe(0);
        expect(countedOf("SendingPaused")).toBe(why === "paused" ? 6 : 0);
      },
    );

    it.each(["later", "mend"] as const)(
      "looks again every five minutes at what is to %s, and parks nothing",
      async (why) => {
        world.ses.answers.push({ outcome: "refused", why, detail: "AccessDenied" });
        expect(await look()).toBe("moved");
        expect(await look()).toBe("idle");
        world.clock.set(NOW + 5 * MINUTE);
        expect(await look()).toBe("sent");
      },
    );

    it("leaves a lost answer in doubt, and believes the event that comes", async () => {
      world.ses.answers.push({ outcome: "in-doubt", detail: "timeout" });
      await look();
      const dispatch = world.ses.sent[0]?.dispatch as string;
      await feedback(world.services, { type: "Delivery", messageId: "id", at: NOW, dispatch });
      world.clock.set(NOW + 2 * MINUTE);
      await look();
      world.clock.set(NOW + DOUBT_OVER);
      await look();
      expect(world.ses.sent).toHaveLength(1);
      expect((await enrolment()).agenda).not.toHaveProperty("welcome");
    });
  });

  it("leaves the course for somebody whose stop was killed before it reached the course", async () => {
    const { store } = world.services;
    await store.change(reader, (current) => ({ ...current, status: "stopped" as const }));
    expect(await look()).toBe("moved");
    expect((await enrolment()).status).toBe("left");
    expect(sentSlugs()).toEqual([]);
  });

  it("finishes a killed stop without stopping who has signed up again meanwhile", async () => {
    const { store } = world.services;
    const waiting = {
      "finish-stop": { dueAt: NOW, doubts: 0 },
      "confirmation_1-1": { dueAt: NOW, doubts: 0 },
    };
    await store.change(reader, (current) => ({
      ...current,
      status: "unconfirmed" as const,
      agenda: waiting,
    }));
    const slots = openSlots(world.services, "urgent");
    for (let pass = 0; pass < 2; pass++)
      await deliver(world.services, { subscriber: reader.id }, slots, NOW + MINUTE);
    expect((await enrolment()).status).toBe("left");
    expect(world.ses.sent.map(({ dispatch }) => readDispatchId(dispatch)?.kind)).toEqual(["confirmation"]);
    expect(await store.subscriber(reader.id)).toMatchObject({ status: "unconfirmed", agenda: {} });
  });

  it("one reader's broken item is told, postponed, and holds nobody up", async () => {
    const { store } = world.services;
    await store.change(await enrolment(), (current) => ({
      ...current,
      course: "course",
      cadence: { ...CADENCE, zone: "No/Where" },
    }));
    world.clock.set(NOW + 2 * DAY);
    await store.change(await enrolment(), (current) => ({
      ...current,
      agenda: { lesson: { dueAt: NOW, doubts: 0 } },
    }));
    for (let lane = 0; lane < 4; lane++) await runLane(world.services, { lane });
    expect(world.logged.some((line) => line.includes("delivery-failed"))).toBe(true);
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(NOW + 2 * DAY + 5 * MINUTE);
  });

  it("a lane sends everything that is due, each once, and gives its lease back", async () => {
    for (let place = 0; place < 60; place++) await addReader(world, `r${place}@x.example`);
    world.clock.set(NOW + 2 * DAY);
    await runLane(world.services, { lane: 0 });
    // One more than was added: the reader of the other tests. Each is due a welcome and lesson 1.
    for (let lane = 1; lane < 4; lane++) await runLane(world.services, { lane });
    const dispatches = world.ses.sent.map((mail) => mail.dispatch);
    expect(new Set(dispatches).size).toBe(dispatches.length);
    expect(dispatches).toHaveLength(2 * 61);
    const lease = { by: "another", until: NOW + 3 * DAY, endsAt: NOW + 3 * DAY };
    expect(await world.services.store.leaseLane(0, lease)).toBeUndefined();
  });
});
