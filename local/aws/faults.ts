import type { ServiceName, WireRequest } from "./request.ts";

/** What can go wrong between a client and a service, on the wire. */
export type Fault =
  /** The service says that it is asked too often, in its own words. Nothing is done. */
  | { kind: "throttle" }
  /** The service refuses with this code. Nothing is done. */
  | { kind: "reject"; code: string; message: string; status?: number }
  /** The connection breaks before the service sees the request. Nothing is done. */
  | { kind: "lose-request" }
  /** The service does what it is asked; its answer never arrives: the connection breaks, or stays silent. */
  | { kind: "lose-answer"; how?: "reset" | "silence" }
  /** The request is on its way for this many milliseconds of virtual time before the service sees it. */
  | { kind: "delay"; ms: number }
  /** The service does what it is asked; its answer is on its way for this many milliseconds. */
  | { kind: "delay-answer"; ms: number }
  /** The service sees the request twice, as after a retry in a network box; the second answer arrives. */
  | { kind: "duplicate" };

/** Which requests a fault hits. */
export interface Target {
  service: ServiceName;
  /** `SendRawEmail`, `PutItem` …; every action if left out. */
  action?: string;
  /** How many requests are hit; 1 if left out. */
  times?: number;
  /** How many matching requests are let through first; 0 if left out. */
  after?: number;
  when?: (request: WireRequest) => boolean;
}

interface Injection {
  /** How many requests it has hit. */
  hits(): number;
  remove(): void;
}

interface Live {
  target: Target;
  fault: Fault;
  passed: number;
  hits: number;
}

/** The faults in force. Each request meets at most one: the one injected first that matches. */
export class Faults {
  #live: Live[] = [];
  /** Asked about every request that no injected fault matches. */
  otherwise: (request: WireRequest) => Fault | undefined = () => undefined;

  inject(target: Target, fault: Fault): Injection {
    const live = { target, fault, passed: 0, hits: 0 };
    this.#live.push(live);
    return {
      hits: () => live.hits,
      remove: () => {
        this.#live = this.#live.filter((each) => each !== live);
      },
    };
  }

  clear(): void {
    this.#live = [];
  }

  /** The fault that this request meets, used up by it. */
  take(request: WireRequest): Fault | undefined {
    return this.#live.find((live) => hits(live, request))?.fault ?? this.otherwise(request);
  }
}

function hits(live: Live, request: WireRequest): boolean {
  const { target } = live;
  if (live.hits >= (target.times ?? 1) || target.service !== request.service) return false;
  if (target.action !== undefined && target.action !== request.action) return false;
  if (target.when !== undefined && !target.when(request)) return false;
  if (live.passed++ < (target.after ?? 0)) return false;
  live.hits++;
  return true;
}
