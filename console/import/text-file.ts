import { createReadStream, existsSync, statSync } from "node:fs";
import { ArgumentError } from "../../cli/arguments.ts";

/** A file of text to be read, more than once: of this disk, or one that is only in memory. */
export interface TextFile {
  /** As messages call it. */
  name: string;
  bytes(): AsyncIterable<Buffer>;
}

/** Throws an ArgumentError if it is not there. */
export function fileOnDisk(path: string): TextFile {
  if (!existsSync(path)) throw new ArgumentError(`There is no file ${path}.`);
  if (!statSync(path).isFile()) throw new ArgumentError(`${path} is no file. Name the CSV file itself.`);
  return { name: path, bytes: () => createReadStream(path) as AsyncIterable<Buffer> };
}

export const fileInMemory = (name: string, bytes: Buffer): TextFile => ({
  name,
  async *bytes() {
    yield bytes;
  },
});
