import { Temporal } from "temporal-polyfill";
import type { Timer, VirtualClock } from "./clock.ts";

export interface Schedule {
  name: string;
  /** `rate(5 minutes)`, also hours and days; or `cron(30 6 ? * MON *)`: a time on a weekday, or on each day (`*`). */
  expression: string;
  /** IANA zone of a cron expression; UTC if not told. */
  zone?: string | undefined;
  /** What the target is invoked with. */
  input: unknown;
  /** Starts an invocation. Not waited for: as in the cloud, the next tick may come while the last one still runs. */
  invoke: (input: unknown) => void;
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * EventBridge Scheduler: ticks on the grid of each schedule's rate, or at its time of the day or week. With `nextDue`, ticks
 * of a rate at which nothing can be due are left out: the emulator looks up when there is work, and sleeps until then,
 * until `wake`, or until a moment that `look` has named.
 */
export class Scheduler {
  readonly #clock: VirtualClock;
  readonly #nextDue: (() => Promise<number | undefined>) | undefined;
  readonly #running: RunningSchedule[] = [];
  readonly #crons = new Map<string, Timer>();

  /** `nextDue`: when (epoch milliseconds) the targets have work next, undefined for none that is known. */
  constructor(options: { clock: VirtualClock; nextDue?: () => Promise<number | undefined> }) {
    this.#clock = options.clock;
    this.#nextDue = options.nextDue;
  }

  add(schedule: Schedule): void {
    if (schedule.expression.startsWith("cron")) this.#addCron(schedule);
    else this.#addRate(schedule);
  }

  #addRate(schedule: Schedule): void {
    const running: RunningSchedule = {
      schedule,
      period: readPeriod(schedule.expression),
      at: Number.POSITIVE_INFINITY,
      looks: [],
    };
    this.#running.push(running);
    this.#arm(running, this.#clock.now());
  }

  /** Something was written that may be due earlier than was known: look again at the next tick. */
  wake(): void {
    if (this.#nextDue === undefined) return;
    for (const running of this.#running) this.#arm(running, this.#clock.now());
  }

  /** The targets must look in the minute of this moment, though nothing may be due then. */
  look(at: number): void {
    if (this.#nextDue === undefined) return;
    for (const running of this.#running) {
      if (running.looks.includes(at)) continue;
      running.looks.push(at);
      this.#arm(running, Math.max(this.#clock.now(), at - 1));
    }
  }

  stop(): void {
    for (const { timer } of this.#running.splice(0)) timer?.cancel();
    for (const timer of this.#crons.values()) timer.cancel();
    this.#crons.clear();
  }

  #addCron(schedule: Schedule): void {
    const at = nextRun(schedule.expression, schedule.zone ?? "UTC", this.#clock.now());
    const timer = this.#clock.at(at, `schedule ${schedule.name}`, () => {
      schedule.invoke(schedule.input);
      this.#addCron(schedule);
    });
    this.#crons.set(schedule.name, timer);
  }

  /** The next tick is the first one on the grid after `from`, unless an earlier one is set. */
  #arm(running: RunningSchedule, from: number): void {
    const at = (Math.floor(from / running.period) + 1) * running.period;
    if (running.at <= at) return;
    running.timer?.cancel();
    running.at = at;
    running.timer = this.#clock.at(at, `schedule ${running.schedule.name}`, () => this.#tick(running));
  }

  async #tick(running: RunningSchedule): Promise<void> {
    running.at = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    const due = this.#nextDue === undefined ? now : ((await this.#nextDue()) ?? Number.POSITIVE_INFINITY);
    if (Math.min(due, ...running.looks) <= now) running.schedule.invoke(running.schedule.input);
    running.looks = running.looks.filter((look) => look > now);
    const next = Math.min(due, ...running.looks);
    // Its own tick is the first at or after the due time: just before it, the grid's next point is that one.
    if (next < Number.POSITIVE_INFINITY) this.#arm(running, Math.max(now, next - 1));
  }
}

interface RunningSchedule {
  schedule: Schedule;
  period: number;
  /** When the next tick is set. */
  at: number;
  /** When it is invoked in any case. */
  looks: number[];
  timer?: Timer;
}

const WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/** The next moment after `from` that a daily or weekly cron expression means. Throws for every other form: nothing of ours uses it. */
export function nextRun(expression: string, zone: string, from: number): number {
  const [, minute, hour, name = ""] = /^cron\((\d+) (\d+) \? \* (\w{3}|\*) \*\)$/.exec(expression) ?? [];
  const isDaily = name === "*";
  const weekday = WEEKDAYS.indexOf(name) + 1;
  if (weekday === 0 && !isDaily)
    throw new Error(`The local scheduler knows cron(m h ? * MON *) and cron(m h ? * * *), not ${expression}`);
  const plainTime = { hour: Number(hour), minute: Number(minute) };
  const today = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  const first = isDaily ? today : today.add({ days: (weekday - today.dayOfWeek + 7) % 7 });
  const at = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
  return at(first) > from ? at(first) : at(first.add({ days: isDaily ? 1 : 7 }));
}

/** A rate in milliseconds. */
export function readPeriod(expression: string): number {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = UNITS[unit as keyof typeof UNITS];
  if (length === undefined) throw new Error(`The local scheduler knows rate(n minutes), not ${expression}`);
  return Number(count) * length;
}
