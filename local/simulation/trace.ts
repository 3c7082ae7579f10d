import { createHash } from "node:crypto";
import type { Violation } from "./counts.ts";

type TraceFields = Record<string, string | number | boolean | undefined>;

/** A line of what happened. `who` is an address, or the name of a part of the world. */
export interface TraceLine {
  at: string;
  who: string;
  event: string;
  [field: string]: string | number | boolean | undefined;
}

export interface Broken {
  violation: Violation;
  who: string;
  how: string;
}

/** What happened, in its order; and of the first broken promises, all that happened to the reader. */
export class Trace {
  readonly broken: Broken[] = [];
  readonly #now: () => number;
  readonly #told: (line: TraceLine) => void;
  readonly #hash = createHash("sha256");
  readonly #lines = new Map<string, TraceLine[]>();

  constructor(now: () => number, told: (line: TraceLine) => void = () => undefined) {
    this.#now = now;
    this.#told = told;
  }

  tell(who: string, event: string, fields: TraceFields = {}): void {
    const line: TraceLine = { at: new Date(this.#now()).toISOString(), who, event, ...fields };
    this.#hash.update(`${JSON.stringify(line)}\n`);
    const lines = this.#lines.get(who);
    if (lines) lines.push(line);
    else this.#lines.set(who, [line]);
    this.#told(line);
  }

  breaks(violation: Violation, who: string, how: string): void {
    this.tell(who, "BROKEN", { violation, how });
    this.broken.push({ violation, who, how });
  }

  of(who: string): TraceLine[] {
    return this.#lines.get(who) ?? [];
  }

  /** The same for the same run, byte for byte. Ends the trace. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }
}
