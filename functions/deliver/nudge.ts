import { runErrand } from "../consent/errands/run-errand.ts";
import { ERRANDS, type Errand } from "../domain/people/errand.ts";
import type { HolderKey } from "../domain/sending/holder.ts";
import { MINUTE } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Services } from "../ports.ts";
import { deliver } from "./deliver.ts";
import { openSlots } from "./governor.ts";

/** A nudge that gets no slot within this leaves its holder to the lanes. */
const PATIENCE = MINUTE / 2;

/** Reads a nudge's body, or that of an errand. Throws `event-not-understood`, naming the field. */
export function readNudge(body: string): HolderKey | Errand {
  const parsed = parseJson(body) as Partial<HolderKey & Errand> | null;
  if (parsed?.does !== undefined) return readErrand(parsed);
  if (typeof parsed?.subscriber !== "string")
    throw new OperationalError("event-not-understood", "subscriber: missing");
  if (parsed.course !== undefined && typeof parsed.course !== "string") {
    throw new OperationalError("event-not-understood", "course: not a slug");
  }
  return { subscriber: parsed.subscriber, ...(parsed.course && { course: parsed.course }) };
}

function readErrand(parsed: Partial<Errand>): Errand {
  if (!ERRANDS.has(parsed.does as string))
    throw new OperationalError("event-not-understood", "does: no errand of ours");
  if (typeof parsed.at !== "number") throw new OperationalError("event-not-understood", "at: missing");
  return parsed as Errand;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new OperationalError("event-not-understood", "body: not JSON", cause);
  }
}

/** Someone waits for this mail: it does not wait for the next minute. An errand makes it due first. */
export async function deliverNudged(services: Services, nudge: HolderKey | Errand): Promise<void> {
  const holder = "does" in nudge ? await runErrand(services, nudge) : nudge;
  if (!holder) return;
  await deliver(services, holder, openSlots(services, "urgent"), services.clock.now() + PATIENCE);
}
