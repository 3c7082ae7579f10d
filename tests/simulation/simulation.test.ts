import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Editions, makeEditions, withBundles } from "../../local/simulation/editions.ts";
import { ALL_FAULTS, type FaultName } from "../../local/simulation/mischief.ts";
import { type Lived, liveAll } from "../../local/simulation/seeds.ts";
import { type Plan, simulate } from "../../local/simulation/simulate.ts";
import { BUGS, planting } from "./planted.ts";

const plan = (more: Partial<Plan>): Plan => ({
  subscribers: 8,
  weeks: 2,
  seed: 1,
  faults: new Set(ALL_FAULTS),
  ...more,
});
const only = (...faults: FaultName[]): ReadonlySet<FaultName> => new Set(faults);

/** Where each bug shows: a short run with more of what it cannot bear. */
const WHERE: Record<keyof typeof BUGS, Partial<Plan>> = {
  "a claim without a condition": { faults: only("queue-duplicates"), intensity: 40 },
  "advancing before SES has the mail": { faults: only("ses-rejects"), intensity: 700 },
  "events that are ignored": { faults: only("ses-lost-answers"), intensity: 40 },
  "no grace after a dead claim": { faults: only("ses-lost-answers", "events-late"), intensity: 60 },
  "a stop that forgets one enrolment": { faults: only(), restlessness: 20, weeks: 3 },
};

describe("readers while everything goes wrong", () => {
  let editions: Editions;
  beforeAll(async () => {
    editions = await makeEditions();
  });
  afterAll(() => editions?.remove());

  it.each([2, 3])("get what they were promised: seed %i, all faults", async (seed) => {
    const { broken, counts } = await simulate(plan({ seed, intensity: 3 }), editions);
    expect(broken).toEqual([]);
    expect(Object.keys(counts.faults).length).toBeGreaterThan(5);
    expect(counts.events.lessons).toBeGreaterThan(8);
  });

  it("live the same seed again byte for byte, in whichever process, and another one otherwise", async () => {
    const short = (seed: number) => plan({ subscribers: 3, weeks: 1, seed, intensity: 3 });
    const lines: string[] = [];
    const { digest } = await simulate(short(5), editions, (line) => lines.push(JSON.stringify(line)));
    const lived: Record<number, { digest: string; lines: string[] }> = {};
    const tell = ({ seed }: Plan, { result, lines }: Lived) => {
      lived[seed] = { digest: result.digest, lines };
    };
    await liveAll([short(6), short(5)], { editions, isTraced: true }, tell, () => undefined);
    expect(lived[5]).toEqual({ digest, lines });
    expect(lived[6]?.digest).not.toBe(digest);
  });

  it.each(Object.keys(BUGS))("show %s, and nothing without it", async (bug) => {
    const where = plan(WHERE[bug] ?? {});
    expect((await simulate(where, editions)).broken).toEqual([]);
    const planted = await withBundles(editions, [planting(BUGS[bug] ?? [])]);
    try {
      const { broken, story } = await simulate({ ...where, stopsAtFirst: true }, planted);
      expect(broken.length).toBeGreaterThan(0);
      expect(story.some(({ event }) => event === "BROKEN")).toBe(true);
    } finally {
      await planted.remove();
    }
  });
});
