/** Half full at the most: then it is made twice as large. */
const FIRST_SIZE = 1 << 12;
/** Of a hash in hexadecimal, what is kept: 64 bits. Among a million addresses two agree once in 37 million files. */
const HALF = 8;

const halves = (hash: string): [number, number] => [
  Number.parseInt(hash.slice(0, HALF), 16),
  Number.parseInt(hash.slice(HALF, 2 * HALF), 16),
];

/** Which addresses of a file were read, and in which line: 12 bytes a place, so that a million rows fit. */
export class Seen {
  #count = 0;
  #table = new Uint32Array(FIRST_SIZE * 3);

  /** The line for which this hash was noted. */
  findLine(hash: string): number | undefined {
    return this.#table[this.#findSlot(...halves(hash)) + 2] || undefined;
  }

  /** The line in which this hash stood first, if it did; else it is noted for this line. */
  firstLine(hash: string, line: number): number | undefined {
    const [one, other] = halves(hash);
    const at = this.#findSlot(one, other);
    if (this.#table[at + 2] !== 0) return this.#table[at + 2];
    this.#table.set([one, other, line], at);
    this.#count++;
    if (this.#count * 2 > this.#table.length / 3) this.#grow();
    return undefined;
  }

  /** The hash's own place, or the free one behind it that it would take. */
  #findSlot(one: number, other: number): number {
    const size = this.#table.length / 3;
    let place = one % size;
    const isTaken = (at: number) =>
      this.#table[at + 2] !== 0 && (this.#table[at] !== one || this.#table[at + 1] !== other);
    while (isTaken(place * 3)) place = (place + 1) % size;
    return place * 3;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 3) {
      const [one, other, line] = before.subarray(at, at + 3) as unknown as [number, number, number];
      if (line !== 0) this.#table.set([one, other, line], this.#findSlot(one, other));
    }
  }
}
