import type { VirtualClock } from "./clock.ts";
import type { FunctionProperties, FunctionRuntime } from "./lambda.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * What Lambda grants an account: invocations at a time, of all functions together (10 in a new account), and of each
 * function ten times as many a second for callers who wait; events and queues are bound by the first alone ("Lambda
 * quotas", "Understanding Lambda function scaling").
 */
const INVOCATIONS_A_SECOND = 10;
const SECOND = 1_000;
/** Between tries of an event that was refused: the first, doubled each time up to the longest. */
const FIRST_PAUSE = SECOND;
const LONGEST_PAUSE = 300 * SECOND;

/** `TooManyRequestsException`, status 429. The function was not begun. */
export class Throttled extends Error {
  override readonly name = "TooManyRequestsException";
}

/** Functions of an account with so many invocations in all. What is over the limits is refused, as Lambda does. */
export class LimitedAccount implements FunctionRuntime {
  readonly #runtime: FunctionRuntime;
  readonly #clock: VirtualClock;
  readonly #most: number;
  readonly #rates = new Map<string, TokenBucket>();
  #running = 0;

  constructor(runtime: FunctionRuntime, clock: VirtualClock, mostAtOnce: number) {
    this.#runtime = runtime;
    this.#clock = clock;
    this.#most = mostAtOnce;
  }

  get logs() {
    return this.#runtime.logs;
  }

  deploy(properties: FunctionProperties): void {
    this.#runtime.deploy(properties);
  }

  deployBeside(...given: Parameters<FunctionRuntime["deployBeside"]>): void {
    this.#runtime.deployBeside(...given);
  }

  invoke(name: string, event: unknown): Promise<unknown> {
    return this.#within(() => this.#runtime.invoke(name, event));
  }

  async answer(name: string, event: unknown): Promise<unknown> {
    if (!this.#hasRoomThisSecond(name)) throw new Throttled(`${name}: rate exceeded`);
    return this.#within(() => this.#runtime.answer(name, event));
  }

  names(): string[] {
    return this.#runtime.names();
  }

  kill(name: string): number {
    return this.#runtime.kill(name);
  }

  isBusy(): boolean {
    return this.#runtime.isBusy();
  }

  quiet(): Promise<void> {
    return this.#runtime.quiet();
  }

  stop(): Promise<void> {
    return this.#runtime.stop();
  }

  async #within(invoke: () => Promise<unknown>): Promise<unknown> {
    if (this.#running >= this.#most) throw new Throttled("The account's concurrency is used up");
    this.#running++;
    try {
      return await invoke();
    } finally {
      this.#running--;
    }
  }

  #hasRoomThisSecond(name: string): boolean {
    const rate = this.#rates.get(name) ?? new TokenBucket(INVOCATIONS_A_SECOND * this.#most);
    this.#rates.set(name, rate);
    return rate.take(1, this.#clock.now());
  }
}

/**
 * What nobody waits for is tried again while it is refused, at growing pauses, until it is too old: events of the Scheduler
 * by the function's `MaximumEventAgeInSeconds`, messages of a queue until they are visible again.
 */
export async function untilTaken(
  clock: VirtualClock,
  oldestMs: number,
  invoke: () => Promise<unknown>,
): Promise<unknown> {
  const until = clock.now() + oldestMs;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await invoke();
    } catch (error) {
      if (!(error instanceof Throttled) || clock.now() + pause > until) throw error;
    }
    await new Promise<void>((wake) => clock.at(clock.now() + pause, "an event is tried again", wake));
  }
}
