import type { LocalTime } from "../course/cadence.ts";
import { isZone, nextClockTime } from "../course/schedule.ts";
import type { Subscriber } from "../people/subscriber.ts";
import { type DispatchId, dispatchId } from "../sending/dispatch.ts";
import { DAY, type Instant } from "../time.ts";
import { NEWSLETTER } from "./issue.ts";

/**
 * The sending of an issue to an audience. An issue has one, ever: that is what makes a second `send` harmless. As long
 * as nobody was mailed, it can be planned anew.
 */
export interface Broadcast {
  kind: "broadcast";
  /** The issue's. */
  slug: string;
  /** Counts the writes of the item; a write with an older one is refused. 0: not written yet. */
  version: number;
  status: "sending" | "paused" | "cancelled";
  /** Fingerprint of the words that go out; they are kept under it. */
  revision: string;
  /** What they are headed by, so that a list of issues needs no words. */
  title: string;
  preview: string;
  /** Counts how often it was planned anew: the batches of an earlier plan are void. 0 where it is missing. */
  plan?: number;
  /** How the audience was asked for, as a person reads it. */
  audience: string;
  /** The same as it was typed, so that a later plan can keep it. */
  asks?: AudienceAsked;
  when: When;
  startedAt: Instant;
  /** Other words since; they stand on the web from then on. */
  changedAt?: Instant;
  /** In no archive and no feed; its mail leads to no page. */
  isPrivate?: boolean;
  /** The most that leave in 24 hours. */
  perDay?: number;
  /** Of these 24 hours. */
  portion?: Portion;
  /** When the first of its readers is due. It is nowhere to be read before. */
  publishedAt?: Instant;
  /** The whole audience stands in batches. Until then a second start goes on gathering. */
  gathered: boolean;
}

/** How many more of an issue may leave until a moment. */
export interface Portion {
  until: Instant;
  left: number;
}

/** Whom an owner asked for, flag by flag. */
export interface AudienceAsked {
  audience?: string;
  include?: string;
  /** Its name, and a fingerprint of whom it names. */
  list?: { name: string; names: string };
}

/** At once or at a moment; or, where `local` is given, when each reader's clock first shows it from then on. */
export interface When {
  from: Instant;
  local?: LocalTime;
}

/** How many readers are gathered, and sent to, in one batch. */
export const BATCH_SIZE = 500;

/** Whom a batch was written for. Only an erasing changes it, so that a crashed gathering goes on behind it. */
export interface Gathered {
  readers: Waiting[];
  /** After whom the next batch begins; the last batch has none. */
  next?: string;
}

/** Readers who are due at the same moment. */
export interface Waiting {
  dueAt: Instant;
  zone: string;
  ids: string[];
}

/** What is left to do of a batch; the earliest of its readers is its place in the `due` index. */
export interface Batch {
  kind: "page";
  slug: string;
  number: number;
  version: number;
  waiting: Waiting[];
  /** Its broadcast was cancelled, or planned anew: who still waits in it will get nothing by it. */
  isCancelled?: boolean;
}

export interface BatchKey {
  slug: string;
  number: number;
}

/** More batches than an audience has: 5 million readers. Each plan numbers its own, so that none writes another's. */
const BATCHES_OF_A_PLAN = 10_000;

/** @param place from 0, among the batches of the plan */
export const batchNumber = ({ plan = 0 }: Pick<Broadcast, "plan">, place: number): number =>
  plan * BATCHES_OF_A_PLAN + place;

/** False for a batch of an earlier plan: nothing of it is sent any more. */
export const isOfPlan = ({ plan = 0 }: Pick<Broadcast, "plan">, number: number): boolean =>
  Math.floor(number / BATCHES_OF_A_PLAN) === plan;

/** When a batch is due; undefined when nothing is left to do. */
export function batchDue({ waiting, isCancelled }: Batch): Instant | undefined {
  return isCancelled ? undefined : firstDue(waiting);
}

/** The readers of a batch who are due. */
export const readersDue = ({ waiting }: Batch, now: Instant): string[] =>
  waiting.filter(({ dueAt }) => dueAt <= now).flatMap(({ ids }) => ids);

/** What became of a reader of a batch: done with, or to be looked at again at a moment. */
export type MemberOutcome = "done" | { again: Instant };

/** The batch after some of its readers were looked at. Who was not looked at stays as they were. */
export function afterLooks(batch: Batch, looks: ReadonlyMap<string, MemberOutcome>): Batch {
  const waiting = batch.waiting.flatMap((group) => {
    const kept = group.ids.filter((id) => !looks.has(id));
    const later = new Map<Instant, string[]>();
    for (const id of group.ids) {
      const look = looks.get(id);
      if (look && look !== "done") later.set(look.again, [...(later.get(look.again) ?? []), id]);
    }
    return [
      ...(kept.length > 0 ? [{ ...group, ids: kept }] : []),
      ...[...later].map(([dueAt, ids]) => ({ ...group, dueAt, ids })),
    ];
  });
  return { ...batch, waiting };
}

