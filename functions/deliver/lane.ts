import { lanesInUse, shardsOf } from "../domain/shard.ts";
import { type Instant, MINUTE, SECOND } from "../domain/time.ts";
import { forLog, OperationalError } from "../errors.ts";
import type { DueKey, Services } from "../ports.ts";
import { deliver, type Outcome, postpone } from "./deliver.ts";
import { openSlots, type Priority, refreshGovernor, type Slots } from "./governor.ts";

/** A schedule's input: which lane to run. */
export interface LaneRun {
  lane: number;
}

/** Another invocation may take a lane over so long after its last sign of life. */
const LEASE = 20 * SECOND;
const RENEW_AFTER = 5 * SECOND;
/** A lane ends itself before the function's eleven minutes do. */
const LONGEST_RUN = 10 * MINUTE;
/** Holders of one page that are worked on side by side. */
const SIDE_BY_SIDE = 10;

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
 * Drains one lane's shards of the `due` index: what somebody waits for first, then the lessons, again and again
 * until a whole round finds nothing to do. Leases save work; it is the claims that give correctness.
 */
export async function runLane(services: Services, { lane }: LaneRun): Promise<void> {
  const governor = lane === 0 ? await refreshGovernor(services) : await services.store.governor();
  const inUse = lanesInUse(governor.rate, services.settings.lanes);
  if (lane >= inUse) return;
  const run = await begin(services, lane);
  if (!run) return;
  while (await drainShards(run, shardsOf(lane, inUse))) {
    // A round did something: what has become due since is found by another.
  }
  await services.store.releaseLane(lane, run.by);
  if (run.sent > 0) services.log.info("lane-done", { lane, sent: run.sent, failed: run.failed });
}

interface Run {
  services: Services;
  lane: number;
  by: string;
  until: Instant;
  renewedAt: Instant;
  slots: Record<Priority, Slots>;
  sent: number;
  failed: number;
}

async function begin(services: Services, lane: number): Promise<Run | undefined> {
  const now = services.clock.now();
  const by = services.random(8);
  if (!(await services.store.leaseLane(lane, by, now + LEASE))) return undefined;
  const slots = { urgent: openSlots(services, "urgent"), lesson: openSlots(services, "lesson") };
  return { services, lane, by, until: now + LONGEST_RUN, renewedAt: now, slots, sent: 0, failed: 0 };
}

/** One round through the shards; true if anything was sent or moved, and there is time for another. */
async function drainShards(run: Run, shards: string[]): Promise<boolean> {
  let hasMoved = false;
  for (const shard of shards) {
    const result = await drainShard(run, shard);
    if (result === "stop") return false;
    hasMoved ||= result;
  }
  return hasMoved && run.services.clock.now() < run.until;
}

async function drainShard(run: Run, shard: string): Promise<boolean | "stop"> {
  const priority: Priority = shard.startsWith("urgent") ? "urgent" : "lesson";
  let hasMoved = false;
  let after: DueKey | undefined;
  do {
    if (!(await isStillOurs(run))) return "stop";
    const page = await run.services.store.due(shard, run.services.clock.now(), after);
    if (!after) tellOldest(run, page[0]);
    const outcome = await deliverPage(run, page, run.slots[priority]);
    hasMoved ||= outcome.hasMoved;
    if (outcome.isClosed) return hasMoved;
    after = page.at(-1);
  } while (after);
  return hasMoved;
}

/** How long the oldest of a shard has been due, where that is longer than lanes take to come round. */
function tellOldest({ services }: Run, oldest: DueKey | undefined): void {
  const age = oldest ? services.clock.now() - oldest.dueAt : 0;
  if (age > MINUTE) services.log.measure("OldestDue", Math.round(age / SECOND), "Seconds");
}

async function deliverPage(
  run: Run,
  page: DueKey[],
  slots: Slots,
): Promise<{ hasMoved: boolean; isClosed: boolean }> {
  let hasMoved = false;
  let isClosed = false;
  const waiting = [...page];
  const work = async () => {
    for (let key = waiting.shift(); key && !isClosed; key = waiting.shift()) {
      const outcome = await deliverOne(run, key, slots);
      hasMoved ||= outcome === "sent" || outcome === "moved";
      isClosed ||= outcome === "later";
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { hasMoved, isClosed };
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
    services.log.count("DeliveryFailed");
    // If the store is what failed, this fails as well, and the next minute finds the holder where it is.
    await postpone(services, holder).catch(() => undefined);
    return "idle";
  }
}

async function isStillOurs(run: Run): Promise<boolean> {
  const now = run.services.clock.now();
  if (now >= run.until) return false;
  if (now - run.renewedAt < RENEW_AFTER) return true;
  run.renewedAt = now;
  return run.services.store.leaseLane(run.lane, run.by, now + LEASE);
}
