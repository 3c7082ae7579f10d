import { once } from "node:events";
import { createWriteStream, openSync } from "node:fs";
import type { Writable } from "node:stream";
import { ArgumentError } from "../cli/arguments.ts";

/** A file that is written piece by piece. */
export interface OutFile {
  /** Returns when there is room for more. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** A file of personal data: its owner's alone. Throws an ArgumentError if it cannot be written. */
export function openOutFile(file: string): OutFile {
  try {
    const stream = createWriteStream(file, { fd: openSync(file, "w", 0o600) });
    return {
      write: (text) => into(stream, text),
      async close() {
        stream.end();
        await once(stream, "close");
      },
    };
  } catch (error) {
    throw new ArgumentError(`${file} cannot be written: ${(error as Error).message}. Name another file.`);
  }
}

/** Waits while its reader is slower. */
export async function into(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
