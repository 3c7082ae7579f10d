import { CONFLICT, retryConflict } from "../conflict.ts";
import {
  afterLooks,
  type Batch,
  type BatchKey,
  type Broadcast,
  isOfPlan,
  issueDispatch,
  type MemberOutcome,
  readersDue,
  takePlaces,
  withNextPortion,
  withPlacesBack,
} from "../domain/newsletter/broadcast.ts";
import { getsIssues, type Subscriber } from "../domain/people/subscriber.ts";
import { mailKey } from "../domain/sending/agenda.ts";
import { doubtEnds, isAlive } from "../domain/sending/claim.ts";
import type { Instant } from "../domain/time.ts";
import { MINUTE, SECOND } from "../domain/time.ts";
import { forLog, OperationalError } from "../errors.ts";
import type { Services } from "../ports.ts";
import { limitConcurrency } from "./concurrency.ts";
import { type Outcome, sendNext } from "./deliver.ts";
import type { Slots } from "./governor.ts";
import { tellFailed } from "./tell-failed.ts";

/**
 * A batch is put down after this. The lanes look at what someone waits for between two slices: so it leaves within
 * five seconds even where its nudge is lost.
 */
export const LONGEST_SLICE = 4 * SECOND;

/** How fast a batch is sent from, and for how long. */
interface SendRate {
  slots: Slots;
  /** How many readers are sent to side by side. */
  sideBySide: number;
  /** No mail is begun after this moment. */
  until: Instant;
}

/** What became of a batch in one slice, and how many mails left in it. */
interface Slice {
  outcome: Outcome;
  sent: number;
}

/**
 * Sends an issue to the readers of a batch who are due, for as long as a slice lasts. The batch only says whom to
 * look at: whether someone gets the issue is decided on their own items, so a batch that two deliverers work on,
 * or that was worked on and not written, mails no reader twice.
 */
export async function sendBatch(services: Services, key: BatchKey, rate: SendRate): Promise<Slice> {
  const broadcast = await services.broadcasts.broadcast(key.slug);
  if (!broadcast) return { outcome: "idle", sent: 0 };
  if (broadcast.status === "cancelled" || !isOfPlan(broadcast, key.number))
    return { outcome: await cancelBatch(services, key), sent: 0 };
  const batch = broadcast.status === "paused" ? undefined : await services.broadcasts.batch(key);
  if (!batch) return { outcome: "idle", sent: 0 };
  const due = readersDue(batch, services.clock.now());
  const wanted = Math.min(due.length, placesAtOnce(broadcast));
  const { places, until } = await takePortion(services, broadcast, wanted);
  const { looks, sent, begun, isClosed } = await sendToAll(services, key.slug, due.slice(0, places), rate);
  if (places > begun) await givePlacesBack(services, key.slug, places - begun, until);
  // One place fewer than asked for: the portion is over for all who wait.
  const isOver = new Set(places < wanted ? due.slice(places) : []);
  if (looks.size + isOver.size > 0)
    await changeBatch(services, key, (current) => {
      const { defaultZone } = services.settings;
      const looked = afterLooks(current, looks);
      return isOver.size === 0 ? looked : withNextPortion(looked, isOver, broadcast.when, until, defaultZone);
    });
  if (looks.size + isOver.size > 0) return { outcome: "moved", sent };
  return { outcome: isClosed ? "later" : "idle", sent };
}

/** Of a portion that many are taken at a time: a lane that is killed takes no more of the day's readers along. */
const PARTS_OF_PORTION = 10;
const placesAtOnce = ({ perDay }: Broadcast): number =>
  perDay === undefined ? Number.POSITIVE_INFINITY : Math.ceil(perDay / PARTS_OF_PORTION);

/**
 * Takes places of the day's portion before anything is sent: two lanes that work on an issue share it, and one that
 * is killed has used what it took.
 */
async function takePortion(
  services: Services,
  { slug, perDay }: Broadcast,
  wanted: number,
): Promise<{ places: number; until: Instant }> {
  const now = services.clock.now();
  if (perDay === undefined) return { places: wanted, until: now };
  let taken = { places: 0, until: now };
  await changeBroadcast(services, slug, (current) => {
    const { broadcast, ...rest } = takePlaces(current, wanted, now);
    taken = rest;
    return broadcast;
  });
  return taken;
}

const givePlacesBack = (services: Services, slug: string, unused: number, until: Instant): Promise<Outcome> =>
  changeBroadcast(services, slug, (current) => withPlacesBack(current, unused, until));

