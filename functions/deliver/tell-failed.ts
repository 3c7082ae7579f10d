import { OperationalError } from "../errors.ts";
import type { Needs } from "../ports.ts";

/** Counts a mail that could not be worked on, and tells the owner. */
export async function tellFailed(
  { log, alarms }: Needs<unknown, "log" | "alarms">,
  error: unknown,
): Promise<void> {
  log.count("DeliveryFailed");
  await alarms.see("delivery-failed", error instanceof OperationalError ? error.code : (error as Error).name);
}
