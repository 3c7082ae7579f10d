import { beforeEach, describe, expect, it } from "vitest";
import { LimitedAccount, Throttled, untilTaken } from "../../../local/aws/account-limits.ts";
import { VirtualClock } from "../../../local/aws/clock.ts";
import type { FunctionRuntime } from "../../../local/aws/lambda.ts";

const SECOND = 1_000;
const turn = () => new Promise<void>((done) => setImmediate(done));

let clock: VirtualClock;
let account: LimitedAccount;
/** Ends the invocations that are at work. */
let end: (() => void)[];
beforeEach(() => {
  clock = new VirtualClock(0);
  end = [];
  const work = () => new Promise<unknown>((done) => end.push(() => done("done")));
  const functions = { invoke: work, answer: work } as unknown as FunctionRuntime;
  account = new LimitedAccount(functions, clock, 2);
});
const endAll = () => {
  for (const one of end.splice(0)) one();
};

describe("an account of two invocations in all", () => {
  it("refuses the third, of whatever function, until one has ended", async () => {
    const first = account.invoke("lane", {});
    const second = account.answer("web", {});
    await expect(account.invoke("nudge", {})).rejects.toThrow(Throttled);
    endAll();
    expect(await Promise.all([first, second])).toEqual(["done", "done"]);
    const third = account.invoke("nudge", {});
    endAll();
    expect(await third).toBe("done");
  });

  it("begins twenty a second of a function for callers who wait, however short they are", async () => {
    const outcomes: string[] = [];
    for (let call = 0; call < 25; call++) {
      const answer = account.answer("unsubscribe", {}).then(
        () => "answered",
        ({ name }: Error) => name,
      );
      endAll();
      outcomes.push(await answer);
    }
    expect(outcomes.filter((outcome) => outcome === "answered")).toHaveLength(20);
    const event = account.invoke("unsubscribe", {});
    endAll();
    expect(await event).toBe("done");
  });
});

describe("an event that is refused", () => {
  const advance = async (seconds: number) => {
    await clock.advanceUntil(clock.now() + seconds * SECOND, turn);
  };
  const tries: number[] = [];
  beforeEach(() => tries.splice(0));
  const refusing = (most: number) => async () => {
    tries.push(clock.now() / SECOND);
    if (tries.length <= most) throw new Throttled("full");
    return "taken";
  };

  it("is tried again after one second, two, four …, and taken when there is room", async () => {
    const taken = untilTaken(clock, 60 * SECOND, refusing(4));
    await advance(60);
    expect(await taken).toBe("taken");
    expect(tries).toEqual([0, 1, 3, 7, 15]);
  });

  it("is given up when it is too old", async () => {
    const outcome = untilTaken(clock, 60 * SECOND, refusing(100)).catch((error: Error) => error.name);
    await advance(120);
    expect(await outcome).toBe("TooManyRequestsException");
    expect(tries).toEqual([0, 1, 3, 7, 15, 31]);
  });

  it("control: what fails of itself is not tried again", async () => {
    const failing = async () => {
      tries.push(0);
      throw new Error("its own");
    };
    await expect(untilTaken(clock, 60 * SECOND, failing)).rejects.toThrow("its own");
    expect(tries).toHaveLength(1);
  });
});
