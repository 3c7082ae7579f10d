import type { Priority } from "./agenda.ts";

/**
 * How many partitions of the `due` index each kind of mail has. A partition takes 1,000 writes a second; eight
 * of them keep the lessons' index ahead of the largest rate that SES grants. More shards cost reads when idle.
 */
const SHARDS: Record<Priority | "bulk", number> = { urgent: 1, lesson: 8, bulk: 4 };
/** A lane drains about so many mails a second; another is used where SES grants more. */
const RATE_OF_A_LANE = 150;

/** The shard of the index that a subscriber's item stands in, spread by their random id. */
export function chooseShard(lane: Priority, subscriber: string): string {
  let spread = 0;
  for (const letter of subscriber) spread = (spread * 31 + letter.charCodeAt(0)) % 65_521;
  return `${lane}-${spread % SHARDS[lane]}`;
}

/** The shard of the index that a page of a broadcast stands in. */
export const batchShard = (number: number): string => `bulk-${number % SHARDS.bulk}`;

/** The shards of one lane, in the order in which it drains them: what somebody waits for goes first, issues last. */
export function listShards(lane: number, lanesInUse: number): string[] {
  const own = (kind: keyof typeof SHARDS) =>
    Array.from({ length: SHARDS[kind] }, (_, shard) => shard)
      .filter((shard) => shard % lanesInUse === lane)
      .map((shard) => `${kind}-${shard}`);
  return [...own("urgent"), ...own("lesson"), ...own("bulk")];
}

/** How many of the deployed lanes work at this rate. */
export const lanesInUse = (rate: number, deployed: number): number =>
  Math.max(1, Math.min(deployed, Math.ceil(rate / RATE_OF_A_LANE)));
