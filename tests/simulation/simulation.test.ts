import { describe, expect, inject, it } from "vitest";
import { openEditions } from "../../local/simulation/editions.ts";
import { type Lived, liveAll } from "../../local/simulation/seeds.ts";
import { PATIENCE } from "./plan.ts";
import { A_WEEK_AMONG_STRANGERS, expectHarmless, expectKept, liveTraced, PROMISED } from "./promises.ts";

// At greater length: `npm run test:long`.
describe("readers while everything goes wrong", { timeout: PATIENCE }, () => {
  const editions = openEditions(inject("editions"));
  /** Minutes of a busy machine: each is lived once for all that is asked of it. */
  const promised = liveTraced({ ...PROMISED, seed: 3 }, editions);
  const strangers = liveTraced(A_WEEK_AMONG_STRANGERS, editions);

  it("get what they were promised, whatever fails", async () => expectKept((await promised()).result));

  it("and what strangers do reaches none of them, nor does anybody get more mail than the limits say", async () =>
    expectHarmless((await strangers()).result));

  it("live the same seed again byte for byte, in whichever process, and another one otherwise", async () => {
    const { result, lines } = await strangers();
    const again: object[] = [];
    const tell = (_: unknown, lived: Lived) =>
      void again.push({ digest: lived.result.digest, lines: lived.lines });
    await liveAll([A_WEEK_AMONG_STRANGERS], { editions, isTraced: true }, tell, () => undefined);
    expect(lines.length).toBeGreaterThan(200);
    expect(again).toEqual([{ digest: result.digest, lines }]);
    expect((await promised()).result.digest).not.toBe(result.digest);
  });
});
