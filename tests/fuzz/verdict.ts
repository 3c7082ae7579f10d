import { readFileSync, writeFileSync } from "node:fs";

/** A mail of any size keeps nobody busy for longer, and takes no more memory beside itself. */
const MOST_MS = 500;
const MOST_MB = 50;

const MB = 1024 * 1024;

/** What reading one mail took. */
export interface Taken {
  /** Of processor. */
  ms: number;
  /** The most that the process had above what it had before, the mail itself left out. */
  mb: number;
  /** The stack of a failure that is no refusal. */
  crash?: string;
}

/** Reads one mail, and measures it. */
export async function measureReading(mail: Buffer, read: (mail: Buffer) => Promise<void>): Promise<Taken> {
  global.gc?.();
  const before = forgetPeak();
  const begun = process.cpuUsage();
  const crash = await read(mail).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const { user, system } = process.cpuUsage(begun);
  const mb = Math.max(0, peak() - before) / MB;
  return { ms: (user + system) / 1_000, mb, ...(crash !== undefined && { crash }) };
}

/** What is wrong with it, in words; undefined if nothing is. */
export function describeFault({ ms, mb, crash }: Taken): string | undefined {
  if (crash !== undefined) return `crashes: ${crash.split("\n").slice(0, 4).join(" | ")}`;
  if (ms > MOST_MS) return `takes ${ms.toFixed(0)} ms of processor; ${MOST_MS} at the most`;
  if (mb > MOST_MB) return `takes ${mb.toFixed(0)} MB; ${MOST_MB} at the most`;
  return undefined;
}

/**
 * Linux forgets the most that a process ever had when told so, which makes one mail's peak its own. Elsewhere only a mail
 * that takes more than all before it shows.
 */
function forgetPeak(): number {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return peak();
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

/** In bytes. */
function peak(): number {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync("/proc/self/status", "latin1")) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
