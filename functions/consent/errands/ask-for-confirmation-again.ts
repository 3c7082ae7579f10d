import type { ConfirmAgainErrand } from "../../domain/people/errand.ts";
import { asksForConfirmation, listsToConfirm, type Subscriber } from "../../domain/people/subscriber.ts";
import { readDispatchId } from "../../domain/sending/dispatch.ts";
import type { Instant } from "../../domain/time.ts";
import type { LedgerStore, Needs, Services } from "../../ports.ts";
import { isAdmitted } from "../admission.ts";

/** One more confirmation, within the same limits, while the sign-up is kept. Returns whose mail is due. */
export async function askForConfirmationAgain(
  services: Services,
  { subscriber: id, network, asking }: ConfirmAgainErrand,
  at: Instant,
): Promise<string | undefined> {
  const subscriber = await services.store.subscriber(id);
  if (!subscriber || !mayAskAgain(subscriber, at)) return undefined;
  if (await hasLeft(services, id, at)) return undefined;
  if (!(await isAdmitted(services, { address: subscriber.address, network }, asking))) return undefined;
  await services.store.change(subscriber, (current) =>
    mayAskAgain(current, at) ? asksForConfirmation(current, at) : current,
  );
  return id;
}

/** The queue has brought it a second time, and the confirmation that was asked for at this moment is on its way. */
async function hasLeft({ store }: Needs<LedgerStore>, id: string, at: Instant): Promise<boolean> {
  const ledger = await store.ledger(id);
  return ledger.some(({ dispatch: sent }) => {
    const dispatch = readDispatchId(sent);
    return dispatch?.kind === "confirmation" && dispatch.slug.startsWith(`${at}-`);
  });
}

/** Something waits for its button: the first sign-up, or that of a reader who asked for one more list. */
export const mayAskAgain = (subscriber: Subscriber, now: Instant): boolean =>
  subscriber.status === "unconfirmed" ||
  (subscriber.status === "active" && listsToConfirm(subscriber, now).length > 0);
