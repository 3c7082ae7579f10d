import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { type HolderKey, placeInIndex, toHolderKey } from "../../functions/domain/sending/holder.ts";
import type { Services } from "../../functions/ports.ts";
import type { TestClock } from "./table.ts";

const MINUTE = 60_000;

/** Sends what is due for one person, moment by moment, until a time; the clock then stands there. */
export async function deliverUntil(
  services: Services,
  clock: TestClock,
  subscriber: string,
  end: number,
): Promise<void> {
  for (;;) {
    const due = await nextDue(services, subscriber);
    if (!due || due.at > end) break;
    clock.set(Math.max(clock.now(), due.at));
    const outcome = await deliver(services, due.key, openSlots(services, "urgent"), clock.now() + MINUTE);
    if (outcome === "later" || outcome === "idle") throw new Error(`What was due at ${due.at} is ${outcome}`);
  }
  clock.set(end);
}

async function nextDue({ store }: Services, id: string): Promise<{ key: HolderKey; at: number } | undefined> {
  const person = await store.subscriber(id);
  const holders = [...(person ? [person] : []), ...(await store.enrolments(id))];
  const due = holders.flatMap((holder) => {
    const place = placeInIndex(holder);
    return place ? [{ key: toHolderKey(holder), at: place.dueAt }] : [];
  });
  return due.sort((one, other) => one.at - other.at)[0];
}
