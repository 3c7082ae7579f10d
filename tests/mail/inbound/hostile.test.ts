import { beforeAll, describe, expect, it } from "vitest";
import { FAMILIES, processorMs } from "../../bench/hostile.ts";

/**
 * In ms of processor, far above what any takes: this only notices what has become quadratic, as lines that were joined one by
 * one: that took seventy seconds. `npm run bench` has the figures.
 */
const MOST_MS = 1_500;

/** Of those that took longest: what two dozen languages asked of each sentence anew took twice to four times as long. */
const OF_WORDS = [
  "attributions without end",
  "attributions that differ",
  "requests that are none",
  "preformatted lines",
  "tables",
];
const MOST_OF_WORDS_MS = 250;
const MOST_TRIES = 4;

describe("a hostile mail of 1 MB, read by a function that has read one", () => {
  beforeAll(async () => {
    for (const family of OF_WORDS) await processorMs(family, 64 * 1024);
  });

  it.each(OF_WORDS)("takes a quarter of a second of processor at most: %s", async (family) => {
    let least = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < MOST_TRIES && least > MOST_OF_WORDS_MS; tries++)
      least = Math.min(least, await processorMs(family, 1024 * 1024));
    expect(least).toBeLessThan(MOST_OF_WORDS_MS);
  });
});

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
