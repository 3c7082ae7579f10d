import { createHash } from "node:crypto";

/**
 * All chance of a simulation, from one seed. A part of the world draws from a source of its own, named after it,
 * so that one more draw here does not change what happens there.
 */
export class Chance {
  readonly #seed: string;
  readonly #state: Uint32Array;

  constructor(seed: string) {
    this.#seed = seed;
    const digest = createHash("sha256").update(seed).digest();
    this.#state = Uint32Array.from({ length: 4 }, (_, at) => digest.readUInt32LE(at * 4));
  }

  of(name: string): Chance {
    return new Chance(`${this.#seed}/${name}`);
  }

  /** 32 random bits: sfc32, which passes the usual tests and needs four words. */
  bits(): number {
    const state = this.#state;
    const [a, b, c, d] = state as unknown as [number, number, number, number];
    const sum = (a + b + d) >>> 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = d + 1;
    return sum;
  }

  /** From 0, below 1. */
  fraction(): number {
    return this.bits() / 0x1_0000_0000;
  }

  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  below(end: number): number {
    return this.between(0, end - 1);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  bytes(count: number): Buffer {
    const bytes = Buffer.alloc(count);
    for (let at = 0; at < count; at++) bytes[at] = this.bits() >>> 24;
    return bytes;
  }

  uuid(): string {
    const hex = this.bytes(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
