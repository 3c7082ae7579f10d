import type { Timer, VirtualClock } from "./clock.ts";

export interface Schedule {
  name: string;
  /** `rate(5 minutes)`; also hours and days. */
  expression: string;
  /** What the target is invoked with. */
  input: unknown;
  /** Starts an invocation. Not waited for: as in the cloud, the next tick may come while the last one still runs. */
  invoke: (input: unknown) => void;
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * EventBridge Scheduler: ticks on the grid of each schedule's rate. With `nextDue`, ticks at which nothing can
 * be due are left out: the emulator looks up when there is work, and sleeps until then or until `wake`.
 */
export class Scheduler {
  readonly #clock: VirtualClock;
  readonly #nextDue: (() => Promise<number | undefined>) | undefined;
  readonly #running: Running[] = [];

  /** `nextDue`: when (epoch milliseconds) the targets have work next, undefined for none that is known. */
  constructor(options: { clock: VirtualClock; nextDue?: () => Promise<number | undefined> }) {
    this.#clock = options.clock;
    this.#nextDue = options.nextDue;
  }

  add(schedule: Schedule): void {
    const running: Running = {
      schedule,
      period: periodOf(schedule.expression),
      at: Number.POSITIVE_INFINITY,
    };
    this.#running.push(running);
    this.#arm(running, this.#clock.now());
  }

  /** Something was written that may be due earlier than was known: look again at the next tick. */
  wake(): void {
    if (this.#nextDue === undefined) return;
    for (const running of this.#running) this.#arm(running, this.#clock.now());
  }

  stop(): void {
    for (const { timer } of this.#running.splice(0)) timer?.cancel();
  }

  /** The next tick is the first one on the grid after `from`, unless an earlier one is set. */
  #arm(running: Running, from: number): void {
    const at = (Math.floor(from / running.period) + 1) * running.period;
    if (running.at <= at) return;
    running.timer?.cancel();
    running.at = at;
    running.timer = this.#clock.at(at, `schedule ${running.schedule.name}`, () => this.#tick(running));
  }

  async #tick(running: Running): Promise<void> {
    running.at = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    const due = this.#nextDue === undefined ? now : await this.#nextDue();
    if (due !== undefined && due <= now) running.schedule.invoke(running.schedule.input);
    if (due === undefined) return;
    // Its own tick is the first at or after the due time: just before it, the grid's next point is that one.
    this.#arm(running, Math.max(now, due - 1));
  }
}

interface Running {
  schedule: Schedule;
  period: number;
  /** When the next tick is set. */
  at: number;
  timer?: Timer;
}

/** A rate in milliseconds. Throws for cron expressions, which nothing of ours uses. */
export function periodOf(expression: string): number {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = UNITS[unit as keyof typeof UNITS];
  if (length === undefined) throw new Error(`The local scheduler knows rate(n minutes), not ${expression}`);
  return Number(count) * length;
}
