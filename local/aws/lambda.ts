import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import type { Timer, TimerSource, VirtualClock } from "./clock.ts";
import type { Wire } from "./endpoint.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker.ts";

/** A deployed function, as its template has it. */
export interface FunctionProperties {
  name: string;
  /** Folder of the bundle. */
  code: string;
  /** `index.handler`. */
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
}

export interface LogLine {
  at: number;
  where: string;
  text: string;
}

/** As many instances of one function work side by side; more invocations wait. */
const MOST_INSTANCES = 8;
const PATIENCE = 5_000;

interface LambdaOptions {
  /** Real milliseconds after which an instance that waits for nothing known waits for ever. */
  patience?: number;
  /** Real: the functions have this machine's clock, to measure what a caller sees. Nothing else here moves with it. */
  pace?: "virtual" | "real";
  mostInstances?: number;
}

let workerScript: string | undefined;

/** The worker's own code as one script, so that a thread starts without a compiler. */
function scriptOfWorker(): string {
  workerScript ??= buildSync({
    entryPoints: [join(import.meta.dirname, "worker.ts")],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    write: false,
    // A bundle is an ES module, which only the platform's own `import()` can load.
    supported: { "dynamic-import": true },
  }).outputFiles[0]?.text;
  return workerScript as string;
}

interface LambdaInvocation {
  id: number;
  settle: (message: Extract<FromWorker, { kind: "done" }>) => void;
  fail: (reason: Error) => void;
  timeout: Timer;
}

/** `like`: how the name of the one begins whose settings are taken. */
export type Beside = [
  name: string,
  like: string,
  more: Partial<Pick<FunctionProperties, "code" | "timeoutSeconds">>,
];

export function propertiesBeside(
  deployed: Iterable<{ properties: FunctionProperties }>,
  ...[name, like, more]: Beside
): FunctionProperties {
  for (const { properties } of deployed)
    if (properties.name.startsWith(like)) return { ...properties, ...more, name };
  throw new Error(`There is no function whose name begins with ${like}, beside which ${name} could stand.`);
}

/** Whatever runs the deployed functions. */
export interface FunctionRuntime {
  readonly logs: LogLine[];
  deploy(properties: FunctionProperties): void;
  /** One more program, with the settings of a function that is there. */
  deployBeside(...beside: Beside): void;
  /** Rejects with what the function threw, or when it was killed or ran out of its time. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** The same for someone who waits at a browser, whatever the clock does. */
  answer(name: string, event: unknown): Promise<unknown>;
  /** The deployed functions, by the logical ids of the template. */
  names(): string[];
  /** Kills every instance of a function that is at work; returns how many. */
  kill(name: string): number;
  isBusy(): boolean;
  /** Resolves when no worker computes and no request is on its way. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Lambda: each function's bundle in worker threads, one invocation at a time in each, all under one virtual
 * clock. Knows when every thread is waiting, which is when the clock may move.
 */
export class Lambda implements TimerSource, FunctionRuntime {
  readonly #clock: VirtualClock;
  readonly #wire: Wire;
  readonly #now = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #options: Required<LambdaOptions>;
  readonly logs: LogLine[] = [];
  #ids = 0;

