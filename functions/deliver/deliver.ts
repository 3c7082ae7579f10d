/*
 * The problem: a mail is to be sent once, and SES has no way to ask whether it took one. The function may be killed
 * between any two steps, an answer may be lost, and several deliverers may look at the same reader.
 *
 * The idea: before the call, the right to send is written as a claim on the item that carries the reader's consent,
 * under the condition that the item is still as it was read. After the call, the ledger says that the mail left.
 * SES's Send event carries the id of the dispatch, so it writes the ledger's entry where we could not.
 *
 *   load → due? → compose → slot → claim → SES → ledger → advance
 *                                ^1      ^2    ^3       ^4          where it may be cut off
 *
 *   cut off at                     what is true                     what happens
 *   1  before the claim            nothing is written               it is still due: the next look sends it
 *   2  claimed, before SES         a dead claim, and no event       15 minutes after the claim's death it is claimed
 *                                                                   again and sent; a second doubt parks it
 *   3  SES has it, no ledger       the Send event names the         feedback writes the entry; the next look only
 *                                  dispatch                         advances
 *   4  in the ledger, not advanced the entry of the ledger          the next look only advances
 *
 * So a mail arrives twice only if SES's answer is lost and no event of SES's about it arrives within the 15 minutes
 * (`claim.ts`). A claim that is alive belongs to its deliverer: others write nothing. A pause or a stop may be written
 * beside it; advancing reads the item again and keeps what was written.
 */

import { eraseRest } from "../consent/erase.ts";
import {
  type Enrolment,
  nextSlug,
  planNext,
  withAdvance,
  withLeft,
  withResumption,
} from "../domain/course/enrolment.ts";
import { silenceWithLesson } from "../domain/course/silence.ts";
import type { PersonFacts } from "../domain/course/whom.ts";
import { withoutFadedAddresses } from "../domain/people/address-change.ts";
import type { Actor, StopReason, Subscriber } from "../domain/people/subscriber.ts";
import {
  ERASE_AGAIN_KEY,
  earliest,
  FINISH_STOP_KEY,
  FORGET_ADDRESS_KEY,
  RESUME_KEY,
  readKey,
  wasTried,
  withoutEntry,
} from "../domain/sending/agenda.ts";
import { type Claim, doubtEnds, isAlive } from "../domain/sending/claim.ts";
import {
  type AgendaKey,
  type Dispatch,
  type DispatchId,
  dispatchId,
  type LedgerEntry,
  readDispatchId,
} from "../domain/sending/dispatch.ts";
import { type Holder, type HolderKey, mayAct, toHolderKey } from "../domain/sending/holder.ts";
import { mailKind } from "../domain/sending/mail-kinds.ts";
import { ownersDispatch } from "../domain/sending/owner.ts";
import { HOUR, type Instant, MINUTE, SECOND } from "../domain/time.ts";
import type { ErasureStore, HolderStore, LedgerStore, Needs, Services } from "../ports.ts";
import type { Departure } from "./confirmation-slot.ts";
import type { Slots } from "./governor.ts";
import { isOrphan } from "./letters.ts";
import { planLookBack, type SentEntry } from "./look-back.ts";
import { findPerson, writeMail } from "./outgoing-mail.ts";
import { requireCourse } from "./require-course.ts";
import { type MailOnItsWay, send } from "./send.ts";

/**
 * What became of a look at one holder. `moved`: something was written, so the item's place in the index changed.
 * `idle`: nothing is to be done now. `later`: there is something to send, and SES does not take it now.
 */
export type Outcome = "sent" | "moved" | "idle" | "later";

/** When a mail that cannot be sent now is looked at again: a template fails, an owner has paused an issue. */
const TRY_AGAIN_AFTER = 5 * MINUTE;
/** `stopEverything` needs an origin for its consent record. */
const FINISHED_BY = FINISH_STOP_KEY;
const STOPPED_BY_WHOM: Record<StopReason, Actor> = {
  reader: "self",
  never: "self",
  owner: "owner",
  bounce: "mail-system",
  complaint: "mail-system",
};

