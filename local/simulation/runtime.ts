import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Timer, VirtualClock } from "../aws/clock.ts";
import type { DnsServer } from "../aws/dns.ts";
import type { RawRequest, Wire } from "../aws/endpoint.ts";
import {
  type Beside,
  type FunctionProperties,
  type FunctionRuntime,
  type LogLine,
  propertiesBeside,
} from "../aws/lambda.ts";
import type { WireResponse } from "../aws/request.ts";
import { compileProgram, Instance, type Program } from "./instance.ts";
import type { Chance } from "./random.ts";

/** A function at a step: one of its requests, on its way there or with its answer on the way back. */
export interface Step {
  function: string;
  instance: number;
  when: "before" | "after";
  request: RawRequest;
}

/** One run of a function over an event. */
export interface Invocation {
  name: string;
  instance: number;
  event: unknown;
  since: number;
  /** It was killed, ran out of time, or threw: there is no result. */
  isCut: boolean;
  result?: unknown;
}

interface RuntimeOptions {
  clock: VirtualClock;
  wire: Wire;
  dns: DnsServer;
  chance: Chance;
  /** The folder of a function's bundle, if it is another one than the template says. */
  codeOf?: (name: string) => string;
  /** How far a new instance's clock is from the true one, in ms. */
  skew?: (name: string) => number;
  /** Whether the function dies at this step. */
  kills?: (step: Step) => boolean;
  /** How long a request, or its answer, is on its way, in ms. Without it no time passes, as between threads. */
  latency?: (request: RawRequest) => number;
  onLog?: (line: LogLine) => void;
  /** Told of each request that was dealt with, whether its answer arrives or not. */
  observe?: (step: Step, response: WireResponse) => void;
  /** Told of what a function threw, which Lambda logs. */
  failed?: (name: string, error: Error) => void;
  /** Told of each invocation when it is over. */
  ended?: (invocation: Invocation) => void;
}

interface Deployed {
  properties: FunctionProperties;
  program: () => Program;
  idle: Instance[];
  busy: Map<Instance, (reason: Error) => void>;
}

/** By their text's hash: one run after the other begins with the same bundles, and one with a change has most of them too. */
const programs = new Map<string, Program>();

function readProgram(path: string): Program {
  const text = readFileSync(path, "utf8");
  const hash = createHash("sha256").update(text).digest("hex");
  const known = programs.get(hash) ?? compileProgram(text, path);
  programs.set(hash, known);
  return known;
}

/** What the compiler says and where, without the line itself, which may be all of a program. */
function whatIsWrong(error: unknown): string {
  const { name, message, stack = "" } = error as Error;
  const [place = ""] = stack.split("\n");
  return error instanceof SyntaxError ? `${place}: ${name}: ${message}` : stack;
}

/** Which function's instance speaks, for those who look at the wire. */
export const SPEAKER = "x-simulated-instance";

/**
 * Lambda in one thread: the deployed bundles, with time, chance and the network handed to them. All waits are
 * entries of one clock, so everything happens in one order, and the same seed makes the same order.
 */
export class OneThread implements FunctionRuntime {
  readonly logs: LogLine[] = [];
  readonly #options: RuntimeOptions;
  readonly #functions = new Map<string, Deployed>();
  #instances = 0;
  #invocations = 0;
  /** Why a function can never begin. Lambda would try its events for hours; here nobody can mend it meanwhile. */
  #unable: Error | undefined;

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  /** Deploying again replaces the code: instances at work end what they began. */
  deploy(properties: FunctionProperties): void {
    const [file = ""] = properties.handler.split(".");
    const code = this.#options.codeOf?.(properties.name) ?? properties.code;
    let read: Program | undefined;
    const program = () => {
      read ??= readProgram(join(code, `${file}.mjs`));
      return read;
    };
    this.#functions.set(properties.name, { properties, program, idle: [], busy: new Map() });
  }

