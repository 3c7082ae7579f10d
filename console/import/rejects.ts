import { closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import { ArgumentError } from "../../cli/arguments.ts";
import { csvLine } from "../cells.ts";
import { type OutFile, openOutFile } from "../out-file.ts";
import { REASONS, type Reject } from "./candidate.ts";

/** Of what stands in place of an address. */
const MOST_GIVEN = 300;
const HEADING = csvLine(["line", "address", "reason", "what is wrong"]);

/** The rows that add no person, as CSV: made with the first of them. */
export interface Rejects {
  add(reject: Reject): Promise<void>;
  /** The file, if there is one. */
  finish(): Promise<string | undefined>;
}

/** Takes the place of an earlier file of rejects, and of nothing else. Throws an ArgumentError. */
export function openRejects(file: string): Rejects {
  if (existsSync(file) && !isOfRejects(file))
    throw new ArgumentError(`${file} is there and no file of rejects. Name another: --rejects FILE.`);
  rmSync(file, { force: true });
  let out: OutFile | undefined;
  return {
    async add({ line, given, reason, says }) {
      if (!out) {
        out = openOutFile(file);
        await out.write(HEADING);
      }
      await out.write(csvLine([String(line), given.slice(0, MOST_GIVEN), REASONS[reason], says]));
    },
    async finish() {
      await out?.close();
      return out && file;
    },
  };
}

function isOfRejects(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const beginning = Buffer.alloc(Buffer.byteLength(HEADING));
    const read = readSync(descriptor, beginning);
    return read === 0 || beginning.toString() === HEADING;
  } finally {
    closeSync(descriptor);
  }
}

/** Kept in memory alone, the first of them. @param most that are kept */
export function rejectsInMemory(most: number): Rejects & { list: readonly Reject[] } {
  const list: Reject[] = [];
  return {
    list,
    add: async (reject) => void (list.length < most && list.push(reject)),
    finish: async () => undefined,
  };
}
