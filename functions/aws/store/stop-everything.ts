import { withLeft } from "../../domain/course/enrolment.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import { type Subscriber, withStop } from "../../domain/people/subscriber.ts";
import { FINISH_STOP_KEY, withoutEntry } from "../../domain/sending/agenda.ts";
import type { AddressStore, Clock, HolderStore } from "../../ports.ts";
import { GRAVITY } from "./gravity.ts";

type Stores = Pick<HolderStore, "holder" | "enrolments" | "change"> & Pick<AddressStore, "suppress">;

/**
 * The order is the promise: the suppression first, so that no sign-up brings the address back; then the subscriber,
 * whose `finish-stop` lets the lanes finish what a kill has cut short; then each enrolment.
 */
export function openStops(store: Stores, clock: Clock): Pick<HolderStore, "stopEverything"> {
  return {
    async stopEverything(id, reason, consent) {
      const { change } = store;
      const subscriber = (await store.holder({ subscriber: id })) as Subscriber | undefined;
      if (!subscriber) return;
      const now = clock.now();
      // A complaint about a person who was erased: there is nothing to stop, and they must not be mailed again.
      const isErased = subscriber.erasedAt !== undefined;
      // A rehearsal's address is never mailed again, and must leave nothing behind.
      const isSuppressed = !isRehearsal(id) && (!isErased || reason !== "reader");
      if (isSuppressed) await store.suppress(subscriber.addressHash, reason);
      if (isErased) return;
      await change(subscriber, (current) => {
        const graver = GRAVITY[reason] > GRAVITY[current.stoppedBy ?? "reader"];
        return current.status === "stopped" && !graver ? current : withStop(current, reason, consent, now);
      });
      for (const enrolment of await store.enrolments(id)) await change(enrolment, withLeft);
      await change(subscriber, (current) =>
        current.agenda[FINISH_STOP_KEY]
          ? { ...current, agenda: withoutEntry(current.agenda, (key) => key === FINISH_STOP_KEY) }
          : current,
      );
    },
  };
}
