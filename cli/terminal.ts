import { once } from "node:events";
import { styleText } from "node:util";
import { withoutSteering } from "../functions/domain/controls.ts";

/** Writes a line to standard output, and waits while its reader is slower. Nothing in it steers the terminal. */
export async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${cleanForTerminal(line)}\n`)) await once(process.stdout, "drain");
}

/** Writes to standard error, as `write` does. */
export const writeError = (text: string): void => void process.stderr.write(`${cleanForTerminal(text)}\n`);

/** Nothing but our own bold is left of what a terminal obeys: names, headings and mails are other people's. */
export const cleanForTerminal = (text: string): string =>
  text
    .split(BOLD)
    .map((part, place) => (place % 2 === 1 ? part : withoutSteering(part)))
    .join("");

/** On and off. */
const BOLD = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|22)m)`);

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
