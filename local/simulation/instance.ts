import nodeCrypto from "node:crypto";
import { createRequire } from "node:module";
import nodeProcess from "node:process";
import vm from "node:vm";
import type { Timer, VirtualClock } from "../aws/clock.ts";
import type { DnsServer } from "../aws/dns.ts";
import type { Chance } from "./random.ts";
import { type Carry, httpOver } from "./requests.ts";
import { resolverOver } from "./resolver.ts";

export type Handler = (event: unknown, context: object) => Promise<unknown>;

/** A bundle as this thread can start it again and again: the deployed file, its `import` lines made calls. */
export type Program = (...globals: unknown[]) => void;

/** What of the platform would bring in the real time, real chance, or the real world: each instance has its own. */
const INJECTED = [
  ...["__require", "module", "globalThis", "process", "console", "crypto", "performance"],
  ...["Date", "Math", "setTimeout", "setInterval", "setImmediate"],
  ...["clearTimeout", "clearInterval", "clearImmediate"],
] as const;

/**
 * Makes a program of a bundle's text.
 * @param file it was read from, and is called by in stack traces
 */
export function compileProgram(text: string, file: string): Program {
  const code = `(function(${INJECTED.join(",")}){"use strict";${asFunctionBody(text)}\n})`;
  return new vm.Script(code, { filename: file }).runInThisContext() as Program;
}

const IMPORT = /(?<=^|[;}\n])import(?: ([\w$]+) ?|\*as ([\w$]+) ?|(\{[^{}]*\}))from"([\w:/]+)";/g;
const LATE_IMPORT = /(?<![\w$.])import\(("[\w:/]+")\)/g;
const EXPORT = /(?<=[;}\n])export(\{[^{}]*\});\s*$/;
const RENAMED = /([\w$]+) as ([\w$]+)/g;

/**
 * The text of a module, as the bundler prints it, in words that a function may hold: 5 ms a bundle. Tried and left out:
 * esbuild, which reads all of it again (250 ms of a processor). What is not understood stays, and is an error of syntax.
 */
const asFunctionBody = (text: string): string =>
  text
    .replace(IMPORT, (_, whole = "", all = "", names = "", from = "") => {
      const called = whole || all || names.replace(RENAMED, "$1:$2");
      return `const ${called}=__require("${from}");`;
    })
    .replace(LATE_IMPORT, "Promise.resolve().then(()=>__require($1))")
    .replaceAll("import.meta.url", '"file:///function/index.mjs"')
    .replace(EXPORT, (_, names: string) => `module.exports=${names.replace(RENAMED, "$2:$1")};`);

export interface Surroundings {
  clock: VirtualClock;
  /** How far this instance's clock is from the true one, in ms. */
  skew: number;
  chance: Chance;
  environment: Record<string, string>;
  carry: Carry;
  dns: DnsServer;
  log: (text: string) => void;
}

/** One instance of a function. Dead, it hears nothing any more: neither its timers nor its answers. */
export class Instance {
  readonly id: number;
  readonly skew: number;
  readonly handler: Handler;
  readonly #timers = new Map<number, Timer>();
  readonly #clock: VirtualClock;
  #timerCount = 0;
  isDead = false;

  constructor(id: number, program: Program, exported: string, around: Surroundings) {
    this.id = id;
    this.skew = around.skew;
    this.#clock = around.clock;
    const module = { exports: {} as Record<string, Handler> };
    const globals = this.#globals(around);
    const provided: Record<string, unknown> = {
      ...globals,
      __require: makeRequire(this.#modules(around, globals)),
      module,
    };
    program(...INJECTED.map((name) => provided[name]));
    const handler = module.exports[exported];
    if (!handler) throw new Error(`The bundle exports no "${exported}"`);
    this.handler = handler;
  }

  now(): number {
    return this.#clock.now() + this.skew;
  }

  die(): void {
    this.isDead = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #globals({ chance, environment, log }: Surroundings): Record<string, unknown> {
    const now = () => this.now();
    const say = (...values: unknown[]) => log(values.map(String).join(" "));
    const clear = (handle: unknown) => this.#clear(handle);
    const timer = (run: (...values: unknown[]) => void, ms: number, ...values: unknown[]) =>
      this.#timer(() => run(...values), ms);
    const repeated = (run: () => void, ms: number): number =>
      this.#timer(() => {
        run();
        repeated(run, ms);
      }, ms);
    const own: Record<string, unknown> = {
      process: Object.create(nodeProcess, { env: { value: { ...environment } } }),
      console: { ...console, log: say, info: say, warn: say, error: say },
      crypto: seededCrypto(chance),
      performance: { now },
      Date: virtualDate(now),
      Math: Object.create(Math, { random: { value: () => chance.fraction() } }),
      setTimeout: timer,
      setInterval: repeated,
      setImmediate: (run: (...values: unknown[]) => void, ...values: unknown[]) => timer(run, 0, ...values),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    };
    const properties = Object.entries(own).map(([name, value]) => [name, { value, writable: true }]);
    return { ...own, globalThis: Object.create(globalThis, Object.fromEntries(properties)) };
  }

  #modules({ carry, dns }: Surroundings, globals: Record<string, unknown>): Record<string, unknown> {
    const http = httpOver(
      (request, answer) => carry(request, (response) => !this.isDead && answer(response)),
      (ms, run) => {
        const id = this.#timer(run, ms);
        return () => this.#clear(id);
      },
    );
    return {
      ...{ http, https: http, process: globals.process, crypto: globals.crypto },
      ...{ "fs/promises": NO_FILES, "dns/promises": { Resolver: resolverOver(dns) } },
    };
  }

  #timer(run: () => void, ms: number): number {
    if (this.isDead) return 0;
    const id = ++this.#timerCount;
    const at = this.#clock.now() + Math.max(0, Math.ceil(Number(ms) || 0));
    const fire = () => {
      this.#timers.delete(id);
      run();
    };
    this.#timers.set(id, this.#clock.at(at, "a function's timer", fire));
    return id;
  }

  #clear(handle: unknown): void {
    const id = Number(handle);
    this.#timers.get(id)?.cancel();
    this.#timers.delete(id);
  }
}

const RealDate = Date;

function virtualDate(now: () => number): DateConstructor {
  class VirtualDate extends RealDate {
    constructor(...values: unknown[]) {
      if (values.length === 0) super(now());
      else super(...(values as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  return VirtualDate as unknown as DateConstructor;
}

function seededCrypto(chance: Chance): object {
  const fill = <T extends ArrayBufferView>(view: T): T => {
    Buffer.from(view.buffer, view.byteOffset, view.byteLength).set(chance.bytes(view.byteLength));
    return view;
  };
  const own = {
    randomBytes: (count: number) => chance.bytes(count),
    randomUUID: () => chance.uuid(),
    randomFillSync: fill,
    getRandomValues: fill,
  };
  return { ...nodeCrypto, ...own, webcrypto: own };
}

/** The SDK looks for settings in the home folder, which a function has none of. */
const NO_FILES = {
  readFile: () => Promise.reject(Object.assign(new Error("no such file"), { code: "ENOENT" })),
};

const realRequire = createRequire(import.meta.url);

const makeRequire =
  (modules: Record<string, unknown>) =>
  (name: string): unknown => {
    const bare = name.replace(/^node:/, "");
    if (bare === "module") return { createRequire: () => makeRequire(modules) };
    return modules[bare] ?? realRequire(name);
  };
