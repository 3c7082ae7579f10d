import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What an emulator remembers between runs: one JSON file in the state folder. Without a folder nothing is read
 * or written.
 */
export class Snapshot<T> {
  readonly #folder: string | undefined;
  readonly #file: string;

  constructor(folder: string | undefined, name: string) {
    this.#folder = folder;
    this.#file = join(folder ?? "", `${name}.json`);
  }

  /** What was kept, if anything was. Throws with the file's name if it is not JSON any more. */
  read(): T | undefined {
    if (this.#folder === undefined) return undefined;
    const text = readIfThere(this.#file);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Error(`${this.#file} is damaged; remove it, or the whole folder, to start afresh`, { cause });
    }
  }

  /** Written beside and moved into place, so that a crash leaves the old one. Readable by its owner only. */
  write(value: T): void {
    if (this.#folder === undefined) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
