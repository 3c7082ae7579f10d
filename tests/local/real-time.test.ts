import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letTimeFlow } from "../../local/real-time.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function smallClock() {
  const clock = {
    time: 0,
    now: () => clock.time,
    advanceTo: async (moment: number) => {
      clock.time = moment;
    },
  };
  return clock;
}

describe("virtual time", () => {
  it("flows with real time until it is stopped", async () => {
    const clock = smallClock();
    const flow = letTimeFlow(clock, () => false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(clock.time).toBe(5_000);
    await flow.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(clock.time).toBe(5_000);
  });

  it("stands aside while somebody's jump is running, and does not make up for it", async () => {
    const clock = smallClock();
    let isJumping = true;
    const flow = letTimeFlow(clock, () => isJumping);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(clock.time).toBe(0);
    isJumping = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(clock.time).toBe(2_000);
    await flow.stop();
  });

  it("makes up for what a slow tick took", async () => {
    const clock = smallClock();
    const waits: (() => void)[] = [];
    const slow = {
      ...clock,
      advanceTo: (moment: number) =>
        new Promise<void>((resolve) => {
          waits.push(() => {
            clock.time = moment;
            resolve();
          });
        }),
      now: () => clock.time,
    };
    const flow = letTimeFlow(slow, () => false);
    await vi.advanceTimersByTimeAsync(4_000);
    waits.shift()?.();
    await vi.advanceTimersByTimeAsync(1_000);
    waits.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(clock.time).toBe(5_000);
    await flow.stop();
  });
});