/** The batch with these readers due in the next portion: at its beginning, or at their hour after it. */
export function withNextPortion(
  batch: Batch,
  readers: ReadonlySet<string>,
  { local }: When,
  until: Instant,
  defaultZone: string,
): Batch {
  const again = (zone: string) =>
    readerMoment(isZone(zone) ? zone : defaultZone, { from: until, ...(local && { local }) });
  const looks = batch.waiting.flatMap(({ zone, ids }) =>
    ids.filter((id) => readers.has(id)).map((id) => [id, { again: again(zone) }] as const),
  );
  return afterLooks(batch, new Map(looks));
}

/** The broadcast with so many more of its portion taken, as are wanted and left; how many those are. */
export function takePlaces(
  broadcast: Broadcast,
  wanted: number,
  now: Instant,
): { broadcast: Broadcast; places: number; until: Instant } {
  const { perDay, portion } = broadcast;
  if (perDay === undefined) return { broadcast, places: wanted, until: now };
  const current = portion && portion.until > now ? portion : { until: now + DAY, left: perDay };
  const places = Math.min(wanted, current.left);
  const taken = { ...current, left: current.left - places };
  return {
    broadcast: places > 0 ? { ...broadcast, portion: taken } : broadcast,
    places,
    until: current.until,
  };
}

/** The broadcast with portions of another size. What has left of the present one counts. */
export function withPerDay(broadcast: Broadcast, perDay: number): Broadcast {
  const { portion, perDay: before = perDay } = broadcast;
  const left = Math.max(0, (portion?.left ?? 0) + perDay - before);
  return { ...broadcast, perDay, ...(portion && { portion: { ...portion, left } }) };
}

/** The broadcast with places of a portion that were not used; those of a portion that is over are lost. */
export function withPlacesBack(broadcast: Broadcast, unused: number, until: Instant): Broadcast {
  const { portion } = broadcast;
  if (portion?.until !== until) return broadcast;
  return { ...broadcast, portion: { ...portion, left: portion.left + unused } };
}

/** Readers grouped by when they are due. A reader whose zone this runtime does not know gets the default's hour. */
export function groupedByMoment(
  readers: readonly Pick<Subscriber, "id" | "zone">[],
  when: When,
  defaultZone: string,
): Waiting[] {
  const zones = new Map<string, string[]>();
  for (const { id, zone } of readers) {
    const known = isZone(zone) ? zone : defaultZone;
    zones.set(known, [...(zones.get(known) ?? []), id]);
  }
  return [...zones].map(([zone, ids]) => ({ dueAt: readerMoment(zone, when), zone, ids }));
}

/** The same readers without one of them. */
export const withoutReader = (waiting: readonly Waiting[], id: string): Waiting[] =>
  waiting
    .map((group) => ({ ...group, ids: group.ids.filter((one) => one !== id) }))
    .filter(({ ids }) => ids.length > 0);

/**
 * Whom a batch was written for, without an erased person. Where the next batch was to begin behind them, it begins
 * behind another of this one: some may stand in both, and nobody is mailed twice.
 */
export function gatheredWithoutReader({ readers, next }: Gathered, id: string): Gathered {
  const left = withoutReader(readers, id);
  const behind = next === id ? left[0]?.ids[0] : next;
  return { readers: left, ...(behind !== undefined && { next: behind }) };
}

/** When the first of these is due; undefined if they are none. */
export const firstDue = (waiting: readonly Waiting[]): Instant | undefined =>
  waiting.length === 0 ? undefined : Math.min(...waiting.map(({ dueAt }) => dueAt));

/** The broadcast, if it begins no later than at this moment; earlier words about its beginning stand. */
export function publicationTime(broadcast: Broadcast, first: Instant | undefined): Broadcast {
  const { publishedAt = Number.POSITIVE_INFINITY } = broadcast;
  return first === undefined || publishedAt <= first ? broadcast : { ...broadcast, publishedAt: first };
}

/** True for an issue that may be read on the web: it is public, has begun to leave, and was not called back. */
export const isPublished = ({ status, isPrivate, publishedAt }: Broadcast, now: Instant): boolean =>
  status !== "cancelled" && !isPrivate && publishedAt !== undefined && publishedAt <= now;

export const readerMoment = (zone: string, { from, local }: When): Instant =>
  local ? nextClockTime(zone, local, from) : from;
/** One issue to one person. There is no second run: an issue is sent once. */
export const issueDispatch = (subscriber: string, slug: string): DispatchId =>
  dispatchId({ subscriber, list: NEWSLETTER, run: 1, kind: "issue", slug });
