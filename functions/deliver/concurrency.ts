/*
 * A mail takes about 150 ms, nearly all of it waiting, so a lane works on many holders at once. One that ends makes room
 * for the next at once. What was tried instead, in `tests/bench/throughput.ts` (virtual time, 20 s of backlog; 40 s
 * with slow calls): the share of SES's granted rate that is used, at 50 and at 500 mails a second.
 *
 *                                   SES answers in 60 to 100 ms   …but each 100th call takes 1 s     …takes 3 s
 *   this                                 100 %   100 %                  98 %   100 %                79 %   98 %
 *   batches, each awaited whole          100 %   100 %                  87 %    66 %                48 %   24 %
 *   one holder after the other            19 %     8 %
 *
 * A batch waits for its slowest mail, so one slow answer stops the whole lane.
 */

/** Works on many things, a limited number at a time. */
export interface Flow {
  /** Returns when there is room and the work has begun, so that the caller goes no faster than the work. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Returns when all that was begun is done. Throws the first error that a work threw. */
  finish(): Promise<void>;
}

/** @param most how many works run at once */
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
