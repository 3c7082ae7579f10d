import { describe, expect, it } from "vitest";
import { limitConcurrency } from "../../functions/deliver/concurrency.ts";

const quiet = () => new Promise((done) => setImmediate(done));

/** Works that end when they are told to. */
function openWorks() {
  const ends: (() => void)[] = [];
  return { begin: () => new Promise<void>((end) => void ends.push(end)), ends };
}

describe("many mails side by side", () => {
  it("are never more than may be, and one that ends makes room for the next at once", async () => {
    const flow = limitConcurrency(2);
    const works = openWorks();
    let begun = 0;
    const all = (async () => {
      for (let work = 0; work < 4; work++) {
        await flow.begin(works.begin);
        begun++;
      }
    })();
    await quiet();
    expect([begun, works.ends.length]).toEqual([2, 2]);
    works.ends[1]?.();
    await quiet();
    expect([begun, works.ends.length]).toEqual([3, 3]);
    works.ends[0]?.();
    await all;
    expect(works.ends).toHaveLength(4);
    for (const end of works.ends) end();
    await flow.finish();
  });

  it("are finished when the last of them is", async () => {
    const flow = limitConcurrency(2);
    const works = openWorks();
    await flow.begin(works.begin);
    await flow.begin(works.begin);
    let isFinished = false;
    const finished = flow.finish().then(() => {
      isFinished = true;
    });
    works.ends[0]?.();
    await quiet();
    expect(isFinished).toBe(false);
    works.ends[1]?.();
    await finished;
    expect(isFinished).toBe(true);
  });

  it("all leave although one fails; the first failure is told when they are done", async () => {
    const flow = limitConcurrency(1);
    let done = 0;
    const fails = (word: string) => async () => Promise.reject(new Error(word));
    await flow.begin(fails("first"));
    await flow.begin(async () => void done++);
    await flow.begin(fails("second"));
    await flow.begin(async () => void done++);
    await expect(flow.finish()).rejects.toThrow("first");
    expect(done).toBe(2);
  });

  it("control: without a failure nothing is thrown", async () => {
    const flow = limitConcurrency(1);
    await flow.begin(async () => {});
    await expect(flow.finish()).resolves.toBeUndefined();
  });
});
