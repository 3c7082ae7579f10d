import { describe, expect, it } from "vitest";
import { FAMILIES, processorMs } from "../../bench/hostile.ts";

/** In ms of processor, far above what any takes: this only notices what has become quadratic. `npm run bench` has the figures. */
const MOST_MS = 1_500;

describe("a hostile mail of 64 KB", () => {
  it("comes in at least 40 families", () => {
    expect(Object.keys(FAMILIES).length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.keys(FAMILIES))("takes next to no time: %s", async (family) => {
    expect(await processorMs(family, 64 * 1024)).toBeLessThan(MOST_MS);
  });
});
