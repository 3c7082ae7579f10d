import { readAddress } from "../domain/people/address.ts";
import { suspicions } from "../domain/people/limits.ts";
import { isRehearsal } from "../domain/people/rehearsal.ts";
import { requestNetwork, type StopReason } from "../domain/people/subscriber.ts";
import {
  afterEvent,
  askedAt,
  type DeliveryState,
  type Dispatch,
  dispatchId,
  type LedgerEntry,
  readDispatchId,
} from "../domain/sending/dispatch.ts";
import { endOfHold } from "../domain/sending/hold-on-mail.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import { type Instant, iso } from "../domain/time.ts";
import { addressHash } from "../links/links.ts";
import type {
  AddressStore,
  GovernorStore,
  HolderStore,
  LedgerStore,
  LimitStore,
  Needs,
  RehearsalStore,
  SesEvent,
  TroubleSource,
} from "../ports.ts";

/** What an event says about how far its dispatch has come. What is not named here changes nothing. */
const STATE_OF: Record<string, DeliveryState> = {
  Send: "sent",
  DeliveryDelay: "delayed",
  Delivery: "delivered",
  Reject: "rejected",
  Bounce: "bounced",
  Complaint: "complained",
};

/** Soft bounces on this many different days within 30, and no mail that arrived between: the mailbox is not coming back. */
const MOST_STRIKES = 3;
const DAY_LETTERS = "2026-11-24".length;

/**
 * SES's word about a dispatch. Idempotent, and true in whatever order events come: the ledger only moves forward,
 * and an event about a dispatch that the ledger does not know writes the entry that a crash left out.
 */
export async function feedback(
  services: Needs<
    HolderStore & AddressStore & LedgerStore & GovernorStore & LimitStore & RehearsalStore,
    "clock" | "log" | "keyring"
  >,
  told: SesEvent,
): Promise<void> {
  const event = { ...told, at: told.at ?? services.clock.now() };
  const dispatch = event.dispatch === undefined ? undefined : readDispatchId(event.dispatch);
  if (!dispatch) return feedbackByAddress(services, event);
  const isAway = isOutOfOffice(event);
  const isNews = await record(services, event, dispatch);
  if (isRehearsal(dispatch.subscriber)) await noteHeard(services, event, dispatch);
  else if (isNews) await noteTrouble(services, event, dispatch);
  // Most events tell what the ledger has already; a line about each would cost as much as the ledger.
  if (isNews || isAway)
    services.log.info("feedback", { dispatch: event.dispatch, type: event.type, away: isAway });
  if (mailKind(dispatch.kind).to === "owner") return tellOwnersTrouble(services, event);
  const isTrouble = !isAway && (event.bounce || event.complaint);
  const other = isTrouble ? await findOther(services, event, dispatch) : undefined;
  if (other) return barOther(services, event, other);
  // One that moves nothing came twice, or behind a bounce of the same mail: too few to cost anything.
  if (event.type === "Delivery" && !isNews && dispatch.kind !== "address")
    await clearStrikes(services, dispatch);
  const reason = isAway ? undefined : await reasonToStop(services, event, dispatch);
  if (reason) await stop(services, dispatch.subscriber, reason);
}

/** A rehearsal waits for each event: what was heard stays with it, and counts for no breaker. */
async function noteHeard(
  { store }: Needs<HolderStore & RehearsalStore>,
  { type, bounce, complaint }: SesEvent,
  dispatch: Dispatch,
): Promise<void> {
  if (!(await store.subscriber(dispatch.subscriber))) return;
  const detail = [bounce?.type, bounce?.subType, bounce?.status, complaint?.feedbackType];
  await store.noteHeard(dispatchId(dispatch), [type, ...detail.filter(Boolean)].join(" "));
}

