import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeGovernor, HORIZON, openSlots, refreshGovernor } from "../../functions/deliver/governor.ts";
import type { Priority } from "../../functions/domain/sending/mail-kinds.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { Governor, Services, Store } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1);

describe("the governor", () => {
  let world: World & Pick<Services, "store" | "settings">;
  beforeEach(async () => {
    const started = await startWorld(plainContent(aCourse("one")), NOW);
    const { store, settings } = started.services;
    world = { ...started, store, settings };
    await set({});
  });
  afterEach(() => world.stop());

  const set = async (change: Partial<Governor>) => {
    const { held: _, easedFrom: __, ...governor } = await world.store.governor();
    await world.store.saveGovernor({
      ...governor,
      rate: 14,
      closedUntil: 0,
      quota: -1,
      bookedUntil: 0,
      sent24h: 0,
      asOf: 0,
      ...change,
    });
  };
  const bookedUntil = async () => (await world.store.governor()).bookedUntil;
  const counted = (metric: string) =>
    world.logged.filter((line) => JSON.parse(line).event === metric).map((line) => JSON.parse(line)[metric]);
  /** Services of which the store is another, or does something before each write of the governor. */
  const withStore = (change: Partial<Store>): Services => ({
    ...world.services,
    store: { ...world.store, ...change },
  });
  /** Each time another writer is first. */
  const contended = () =>
    withStore({
      saveGovernor: async () => false,
      changeGovernor: async () => {
        throw new OperationalError("changed-too-often", "governor");
      },
    });
  const broken = () => {
    const fail = async () => Promise.reject(new OperationalError("store-unavailable", "table"));
    return withStore({ saveGovernor: fail, changeGovernor: fail });
  };
  type Answer = Awaited<ReturnType<Services["mailer"]["quota"]>>;
  /** SES that tells this when it is asked. */
  const told = (answer: Partial<Answer>, services: Services = world.services): Services => ({
    ...services,
    mailer: {
      ...services.mailer,
      quota: async () => ({ rate: 14, quota: 1_000, sent24h: 0, enabled: true, ...answer }),
    },
  });

  it("never books more slots than SES grants, however many book at once", async () => {
    const slots: number[] = [];
    const lanes = Array.from({ length: 4 }, () => openSlots(world, "lesson"));
    for (let turn = 0; turn < 10; turn++) {
      for (const slot of await Promise.all(lanes.map((lane) => lane.take())))
        if ("at" in slot) slots.push(slot.at);
    }
    slots.sort((one, other) => one - other);
    expect(slots.length).toBeGreaterThan(10);
    for (let place = 14; place < slots.length; place++) {
      expect((slots[place] as number) - (slots[place - 14] as number)).toBeGreaterThanOrEqual(SECOND - 1);
    }
  });

  it("leaves room for a confirmation when lessons have booked all that they may", async () => {
    const lessons = openSlots(world, "lesson");
    let refused = false;
    for (let taken = 0; taken < 100 && !refused; taken++) refused = "refused" in (await lessons.take());
    expect(refused).toBe(true);
    const urgent = await openSlots(world, "urgent").take();
    expect(urgent).toHaveProperty("at");
    expect((urgent as { at: number }).at).toBeLessThanOrEqual(NOW + HORIZON.urgent);
  });

  it("gives nothing while sending is closed, and says until when", async () => {
    await set({ closedUntil: NOW + MINUTE });
    expect(await openSlots(world, "urgent").take()).toEqual({ refused: "closed", again: NOW + MINUTE });
    world.clock.set(NOW + MINUTE);
    expect(await openSlots(world, "urgent").take()).toHaveProperty("at");
  });

  it("gives nothing while the owner holds all mail, and is asked again each minute", async () => {
    await set({ held: { why: "owner", since: NOW } });
    expect(await openSlots(world, "urgent").take()).toEqual({ refused: "closed", again: NOW + MINUTE });
  });

  it("stops lessons at 97 % of the day's quota, and lets answers through", async () => {
    await set({ quota: 200, sent24h: 194 });
    expect(await openSlots(world, "lesson").take()).toHaveProperty("refused", "closed");
    expect(await openSlots(world, "urgent").take()).toHaveProperty("at");
    await set({ quota: 200, sent24h: 193 });
    expect(await openSlots(world, "lesson").take()).toHaveProperty("at");
  });

  it.each([
    ["bulk", 300],
    ["lesson", 1_000],
    ["urgent", 5_000],
  ] as const)(
    "books for %s mail no further ahead than %i ms, and says when the next may",
    async (priority, ahead) => {
      await set({ bookedUntil: NOW + ahead });
      expect(await openSlots(world, priority).take()).toEqual({ at: NOW + ahead });
      await set({ bookedUntil: NOW + ahead + 1 });
      expect(await openSlots(world, priority).take()).toEqual({ refused: "full", again: NOW + 1 });
    },
  );

  it("gives no more at once after an idle hour than a quarter of a second's mails", async () => {
    await set({ bookedUntil: NOW - HOUR });
    const slots = openSlots(world, "lesson");
    const taken = [];
    for (let turn = 0; turn < 6; turn++) taken.push(((await slots.take()) as { at: number }).at);
    expect(taken[0]).toBe(NOW - 250);
    expect(taken.filter((at) => at <= NOW)).toHaveLength(4);
  });

  it("books one slot for an answer, and a quarter of a second's for lessons", async () => {
    await openSlots(world, "urgent").take();
    expect(await bookedUntil()).toBeCloseTo(NOW - 250 + SECOND / 14, 3);
    await set({});
    await openSlots(world, "lesson").take();
    expect(await bookedUntil()).toBeCloseTo(NOW - 250 + (4 * SECOND) / 14, 3);
  });

  it("leaves a twentieth of a second more between two mails where SES grants one a second, and only there", async () => {
    for (const [rate, between] of [
      [1, 1_050],
      [2, 500],
    ] as const) {
      await set({ rate });
      await openSlots(world, "lesson").take();
      expect((await bookedUntil()) - (NOW - 250)).toBe(between);
    }
  });

  it("gives no more in a day than a young domain's ramp, however many book at once, and goes on the next", async () => {
    const ramped = { ...world, settings: { ...world.settings, warmUp: { from: 20, factor: 1.5 } } };
    const take = async (priority: Priority): Promise<number> => {
      const lanes = Array.from({ length: 4 }, () => openSlots(ramped, priority));
      let taken = 0;
      for (let round = 0; round < 60; round++) {
        world.clock.set(world.clock.now() + SECOND);
        for (const slot of await Promise.all(lanes.map((lane) => lane.take()))) if ("at" in slot) taken++;
      }
      return taken;
    };
    expect([await take("bulk"), await take("lesson"), await take("urgent")]).toEqual([10, 9, 1]);
    expect(await openSlots(ramped, "urgent").take()).toEqual({
      refused: "closed",
      again: world.clock.now() + MINUTE,
    });
    // Without a ramp it would go on.
    expect(await openSlots(world, "urgent").take()).toHaveProperty("at");
    world.clock.set(NOW + DAY);
    expect(await take("urgent")).toBe(30);
  });

  it("writes once for all who wait at one moment", async () => {
    let written = 0;
    const slots = openSlots(
      withStore({
        saveGovernor: (governor) => {
          written++;
          return world.store.saveGovernor(governor);
        },
      }),
      "lesson",
    );
    await Promise.all(Array.from({ length: 4 }, () => slots.take()));
    expect(written).toBe(1);
    await slots.take();
    expect(written).toBe(2);
  });

  it("sends who finds other senders first each time away for a second; what else goes wrong is not hidden", async () => {
    const refusal = { refused: "full", again: NOW + SECOND };
    expect(await openSlots(contended(), "urgent").take()).toEqual(refusal);
    await expect(openSlots(broken(), "urgent").take()).rejects.toThrow("store-unavailable");
  });

  it("looks again in a minute at a spent quota, or when sending opens if that is later", async () => {
    await set({ quota: 200, sent24h: 194 });
    expect(await openSlots(world, "lesson").take()).toEqual({ refused: "closed", again: NOW + MINUTE });
    await set({ quota: 200, sent24h: 194, closedUntil: NOW + HOUR });
    expect(await openSlots(world, "lesson").take()).toEqual({ refused: "closed", again: NOW + HOUR });
  });

  it("takes a quota that SES does not limit, or has not told, for no reason to stop", async () => {
    for (const quota of [-1, 0]) {
      await set({ quota });
      expect(await openSlots(world, "bulk").take()).toHaveProperty("at");
    }
  });

  it("stops lessons at a quarter of their share on the day after a hold, and at all of it when it is forgotten", async () => {
    const share = (sent24h: number, ended: number) =>
      set({ quota: 1_000, sent24h, easedFrom: NOW - ended }).then(() => openSlots(world, "lesson").take());
    expect(await share(242, 0)).toHaveProperty("at");
    expect(await share(243, 0)).toHaveProperty("refused", "closed");
    expect(await share(243, 9 * DAY)).toHaveProperty("at");
  });

  describe("after SES's refusal of all mail", () => {
    it("closes for ten minutes, and is not written again by each of the mails that were on their way", async () => {
      await closeGovernor(world.services, "quota");
      expect(await world.store.governor()).toMatchObject({ closedUntil: NOW + 10 * MINUTE });
      world.clock.set(NOW + MINUTE);
      await closeGovernor(world.services, "quota");
      expect(await world.store.governor()).toMatchObject({ closedUntil: NOW + 10 * MINUTE });
      world.clock.set(NOW + MINUTE + 1);
      await closeGovernor(world.services, "quota");
      expect(await world.store.governor()).toMatchObject({ closedUntil: NOW + 11 * MINUTE + 1 });
      expect(counted("SendingClosed")).toEqual([1, 1]);
      const warned = world.logged.filter((line) => line.includes("sending-closed"));
      expect(JSON.parse(warned[0] ?? "")).toMatchObject({ level: "warn", why: "quota", minutes: 10 });
    });

    it("is told as a pause where SES has paused the account, not where the quota is spent", async () => {
      await closeGovernor(world.services, "quota");
      expect([counted("SendingPaused"), world.told.length]).toEqual([[], 0]);
      await closeGovernor(world.services, "paused");
      expect([counted("SendingPaused"), world.told.length]).toEqual([[1], 1]);
    });

    it("is left to the next refusal where other senders are first each time; a broken table is not hidden", async () => {
      await closeGovernor(contended(), "quota");
      expect(counted("SendingClosed")).toEqual([]);
      await expect(closeGovernor(broken(), "quota")).rejects.toThrow("store-unavailable");
    });
  });

  describe("asks SES for its rate and quota", () => {
    it("once a minute, and holds what it answers", async () => {
      await set({ asOf: NOW - 55 * SECOND + 1 });
      expect(await refreshGovernor(told({ rate: 50 }))).toMatchObject({ rate: 14 });
      await set({ asOf: NOW - 55 * SECOND, bookedUntil: NOW + 7 });
      const fresh = await refreshGovernor(told({ rate: 50, sent24h: 12 }));
      expect(fresh).toMatchObject({ rate: 50, quota: 1_000, sent24h: 12, asOf: NOW, bookedUntil: NOW + 7 });
      expect(fresh).toEqual(await world.store.governor());
    });

    it("and goes on with what it told last where it does not answer", async () => {
      const quota = async () => Promise.reject(Object.assign(new Error("secret"), { name: "TimeoutError" }));
      const silent = { ...world.services, mailer: { ...world.services.mailer, quota } };
      expect(await refreshGovernor(silent)).toMatchObject({ rate: 14, asOf: 0 });
      const [warned] = world.logged.map((line) => JSON.parse(line));
      expect(warned).toMatchObject({ level: "warn", event: "quota-unknown", why: "TimeoutError" });
      expect(world.logged.join()).not.toContain("secret");
    });

    it("and tells the owner from four fifths of the quota on, with both figures", async () => {
      await refreshGovernor(told({ sent24h: 799 }));
      expect([world.told.length, counted("QuotaUse")]).toEqual([0, [80]]);
      expect(world.logged.join()).toContain('"Unit":"Percent"');
      await set({ asOf: 0 });
      await refreshGovernor(told({ sent24h: 800 }));
      expect(world.told[0]?.text).toContain("800 of 1000");
    });

    it("and measures no share of a quota that there is not", async () => {
      await refreshGovernor(told({ quota: -1, sent24h: 5 }));
      await set({ asOf: 0 });
      await refreshGovernor(told({ quota: 0, sent24h: 5 }));
      expect([world.told.length, counted("QuotaUse")]).toEqual([0, []]);
    });

    it("and closes for a minute at a time while it says that the account is paused", async () => {
      await refreshGovernor(told({ enabled: false }));
      expect(await world.store.governor()).toMatchObject({ closedUntil: NOW + MINUTE });
      expect([counted("SendingPaused"), world.told.length]).toEqual([[1], 1]);
    });

    it("and sends one mail a second where it grants none at all", async () => {
      expect(await refreshGovernor(told({ rate: 0 }))).toMatchObject({ rate: 1 });
    });

    it("and loses no slot that a lane books in the meantime", async () => {
      let isFirst = true;
      const busy = withStore({
        saveGovernor: async (governor) => {
          if (isFirst) await set({ bookedUntil: NOW + 99 });
          isFirst = false;
          return world.store.saveGovernor(governor);
        },
      });
      expect(await refreshGovernor(told({ rate: 50 }, busy))).toMatchObject({
        rate: 50,
        bookedUntil: NOW + 99,
      });
    });

    it("and goes on with what it told last where lanes are first each time; a broken table is not hidden", async () => {
      expect(await refreshGovernor(told({ rate: 50 }, contended()))).toMatchObject({ rate: 14 });
      await expect(refreshGovernor(told({ rate: 50 }, broken()))).rejects.toThrow("store-unavailable");
    });
  });
});
