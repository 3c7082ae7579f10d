import { PRIORITIES, type Priority } from "../domain/sending/mail-kinds.ts";
import { lanesInUse, listShards, shardPriority } from "../domain/sending/shard.ts";
import { withRampDay } from "../domain/sending/warm-up.ts";
import { type Instant, MINUTE, SECOND } from "../domain/time.ts";
import { forLog, OperationalError } from "../errors.ts";
import type { DueBatch, DueKey, Services } from "../ports.ts";
import { limitConcurrency } from "./concurrency.ts";
import { deliver, type Outcome, postpone } from "./deliver.ts";
import { closedUntil, openSlots, refreshGovernor, type Slots } from "./governor.ts";
import { postponeBatch, sendBatch } from "./issue-batch.ts";
import { tellFailed } from "./tell-failed.ts";

/** A schedule's input: which lane to run. */
interface LaneRun {
  lane: number;
}

/** Another invocation may take a lane over this long after its last sign of life. */
const LEASE = 20 * SECOND;
/** No longer than a slice of an issue's batch: where a nudge is lost, someone waits for one slice, not for two. */
const RENEW_AFTER = 4 * SECOND;
/** A lane ends itself before the function's eleven minutes do; waiting for another's end counts. */
const LONGEST_RUN = 10 * MINUTE;
/** The Scheduler comes once a minute: without someone who waits, a lane would stand still until it comes again. */
const WAITS_FOR_END = 75 * SECOND;
/** A lane that has ended finishes the mails it has begun; one that was killed leaves its lease to run out. */
const ASKS_AGAIN_AFTER = SECOND;
const TRY_BATCH_AGAIN_AFTER = 5 * MINUTE;
/** The owner is told of mail that has been due for so long. */
const LATE = 15 * MINUTE;
const ALL_AGAIN_AFTER = 5 * SECOND;
/**
 * Holders worked on side by side, at the most. A mail takes about 150 ms, nearly all of it waiting for SES and the
 * table, so a lane's 150 mails a second need 25 at a time, and twice as many after the other lanes' turn at the slots.
 */
const MOST_SIDE_BY_SIDE = 50;
/** …and never more than leave in two seconds: what waits for a slot has been read and composed, and grows stale. */
const sideBySide = (rate: number): number => Math.min(MOST_SIDE_BY_SIDE, Math.ceil(rate * 2));

/** Reads the schedule's input. Throws `event-not-understood`. */
export function laneRun(input: unknown): LaneRun {
  const lane = (input as Partial<LaneRun> | null)?.lane;
  if (typeof lane !== "number" || !Number.isInteger(lane) || lane < 0) {
    throw new OperationalError(
      "event-not-understood",
      'lane: the schedule\'s input must be {"lane": 0} or higher',
    );
  }
  return { lane };
}

/**
 * Drains one lane's shards of the `due` index: what someone waits for first, then the lessons, then the
 * batches of issues, again and again until a round finds nothing to do. Leases save work; it is the claims that give correctness.
 */
export async function runLane(services: Services, { lane }: LaneRun): Promise<void> {
  const sent = await passLane(services, lane);
  if (lane === 0) await services.alarms.settle(sent > 0);
}

/** Returns how many mails were sent. */
async function passLane(services: Services, lane: number): Promise<number> {
  const found = lane === 0 ? await refreshGovernor(services) : await services.store.governor();
  const inUse = lanesInUse(found.rate, services.settings.lanes);
  const now = services.clock.now();
  const governor = withRampDay(found, services.settings, now);
  // A lane that is not in use has no shards.
  const shards = listShards(lane, inUse).filter(
    (shard) => closedUntil(governor, shardPriority(shard), now) <= now,
  );
  if (shards.length === 0) return 0;
  const run = await begin(services, lane, sideBySide(governor.rate), shards.filter(isUrgent));
  if (!run) return 0;
  await drainAll(run, shards);
  await services.store.releaseLane(lane, run.by);
  if (run.sent > 0) services.log.info("lane-done", { lane, sent: run.sent, failed: run.failed });
  return run.sent;
}