/**
 * Does what is due for one holder: settles an old claim, then acts on the earliest entry that may act.
 * @param until no mail is begun after this moment
 */
export async function deliver(
  services: Services,
  key: HolderKey,
  slots: Slots,
  until: Instant,
): Promise<Outcome> {
  const found = await services.store.holder(key);
  if (!found) return "idle";
  const holder = await settleClaim(services, found);
  if (holder.claim) return holder === found ? "idle" : "moved";
  const now = services.clock.now();
  const next = earliest(holder.agenda, (key) => mayAct(holder, key));
  if (!next || next.entry.dueAt > now) return holder === found ? "idle" : "moved";
  if (next.key === RESUME_KEY) return resume(services, holder as Enrolment);
  if (next.key === FINISH_STOP_KEY) return finishStop(services, holder as Subscriber);
  if (next.key === FORGET_ADDRESS_KEY)
    return act(services, holder as Subscriber, (current) => withoutFadedAddresses(current, now));
  if (next.key === ERASE_AGAIN_KEY) return eraseAgain(services, holder as Subscriber, until);
  return sendNext(services, holder, next.key, slots, until);
}

/** Puts off what fails for a reason of its own by five minutes, so that it does not hold up what stands behind it. */
export async function postpone({ store, clock }: Needs<HolderStore, "clock">, key: HolderKey): Promise<void> {
  const found = await store.holder(key);
  if (!found) return;
  await store.change(found, (current) => {
    const next = earliest(current.agenda, (key) => mayAct(current, key));
    const again = clock.now() + TRY_AGAIN_AFTER;
    if (current.claim || !next || next.entry.dueAt >= again) return current;
    return { ...current, agenda: { ...current.agenda, [next.key]: { ...next.entry, dueAt: again } } };
  });
}

async function act<H extends Holder>(
  services: Needs<HolderStore>,
  holder: H,
  apply: (current: H) => H,
): Promise<Outcome> {
  await services.store.change(holder, apply);
  return "moved";
}

function resume(services: Needs<HolderStore, "clock">, enrolment: Enrolment): Promise<Outcome> {
  const now = services.clock.now();
  return act(services, enrolment, (current) =>
    current.status === "paused"
      ? withResumption(current, now)
      : (withoutDispatch(current, RESUME_KEY) as Enrolment),
  );
}

/**
 * An hour after someone was erased: what mail on its way and SES's events have written since goes, and with it the
 * tombstone. Raw mails are not this function's to remove: an erasing that was cut short before they went is left
 * to be finished by the person who asked for it, and says so until then.
 */
async function eraseAgain(
  services: Needs<HolderStore & ErasureStore, "clock" | "log" | "alarms" | "broadcasts" | "settings">,
  tombstone: Subscriber,
  until: Instant,
): Promise<Outcome> {
  const { store, clock, log, alarms } = services;
  const again = (dueAt: Instant) =>
    act(services, tombstone, (current) => ({
      ...current,
      agenda: { [ERASE_AGAIN_KEY]: { dueAt, doubts: 0 } },
    }));
  const left = await eraseRest(services, tombstone.id, Math.min(until, clock.now() + ERASE_SLICE));
  if (left === "raw-mails") {
    log.warn("erase-unfinished", { subscriber: tombstone.id });
    log.count("EraseUnfinished");
    await alarms.see("erase-unfinished");
    return again(clock.now() + HOUR);
  }
  if (left === "more") return again(clock.now() + SECOND);
  // That they were erased is told from the tombstone.
  if (tombstone.untold && services.settings.events) return again(clock.now() + TRY_AGAIN_AFTER);
  const reached = await forgetInIssues(services, tombstone, Math.min(until, clock.now() + ERASE_SLICE));
  if (reached !== undefined)
    return act(services, tombstone, (current) => ({ ...current, forgottenUpTo: reached }));
  await store.removeTombstone(tombstone.id);
  return "moved";
}

/** Others wait behind an erasing: it is put down after this, and taken up again where it was. */
const ERASE_SLICE = 4 * SECOND;

