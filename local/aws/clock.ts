/** A thing to be done later; cancelling it twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void;
}

/** Someone else's timers, for example those of a worker, that take part in the clock's order. */
export interface TimerSource {
  /** When the earliest is due, in epoch milliseconds; undefined when there is none. */
  next(): number | undefined;
  /** Runs what is due at `now`. */
  run(now: number): void | Promise<void>;
}

/** Resolves when nothing is happening any more that could ask for the time or set a timer. */
export type Quiet = () => Promise<void>;

interface ClockEntry {
  time: number;
  order: number;
  what: string;
  run: () => void | Promise<void>;
}

/**
 * Time as the local cloud knows it: it stands still while anything is happening, and jumps to the next thing to
 * do. Timers for the same moment run in the order in which they were set, those of sources after them.
 * All times are epoch milliseconds.
 */
export class VirtualClock {
  #now: number;
  #order = 0;
  #entries: ClockEntry[] = [];
  readonly #sources: TimerSource[] = [];
  readonly #watchers: ((now: number) => void)[] = [];
  #advancing: Promise<void> = Promise.resolve();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Tells of each move, before anything is done at the new time. */
  watch(watcher: (now: number) => void): void {
    this.#watchers.push(watcher);
    watcher(this.#now);
  }

  /** Runs something at a time; a time that has passed means as soon as the clock is advanced at all. */
  at(time: number, what: string, run: () => void | Promise<void>): Timer {
    const entry = { time: Math.max(time, this.#now), order: this.#order++, what, run };
    this.#entries.splice(this.#findPlace(entry.time), 0, entry);
    return { cancel: () => this.#remove(entry) };
  }

  addSource(source: TimerSource): { remove(): void } {
    this.#sources.push(source);
    return {
      remove: () => {
        const index = this.#sources.indexOf(source);
        if (index >= 0) this.#sources.splice(index, 1);
      },
    };
  }

  /** When the next thing happens, if anything is to happen at all. Never before now. */
  pending(): number | undefined {
    const times = [this.#entries[0]?.time, ...this.#sources.map((source) => source.next())];
    const known = times.filter((time) => time !== undefined);
    return known.length === 0 ? undefined : Math.max(this.#now, Math.min(...known));
  }

  /** What waits, in order: for the person who asks why the clock does not stop. */
  waiting(): { time: number; what: string }[] {
    return this.#entries.map(({ time, what }) => ({ time, what }));
  }

  /**
   * Goes on to `time`, doing everything that is due on the way, one thing after the other and each only when it
   * is quiet. Advances asked for meanwhile follow each other. Must not be awaited from within a timer.
   */
  advanceUntil(time: number, quiet: Quiet): Promise<void> {
    const advance = this.#advancing.then(() => this.#advance(time, quiet));
    this.#advancing = advance.catch(() => undefined);
    return advance;
  }

  async #advance(time: number, quiet: Quiet): Promise<void> {
    await quiet();
    for (let next = this.pending(); next !== undefined && next <= time; next = this.pending()) {
      this.#move(next);
      await this.#runOne(next);
      await quiet();
    }
    this.#move(Math.max(this.#now, time));
    await quiet();
  }

  #move(time: number): void {
    this.#now = time;
    for (const watcher of this.#watchers) watcher(time);
  }

  async #runOne(now: number): Promise<void> {
    const [entry] = this.#entries;
    if (entry !== undefined && entry.time <= now) {
      this.#entries.shift();
      await entry.run();
      return;
    }
    const source = this.#sources.find((each) => (each.next() ?? Number.POSITIVE_INFINITY) <= now);
    await source?.run(now);
  }

  /** After every entry of the same time: binary search. */
  #findPlace(time: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.time ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(entry: ClockEntry): void {
    const index = this.#entries.indexOf(entry);
    if (index >= 0) this.#entries.splice(index, 1);
  }
}
