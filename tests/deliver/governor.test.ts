import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HORIZON, openSlots } from "../../functions/deliver/governor.ts";
import { MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { Governor } from "../../functions/ports.ts";
import { startStore } from "../support/table.ts";

const NOW = Date.UTC(2026, 5, 1);

describe("the governor", () => {
  let world: Awaited<ReturnType<typeof startStore>>;
  beforeAll(async () => {
    world = await startStore(NOW);
  });
  afterAll(() => world?.stop());

  const set = async (change: Partial<Governor>) => {
    const governor = await world.store.governor();
    await world.store.saveGovernor({
      ...governor,
      rate: 14,
      closedUntil: 0,
      quota: -1,
      bookedUntil: 0,
      ...change,
    });
  };
  beforeEach(async () => {
    world.clock.set(NOW);
    await set({});
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
  });

  it("stops lessons at 97 % of the day's quota, and lets answers through", async () => {
    await set({ quota: 200, sent24h: 194 });
    expect(await openSlots(world, "lesson").take()).toHaveProperty("refused", "closed");
    expect(await openSlots(world, "urgent").take()).toHaveProperty("at");
    await set({ quota: 200, sent24h: 193 });
    expect(await openSlots(world, "lesson").take()).toHaveProperty("at");
  });
});