/** A lasting bounce or a complaint that names no dispatch (its tags were lost) is still about an address. */
async function feedbackByAddress(
  services: Needs<HolderStore & AddressStore, "clock" | "log" | "keyring">,
  { type, messageId, addresses = [], bounce, complaint }: SesEvent,
): Promise<void> {
  services.log.warn("feedback-of-unknown-mail", { messageId, type });
  const reason = lastingReason({ bounce, complaint });
  if (!reason) return;
  const keys = await services.keyring.keys();
  for (const given of addresses) {
    const address = readAddress(given);
    if ("problem" in address) continue;
    const subscriber = await services.store.findSubscriber(addressHash(keys, address.canonical));
    if (subscriber !== undefined) await stop(services, subscriber, reason);
  }
}

/**
 * The address of a mail that was not sent to its person's own: to one that they want to have, or had when it left. What comes
 * of it is about that address, and not about the one that they have. Undefined for their own.
 */
async function findOther(
  services: Needs<HolderStore, "keyring">,
  { sentTo = "" }: SesEvent,
  { subscriber, kind }: Dispatch,
): Promise<string | undefined> {
  const address = readAddress(sentTo);
  if ("problem" in address) return kind === "address" ? UNKNOWN : undefined;
  const person = await services.store.subscriber(subscriber);
  if (!person) return undefined;
  const hash = addressHash(await services.keyring.keys(), address.canonical);
  return hash === person.addressHash ? undefined : hash;
}
/** Somebody's whom the event does not name: certainly not the person's. */
const UNKNOWN = "unknown";

/** What refuses mail for good, or complains, is not mailed again; if it is a reader's own by now, they are stopped. */
async function barOther(
  services: Needs<HolderStore & AddressStore, "clock" | "log">,
  event: SesEvent,
  hash: string,
): Promise<void> {
  const reason = lastingReason(event);
  if (!reason || hash === UNKNOWN) return;
  const reader = await services.store.findSubscriber(hash);
  if (reader === undefined) await services.store.suppress(hash, reason);
  else await stop(services, reader, reason);
}

async function clearStrikes(
  { store }: Needs<HolderStore & AddressStore>,
  { subscriber }: Dispatch,
): Promise<void> {
  const found = await store.subscriber(subscriber);
  if (found) await store.clearStrikes(found.addressHash);
}

/** Why nothing may be mailed any more, as far as the event alone tells. */
function lastingReason({
  bounce,
  complaint,
}: Pick<SesEvent, "bounce" | "complaint">): StopReason | undefined {
  if (complaint) return complaint.feedbackType === "not-spam" ? undefined : "complaint";
  return bounce?.type === "Permanent" ? "bounce" : undefined;
}

/** For the breakers: by these two, SES judges the account. An event that came twice is counted once. */
async function noteTrouble(
  services: Needs<GovernorStore & HolderStore & LimitStore, "keyring">,
  { bounce, complaint }: SesEvent,
  dispatch: Dispatch,
): Promise<void> {
  const { store } = services;
  const hasBounced = bounce?.type === "Permanent";
  if (!hasBounced && (!complaint || complaint.feedbackType === "not-spam")) return;
  const source = await findSource(services, dispatch);
  await store.noteTrouble(hasBounced ? "bounces" : "complaints", source);
  if (hasBounced && dispatch.kind === "confirmation") await noteSuspicion(services, dispatch);
}

/** What was asked for before a hold's end waited for it, and brings no other: it leaves in portions. */
async function findSource({ store }: Needs<GovernorStore>, dispatch: Dispatch): Promise<TroubleSource> {
  if (dispatch.kind !== "confirmation" && dispatch.kind !== "address") return "others";
  const { confirmations = {} } = await store.governor();
  return askedAt(dispatch) < (endOfHold(confirmations) ?? 0) ? "waited" : "confirmations";
}

/** After a hold, others of its network and company come last. */
async function noteSuspicion(
  { store, keyring }: Needs<HolderStore & LimitStore, "keyring">,
  { subscriber }: Dispatch,
): Promise<void> {
  const person = await store.subscriber(subscriber);
  if (!person) return;
  const keys = await keyring.keys();
  const origin = { address: person.address, network: requestNetwork(person) };
  for (const suspicion of suspicions(origin, [], (text) => addressHash(keys, text)))
    await store.count(suspicion);
}

