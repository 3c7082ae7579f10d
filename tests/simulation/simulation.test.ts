import { describe, expect, inject, it } from "vitest";
import { openEditions } from "../../local/simulation/editions.ts";
import { type Lived, liveAll } from "../../local/simulation/seeds.ts";
import { type Plan, simulate } from "../../local/simulation/simulate.ts";
import { ALL_STRANGERS } from "../../local/simulation/strangers/kinds.ts";
import { PATIENCE, plan } from "./plan.ts";
import { expectPromisesKept, expectStrangersHarmless } from "./promises.ts";

// At greater length: `npm run test:long`.
describe("readers while everything goes wrong", { timeout: PATIENCE }, () => {
  const editions = openEditions(inject("editions"));

  it("get what they were promised, whatever fails", () => expectPromisesKept(editions, 3));

  it("and what strangers do reaches none of them, nor does anybody get more mail than the limits say", () =>
    expectStrangersHarmless(editions, 10));

  it("live the same seed again byte for byte, in whichever process, and another one otherwise", async () => {
    const strangers = new Set(ALL_STRANGERS);
    const short = (seed: number) => plan({ subscribers: 3, weeks: 1, seed, intensity: 3, strangers });
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
});
