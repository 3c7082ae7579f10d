import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/aws/clock.ts";
import { nextRun, readPeriod, Scheduler } from "../../../local/aws/scheduler.ts";
import { START } from "../station.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const quiet = async () => {};

function open(nextDue?: () => Promise<number | undefined>) {
  const clock = new VirtualClock(START + 1);
  const scheduler = new Scheduler({ clock, ...(nextDue && { nextDue }) });
  const ticks: { at: number; input: unknown }[] = [];
  scheduler.add({
    name: "lane-0",
    expression: "rate(1 minute)",
    input: { lane: 0 },
    invoke: (input) => void ticks.push({ at: clock.now() - START, input }),
  });
  return { clock, scheduler, ticks };
}

describe("the scheduler", () => {
  it("invokes every minute on the minute, with the input", async () => {
    const { clock, ticks } = open();
    await clock.advanceUntil(START + 3 * MINUTE, quiet);
    expect(ticks).toEqual([1, 2, 3].map((n) => ({ at: n * MINUTE, input: { lane: 0 } })));
  });

  it("leaves out idle minutes, and is there in the very minute in which something is due", async () => {
    let due: number | undefined = START + HOUR;
    const { clock, ticks } = open(async () => due);
    await clock.advanceUntil(START + HOUR - 1, quiet);
    expect(ticks).toEqual([]);
    await clock.advanceUntil(START + HOUR + MINUTE, quiet);
    expect(ticks.map(({ at }) => at)).toEqual([HOUR, HOUR + MINUTE]);
    due = undefined;
    await clock.advanceUntil(START + 2 * HOUR, quiet);
    expect(ticks).toHaveLength(2);
    expect(clock.pending()).toBeUndefined();
  });

  it("ticks at the same minutes that it would have ticked at with work, whatever was left out", async () => {
    const dues = [START + 90_000, START + 20 * MINUTE, START + 20 * MINUTE + 1];
    const busy = open();
    const idle = open(async () => dues.find((due) => due > done));
    let done = 0;
    const worked: number[] = [];
    for (const { clock, ticks } of [busy, idle]) {
      done = 0;
      for (let minute = 1; minute <= 30; minute++) {
        const before = ticks.length;
        await clock.advanceUntil(START + minute * MINUTE, quiet);
        const found = dues.filter((due) => due > done && due <= clock.now());
        if (ticks.length > before && found.length > 0) worked.push(minute);
        if (ticks.length > before) done = clock.now();
      }
    }
    expect(worked).toEqual([2, 20, 21, 2, 20, 21]);
  });

  it("wakes up for what was written while it slept", async () => {
    let due: number | undefined;
    const { clock, scheduler, ticks } = open(async () => due);
    await clock.advanceUntil(START + HOUR, quiet);
    due = clock.now() + 30_000;
    scheduler.wake();
    await clock.advanceUntil(START + HOUR + MINUTE, quiet);
    expect(ticks.map(({ at }) => at)).toEqual([HOUR + MINUTE]);
  });

  it("comes in the minutes that are to be looked at, once each, though nothing is due then", async () => {
    const { clock, scheduler, ticks } = open(async () => undefined);
    await clock.advanceUntil(START + HOUR + 1, quiet);
    // Control: what is only written brings nobody.
    scheduler.wake();
    await clock.advanceUntil(START + HOUR + 2 * MINUTE + 1, quiet);
    expect(ticks).toEqual([]);
    for (const at of [clock.now(), clock.now(), START + 2 * HOUR, START + 2 * HOUR]) scheduler.look(at);
    await clock.advanceUntil(START + 3 * HOUR, quiet);
    expect(ticks.map(({ at }) => at)).toEqual([HOUR + 3 * MINUTE, 2 * HOUR]);
    expect(clock.pending()).toBeUndefined();
  });

  it("stops", async () => {
    const { clock, scheduler, ticks } = open();
    scheduler.stop();
    await clock.advanceUntil(START + HOUR, quiet);
    expect(ticks).toEqual([]);
  });

  it("ticks at a time of the week on the clock of a zone, whatever is due, also when clocks change", async () => {
    const { clock, scheduler } = open(async () => undefined);
    const at: string[] = [];
    scheduler.add({
      name: "report",
      expression: "cron(30 6 ? * MON *)",
      zone: "Europe/Berlin",
      input: {},
      invoke: () => void at.push(new Date(clock.now()).toISOString().slice(0, 16)),
    });
    await clock.advanceUntil(Date.UTC(2026, 11, 8), quiet);
    expect(at).toEqual(["2026-11-30T05:30", "2026-12-07T05:30"]);
    scheduler.stop();
    expect(clock.pending()).toBeUndefined();
    const inBerlin = (from: number) => nextRun("cron(30 6 ? * MON *)", "Europe/Berlin", from);
    expect(inBerlin(Date.UTC(2026, 2, 29))).toBe(Date.UTC(2026, 2, 30, 4, 30));
    expect(inBerlin(Date.UTC(2026, 2, 30, 4, 30))).toBe(Date.UTC(2026, 3, 6, 4, 30));
    const daily = (from: number) => nextRun("cron(40 5 ? * * *)", "Europe/Berlin", from);
    expect(daily(Date.UTC(2026, 2, 28, 4, 39))).toBe(Date.UTC(2026, 2, 28, 4, 40));
    expect(daily(Date.UTC(2026, 2, 28, 4, 40))).toBe(Date.UTC(2026, 2, 29, 3, 40));
  });

  it("reads rates, and says so of what it cannot read", () => {
    expect(["rate(5 minutes)", "rate(1 hour)", "rate(2 days)"].map(readPeriod)).toEqual([
      5 * MINUTE,
      HOUR,
      48 * HOUR,
    ]);
    expect(() => readPeriod("cron(0 7 * * ? *)")).toThrow("rate(n minutes)");
    expect(() => nextRun("cron(0 7 * * ? *)", "UTC", START)).toThrow("cron(m h ? * MON *)");
  });
});
