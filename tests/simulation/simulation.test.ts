import { describe, expect, inject, it } from "vitest";
import { openEditions } from "../../local/simulation/editions.ts";
import { simulate } from "../../local/simulation/simulate.ts";
import { PATIENCE } from "./plan.ts";
import {
  A_SHORT_WEEK,
  A_WEEK_AMONG_STRANGERS,
  expectHarmless,
  expectKept,
  expectTheSame,
  expectTold,
  PROMISED,
} from "./promises.ts";

// At greater length, and with more readers: `npm run test:long`.
describe("readers while everything goes wrong", { timeout: PATIENCE }, () => {
  const editions = openEditions(inject("editions"));

  it("get what they were promised, whatever fails", async () =>
    expectKept(await simulate({ ...PROMISED, seed: 6 }, editions)));

  it("and what strangers do reaches none of them, nor does anybody get more mail than the limits say", async () =>
    expectHarmless(await simulate(A_WEEK_AMONG_STRANGERS, editions)));

  it("live the same seed again byte for byte, in whichever process; another one otherwise, of which a bus is told", async () => {
    const { digest } = await expectTheSame(A_SHORT_WEEK, editions);
    const other = await simulate({ ...A_SHORT_WEEK, seed: 2, tells: true }, editions);
    expectTold(other, 10);
    expect(other.digest).not.toBe(digest);
  });
});
