import { afterAll, describe, expect, it } from "vitest";
import { simulate } from "../../local/simulation/simulate.ts";
import { PATIENCE, plan } from "./plan.ts";
import { CLEAR_ASK, HANDOVER, KNIFE, SampleEditions } from "./sample-courses.ts";

const BRANCHED = [
  "answered-at-sign-up",
  "changed-answers",
  "choices",
  "lessons-for-some",
  "passages-for-some",
] as const;

// With more readers: `npm run test:long`.
describe("readers of a course with a shape of its own", { timeout: PATIENCE }, () => {
  const editions = new SampleEditions();
  afterAll(() => editions.remove());

  it("get the lessons and passages that are theirs by what they say and choose, whatever fails", async () => {
    const { broken, counts } = await simulate(
      plan({ course: CLEAR_ASK, subscribers: 4, weeks: 3 }),
      await editions.of(CLEAR_ASK),
    );
    expect(broken).toEqual([]);
    for (const event of BRANCHED) expect(counts.events[event], event).toBeGreaterThan(0);
  });

  it("begin with their cohort, from Sunday to Thursday, each in their language, whatever fails", async () => {
    const { broken, counts } = await simulate(
      plan({ course: HANDOVER, subscribers: 3, weeks: 3 }),
      await editions.of(HANDOVER),
    );
    expect(broken).toEqual([]);
    expect(counts.events["began-with-cohort"]).toBeGreaterThan(1);
    expect(counts.events["mails-in-other-languages"]).toBeGreaterThan(1);
  });

  it("get what waits when its author lets it come, Monday to Saturday, whatever fails", async () => {
    const { broken, counts } = await simulate(
      plan({ course: KNIFE, subscribers: 2, weeks: 3 }),
      await editions.of(KNIFE),
    );
    expect(broken).toEqual([]);
    expect(counts.events["lessons-that-waited"]).toBeGreaterThan(2);
  });
});
