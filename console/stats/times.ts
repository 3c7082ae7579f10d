import { MINUTE } from "../../functions/domain/time.ts";

/** The median of any number of times, exact to the minute, in memory that grows with the longest only. */
export class Times {
  readonly #minutes = new Map<number, number>();
  count = 0;

  add(ms: number): void {
    const minute = Math.max(0, Math.round(ms / MINUTE));
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
    this.count++;
  }

  /** In minutes; undefined if there are none. Of an even number, the mean of the middle two. */
  median(): number | undefined {
    if (this.count === 0) return undefined;
    const minutes = [...this.#minutes].sort(([one], [other]) => one - other);
    const at = (place: number): number => {
      let passed = 0;
      for (const [minute, times] of minutes) {
        passed += times;
        if (passed > place) return minute;
      }
      throw new Error(`there are not ${place} times`);
    };
    return (at(Math.floor((this.count - 1) / 2)) + at(Math.floor(this.count / 2))) / 2;
  }
}