/** The owner's mailbox refuses our mail. That is no reader's doing: a metric says so, and no reader is stopped. */
function tellOwnersTrouble({ log }: Needs<unknown, "log">, { bounce, complaint }: SesEvent): void {
  if (bounce || complaint) log.count("OwnerMailRefused");
}

/**
 * Reads before it writes: nearly every Send event finds its entry, and half a read unit is cheaper than a write. An
 * entry that has moved on meanwhile refuses the write.
 * False if it changed nothing.
 */
async function record(
  { store }: Needs<HolderStore & LedgerStore>,
  event: SesEvent & { at: Instant },
  dispatch: Dispatch,
): Promise<boolean> {
  const state = eventState(event);
  if (!state) return false;
  const id = dispatchId(dispatch);
  const found = await store.ledgerEntryOfLate(id);
  // Events come for days; one about someone who was erased meanwhile must not write about them again.
  if (!found && !(await store.subscriber(dispatch.subscriber))) return false;
  const fresh: LedgerEntry = {
    dispatch: id,
    messageId: event.messageId,
    sentAt: event.at,
    state,
    stateAt: event.at,
    ...(event.voice !== undefined && { voice: event.voice }),
  };
  if (!found && (await store.recordSent(fresh))) return true;
  const entry = found ?? (await store.ledgerEntry(id)) ?? fresh;
  const moved = afterEvent(entry, state, event.at);
  if (moved !== entry) await store.updateEntry(moved);
  return moved !== entry;
}

/** A mailbox that answers "out of office" has the mail: SES's own word on that may have been lost. */
const eventState = (event: SesEvent): DeliveryState | undefined =>
  isOutOfOffice(event) ? "delivered" : STATE_OF[event.type];

async function reasonToStop(
  services: Needs<HolderStore & AddressStore & LedgerStore, "clock">,
  event: SesEvent,
  dispatch: Dispatch,
): Promise<StopReason | undefined> {
  const lasting = lastingReason(event);
  if (lasting || !event.bounce) return lasting;
  const subscriber = await services.store.subscriber(dispatch.subscriber);
  if (!subscriber) return undefined;
  const day = toDay(services.clock.now());
  const strikes = await services.store.strike(subscriber.addressHash, day);
  const delivered = await lastDeliveryDay(services, dispatch);
  return strikes.filter((struck) => struck === day || struck > delivered).length >= MOST_STRIKES
    ? "bounce"
    : undefined;
}

const toDay = (moment: Instant): string => iso(moment).slice(0, DAY_LETTERS);

/**
 * The day on which a mail last arrived: strikes up to it are cleared. It is looked for where somebody is struck,
 * which is seldom; a write for every delivery would cost as much as the ledger. An empty word if none has.
 */
async function lastDeliveryDay({ store }: Needs<LedgerStore>, { subscriber }: Dispatch): Promise<string> {
  const entries = await store.ledger(subscriber);
  const arrived = entries.filter(({ state }) => state === "delivered").map(({ stateAt }) => toDay(stateAt));
  return arrived.reduce((last, day) => (day > last ? day : last), "");
}

/**
 * SES reports an absence note as a transient, general bounce without a 4.x or 5.x status. An unresolvable domain
 * is reported alike, but with status 5.4.4.
 */
function isOutOfOffice({ bounce }: SesEvent): boolean {
  if (bounce?.type !== "Transient" || bounce.subType !== "General") return false;
  return !bounce.status || bounce.status.startsWith("2.");
}

async function stop(
  { store, clock, log }: Needs<HolderStore, "clock" | "log">,
  subscriber: string,
  reason: StopReason,
): Promise<void> {
  const at = clock.now();
  await store.stopEverything(subscriber, reason, {
    event: "withdrawn",
    at,
    list: "everything",
    text: reason,
    source: "ses-feedback",
    actor: "mail-system",
  });
  log.info("stopped", { subscriber, reason });
}