/** Takes somebody out of the audiences of all issues. The slug that was reached, if the time was too short for all. */
async function forgetInIssues(
  { broadcasts, clock }: Needs<unknown, "broadcasts" | "clock">,
  { id, forgottenUpTo = "" }: Subscriber,
  until: Instant,
): Promise<string | undefined> {
  const slugs = (await broadcasts.broadcasts()).map(({ slug }) => slug).sort();
  for (const slug of slugs.filter((one) => one > forgottenUpTo)) {
    await broadcasts.forget(slug, id);
    if (clock.now() >= until && slug !== slugs.at(-1)) return slug;
  }
  return undefined;
}

/** Someone who signed up again meanwhile is not stopped a second time; what they had before is left all the same. */
async function finishStop(services: Needs<HolderStore, "clock">, subscriber: Subscriber): Promise<Outcome> {
  if (subscriber.status !== "stopped") return leaveWhatWas(services, subscriber);
  const reason = subscriber.stoppedBy ?? "reader";
  await services.store.stopEverything(subscriber.id, reason, {
    event: "withdrawn",
    at: services.clock.now(),
    list: "everything",
    text: "stop",
    source: FINISHED_BY,
    actor: STOPPED_BY_WHOM[reason],
  });
  return "moved";
}

async function leaveWhatWas({ store }: Needs<HolderStore>, subscriber: Subscriber): Promise<Outcome> {
  const enrolments = subscriber.status === "unconfirmed" ? await store.enrolments(subscriber.id) : [];
  for (const enrolment of enrolments) await store.change(enrolment, withLeft);
  await store.change(subscriber, (current) => withoutDispatch(current, FINISH_STOP_KEY) as Subscriber);
  return "moved";
}

/**
 * A claim that is alive is someone's: nothing is written. One that died waits out the grace, in which SES's
 * Send event may still tell that the mail left. Then the ledger decides.
 */
async function settleClaim(services: Services, holder: Holder): Promise<Holder> {
  const { claim } = holder;
  const now = services.clock.now();
  if (!claim || isAlive(claim, now)) return holder;
  if (!claim.inDoubt) {
    services.log.warn("in-doubt", { dispatch: claim.dispatch, until: doubtEnds(claim) });
    services.log.count("InDoubt");
    const doubted = await services.store.save({ ...holder, claim: { ...claim, inDoubt: true } }, holder);
    if (doubted && !claim.isAway) await services.alarms.see("in-doubt");
    return doubted ?? holder;
  }
  if (now < doubtEnds(claim)) return holder;
  const entry = await services.store.ledgerEntry(claim.dispatch);
  if (entry) return advanceClaimed(services, holder, claim, entry.sentAt, await findPerson(services, holder));
  const settled = await services.store.save(doubtedOnce(holder, claim), holder);
  if (settled?.agenda[claim.key]?.parked)
    await tellParked(services, claim.dispatch, claim.isAway ? "SES was away for a day" : "in doubt twice");
  return settled ?? holder;
}

/** A mail is tried again after each claim's death and its grace: for a day. */
const MOST_OUTAGES = 90;

/**
 * No word from SES in the grace: it may go once more; after the second doubt a person must look. Where SES said that it
 * was out of service, nobody need look: it goes again until SES is back.
 */
function doubtedOnce(holder: Holder, claim: Claim): Holder {
  const { claim: _, ...free } = holder;
  const entry = holder.agenda[claim.key];
  if (!entry) return free as Holder;
  const { doubts, outages = 0 } = entry;
  const parked = claim.isAway ? outages + 1 >= MOST_OUTAGES : doubts >= 1;
  const counted = claim.isAway ? { outages: outages + 1 } : { doubts: doubts + 1 };
  const agenda = { ...holder.agenda, [claim.key]: { ...entry, ...counted, ...(parked && { parked }) } };
  return { ...free, agenda } as Holder;
}

