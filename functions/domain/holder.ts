import type { DuePlace } from "./agenda.ts";
import { type Enrolment, enrolmentDue } from "./enrolment.ts";
import { type Subscriber, subscriberDue } from "./subscriber.ts";

/** An item that carries a consent, and with it an agenda and at most one claim. */
export type Holder = Subscriber | Enrolment;

/** Names a holder: the subscriber themselves, or their enrolment in a course. */
export interface HolderKey {
  subscriber: string;
  course?: string;
}

export function keyOf(holder: Holder): HolderKey {
  return holder.kind === "subscriber"
    ? { subscriber: holder.id }
    : { subscriber: holder.subscriber, course: holder.course };
}

export function placeInIndex(holder: Holder): DuePlace | undefined {
  return holder.kind === "subscriber" ? subscriberDue(holder) : enrolmentDue(holder);
}
