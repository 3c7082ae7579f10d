/** Works on many things, a limited number at a time. */
export interface Flow {
  /** Returns when there is room and the work has begun, so that the caller goes no faster than the work. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Returns when all that was begun is done. Throws what a work threw first. */
  finish(): Promise<void>;
}

/**
 * A work that ends makes room for the next at once. Batches would wait for their slowest mail each time, and at
 * 125 mails a second a lane that is most of its time.
 */
export function limitConcurrency(most: number): Flow {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    async begin(work) {
      while (running.size >= most) await Promise.race(running);
      const done: Promise<void> = work()
        .catch((failure) => void failures.push(failure))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async finish() {
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