/** A mail that is not sent until the owner decides. */
async function tellParked(
  { log, alarms }: Needs<unknown, "log" | "alarms">,
  dispatch: DispatchId,
  why: string,
): Promise<void> {
  log.warn("dispatch-parked", { dispatch, why });
  log.count("DispatchParked");
  await alarms.see("parked", why);
}

/** Sends what an entry of the holder is about. `holder` may carry the entry before it is written: the claim writes it. */
export async function sendNext(
  services: Services,
  holder: Holder,
  key: AgendaKey,
  slots: Slots,
  until: Instant,
): Promise<Outcome> {
  if (isOrphan(services, holder, key))
    return act(services, holder, (current) => withoutDispatch(current, key));
  const person = await findPerson(services, holder);
  const dispatch = nextDispatch(services, holder, key, person);
  if (!dispatch) return act(services, holder, (current) => withNewPlan(services, current, key, person));
  const known = await knownToHaveLeft(services, holder, key, dispatch);
  if (known) {
    await advance(services, holder, { key, slug: dispatch.slug, at: known.sentAt }, person);
    return "moved";
  }
  const letter = await writeMail(services, holder, key, dispatch, person);
  // A stop that has not reached this enrolment yet reaches it here.
  if (letter === "nobody") return act(services, holder as Enrolment, withLeft);
  // The owner has paused it.
  if (letter === "wait")
    return act(services, holder, (current) =>
      postponeEntry(current, key, services.clock.now() + TRY_AGAIN_AFTER),
    );
  // Nothing left to say: the entry goes, as if it had been sent.
  if (letter === "nothing") return act(services, holder, (current) => withoutDispatch(current, key));
  const sending: MailOnItsWay = { holder, key, dispatch, letter };
  const result = await send(services, sending, slots, until);
  switch (result.outcome) {
    case "sent":
      await advanceClaimed(services, result.holder, result.claim, result.sentAt, person);
      return "sent";
    case "in-doubt":
      return "moved";
    case "rejected":
      await tellParked(services, result.claim.dispatch, "rejected by SES");
      return release(services, result.holder, result.claim, (entry) => ({ ...entry, parked: true }));
    case "postponed":
      return release(services, result.holder, result.claim, (entry) => ({
        ...entry,
        dueAt: services.clock.now() + TRY_AGAIN_AFTER,
      }));
    case "refused":
      await release(services, result.holder, result.claim, (entry) => entry);
      return "later";
    case "over-limit":
      return overLimit(services, holder, key, result.leave);
    case "no-slot":
      return "later";
    case "lost-claim":
      return "moved";
  }
}

/** What the entry would send now, or undefined if a changed course has left nothing of it. */
function nextDispatch(
  services: Services,
  holder: Holder,
  key: AgendaKey,
  person: Subscriber | undefined,
): Dispatch | undefined {
  const mail = readKey(key);
  if (!mail) return undefined;
  if (holder.kind === "owner") return ownersDispatch(holder, mail);
  if (holder.kind === "subscriber") {
    const list = mailKind(mail.kind).onSubscriber?.list ?? "account";
    return { subscriber: holder.id, list, run: 1, ...mail };
  }
  const { subscriber, course: list, run } = holder;
  const slug = nextSlug(holder, key, requireCourse(services, list), person ?? NOBODY);
  return slug === undefined ? undefined : { subscriber, list, run, kind: mail.kind, slug };
}

/** No person is there any more whose tags would count. */
const NOBODY: PersonFacts = {};

function withNewPlan(
  services: Services,
  holder: Holder,
  key: AgendaKey,
  person: Subscriber | undefined,
): Holder {
  if (holder.kind !== "enrolment") return withoutDispatch(holder, key);
  const course = requireCourse(services, holder.course);
  const planned = planNext(holder, course, person ?? NOBODY, services.clock.now());
  return planned.agenda[key] === holder.agenda[key] ? withoutDispatch(holder, key) : planned;
}

function postponeEntry(holder: Holder, key: AgendaKey, until: Instant): Holder {
  const entry = holder.agenda[key];
  if (!entry) return holder;
  return { ...holder, agenda: { ...holder.agenda, [key]: { ...entry, dueAt: until } } };
}

