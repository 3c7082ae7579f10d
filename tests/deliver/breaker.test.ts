import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdSending, resumeSending, trouble } from "../../functions/deliver/breaker.ts";
import { openSlots, refreshGovernor } from "../../functions/deliver/governor.ts";
import { runLane } from "../../functions/deliver/lane.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { feedback } from "../../functions/feedback/feedback.ts";
import type { Services, SesEvent } from "../../functions/ports.ts";
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
  const happens = async (event: Partial<SesEvent>, times: number) => {
    for (let time = 0; time < times; time++) {
      const named = { subscriber: `s${time}`, list: "course", run: 1, kind: "lesson" as const, slug: "one" };
      const dispatch = dispatchId(named);
      const sent = { dispatch, messageId: "m", sentAt: NOW, state: "sent" as const, stateAt: NOW };
      await world.services.store.recordSent(sent);
      await feedback(world.services, { type: "Complaint", messageId: "m", at: NOW, dispatch, ...event });
    }
  };
  const complaints = (times: number) => happens({ complaint: {} }, times);
  const bounces = (times: number) =>
    happens({ type: "Bounce", bounce: { type: "Permanent", subType: "General" } }, times);
  const mayLeave = async () => "at" in (await openSlots(world.services, "urgent").take());

  it("speaks before SES does: at 4 % bounces and 0.08 % complaints", () => {
    expect(trouble({ bounces: 399, complaints: 7 }, 10_000)).toBeUndefined();
    expect(trouble({ bounces: 400, complaints: 0 }, 10_000)).toBe("bounces");
    expect(trouble({ bounces: 0, complaints: 8 }, 10_000)).toBe("complaints");
  });

  it("does not take two angry readers of a small list for a trend", () => {
    expect(trouble({ bounces: 39, complaints: 2 }, 50)).toBeUndefined();
    expect(trouble({ bounces: 40, complaints: 0 }, 50)).toBe("bounces");
    expect(trouble({ bounces: 0, complaints: 3 }, 50)).toBe("complaints");
  });

  it("holds all mail once it trips, and lets it go only when the owner resumes", async () => {
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
    expect(await world.services.store.troubles(NOW)).toEqual({ bounces: 0, complaints: 2 });
  });

  it("is the owner's too: they hold and resume, and hear whether that changed anything", async () => {
    expect(await holdSending(world.services)).toBe(true);
    expect(await holdSending(world.services)).toBe(false);
    expect(await mayLeave()).toBe(false);
    expect(await resumeSending(world.services)).toBe(true);
    expect(await resumeSending(world.services)).toBe(false);
    expect(await mayLeave()).toBe(true);
  });
});
