import type { VirtualClock } from "../../local/aws/clock.ts";
import type { DnsServer } from "../../local/aws/dns.ts";
import type { Wire } from "../../local/aws/endpoint.ts";
import {
  type FunctionProperties,
  type FunctionRuntime,
  failureLine,
  type LogLine,
  passTime,
} from "../../local/aws/lambda.ts";
import { Chance } from "../../local/simulation/random.ts";
import { OneThread } from "../../local/simulation/runtime.ts";

let begun = 0;

/**
 * The deployed bundles in the test's own thread, without sockets, and read once a process. An instance begins in 5 ms of
 * processor time instead of 75 to 130, a request costs a quarter. What a thread alone shows is in `local/aws/lambda.test.ts`
 * and `journeys/one-machine.test.ts`, and in what `npm start` runs.
 */
export class FunctionsHere implements FunctionRuntime {
  readonly logs: LogLine[] = [];
  readonly #clock: VirtualClock;
  readonly #wire: Wire;
  readonly #thread: OneThread;

  constructor(clock: VirtualClock, wire: Wire, dns: DnsServer) {
    this.#clock = clock;
    this.#wire = wire;
    this.#thread = new OneThread({
      ...{ clock, wire, dns, chance: new Chance(`cloud ${++begun}`) },
      onLog: (line) => this.logs.push(line),
      failed: (where, error) => this.logs.push({ at: clock.now(), where, text: failureLine(error) }),
    });
  }

  deploy(properties: FunctionProperties): void {
    this.#thread.deploy(properties);
  }

  deployBeside(...given: Parameters<FunctionRuntime["deployBeside"]>): void {
    this.#thread.deployBeside(...given);
  }

  invoke(name: string, event: unknown): Promise<unknown> {
    return this.#thread.invoke(name, event);
  }

  answer(name: string, event: unknown): Promise<unknown> {
    return passTime(this.invoke(name, event), this.#clock, this);
  }

  names(): string[] {
    return this.#thread.names();
  }

  kill(name: string): number {
    return this.#thread.kill(name);
  }

  isBusy(): boolean {
    return this.#thread.isBusy();
  }

  /** Whoever speaks over a socket, as the console does, has its answer. */
  async quiet(): Promise<void> {
    do await this.#thread.quiet();
    while (this.#wire.outstanding() > 0);
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }
}
