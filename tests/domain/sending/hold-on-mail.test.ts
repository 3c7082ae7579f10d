import { describe, expect, it } from "vitest";
import {
  allowanceAfterHold,
  inTurn,
  isHeld,
  isTooMuchBack,
  portionAfterHold,
} from "../../../functions/domain/sending/hold-on-mail.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";

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

  it("leaves a quarter of it while it lasts, and from its end on where nobody has looked since", () => {
    const held = { held: { until: NOW } };
    expect([-HOUR, 0, DAY].map((ms) => allowanceAfterHold(held, NOW + ms))).toEqual([0.25, 0.25, 0.5]);
    expect(portionAfterHold(held, NOW)).toBe(5);
  });

  it("is followed by portions that double each hour for twelve hours, anew where too much came back", () => {
    const portion = (hours: number, more = {}) =>
      portionAfterHold({ easedFrom: NOW, ...more }, NOW + hours * HOUR);
    expect([0, 0.99, 1, 3, 11.99, 12].map((hours) => portion(hours))).toEqual([
      5,
      5,
      10,
      40,
      10_240,
      undefined,
    ]);
    expect(portion(14, { growsFrom: NOW + 13 * HOUR })).toBe(10);
    expect(portion(1, { growsFrom: NOW - DAY })).toBe(10);
    expect(portionAfterHold({}, NOW)).toBeUndefined();
    expect([isTooMuchBack(0, 5), isTooMuchBack(1, 5), isTooMuchBack(7, 40), isTooMuchBack(8, 40)]).toEqual([
      ...[false, true],
      ...[false, true],
    ]);
  });

  it("has the eldest looked at first, within a minute", () => {
    const asked = [0, HOUR, DAY, 2 * DAY, 30 * DAY].map((ago) => inTurn(NOW, NOW - ago));
    expect(asked).toEqual([...asked].sort((one, other) => other - one));
    expect(new Set(asked.slice(0, 4)).size).toBe(4);
    expect([asked[0], asked[4], inTurn(NOW, NOW + DAY)]).toEqual([NOW + MINUTE, NOW, NOW + MINUTE]);
  });
});