/** A confirmation over a limit waits for the limit's window to end, or is dropped. Another's claim is left alone. */
async function overLimit(
  services: Needs<HolderStore, "log" | "alarms">,
  holder: Holder,
  key: AgendaKey,
  leave: Exclude<Departure, "now">,
): Promise<Outcome> {
  services.log.info("confirmation-over-limit", { subscriber: toHolderKey(holder).subscriber, until: leave });
  const isDropped = leave === "never" || leave === "given-up";
  if (isDropped) {
    services.log.count("SignUpDropped");
    await services.alarms.see(leave === "never" ? "sign-ups-dropped" : "confirmations-given-up");
  }
  return act(services, holder, (current) => {
    if (current.claim) return current;
    return isDropped ? withoutDispatch(current, key) : postponeEntry(current, key, leave);
  });
}

const withoutDispatch = (holder: Holder, key: AgendaKey): Holder => ({
  ...holder,
  agenda: withoutEntry(holder.agenda, (other) => other === key),
});

/**
 * What was in doubt may have been settled since: by an event that came after the grace, while the quota was spent
 * or the entry was parked. A read that only a doubt costs, and a kind that asks for it (`readsLedgerFirst`).
 */
async function knownToHaveLeft(
  { store }: Needs<LedgerStore>,
  holder: Holder,
  key: AgendaKey,
  dispatch: Dispatch,
): Promise<LedgerEntry | undefined> {
  const entry = holder.agenda[key];
  return (entry && wasTried(entry)) || mailKind(dispatch.kind).readsLedgerFirst
    ? store.ledgerEntry(dispatchId(dispatch))
    : undefined;
}

/** Moves the agenda on and gives the claim back, on the item as it is now, while the claim is still this one. */
function advanceClaimed(
  services: Services,
  holder: Holder,
  claim: Claim,
  sentAt: Instant,
  person: Subscriber | undefined,
): Promise<Holder> {
  const { slug } = readDispatchId(claim.dispatch) as Dispatch;
  return advance(services, holder, { key: claim.key, slug, at: sentAt }, person, claim);
}

/** Without a claim, the agenda is moved on if the item was not written since it was read. */
async function advance(
  services: Services,
  holder: Holder,
  sent: SentEntry,
  person: Subscriber | undefined,
  claim?: Claim,
): Promise<Holder> {
  const course = holder.kind === "enrolment" ? requireCourse(services, holder.course) : undefined;
  const lookBack =
    holder.kind === "enrolment" && course ? await planLookBack(services, holder, course, sent) : undefined;
  const moveOn = (current: Holder): Holder => {
    if (current.kind === "enrolment" && course) {
      const next = withAdvance(current, sent.key, sent.slug, course, sent.at, person ?? NOBODY);
      const moved = silenceWithLesson(next, sent.key, sent.at, services.settings);
      return lookBack ? { ...moved, agenda: { ...moved.agenda, [lookBack.key]: lookBack.entry } } : moved;
    }
    const { claim: _, ...free } = current;
    return withoutDispatch(free as Holder, sent.key);
  };
  // Nearly always the item was not written since, and need not be read again.
  const atOnce = await services.store.save(moveOn(holder), holder);
  if (atOnce || !claim) return atOnce ?? holder;
  const later = await services.store.change(holder, (current) =>
    current.claim?.by === claim.by ? moveOn(current) : current,
  );
  return later ?? holder;
}

type Entry = Holder["agenda"][string];

/** Gives a claim back unused. */
async function release(
  services: Needs<HolderStore>,
  holder: Holder,
  claim: Claim,
  mend: (entry: Entry) => Entry,
): Promise<Outcome> {
  await services.store.change(holder, (current) => {
    if (current.claim?.by !== claim.by) return current;
    const { claim: _, ...free } = current;
    const entry = current.agenda[claim.key];
    return (entry ? { ...free, agenda: { ...current.agenda, [claim.key]: mend(entry) } } : free) as Holder;
  });
  return "moved";
}
