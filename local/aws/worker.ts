import { Resolver } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

/**
 * One instance of a function, in a thread of its own: the deployed bundle, with a virtual clock under it. This
 * file is made one script and given to the thread; nothing of it is deployed.
 */
export interface WorkerData {
  /** URL of the bundle. */
  bundle: string;
  handler: string;
  environment: Record<string, string>;
  /** One 64-bit float: virtual now, in epoch milliseconds. */
  now: SharedArrayBuffer;
  /** The machine's own clock is left to the bundle. */
  isInRealTime: boolean;
}

export type ToWorker =
  | { kind: "invoke"; id: number; event: string; deadline: number }
  /** The time has moved on: run what is due. */
  | { kind: "wake" }
  | { kind: "ping"; id: number };

export type FromWorker =
  | { kind: "done"; id: number; result?: unknown; error?: { name: string; message: string; stack?: string } }
  /** What the instance waits for, after two turns of its event loop. */
  | { kind: "pong"; id: number; outstanding: number; nextTimer?: number; isLoading: boolean }
  | { kind: "log"; text: string };

const data = workerData as WorkerData;
const port = parentPort;
if (!port) throw new Error("This script runs in a worker thread");
const say = (message: FromWorker) => port.postMessage(message);

// The clock -----------------------------------------------------------------------------------------------------

const shared = new Float64Array(data.now);
const now = (): number => shared[0] as number;
const RealDate = Date;

class VirtualDate extends RealDate {
  constructor(...values: unknown[]) {
    if (values.length === 0) super(now());
    else super(...(values as [number]));
  }
  static override now(): number {
    return now();
  }
}

interface VirtualTimer {
  at: number;
  order: number;
  run: () => void;
  /** Milliseconds between runs of an interval. */
  every?: number;
}

const timers = new Map<number, VirtualTimer>();
let timerCount = 0;

/** What Node gives back for a timer, as far as libraries use it. */
class TimerHandle {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

function setTimer(
  callback: (...values: unknown[]) => void,
  ms: number,
  values: unknown[],
  repeats: boolean,
): TimerHandle {
  // Clocks tell whole milliseconds, as `Date.now()` does: a fraction would reach ids, dates and the index.
  const delay = Math.max(1, Math.ceil(Number(ms) || 0));
  const id = ++timerCount;
  timers.set(id, {
    at: now() + delay,
    order: id,
    run: () => callback(...values),
    ...(repeats && { every: delay }),
  });
  return new TimerHandle(id);
}

const clearTimer = (handle: TimerHandle | number | undefined): void => {
  if (handle !== undefined && handle !== null) timers.delete(Number(handle));
};

function runDueTimers(): void {
  const due = [...timers].filter(([, timer]) => timer.at <= now());
  due.sort(([, one], [, other]) => one.at - other.at || one.order - other.order);
  for (const [id, timer] of due) {
    if (!timers.has(id)) continue;
    if (timer.every === undefined) timers.delete(id);
    else timer.at = now() + timer.every;
    timer.run();
  }
}

function nextTimer(): number | undefined {
  let next: number | undefined;
  for (const { at } of timers.values()) if (next === undefined || at < next) next = at;
  return next;
}

type Callback = (...values: unknown[]) => void;
const virtual = {
  Date: VirtualDate,
  setTimeout: (callback: Callback, ms: number, ...values: unknown[]) => setTimer(callback, ms, values, false),
  setInterval: (callback: Callback, ms: number, ...values: unknown[]) => setTimer(callback, ms, values, true),
  clearTimeout: clearTimer,
  clearInterval: clearTimer,
};
if (!data.isInRealTime) Object.assign(globalThis, virtual);

// Requests on their way -----------------------------------------------------------------------------------------

let outstanding = 0;

/** The clock stands still while a request is out: these are counted from the call until they are closed. */
function countRequests<Request extends typeof http.request>(request: Request): Request {
  const wrapper = (...values: Parameters<Request>) => {
    outstanding++;
    const made = request(...(values as unknown as Parameters<typeof http.request>));
    made.once("close", () => outstanding--);
    return made;
  };
  return wrapper as unknown as Request;
}

http.request = countRequests(http.request);
https.request = countRequests(https.request as typeof http.request) as typeof https.request;
syncBuiltinESMExports();

/** A question to a name server, too; its time limit is the resolver's own, in real time. */
for (const question of ["resolveMx", "resolve4", "resolve6"] as const) {
  const ask = Resolver.prototype[question] as (name: string) => Promise<unknown>;
  const countedAsk = function (this: Resolver, name: string): Promise<unknown> {
    outstanding++;
    return ask.call(this, name).finally(() => outstanding--);
  };
  Object.assign(Resolver.prototype, { [question]: countedAsk });
}

// Invocations ---------------------------------------------------------------------------------------------------

type LambdaHandler = (event: unknown, context: object) => Promise<unknown>;

Object.assign(process.env, data.environment);
for (const level of ["log", "info", "warn", "error"] as const) {
  console[level] = (...values: unknown[]) => say({ kind: "log", text: values.map(String).join(" ") });
}

let handler: Promise<LambdaHandler> | undefined;
let isLoading = false;
const load = async (): Promise<LambdaHandler> => {
  isLoading = true;
  const module = (await import(data.bundle).finally(() => {
    isLoading = false;
  })) as Record<string, LambdaHandler>;
  const found = module[data.handler];
  if (!found) throw new Error(`The bundle ${data.bundle} exports no "${data.handler}"`);
  return found;
};

async function invoke(id: number, event: string, deadline: number): Promise<void> {
  try {
    handler ??= load();
    const context = {
      awsRequestId: `local-${id}`,
      getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
    };
    // Events and results are JSON on their way, as in the cloud: `undefined` and dates do not survive.
    const result = await (await handler)(JSON.parse(event), context);
    say({ kind: "done", id, result: JSON.parse(JSON.stringify(result ?? null)) });
  } catch (failure) {
    const { name, message, stack } = failure as Error;
    say({ kind: "done", id, error: { name, message, stack } });
  }
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "invoke") void invoke(message.id, message.event, message.deadline);
  else if (message.kind === "wake") runDueTimers();
  else
    setImmediate(() =>
      setImmediate(() =>
        say({ kind: "pong", id: message.id, outstanding, nextTimer: nextTimer(), isLoading }),
      ),
    );
});