interface Run {
  services: Services;
  lane: number;
  by: string;
  until: Instant;
  renewedAt: Instant;
  sideBySide: number;
  /** The lane's shards of mail that someone waits for. */
  urgent: string[];
  slots: Record<Priority, Slots>;
  sent: number;
  failed: number;
}

async function begin(
  services: Services,
  lane: number,
  sideBySide: number,
  urgent: string[],
): Promise<Run | undefined> {
  const by = services.random(8);
  const until = services.clock.now() + LONGEST_RUN;
  if (!(await takeLane(services, lane, by, until))) return undefined;
  const slots = Object.fromEntries(
    PRIORITIES.map((priority) => [priority, openSlots(services, priority)]),
  ) as Run["slots"];
  const renewedAt = services.clock.now();
  return { services, lane, by, until, renewedAt, sideBySide, urgent, slots, sent: 0, failed: 0 };
}

/**
 * Takes the lane's lease. An invocation in the last 75 s of another's run waits for its end, so that a backlog
 * does not wait for the next minute; an earlier one is not needed, nor is a second that waits.
 */
async function takeLane(services: Services, lane: number, by: string, until: Instant): Promise<boolean> {
  const { store, clock } = services;
  const patience = clock.now() + WAITS_FOR_END + LEASE;
  for (;;) {
    const now = clock.now();
    const othersEnd = await store.leaseLane(lane, { by, until: now + LEASE, endsAt: until });
    if (othersEnd === undefined) return true;
    if (othersEnd > now + WAITS_FOR_END || now > patience) return false;
    await clock.sleep(Math.max(ASKS_AGAIN_AFTER, othersEnd - now));
  }
}

/**
 * Rounds through the shards, while they find something to do. What has become due since is most often where something
 * was sent, so the next round looks only there and at what someone waits for; at all the others every five seconds,
 * or by the next minute's run.
 */
async function drainAll(run: Run, shards: string[]): Promise<void> {
  const { clock } = run.services;
  let allAt = clock.now();
  let again = await drainShards(run, shards);
  while (again.length > 0 && clock.now() < run.until) {
    const isAll = clock.now() - allAt >= ALL_AGAIN_AFTER;
    if (isAll) allAt = clock.now();
    again = await drainShards(run, isAll ? shards : again);
  }
}

/** One round. Returns the shards that another is to look at: none, if nothing was sent or moved, or the lane is to stop. */
async function drainShards(run: Run, shards: string[]): Promise<string[]> {
  const moved = new Set<string>();
  const closed = new Set<Priority>();
  for (const shard of shards) {
    if (closed.has(shardPriority(shard))) continue;
    const drained = await (shardPriority(shard) === "bulk" ? drainBatches : drainShard)(run, shard);
    if (drained.isStopped) return [];
    if (drained.isClosed) closed.add(shardPriority(shard));
    if (drained.hasMoved) moved.add(shard);
  }
  if (moved.size === 0) return [];
  // What was refused a slot may get one as soon as the others are done; what someone waits for is looked at each time.
  return shards.filter((shard) => isUrgent(shard) || moved.has(shard) || closed.has(shardPriority(shard)));
}

interface Drained {
  hasMoved: boolean;
  /** SES takes no more mail of this kind now. */
  isClosed: boolean;
  /** The lane's time is up, or another has it. */
  isStopped: boolean;
}

async function drainShard(run: Run, shard: string): Promise<Drained> {
  const slots = run.slots[shardPriority(shard)];
  const flow = limitConcurrency(run.sideBySide);
  const drained = { hasMoved: false, isClosed: false, isStopped: false };
  const work = async (key: DueKey) => {
    if (drained.isClosed) return;
    const outcome = await deliverOne(run, key, slots);
    drained.hasMoved ||= outcome === "sent" || outcome === "moved";
    drained.isClosed ||= outcome === "later";
  };
  drained.isStopped = await eachDue(run, shard, async (key) => {
    await flow.begin(() => work(key));
    return !drained.isClosed;
  });
  await flow.finish();
  return drained;
}

