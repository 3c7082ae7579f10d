import { withLeft } from "../domain/course/enrolment.ts";
import { type Consent, type Subscriber, withConsent } from "../domain/people/subscriber.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import type { HolderStore, Needs } from "../ports.ts";

/**
 * Takes a person off the list that the withdrawal names: a course, the newsletter or everything. Nothing is claimed
 * for it once this has returned. Leaving twice is leaving once. A request that is delivered to us again after they
 * have come back changes nothing.
 * @param withdrawal the record that is kept of it; `at` is when they asked
 */
export async function leave(
  { store, log }: Needs<HolderStore, "log">,
  id: string,
  withdrawal: Consent,
): Promise<void> {
  const subscriber = await store.subscriber(id);
  if (!subscriber || hasComeBackSince(subscriber, withdrawal)) return;
  if (withdrawal.list === EVERYTHING) await store.stopEverything(id, "reader", withdrawal);
  else await leaveList(store, subscriber, withdrawal);
  log.info("left", { subscriber: id, list: withdrawal.list });
}

/** The enrolment first: a request that is killed in between is recorded when it is delivered again. */
async function leaveList(store: HolderStore, subscriber: Subscriber, withdrawal: Consent): Promise<void> {
  const { list } = withdrawal;
  const enrolment = list === NEWSLETTER ? undefined : await store.enrolment(subscriber.id, list);
  if (enrolment) await store.change(enrolment, withLeft);
  await store.change(subscriber, (current) => withListLeft(current, withdrawal));
}

function withListLeft(subscriber: Subscriber, withdrawal: Consent): Subscriber {
  const { list } = withdrawal;
  const wasLeft = subscriber.consents.findLast((consent) => consent.list === list)?.event === "withdrawn";
  const newsletter = subscriber.newsletter && list !== NEWSLETTER;
  if (wasLeft && newsletter === subscriber.newsletter) return subscriber;
  return { ...subscriber, newsletter, consents: withConsent(subscriber.consents, withdrawal) };
}

/** This very withdrawal was recorded before, and they have said yes since. */
function hasComeBackSince({ consents }: Subscriber, { list, at }: Consent): boolean {
  const isKnown = consents.some(
    (known) => known.event === "withdrawn" && known.list === list && known.at === at,
  );
  const isYes = (later: Consent) =>
    later.event === "confirmed" && later.at > at && (later.list === list || list === EVERYTHING);
  return isKnown && consents.some(isYes);
}
