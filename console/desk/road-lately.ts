import { setTimeout as wait } from "node:timers/promises";
import { type Instant, MINUTE } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { isIndexReady } from "../desk-index.ts";
import { type CourseCount, countStats } from "../stats/count.ts";
import { type CourseStanding, countStanding } from "../stats/standing.ts";

/** What a count of all readers has come to so far. */
export interface RoadSoFar {
  /** When it began, by the stage's clock. */
  asOf: Instant;
  /** People who are counted. */
  looked: number;
  /** By the owner's index, before the rest; never where the index is not filled yet. */
  standing?: CourseStanding[];
  /** When all is counted. */
  road?: CourseCount[];
}

interface Counting extends RoadSoFar {
  /** Real time, ms. */
  begunAt: number;
  tookMs?: number;
  /** Rejects with what went wrong. */
  isDone: Promise<void>;
}

/** By the people of a stage: a deployment is put together for each page. */
const KNOWN = new WeakMap<Deployment["allPeople"], Counting>();
/** A page waits so long for the count: a small table's is there by then. First content is to come within a second. */
const PATIENCE_MS = 600;
/** With 50,000 readers a count reads gigabytes, for half a cent. */
const KEPT_FOR_MS = 60 * MINUTE;
/** The weeks are the statistics page's; here they are not shown. */
const WEEKS = 1;

/**
 * What a count has come to, after a moment's patience. What is counted within it is counted anew for each page; what takes
 * longer goes on by itself, and is kept for an hour. Throws what the count throws; the next page counts anew.
 */
export async function findRoad(deployment: Deployment): Promise<RoadSoFar> {
  const { allPeople } = deployment;
  const known = KNOWN.get(allPeople);
  const counting = known && isStillGood(known) ? known : begin(deployment);
  KNOWN.set(allPeople, counting);
  try {
    await Promise.race([counting.isDone, wait(PATIENCE_MS, undefined, { ref: false })]);
  } catch (error) {
    KNOWN.delete(allPeople);
    throw error;
  }
  return counting;
}

/** The next page counts anew. */
export const forgetRoad = ({ allPeople }: Deployment): void => void KNOWN.delete(allPeople);

const isStillGood = ({ tookMs, begunAt }: Counting): boolean =>
  tookMs === undefined || (tookMs >= PATIENCE_MS && performance.now() - begunAt < KEPT_FOR_MS);

function begin(deployment: Deployment): Counting {
  const counting: Counting = {
    asOf: deployment.services.clock.now(),
    begunAt: performance.now(),
    looked: 0,
    isDone: Promise.resolve(),
  };
  counting.isDone = count(deployment, counting);
  // A page that has gone on does not hear of it; the next one does.
  counting.isDone.catch(() => {});
  return counting;
}

async function count(deployment: Deployment, counting: Counting): Promise<void> {
  const { allPeople, ownerIndex, services } = deployment;
  const { courses } = services.content;
  if (await isIndexReady(deployment)) counting.standing = await countStanding(ownerIndex, courses);
  const now = counting.asOf;
  const stats = await countStats(allPeople, courses, { weeks: WEEKS, now }, (looked) => {
    counting.looked = looked;
  });
  counting.road = stats.courses;
  counting.tookMs = performance.now() - counting.begunAt;
}