/** One slice of one batch: then the other shards have their turn. */
async function drainBatches(run: Run, shard: string): Promise<Drained> {
  const idle = { hasMoved: false, isClosed: false, isStopped: false };
  let after: DueBatch | undefined;
  do {
    const batches = await run.services.broadcasts.dueBatches(shard, run.services.clock.now(), after);
    for (const batch of batches) {
      if (!(await isStillOurs(run, false))) return { ...idle, isStopped: true };
      const outcome = await sendOneBatch(run, batch);
      if (outcome === "later") return { ...idle, isClosed: true };
      if (outcome === "moved") return { ...idle, hasMoved: true };
    }
    after = batches.at(-1);
  } while (after);
  return idle;
}

async function sendOneBatch(run: Run, batch: DueBatch): Promise<Outcome> {
  const { services } = run;
  try {
    const { slots, sideBySide, until } = run;
    const { outcome, sent } = await sendBatch(services, batch, { slots: slots.bulk, sideBySide, until });
    run.sent += sent;
    return outcome;
  } catch (error) {
    run.failed += 1;
    services.log.warn("page-failed", { issue: batch.slug, page: batch.number, ...forLog(error) });
    await tellFailed(services, error);
    // What passes by itself, as an outage of the table, is over by the next minute's run.
    if (!passes(error))
      await postponeBatch(services, batch, services.clock.now() + TRY_BATCH_AGAIN_AFTER).catch(
        () => undefined,
      );
    return "idle";
  }
}

const passes = (error: unknown): boolean => error instanceof OperationalError && error.retry === "later";

const isUrgent = (shard: string): boolean => shardPriority(shard) === "urgent";

/**
 * Hands out what is due in a shard, a page at a time, however long it is, while `visit` wants more. True if the
 * lane is to stop, because its time is up or another has it.
 */
async function eachDue(run: Run, shard: string, visit: (key: DueKey) => Promise<boolean>): Promise<boolean> {
  let after: DueKey | undefined;
  do {
    const page = await run.services.store.due(shard, run.services.clock.now(), after);
    if (!after) await tellOldest(run, page[0]);
    for (const key of page) {
      // At one mail a second, SES's least, a page takes longer than a lease lasts.
      if (!(await isStillOurs(run, isUrgent(shard)))) return true;
      if (!(await visit(key))) return false;
    }
    after = page.at(-1);
  } while (after);
  return false;
}

/** How long the oldest of a shard has been due, where that is longer than lanes take to come round. */
async function tellOldest({ services }: Run, oldest: DueKey | undefined): Promise<void> {
  const age = oldest ? services.clock.now() - oldest.dueAt : 0;
  if (age > MINUTE) services.log.measure("OldestDue", Math.round(age / SECOND));
  if (age > LATE) await services.alarms.see("late");
}

/** One holder's trouble is logged and is not the others': it leaves the head of the index for a while. */
async function deliverOne(run: Run, { holder }: DueKey, slots: Slots): Promise<Outcome> {
  const { services } = run;
  try {
    const outcome = await deliver(services, holder, slots, run.until);
    if (outcome === "sent") run.sent += 1;
    return outcome;
  } catch (error) {
    run.failed += 1;
    services.log.warn("delivery-failed", { ...holder, ...forLog(error) });
    await tellFailed(services, error);
    // If the store is what failed, this fails as well, and the next minute finds the holder where it is.
    await postpone(services, holder).catch(() => undefined);
    return "idle";
  }
}

/**
 * Every four seconds the lease is renewed. A shard may be hours long, so that is also when a lane in the midst of
 * lessons, or between two slices of issues, looks at what someone waits for.
 */
async function isStillOurs(run: Run, isUrgentNow: boolean): Promise<boolean> {
  const now = run.services.clock.now();
  if (now >= run.until) return false;
  if (now - run.renewedAt < RENEW_AFTER) return true;
  run.renewedAt = now;
  const lease = { by: run.by, until: now + LEASE, endsAt: run.until };
  if ((await run.services.store.leaseLane(run.lane, lease)) !== undefined) return false;
  if (isUrgentNow) return true;
  for (const shard of run.urgent) if ((await drainShard(run, shard)).isStopped) return false;
  return true;
}
