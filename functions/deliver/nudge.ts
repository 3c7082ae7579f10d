import type { HolderKey } from "../domain/sending/holder.ts";
import { MINUTE } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Services } from "../ports.ts";
import { deliver } from "./deliver.ts";
import { openSlots } from "./governor.ts";

/** A nudge that gets no slot within this leaves its holder to the lanes. */
const PATIENCE = MINUTE / 2;

/** Reads a nudge's body. Throws `event-not-understood`, naming the field. */
export function nudgedHolder(body: string): HolderKey {
  const parsed = parseJson(body) as Partial<HolderKey> | null;
  if (typeof parsed?.subscriber !== "string")
    throw new OperationalError("event-not-understood", "subscriber: missing");
  if (parsed.course !== undefined && typeof parsed.course !== "string") {
    throw new OperationalError("event-not-understood", "course: not a slug");
  }
  return { subscriber: parsed.subscriber, ...(parsed.course && { course: parsed.course }) };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new OperationalError("event-not-understood", "body: not JSON", cause);
  }
}

/** Someone waits for this mail: it does not wait for the next minute. */
export async function deliverNudged(services: Services, holder: HolderKey): Promise<void> {
  await deliver(services, holder, openSlots(services, "urgent"), services.clock.now() + PATIENCE);
}
