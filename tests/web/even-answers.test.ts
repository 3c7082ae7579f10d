import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANSWER_FLOOR, answeringEvenly } from "../../functions/web/even-answers.ts";
import type { Routes } from "../../functions/web/routes.ts";
import { aRequest } from "../support/pages.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const ROUTES = [
  "POST /sign-up",
  "POST /new-link/{token}",
  "POST /fresh-link/{token}",
  "POST /change-address/{token}",
];
/** Routes that answer after so many virtual milliseconds. */
const taking = (ms: number): Routes => ({
  ...Object.fromEntries(
    ROUTES.map((route) => [
      route,
      async ({ clock }) => {
        await clock.sleep(ms);
        return { status: 200, body: String(ms) };
      },
    ]),
  ),
  "GET /": async () => ({ status: 200, body: "" }),
});
const tookWith = async (route: string, ms: number) => {
  site.clock.set(T0);
  await answeringEvenly(taking(ms))[route]?.(site.services, aRequest(route));
  return site.clock.now() - T0;
};

describe("an answer about an address", () => {
  it.each(ROUTES)("leaves at the same millisecond for a stranger and for a reader: %s", async (route) => {
    const took = [await tookWith(route, 7), await tookWith(route, 437), await tookWith(route, 999)];
    expect(took).toEqual([ANSWER_FLOOR, ANSWER_FLOOR, ANSWER_FLOOR]);
  });

  it("that is slower than the floor leaves at a whole multiple of it", async () => {
    expect(await tookWith("POST /sign-up", 1_001)).toBe(2 * ANSWER_FLOOR);
  });

  it("control: other pages do not wait", async () => {
    expect(await tookWith("GET /", 0)).toBe(0);
  });

  it("is looked for under the routes' own names", () => {
    expect(() => answeringEvenly({})).toThrow('"POST /sign-up"');
  });
});
