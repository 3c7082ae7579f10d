import { writeSync } from "node:fs";
import { FAMILIES, readWhole } from "../bench/hostile.ts";
import { listBeginnings, mutatedMail } from "./mutations.ts";
import { describeFault, measureReading, type Taken } from "./verdict.ts";

/**
 * Reads the mails of a seed from one number on, in a process that may hang or run out of memory: whoever started it
 * watches. A line on standard output says which mail is begun, and what a mail took that seems too much.
 */
const [, , seed = "", from = "0", count = "Infinity"] = process.argv;

/** At its usual speed before it is measured: what a function compiles at its first mail is no mail's fault. */
const WARMING_BYTES = 16 * 1024;

const tell = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);

for (const make of Object.values(FAMILIES)) await readWhole(make(WARMING_BYTES));
const beginnings = listBeginnings();
for (let number = Number(from); number < Number(from) + Number(count); number++) {
  const { mail, made } = mutatedMail(seed, number, beginnings);
  tell({ begun: number, bytes: mail.length });
  const taken: Taken = await measureReading(mail, readWhole);
  tell({ number, made, bytes: mail.length, ...taken, fault: describeFault(taken) });
}
