import { CONFLICT, retryConflict } from "../../functions/conflict.ts";
import { LONGEST_SLICE } from "../../functions/deliver/issue-batch.ts";
import { type Broadcast, batchNumber, issueDispatch } from "../../functions/domain/newsletter/broadcast.ts";
import { mailKey } from "../../functions/domain/sending/agenda.ts";
import { type Instant, SECOND } from "../../functions/domain/time.ts";
import {
  type BroadcastServices,
  freshBroadcast,
  makeRevision,
  pauseBroadcast,
  resumeBroadcast,
  type Start,
} from "./start-broadcast.ts";

/** A lane that read the broadcast before it was paused has put its batch down by then. */
const LANES_ARE_DONE = LONGEST_SLICE + SECOND;

/**
 * Another moment, audience or words for an issue of which nobody was mailed, also where it was cancelled. Its batches
 * are void from then on; `startBroadcast` gathers the new ones. Undefined, and nothing changed, if somebody was mailed.
 */
export async function planAnew(services: BroadcastServices, start: Start): Promise<Broadcast | undefined> {
  const { broadcasts, clock, allPeople } = services;
  const { slug } = start.issue;
  await broadcasts.keepWords(makeRevision(start.issue), start.issue);
  return retryConflict(`broadcast of ${slug}`, async () => {
    const found = await broadcasts.broadcast(slug);
    if (!found) return undefined;
    const isAtWork = found.status === "sending" && mayHaveLeft(found, clock.now() + LANES_ARE_DONE);
    const current = isAtWork ? await pauseBroadcast(broadcasts, slug) : found;
    if (isAtWork) await clock.sleep(LANES_ARE_DONE);
    if (!current || (await isAnybodyMailed({ broadcasts, allPeople, clock }, current))) {
      if (isAtWork) await resumeBroadcast(broadcasts, slug);
      return undefined;
    }
    const fresh = freshBroadcast(start, clock.now());
    const planned = { ...fresh, version: current.version, plan: (current.plan ?? 0) + 1 };
    return (await broadcasts.saveBroadcast(planned)) ?? CONFLICT;
  });
}

/** Whether some of its readers were due at this moment. */
const mayHaveLeft = ({ publishedAt }: Broadcast, at: Instant): boolean =>
  publishedAt !== undefined && publishedAt <= at;

/**
 * Whether somebody has an issue, or may have it: who is in the ledger, and whose mail of it was begun and is not
 * settled. Reads as many batches as it needs for the first of them.
 */
export async function isAnybodyMailed(
  { broadcasts, allPeople, clock }: Pick<BroadcastServices, "broadcasts" | "allPeople" | "clock">,
  broadcast: Broadcast,
): Promise<boolean> {
  if (!mayHaveLeft(broadcast, clock.now())) return false;
  const { slug } = broadcast;
  for (let place = 0; ; place++) {
    const gathered = await broadcasts.gathered({ slug, number: batchNumber(broadcast, place) });
    if (!gathered) return false;
    const ids = gathered.readers.flatMap((group) => group.ids);
    const entries = await allPeople.ledgerEntries(ids.map((id) => issueDispatch(id, slug)));
    if (entries.size > 0) return true;
    const readers = await allPeople.subscribers(ids);
    if (readers.some(({ agenda }) => agenda[mailKey("issue", slug)] !== undefined)) return true;
  }
}

/** All whom a broadcast was gathered for: the same readers, whatever has become of a list since. */
export async function gatheredIds(
  { broadcasts }: Pick<BroadcastServices, "broadcasts">,
  broadcast: Broadcast,
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let place = 0; ; place++) {
    const gathered = await broadcasts.gathered({
      slug: broadcast.slug,
      number: batchNumber(broadcast, place),
    });
    if (!gathered) return ids;
    for (const group of gathered.readers) for (const id of group.ids) ids.add(id);
  }
}
