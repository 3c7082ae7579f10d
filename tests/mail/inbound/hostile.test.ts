import { describe, expect, it } from "vitest";
import { FAMILIES, processorMs } from "../../bench/hostile.ts";

/**
 * In ms of processor, far above what any takes: this only notices what has become quadratic, as lines that were joined one by
 * one: that took seventy seconds. `npm run bench` has the figures.
 */
const MOST_MS = 1_500;

describe("a hostile mail of 1 MB", () => {
  it("comes in at least 40 families", () => {
    expect(Object.keys(FAMILIES).length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.keys(FAMILIES))("takes next to no time: %s", async (family) => {
    expect(await processorMs(family, 1024 * 1024)).toBeLessThan(MOST_MS);
  });
});

/** Of those that take longest or most memory, one of each kind: lines, quotations, charsets, HTML, parts. */
const OF_40_MB = [
  "attributions without end",
  "flowed, quoted",
  "UTF-7",
  "elements in elements",
  "deep rfc822",
];

describe("a hostile mail of 40 MB, the most that SES takes", () => {
  it.each(OF_40_MB)("takes as little: only its text is decoded, up to 1 MB: %s", async (family) => {
    expect(await processorMs(family, 40 * 1024 * 1024)).toBeLessThan(MOST_MS);
  });
});
