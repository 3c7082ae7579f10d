/** Something that the course promises did not happen. The message says what was expected and what was seen. */
export class NotAsPromised extends Error {
  override readonly name = "NotAsPromised";
}

/** Counts what held, and stops at the first thing that did not. */
export class Expectations {
  #held = 0;

  held(): number {
    return this.#held;
  }

  /** Throws NotAsPromised unless it is so. `expected` reads "lesson 3 comes at …"; `saw` says what was instead. */
  that(expected: string, isSo: boolean, saw: string): void {
    if (!isSo) throw new NotAsPromised(`expected that ${expected}; ${saw}`);
    this.#held++;
  }

  same<Value>(expected: string, actual: Value, wanted: Value): void {
    this.that(expected, actual === wanted, `it was ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
  }
}
