import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECOND } from "../../../functions/domain/time.ts";
import { toldOfFloods } from "../../../functions/web/leave/flood.ts";
import type { Routes } from "../../../functions/web/routes.ts";
import { aRequest } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const ROUTE = "POST /unsubscribe/{token}";
let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

/** So many requests, each of which takes `ms` and has the next one `apart` behind it. */
async function flood(requests: number, ms: number, apart: number): Promise<void> {
  const routes: Routes = {
    [ROUTE]: async () => {
      site.clock.set(site.clock.now() + ms);
      return { status: 200, body: "" };
    },
  };
  const answer = toldOfFloods(routes)[ROUTE];
  for (let count = 0; count < requests; count++) {
    site.clock.set(T0 + count * apart);
    expect((await answer?.(site.services, aRequest(ROUTE)))?.status).toBe(200);
  }
}
const told = () => site.told.map(({ subject }) => subject);

describe("a flood of links to unsubscribe", () => {
  it("is told once, from 6,000 quick requests in five minutes on, and nobody is refused", async () => {
    await flood(7_000, 1, 40);
    expect(told()).toEqual(["Coursepost test: links to unsubscribe are flooded"]);
  });

  it("is told where slow ones keep an instance busy for half of five minutes", async () => {
    await flood(300, SECOND, 1_000);
    expect(told()).toHaveLength(1);
  });

  it("control: a scanner that asks 14 times a second, for 15 minutes, is none", async () => {
    await flood(14 * 15 * 60, 10, Math.round(SECOND / 14));
    expect(told()).toEqual([]);
  });
});
