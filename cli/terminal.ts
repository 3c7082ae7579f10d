import { once } from "node:events";
import { styleText } from "node:util";

/** Writes a line to standard output, and waits while its reader is slower. */
export async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** A heading, in bold where a person looks on: not into a pipe or a file, and not with NO_COLOR. */
export const heading = (text: string): string =>
  styleText("bold", text, { validateStream: true, stream: process.stdout });

/** How far something has come: one line on standard error that is written over, where someone looks on. */
export function tell(what: string, done: number, of?: number): void {
  const now = performance.now();
  if (!process.stderr.isTTY || (done !== of && now - toldAt < EVERY_MS)) return;
  isTold = true;
  toldAt = now;
  process.stderr.write(`\r${progressLine(what, done, of)}${CLEAR_TO_THE_END}`);
}

/** Ends the line that is written over, if there is one. */
export function endTold(): void {
  if (isTold) process.stderr.write("\r\u001b[K");
  isTold = false;
}

/** With a bar, where it is known how many it will be. */
export function progressLine(what: string, done: number, of?: number): string {
  const count = done.toLocaleString("en");
  if (of === undefined) return `${count} ${what}`;
  const filled = of === 0 ? WIDTH : Math.floor((done / of) * WIDTH);
  return `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${count} of ${of.toLocaleString("en")} ${what}`;
}

const WIDTH = 30;
/** A terminal that is written to more often only slows down what it tells of. */
const EVERY_MS = 100;
let toldAt = Number.NEGATIVE_INFINITY;
let isTold = false;
const CLEAR_TO_THE_END = "\u001b[K";
