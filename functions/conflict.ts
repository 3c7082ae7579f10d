import { OperationalError } from "./errors.ts";

/** What an attempt returns when its write was refused, because the item has changed since it was read. */
export const CONFLICT = Symbol("conflict");

/** Maximum tries: ten refusals in a row mean a loop, or more writers than one item can take. */
const MOST_TRIES = 10;

/**
 * Reads, decides and writes; from the start again when another writer was first. The only retry of a conflict.
 * @param item what is written, for the error: a kind or a slug, never a person
 * @param attempt writes nothing when it returns CONFLICT
 * @throws `changed-too-often`
 */
export async function retryConflict<T>(
  item: string,
  attempt: () => Promise<T | typeof CONFLICT>,
): Promise<T> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const answer = await attempt();
    if (answer !== CONFLICT) return answer;
  }
  throw new OperationalError("changed-too-often", item);
}

/** For a caller that has an answer of its own to `changed-too-often`. Other errors pass. */
export async function allowContention<T>(attempts: Promise<T>, instead: () => T): Promise<T> {
  try {
    return await attempts;
  } catch (error) {
    if (error instanceof OperationalError && error.code === "changed-too-often") return instead();
    throw error;
  }
}
