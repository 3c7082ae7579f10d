/** Lets `rate` tokens a second through, and no more than `burst` at once: one second's. Times are epoch milliseconds. */
export class TokenBucket {
  readonly #rate: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAt: number | undefined;

  constructor(rate: number, burst = rate) {
    this.#rate = rate;
    this.#capacity = Math.max(1, burst);
    this.#tokens = this.#capacity;
  }

  /** False, and nothing taken, if there are fewer. */
  take(count: number, now: number): boolean {
    const passed = Math.max(0, now - (this.#filledAt ?? now));
    this.#tokens = Math.min(this.#capacity, this.#tokens + (passed / 1000) * this.#rate);
    this.#filledAt = now;
    // A thousandth of slack: sums of fractions fall short of whole tokens by rounding.
    if (this.#tokens + 0.001 < count) return false;
    this.#tokens -= count;
    return true;
  }
}

/** How many in the last `window` milliseconds. */
export class RollingCount {
  readonly #window: number;
  readonly #entries: { count: number; at: number }[] = [];
  #total = 0;

  constructor(window: number) {
    this.#window = window;
  }

  /** In the order of time. */
  add(count: number, at: number): void {
    this.#entries.push({ count, at });
    this.#total += count;
  }

  at(now: number): number {
    while ((this.#entries[0]?.at ?? now) <= now - this.#window)
      this.#total -= this.#entries.shift()?.count ?? 0;
    return this.#total;
  }
}