  constructor(clock: VirtualClock, wire: Wire, options: LambdaOptions = {}) {
    this.#clock = clock;
    this.#wire = wire;
    this.#options = { patience: PATIENCE, pace: "virtual", mostInstances: MOST_INSTANCES, ...options };
    const shared = new Float64Array(this.#now);
    clock.watch((now) => {
      shared[0] = now;
    });
    clock.addSource(this);
  }

  deploy(properties: FunctionProperties): void {
    this.#functions.set(properties.name, { properties, instances: [], waiting: [] });
  }

  deployBeside(...beside: Beside): void {
    this.deploy(propertiesBeside(this.#functions.values(), ...beside));
  }

  /**
   * Invokes a function. Rejects with what it threw, or when it was killed or ran out of its time.
   * What it printed is in `logs`.
   */
  async invoke(name: string, event: unknown): Promise<unknown> {
    const deployed = this.#functions.get(name);
    if (!deployed) throw new Error(`There is no function ${name}`);
    const instance = await this.#freeInstance(deployed);
    const id = ++this.#ids;
    const deadline = this.#clock.now() + deployed.properties.timeoutSeconds * 1_000;
    try {
      const done = await new Promise<Extract<FromWorker, { kind: "done" }>>((settle, fail) => {
        const timedOut = () =>
          this.#kill(deployed, instance, `timed out after ${deployed.properties.timeoutSeconds} s`);
        const timeout = this.#clock.at(deadline, `${name} times out`, timedOut);
        instance.invocation = { id, settle, fail, timeout };
        instance.send({ kind: "invoke", id, event: JSON.stringify(event ?? null), deadline });
      });
      if (done.error) throw this.reportFailure(name, done.error);
      return done.result;
    } finally {
      instance.invocation?.timeout.cancel();
      instance.invocation = undefined;
      deployed.waiting.shift()?.();
    }
  }

  /** Someone waits at a browser, whatever the clock does: the time that the function itself waits for passes. */
  async answer(name: string, event: unknown): Promise<unknown> {
    if (this.#options.pace === "real") return this.invoke(name, event);
    return passTime(this.invoke(name, event), this.#clock, this);
  }

  names(): string[] {
    return [...this.#functions.keys()];
  }

  /** As a machine that goes away does. */
  kill(name: string): number {
    const deployed = this.#functions.get(name);
    const busy = deployed?.instances.filter((instance) => instance.invocation) ?? [];
    for (const instance of busy) this.#kill(deployed as DeployedFunction, instance, "was killed");
    return busy.length;
  }

  isBusy(): boolean {
    return this.#busy().length > 0;
  }

  /** No thread computes and no request is on its way: all that is at work waits for the clock. */
  async quiet(): Promise<void> {
    let rounds = 0;
    for (;;) {
      const busy = this.#busy();
      if (busy.length === 0 && this.#wire.outstanding() === 0) return;
      const pongs = await Promise.all(busy.map((instance) => instance.ping()));
      const requests = pongs.reduce((sum, pong) => sum + (pong?.outstanding ?? 0), 0);
      const isHeldUp = requests > this.#wire.held() || this.#wire.outstanding() > 0;
      const isQuiet =
        !isHeldUp &&
        sameMembers(busy, this.#busy()) &&
        busy.every((one) => one.isWaiting(this.#options.patience));
      rounds = isQuiet ? rounds + 1 : 0;
      // A caller may have given up a held request while another request was on its way: look twice.
      if (isQuiet && (requests === 0 || rounds > 1)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  next(): number | undefined {
    const times = this.#busy().flatMap((instance) => instance.nextTimer ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  run(): void {
    for (const instance of this.#busy()) instance.send({ kind: "wake" });
  }

  async stop(): Promise<void> {
    for (const [name, { waiting }] of this.#functions) {
      waiting.length = 0;
      this.kill(name);
    }
    const instances = [...this.#functions.values()].flatMap((deployed) => deployed.instances.splice(0));
    await Promise.all(instances.map((instance) => instance.terminate()));
  }

  #busy(): Instance[] {
    return [...this.#functions.values()].flatMap(({ instances }) =>
      instances.filter((one) => one.invocation),
    );
  }

  async #freeInstance(deployed: DeployedFunction): Promise<Instance> {
    for (;;) {
      const free = deployed.instances.find((instance) => !instance.invocation && !instance.isReserved);
      if (free) {
        free.isReserved = true;
        return free;
      }
      if (deployed.instances.length < this.#options.mostInstances) {
        const made = this.#start(deployed);
        made.isReserved = true;
        return made;
      }
      await new Promise<void>((resolve) => deployed.waiting.push(resolve));
    }
  }

  /** As Lambda does, what a handler threw goes to its log. */
  reportFailure(where: string, { name, message, stack }: Failure): Error {
    this.logs.push({ at: this.#clock.now(), where, text: failureLine({ name, message, stack }) });
    return Object.assign(new Error(message), { name, stack });
  }

  #start(deployed: DeployedFunction): Instance {
    const { name, code, handler, environment } = deployed.properties;
    const [file, exported] = handler.split(".") as [string, string];
    const bundle = pathToFileURL(join(code, `${file}.mjs`)).href;
    const isInRealTime = this.#options.pace === "real";
    const data: WorkerData = { bundle, handler: exported, environment, now: this.#now, isInRealTime };
    const log = (text: string) => this.logs.push({ at: this.#clock.now(), where: name, text });
    const instance = new Instance(data, log, (reason) => this.#kill(deployed, instance, reason));
    deployed.instances.push(instance);
    return instance;
  }

  #kill(deployed: DeployedFunction, instance: Instance, how: string): void {
    if (!deployed.instances.includes(instance)) return;
    deployed.instances = deployed.instances.filter((other) => other !== instance);
    void instance.terminate();
    const reason = `${deployed.properties.name} ${how}`;
    this.logs.push({ at: this.#clock.now(), where: deployed.properties.name, text: reason });
    instance.invocation?.fail(new Error(reason));
  }
}

/** For somebody who waits, whatever the clock does: the time that a function waits for passes until it has answered. */
export async function passTime<Result>(
  answer: Promise<Result>,
  clock: VirtualClock,
  runtime: Pick<FunctionRuntime, "isBusy" | "quiet"> & Partial<Pick<TimerSource, "next">>,
): Promise<Result> {
  let isDone = false;
  const result = answer.finally(() => {
    isDone = true;
  });
  const settled = result.catch(() => undefined);
  const pass = async () => {
    for (;;) {
      // An invocation has begun, and one that has ended has said so, only a turn later.
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.race([settled, runtime.quiet()]);
      if (isDone) return;
      if (!runtime.isBusy()) continue;
      // Without a timer of its own it waits for a request that a fault holds, or for its time to run out.
      const next = runtime.next?.() ?? clock.pending();
      if (next !== undefined) await clock.advanceUntil(next, () => runtime.quiet());
    }
  };
  void pass();
  return result;
}

/** What Lambda logs of an invocation that failed. */
export const failureLine = ({ name, message, stack }: Failure): string =>
  JSON.stringify({ level: "error", event: "invocation-failed", error: name, message, stack });

interface DeployedFunction {
  properties: FunctionProperties;
  instances: Instance[];
  waiting: (() => void)[];
}

type Pong = Extract<FromWorker, { kind: "pong" }>;
type Failure = NonNullable<Extract<FromWorker, { kind: "done" }>["error"]>;

/** A thread with one bundle in it. */
class Instance {
  readonly #worker: Worker;
  readonly #pings = new Map<number, (pong: Pong | undefined) => void>();
  #pingCount = 0;
  invocation: LambdaInvocation | undefined;
  /** Promised to an invocation that has not begun. */
  isReserved = false;
  nextTimer: number | undefined;
  #outstanding = 0;
  #isLoading = false;
  /** Since when it has had neither a timer nor a request. */
  #aimlessSince: number | undefined;

  constructor(data: WorkerData, log: (text: string) => void, died: (reason: string) => void) {
    this.#worker = new Worker(scriptOfWorker(), { eval: true, workerData: data, env: {} });
    this.#worker.on("message", (message: FromWorker) => this.#hear(message, log));
    this.#worker.on("error", (error) => died(`crashed: ${error.message}`));
    this.#worker.on("exit", (code) => {
      this.#answerPings();
      died(`ended with exit code ${code}`);
    });
  }

  send(message: ToWorker): void {
    if (message.kind !== "ping") this.#aimlessSince = undefined;
    if (message.kind === "invoke") this.isReserved = false;
    this.#worker.postMessage(message);
  }

  /** What it waits for; undefined if it died meanwhile. */
  ping(): Promise<Pong | undefined> {
    const id = ++this.#pingCount;
    return new Promise((resolve) => {
      this.#pings.set(id, resolve);
      this.send({ kind: "ping", id });
    });
  }

  /**
   * By its last answer: it waits for the clock, for a request, or for something that will never come, in which
   * case its time will run out, as it would in the cloud.
   */
  isWaiting(patience: number): boolean {
    if (this.#isLoading) return false;
    if (this.nextTimer !== undefined || this.#outstanding > 0) {
      this.#aimlessSince = undefined;
      return true;
    }
    this.#aimlessSince ??= performance.now();
    return performance.now() - this.#aimlessSince > patience;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
    this.#answerPings();
  }

  #hear(message: FromWorker, log: (text: string) => void): void {
    if (message.kind === "log") log(message.text);
    else if (message.kind === "pong") this.#hearPong(message);
    else if (this.invocation?.id === message.id) this.invocation.settle(message);
  }

  #hearPong(pong: Pong): void {
    this.nextTimer = pong.nextTimer;
    this.#outstanding = pong.outstanding;
    this.#isLoading = pong.isLoading;
    this.#pings.get(pong.id)?.(pong);
    this.#pings.delete(pong.id);
  }

  #answerPings(): void {
    for (const answer of this.#pings.values()) answer(undefined);
    this.#pings.clear();
  }
}

const sameMembers = <T>(one: T[], other: T[]): boolean =>
  one.length === other.length && one.every((member) => other.includes(member));