function changeBroadcast(
  { broadcasts }: Pick<Services, "broadcasts">,
  slug: string,
  apply: (broadcast: Broadcast) => Broadcast,
): Promise<Outcome> {
  return retryConflict<Outcome>(`broadcast of ${slug}`, async () => {
    const current = await broadcasts.broadcast(slug);
    const changed = current && apply(current);
    if (!changed || changed === current) return "idle";
    return (await broadcasts.saveBroadcast(changed)) ? "moved" : CONFLICT;
  });
}

const cancelBatch = (services: Services, key: BatchKey): Promise<Outcome> =>
  changeBatch(services, key, (current) =>
    current.isCancelled ? current : { ...current, isCancelled: true },
  );

/** A batch that fails for a reason of its own is left alone for a while, and holds no other up. */
export async function postponeBatch(services: Services, key: BatchKey, until: Instant): Promise<void> {
  await changeBatch(services, key, (batch) => ({
    ...batch,
    waiting: batch.waiting.map((group) => ({ ...group, dueAt: Math.max(group.dueAt, until) })),
  }));
}

interface Looks {
  looks: Map<string, MemberOutcome>;
  sent: number;
  /** Of whom a mail has left, or may have. */
  begun: number;
  /** SES takes nothing more now. */
  isClosed: boolean;
}

async function sendToAll(
  services: Services,
  slug: string,
  readers: readonly string[],
  rate: SendRate,
): Promise<Looks> {
  const { clock } = services;
  const sliceEnds = Math.min(rate.until, clock.now() + LONGEST_SLICE);
  const looks = new Map<string, MemberOutcome>();
  const flow = limitConcurrency(rate.sideBySide);
  let [sent, begun] = [0, 0];
  let isClosed = false;
  const work = async (id: string) => {
    if (isClosed || clock.now() >= sliceEnds) return;
    const look = await sendToReader(services, id, slug, rate.slots, sliceEnds).catch((error: unknown) =>
      lookAfterFailure(services, id, slug, error),
    );
    if (look === "later") isClosed = true;
    else looks.set(id, look === "sent" ? "done" : look);
    if (look === "sent") sent++;
    if (look !== "later" && look !== "done") begun++;
  };
  for (const id of readers) await flow.begin(() => work(id));
  await flow.finish();
  return { looks, sent, begun, isClosed };
}

/** One reader's trouble is logged and is not the others', who are sent to all the same. */
async function lookAfterFailure(
  services: Services,
  subscriber: string,
  issue: string,
  error: unknown,
): Promise<MemberOutcome> {
  services.log.warn("delivery-failed", { subscriber, issue, ...forLog(error) });
  await tellFailed(services, error);
  const passes = error instanceof OperationalError && error.retry === "later";
  return { again: services.clock.now() + (passes ? FAILED_BY_OUTAGE : FAILED_BY_ITSELF) };
}
const FAILED_BY_OUTAGE = MINUTE;
const FAILED_BY_ITSELF = 5 * MINUTE;

/**
 * The subscriber is read before the ledger: an entry of a mail that was claimed when the subscriber was read
 * cannot be missed, because the ledger is written before a claim is given back.
 */
async function sendToReader(
  services: Services,
  id: string,
  slug: string,
  slots: Slots,
  until: Instant,
): Promise<MemberOutcome | "sent" | "later"> {
  const { store, clock } = services;
  const subscriber = await store.subscriber(id);
  if (!subscriber || !getsIssues(subscriber)) return "done";
  const key = mailKey("issue", slug);
  // In doubt, or refused by SES: it has become an entry of the subscriber's own agenda, and is sent from there.
  if (subscriber.agenda[key]) return "done";
  const { claim } = subscriber;
  if (claim) return { again: isAlive(claim, clock.now()) ? claim.until : doubtEnds(claim) };
  if (await store.ledgerEntry(issueDispatch(id, slug))) return "done";
  const entry = { dueAt: clock.now(), doubts: 0 };
  // The entry is written with the claim, in one write: should this be killed, the lanes find it and settle it.
  const holder: Subscriber = { ...subscriber, agenda: { ...subscriber.agenda, [key]: entry } };
  const outcome = await sendNext(services, holder, key, slots, until);
  return outcome === "sent" || outcome === "later" ? outcome : { again: clock.now() };
}

/**
 * Changes the batch as it is now: another deliverer that works on it has only looked at readers too. What was sent
 * stands in the ledger, should this throw `changed-too-often`.
 */
function changeBatch(
  { broadcasts }: Pick<Services, "broadcasts">,
  key: BatchKey,
  apply: (batch: Batch) => Batch,
): Promise<Outcome> {
  return retryConflict<Outcome>(`batch of ${key.slug}`, async () => {
    const batch = await broadcasts.batch(key);
    const changed = batch && apply(batch);
    if (!changed || changed === batch) return "idle";
    return (await broadcasts.saveBatch(changed)) ? "moved" : CONFLICT;
  });
}
