import { PRIORITIES, type Priority } from "./mail-kinds.ts";

/**
 * How many partitions of the `due` index each priority has. A partition takes 1,000 writes a second; eight
 * of them keep the lessons' index ahead of the largest rate that SES grants. More shards cost reads when idle.
 */
const SHARDS: Record<Priority, number> = { urgent: 1, lesson: 8, bulk: 4 };
/** About how many mails a second one lane drains; another lane is used where SES grants more. */
const RATE_OF_A_LANE = 150;

/** The shard of the index that a subscriber's item stands in, spread by their random id. */
export const chooseShard = (priority: Priority, subscriber: string): string =>
  shardName(priority, spreadId(subscriber));

/** A number below 65,521 that is always the same for an id. */
export function spreadId(id: string): number {
  let spread = 0;
  for (const letter of id) spread = (spread * 31 + letter.charCodeAt(0)) % 65_521;
  return spread;
}

/** The shard of the index that a page of a broadcast stands in. */
export const batchShard = (number: number): string => shardName("bulk", number);

const shardName = (priority: Priority, number: number): string => `${priority}-${number % SHARDS[priority]}`;

/** The priority of what stands in a shard. Throws on a name that is no shard's. */
export function shardPriority(shard: string): Priority {
  const found = PRIORITIES.find((priority) => shard.startsWith(`${priority}-`));
  if (!found) throw new Error(`"${shard}" is no shard of the index`);
  return found;
}

/** The shards of one lane, in the order in which it drains them: urgent mail first, issues last. */
export function listShards(lane: number, lanesInUse: number): string[] {
  const own = (priority: Priority) =>
    Array.from({ length: SHARDS[priority] }, (_, shard) => shard)
      .filter((shard) => shard % lanesInUse === lane)
      .map((shard) => shardName(priority, shard));
  return PRIORITIES.flatMap(own);
}

/** How many of the deployed lanes work at this rate. */
export const lanesInUse = (rate: number, deployed: number): number =>
  Math.max(1, Math.min(deployed, Math.ceil(rate / RATE_OF_A_LANE)));
