import { type Enrolment, enrolmentDue, mayEnrolment } from "../course/enrolment.ts";
import { maySubscriber, type Subscriber, subscriberDue } from "../people/subscriber.ts";
import type { DuePlace } from "./agenda.ts";
import type { AgendaKey } from "./dispatch.ts";
import { OWNER_KEY, type Owner, ownerDue } from "./owner.ts";

/** An item that carries a consent, and with it an agenda and at most one claim. */
export type Holder = Subscriber | Enrolment | Owner;

/** Names a holder: the subscriber themselves, their enrolment in a course, or the owner (`OWNER_KEY`). */
export interface HolderKey {
  subscriber: string;
  course?: string;
}

export function toHolderKey(holder: Holder): HolderKey {
  if (holder.kind === "owner") return OWNER_KEY;
  return holder.kind === "subscriber"
    ? { subscriber: holder.id }
    : { subscriber: holder.subscriber, course: holder.course };
}

export function placeInIndex(holder: Holder): DuePlace | undefined {
  if (holder.kind === "owner") return ownerDue(holder);
  return holder.kind === "subscriber" ? subscriberDue(holder) : enrolmentDue(holder);
}

/** Whether what stands on its agenda under this key may happen now: a lesson rests while its course is paused. */
export function mayAct(holder: Holder, key: AgendaKey): boolean {
  if (holder.kind === "owner") return true;
  return holder.kind === "subscriber" ? maySubscriber(holder, key) : mayEnrolment(holder, key);
}
