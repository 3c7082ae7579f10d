import { withLeft } from "../domain/course/enrolment.ts";
import { LEAVE_TEXT, shown } from "../domain/people/consent.ts";
import { type Consent, type Subscriber, withConsent } from "../domain/people/subscriber.ts";
import type { Instant } from "../domain/time.ts";
import { EVERYTHING, NEWSLETTER } from "../links/links.ts";
import type { Services } from "../ports.ts";

/**
 * Takes a person off lists, or stops everything. Nothing is sent for them once it has returned. Idempotent.
 * @param at when they asked
 */
export async function leave(
  services: Services,
  id: string,
  lists: string[] | typeof EVERYTHING,
  at: Instant,
): Promise<void> {
  const subscriber = await services.store.subscriber(id);
  if (!subscriber) return;
  if (lists === EVERYTHING) await services.store.stopEverything(id, "reader", withWithdrawal(EVERYTHING, at));
  else for (const list of lists) await leaveList(services, subscriber, list, at);
  services.log.info("left", { subscriber: id, lists: String(lists) });
}

async function leaveList(
  services: Services,
  subscriber: Subscriber,
  list: string,
  at: Instant,
): Promise<void> {
  const { store } = services;
  const enrolment = list === NEWSLETTER ? undefined : await store.enrolment(subscriber.id, list);
  if (enrolment)
    await store.change(enrolment, (current) => (current.status === "left" ? current : withLeft(current)));
  await store.change(subscriber, (current) => withConsentRecord(current, withWithdrawal(list, at)));
}

/** The subscriber with the withdrawal recorded once, however often the mail is delivered. */
function withConsentRecord(subscriber: Subscriber, consent: Consent): Subscriber {
  const isKnown = subscriber.consents.some(
    (known) => known.event === consent.event && known.list === consent.list && known.at === consent.at,
  );
  if (isKnown) return subscriber;
  const newsletter = consent.list === NEWSLETTER ? false : subscriber.newsletter;
  return { ...subscriber, newsletter, consents: withConsent(subscriber.consents, consent) };
}

const withWithdrawal = (list: string, at: Instant): Consent => ({
  event: "withdrawn",
  at,
  list,
  ...shown(LEAVE_TEXT),
  source: "reply",
  actor: "self",
});
