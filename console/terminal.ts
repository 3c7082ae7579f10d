import { once } from "node:events";
import { styleText } from "node:util";

/** Writes a line to standard output, and waits where whoever reads is slower. */
export async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** A heading, in bold where a person looks on: not into a pipe or a file, and not with NO_COLOR. */
export const heading = (text: string): string =>
  styleText("bold", text, { validateStream: true, stream: process.stdout });

/** How far something has come: one line on standard error that is written over, where somebody looks on. */
export function tell(what: string, done: number, of?: number): void {
  if (!process.stderr.isTTY) return;
  const count = of === undefined ? `${done}` : `${done} of ${of}`;
  isTold = true;
  process.stderr.write(`\r${count} ${what}${CLEAR_TO_THE_END}`);
}

/** Ends the line that is written over, if there is one. */
export function endTold(): void {
  if (isTold) process.stderr.write("\r\u001b[K");
  isTold = false;
}

let isTold = false;
const CLEAR_TO_THE_END = "\u001b[K";
