import { afterAll, describe, expect, inject, it } from "vitest";
import type { CountedEvent } from "../../local/simulation/counts.ts";
import { openEditions } from "../../local/simulation/editions.ts";
import type { FaultName } from "../../local/simulation/fault-injector.ts";
import { type Plan, simulate } from "../../local/simulation/simulate.ts";
import { PATIENCE, plan } from "../simulation/plan.ts";
import {
  A_WEEK_AMONG_STRANGERS,
  amongStrangers,
  expectHarmless,
  expectKept,
  expectTheSame,
  expectTold,
  PROMISED,
} from "../simulation/promises.ts";
import { CLEAR_ASK, HANDOVER, KNIFE, SampleEditions } from "../simulation/sample-courses.ts";

describe("readers while everything goes wrong", { timeout: PATIENCE }, () => {
  const editions = openEditions(inject("editions"));

  it("get what they were promised, and the bus is told of it, whatever fails", async () => {
    const outcome = await simulate({ ...PROMISED, subscribers: 8, tells: true, seed: 2 }, editions);
    expectKept(outcome);
    expectTold(outcome, 50);
  });

  it("live the same seed again byte for byte among all strangers, too", async () =>
    void (await expectTheSame(A_WEEK_AMONG_STRANGERS, editions)));

  it("who want only the newsletter get it, from the form to leaving, and some the course later", async () => {
    const few = { subscribers: 2, newsletter: 24, seed: 6 };
    const { broken, counts } = await simulate(plan(few), editions);
    expect(broken).toEqual([]);
    expect(counts.events["welcomed-to-newsletter"]).toBeGreaterThan(15);
    expect(counts.events["left-newsletter"]).toBeGreaterThan(0);
    expect(counts.events["signed-up"]).toBeGreaterThan(2);
  });

  it("are heard in their own words, also from elsewhere and after they left, and erase themselves", {
    timeout: 2 * PATIENCE,
  }, async () => {
    const restless = { subscribers: 20, weeks: 4, restlessness: 5, faults: new Set<FaultName>() };
    const events = [
      "asked-by-reply",
      "told",
      "wrote-from-elsewhere",
      "left-by-reply",
      "returned-by-reply",
    ] as const;
    await liveUntil([...events, "erased"], [4, 5, 6, 7, 8, 9], restless);
  });

  it(
    "get the letters that were announced to them, up to a year after the course, and no others",
    {
      timeout: 2 * PATIENCE,
    },
    async () =>
      liveUntil(["letters-announced", "letters", "refused-letters"], [1, 2, 3], {
        subscribers: 8,
        weeks: 70,
      }),
  );

  /** What happens by chance may not happen in one seed: lives one after the other until all of it has, each without a fault. */
  async function liveUntil(
    events: readonly CountedEvent[],
    seeds: number[],
    where: Partial<Plan>,
  ): Promise<void> {
    const missing = new Set(events);
    for (const seed of seeds) {
      if (missing.size === 0) break;
      const { broken, counts } = await simulate(plan({ ...where, seed }), editions);
      expect(broken).toEqual([]);
      for (const event of events) if (counts.events[event] > 0) missing.delete(event);
    }
    expect([...missing]).toEqual([]);
  }

  it("are mailed no more in a day than a young domain's ramp allows, and get all of it in time", {
    timeout: 2 * PATIENCE,
  }, async () => {
    const young = { subscribers: 2, listed: 24, weeks: 1, warmUp: { from: 30, factor: 1.5 } };
    const { broken, counts } = await simulate(plan({ ...young, seed: 4, intensity: 3 }), editions);
    expect(broken).toEqual([]);
    expect(counts.violations["sent-above-ramp"]).toBe(0);
    expect(counts.events.issues).toBeGreaterThan(20);
  });

  const samples = new SampleEditions();
  afterAll(() => samples.remove());

  it.each([
    { course: CLEAR_ASK, weeks: 7, event: "lessons-for-some" as const },
    { course: HANDOVER, weeks: 8, event: "began-with-cohort" as const },
    { course: KNIFE, weeks: 7, event: "lessons-that-waited" as const },
  ])(
    "live a course with a shape of its own to its end: $course",
    { timeout: 2 * PATIENCE },
    async (shape) => {
      const { course, weeks, event } = shape;
      const where = { course, weeks, subscribers: 16, seed: 3 };
      const { broken, counts } = await simulate(plan(where), await samples.of(course));
      expect(broken).toEqual([]);
      expect(counts.events[event]).toBeGreaterThan(8);
      expect(counts.events.completed).toBeGreaterThan(3);
      expect(counts.events["chose-pace"]).toBeGreaterThan(0);
      expect(counts.events["later-lessons"]).toBeGreaterThan(0);
    },
  );

  it("and what strangers do reaches none of them, nor does anybody get more mail than the limits say", async () =>
    expectHarmless(await simulate(amongStrangers(20), editions)));
});