  /** One more program, with the settings of a function that is there and as long as it likes. */
  deployBeside(...beside: Beside): void {
    this.deploy(propertiesBeside(this.#functions.values(), ...beside));
  }

  /** Every function again, from where its code is now. */
  redeploy(): void {
    for (const { properties } of [...this.#functions.values()]) this.deploy(properties);
  }

  async invoke(name: string, event: unknown): Promise<unknown> {
    const deployed = this.#deployed(name);
    const instance = deployed.idle.pop() ?? this.#start(deployed);
    const run = { name, instance: instance.id, event, since: this.#options.clock.now() };
    try {
      const result = await this.#run(deployed, instance, event);
      this.#options.ended?.({ ...run, isCut: false, result });
      deployed.idle.push(instance);
      return result;
    } catch (error) {
      this.#options.ended?.({ ...run, isCut: true });
      if (!instance.isDead) deployed.idle.push(instance);
      throw error;
    }
  }

  answer(name: string, event: unknown): Promise<unknown> {
    return this.invoke(name, event);
  }

  names(): string[] {
    return [...this.#functions.keys()];
  }

  kill(name: string): number {
    const busy = [...this.#deployed(name).busy.keys()];
    for (const instance of busy) this.#end(this.#deployed(name), instance, "was killed");
    return busy.length;
  }

  isBusy(): boolean {
    return [...this.#functions.values()].some(({ busy }) => busy.size > 0);
  }

  /**
   * Promises settle before the event loop turns, and nothing in this thread waits for anything but the clock. Rejects, and
   * so stops the clock, once a function has a program that does not compile or does not begin.
   */
  quiet(): Promise<void> {
    return new Promise((resolve, reject) =>
      setImmediate(() => (this.#unable ? reject(this.#unable) : resolve())),
    );
  }

  async stop(): Promise<void> {
    for (const name of this.names()) this.kill(name);
  }

  async #run(deployed: Deployed, instance: Instance, event: unknown): Promise<unknown> {
    const { clock } = this.#options;
    const { timeoutSeconds } = deployed.properties;
    const deadline = clock.now() + timeoutSeconds * 1_000;
    const context = {
      awsRequestId: `simulated-${++this.#invocations}`,
      getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now()),
    };
    let timeout: Timer | undefined;
    try {
      const death = new Promise<never>((_, reject) => {
        deployed.busy.set(instance, reject);
        const late = () => this.#end(deployed, instance, `timed out after ${timeoutSeconds} s`);
        timeout = clock.at(deadline, "a function times out", late);
      });
      // Events and results are JSON on their way, as in the cloud.
      const work = instance.handler(JSON.parse(JSON.stringify(event ?? null)), context);
      work.catch((error: Error) => {
        if (!instance.isDead) this.#options.failed?.(deployed.properties.name, error);
      });
      const result = await Promise.race([work, death]);
      return JSON.parse(JSON.stringify(result ?? null));
    } finally {
      timeout?.cancel();
      deployed.busy.delete(instance);
    }
  }

  #start(deployed: Deployed): Instance {
    try {
      return this.#begin(deployed);
    } catch (error) {
      this.#unable ??= new Error(`${deployed.properties.name} cannot begin: ${whatIsWrong(error)}`);
      throw this.#unable;
    }
  }

  #begin(deployed: Deployed): Instance {
    const { clock, chance, skew = () => 0 } = this.#options;
    const { name, handler, environment } = deployed.properties;
    const [, exported = ""] = handler.split(".");
    const id = ++this.#instances;
    const instance: Instance = new Instance(id, deployed.program(), exported, {
      clock,
      skew: skew(name),
      chance: chance.of(`instance ${id}`),
      environment,
      dns: this.#options.dns,
      carry: (request, answer) => this.#carry(deployed, instance, request, answer),
      log: (text) => this.#log(name, text),
    });
    return instance;
  }

  #carry(
    deployed: Deployed,
    instance: Instance,
    raw: RawRequest,
    answer: (response: WireResponse) => void,
  ): void {
    const { wire, kills = () => false } = this.#options;
    const request = { ...raw, headers: { ...raw.headers, [SPEAKER]: String(instance.id) } };
    const step = { function: deployed.properties.name, instance: instance.id, request };
    const dies = (when: Step["when"]) => {
      if (!kills({ ...step, when })) return false;
      this.#end(deployed, instance, "was killed");
      return true;
    };
    const exchange = async () => {
      const response = await wire.exchange(request);
      this.#options.observe?.({ ...step, when: "after" }, response);
      if (instance.isDead || dies("after")) return;
      this.#travel(request, "an answer", () => answer(response));
    };
    this.#travel(request, "a request", () => {
      // What a function sent before it died arrives all the same.
      if (!instance.isDead && dies("before")) return;
      void exchange();
    });
  }

  #travel(request: RawRequest, what: string, arrive: () => void): void {
    const { clock, latency } = this.#options;
    if (latency) clock.at(clock.now() + latency(request), what, arrive);
    else arrive();
  }

  #end(deployed: Deployed, instance: Instance, how: string): void {
    if (instance.isDead) return;
    instance.die();
    const reason = `${deployed.properties.name} ${how}`;
    this.#log(deployed.properties.name, reason);
    deployed.busy.get(instance)?.(new Error(reason));
  }

  #log(where: string, text: string): void {
    this.#options.onLog?.({ at: this.#options.clock.now(), where, text });
  }

  #deployed(name: string): Deployed {
    const deployed = this.#functions.get(name);
    if (!deployed) throw new Error(`There is no function ${name}`);
    return deployed;
  }
}
