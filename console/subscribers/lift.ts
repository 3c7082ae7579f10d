import { ownersRecord } from "../../functions/domain/people/consent.ts";
import { type StopReason, type Subscriber, withConsent } from "../../functions/domain/people/subscriber.ts";
import type { Services } from "../../functions/ports.ts";

/** In the records of consent: to lift a suppression is no consent to anything. */
const SUPPRESSION = "suppression";

interface Lifting {
  hash: string;
  /** Undefined for an address that is free. */
  subscriber: string | undefined;
  /** What stood when the owner decided; anything graver that came since stays. */
  reason: StopReason;
  because: string;
}

/**
 * Lifts a suppression at the owner's word. The record comes first, so that none is lifted without one. It brings
 * no one back: a person who was stopped stays so until they sign up. False if another reason stands meanwhile.
 */
export async function lift({ store, clock }: Services, lifting: Lifting): Promise<boolean> {
  const { hash, reason, because } = lifting;
  const subscriber = lifting.subscriber && (await store.subscriber(lifting.subscriber));
  if (subscriber) {
    const record = ownersRecord("changed", SUPPRESSION, because, clock.now());
    const withLifted = (current: Subscriber): Subscriber => ({
      ...current,
      consents: withConsent(current.consents, record),
      ...(current.stoppedBy === reason && { stoppedBy: "reader", liftedFrom: reason }),
    });
    await store.change(subscriber, (current) =>
      current.erasedAt === undefined ? withLifted(current) : current,
    );
  }
  await store.liftSuppression(hash, reason);
  return (await store.suppression(hash)) === undefined;
}
