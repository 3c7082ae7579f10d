import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/aws/clock.ts";

const quiet = async () => {};

describe("the virtual clock", () => {
  it("runs timers by their times, those of one moment in the order in which they were set", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }), async (times) => {
        const clock = new VirtualClock(0);
        const ran: { time: number; order: number; now: number }[] = [];
        times.forEach((time, order) => {
          clock.at(time, "test", () => void ran.push({ time, order, now: clock.now() }));
        });
        await clock.advanceUntil(20, quiet);
        const expected = times
          .map((time, order) => ({ time, order, now: time }))
          .sort((a, b) => a.time - b.time || a.order - b.order);
        expect(ran).toEqual(expected);
      }),
    );
  });

  it("lets nothing run while something is still happening", async () => {
    const clock = new VirtualClock(0);
    let busy = 0;
    const seen: number[] = [];
    const work = () => {
      seen.push(busy);
      busy++;
    };
    clock.at(1, "first", work);
    clock.at(1, "second", work);
    await clock.advanceUntil(5, async () => {
      busy = 0;
    });
    expect(seen).toEqual([0, 0]);
  });

  it("runs what a timer sets on its way, and stops at the time it was told", async () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    const again = () => {
      ran.push(clock.now());
      clock.at(clock.now() + 10, "again", again);
    };
    clock.at(10, "again", again);
    await clock.advanceUntil(35, quiet);
    expect({ ran, now: clock.now(), next: clock.pending() }).toEqual({
      ran: [10, 20, 30],
      now: 35,
      next: 40,
    });
  });

  it("forgets a cancelled timer", async () => {
    const clock = new VirtualClock(0);
    const timer = clock.at(10, "never", () => expect.unreachable());
    timer.cancel();
    await clock.advanceUntil(20, quiet);
    expect(clock.pending()).toBeUndefined();
  });

  it("lets other sources of timers take their turn", async () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    let due: number | undefined = 15;
    const source = clock.addSource({
      next: () => due,
      run: (now) => {
        ran.push(`source ${now}`);
        due = undefined;
      },
    });
    clock.at(10, "before", () => void ran.push("before"));
    clock.at(20, "after", () => void ran.push("after"));
    await clock.advanceUntil(30, quiet);
    source.remove();
    expect(ran).toEqual(["before", "source 15", "after"]);
  });

  it("does one advance after the other, and goes on after one that failed", async () => {
    const clock = new VirtualClock(0);
    clock.at(5, "fails", () => {
      throw new Error("a broken timer");
    });
    const first = clock.advanceUntil(10, quiet);
    const second = clock.advanceUntil(20, quiet);
    await expect(first).rejects.toThrow("a broken timer");
    await second;
    expect(clock.now()).toBe(20);
  });
});
