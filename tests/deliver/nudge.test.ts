import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliverNudged, readNudge } from "../../functions/deliver/nudge.ts";
import { MINUTE, SECOND } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);

describe("a nudge", () => {
  it("names a person, or a person in a course", () => {
    expect(readNudge('{"subscriber":"ada"}')).toEqual({ subscriber: "ada" });
    const both = { subscriber: "ada", course: "course" };
    expect(readNudge(JSON.stringify({ ...both, more: "than that" }))).toEqual(both);
  });

  it.each([
    ["{", "(body: not JSON)"],
    ["null", "(subscriber: missing)"],
    ['{"subscriber":7}', "(subscriber: missing)"],
    ['{"course":"course"}', "(subscriber: missing)"],
    ['{"subscriber":"ada","course":7}', "(course: not a slug)"],
    ['{"does":"sing","at":1}', "(does: no errand of ours)"],
    ['{"does":"sign-up"}', "(at: missing)"],
  ])("%s is not understood, and says why", (body, why) => {
    expect(() => readNudge(body)).toThrow(why);
  });

  describe("for somebody who waits", () => {
    let world: World;
    beforeEach(async () => {
      world = await startWorld(plainContent(aCourse("one")), NOW);
    });
    afterEach(() => world.stop());

    /** How many mails leave where the slots up to this many ms from now are taken. */
    const leaveBehind = async (ms: number, alsoAt: number) => {
      const { id } = await addReader(world);
      const { store } = world.services;
      const taken = async (until: number) =>
        store.saveGovernor({ ...(await store.governor()), bookedUntil: until });
      await taken(NOW + ms);
      // Others go on booking: the slots of the next seconds are taken, too.
      const sleep = async (time: number) => {
        world.clock.set(world.clock.now() + time);
        await taken(NOW + alsoAt);
      };
      const clock = { now: world.clock.now, sleep };
      await deliverNudged({ ...world.services, clock }, { subscriber: id, course: "course" });
      return world.ses.sent.length;
    };

    it("sends at once what is due to them", async () => {
      expect(await leaveBehind(0, 0)).toBe(1);
    });

    it("waits half a minute for a slot, and then leaves them to the lanes", async () => {
      expect(await leaveBehind(20 * SECOND, 29 * SECOND)).toBe(1);
      // It books no further ahead than an answer may, so others were first.
      expect(world.clock.now()).toBe(NOW + 29 * SECOND);
      world.ses.sent.length = 0;
      world.clock.set(NOW);
      expect(await leaveBehind(MINUTE, MINUTE)).toBe(0);
      expect(world.clock.now()).toBeLessThanOrEqual(NOW + MINUTE / 2);
    });
  });
});
