import { describe, expect, it } from "vitest";
import { allowanceAfterHold, isHeld } from "../../../functions/domain/sending/hold-on-mail.ts";
import { DAY } from "../../../functions/domain/time.ts";

const NOW = Date.UTC(2026, 5, 1, 9);

describe("a hold on mail", () => {
  it("lasts until the owner resumes, or to its last millisecond", () => {
    expect(isHeld({ held: {} }, NOW + 400 * DAY)).toBe(true);
    expect(isHeld({ held: { until: NOW } }, NOW - 1)).toBe(true);
    expect(isHeld({ held: { until: NOW } }, NOW)).toBe(false);
    expect(isHeld({}, NOW)).toBe(false);
  });

  it("leaves a quarter of the allowance for a day, then a half, then all", () => {
    const after = (ms: number) => allowanceAfterHold({ easedFrom: NOW }, NOW + ms);
    expect([0, DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 9 * DAY].map(after)).toEqual([0.25, 0.25, 0.5, 0.5, 1, 1]);
    expect(allowanceAfterHold({}, NOW)).toBe(1);
  });
});
