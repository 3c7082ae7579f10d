import { createHash } from "node:crypto";
import { CONFLICT, retryConflict } from "../../functions/conflict.ts";
import {
  type AudienceAsked,
  BATCH_SIZE,
  type Broadcast,
  batchNumber,
  firstDue,
  type Gathered,
  groupedByMoment,
  publicationTime,
  type When,
  withPerDay,
} from "../../functions/domain/newsletter/broadcast.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Broadcasts, Services } from "../../functions/ports.ts";
import { type Audience, isInAudience } from "../audience.ts";
import type { AllPeople } from "../table/people.ts";

/** What someone asks for who sends an issue. */
export interface Start {
  issue: Issue;
  audience: Audience;
  /** The audience as it was asked for, for people to read. */
  asked: string;
  asks?: AudienceAsked;
  when: When;
  /** What the owner says of it besides; what is left out stays as it was. */
  manner?: Pick<Broadcast, "isPrivate" | "perDay">;
  /** Other words than those it was started with are meant, for readers who have not been mailed yet. */
  isChangeMeant?: boolean;
}

/**
 * What became of a start. `started`: by us, or another person's start was carried on. `running`: all is gathered
 * already. `changed`: the running one has other words, and nothing was done.
 */
export type Started = { outcome: "started" | "running" | "changed" | "cancelled"; broadcast: Broadcast };

export type BroadcastServices = Pick<Services, "broadcasts" | "clock" | "settings" | "content"> & {
  allPeople: AllPeople;
};

/** Tells the words of an issue apart from any others: 16 hex digits. */
export const makeRevision = ({ archive: _, ...words }: Issue): string =>
  createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16);

/**
 * Starts sending an issue, or goes on where a start was cut off. The words are kept with the broadcast, and the
 * audience is written down batch by batch; each batch is sent from as soon as it stands. Two who start it at once
 * write the same batches, and a reader who stood on two of them would be mailed once.
 * @param tell how many readers are gathered so far
 */
export async function startBroadcast(
  services: BroadcastServices,
  start: Start,
  tell: (gathered: number) => void = () => {},
): Promise<Started> {
  const broadcast = await begin(services, start);
  if (broadcast.status === "cancelled") return { outcome: "cancelled", broadcast };
  const inWords = await withWords(services, broadcast, start);
  if (!inWords) return { outcome: "changed", broadcast };
  const current = await withManner(services, inWords, start);
  if (current.gathered) return { outcome: "running", broadcast: current };
  await gatherAll(services, current, start.audience, tell);
  const gathered = await changeBroadcast(services.broadcasts, current.slug, (one) =>
    one.plan === current.plan ? { ...one, gathered: true } : one,
  );
  return { outcome: "started", broadcast: gathered ?? current };
}

/** The broadcast of an issue: the one that is there, or a new one. Its words are written first. */
async function begin({ broadcasts, clock }: BroadcastServices, start: Start): Promise<Broadcast> {
  const { issue } = start;
  const found = await broadcasts.broadcast(issue.slug);
  if (found) return found;
  await broadcasts.keepWords(makeRevision(issue), issue);
  const fresh = freshBroadcast(start, clock.now());
  const saved = (await broadcasts.saveBroadcast(fresh)) ?? (await broadcasts.broadcast(issue.slug));
  if (!saved) throw new Error(`The broadcast of ${issue.slug} is not there after it was written`);
  return saved;
}

/** One of which nothing is gathered yet. */
export const freshBroadcast = (
  { issue, asked, asks, manner, when }: Start,
  startedAt: Instant,
): Broadcast => ({
  kind: "broadcast",
  slug: issue.slug,
  version: 0,
  status: "sending",
  revision: makeRevision(issue),
  ...issueHead(issue),
  audience: asked,
  ...(asks && { asks }),
  ...manner,
  when,
  startedAt,
  gathered: false,
});

const issueHead = ({ title, preview }: Issue) => ({ title, preview });

/** The broadcast with the words of the start; undefined if it has others, and those were not meant to change. */
async function withWords(
  { broadcasts, clock }: BroadcastServices,
  broadcast: Broadcast,
  { issue, isChangeMeant }: Start,
): Promise<Broadcast | undefined> {
  const revision = makeRevision(issue);
  if (broadcast.revision === revision) return broadcast;
  if (!isChangeMeant) return undefined;
  await broadcasts.keepWords(revision, issue);
  const changed = { revision, ...issueHead(issue), changedAt: clock.now() };
  return changeBroadcast(broadcasts, issue.slug, (current) => ({ ...current, ...changed }));
}

async function withManner(
  { broadcasts }: BroadcastServices,
  broadcast: Broadcast,
  { manner = {} }: Start,
): Promise<Broadcast> {
  const { isPrivate = broadcast.isPrivate, perDay = broadcast.perDay } = manner;
  if (isPrivate === broadcast.isPrivate && perDay === broadcast.perDay) return broadcast;
  const changed = await changeBroadcast(broadcasts, broadcast.slug, (current) => ({
    ...(perDay === undefined ? current : withPerDay(current, perDay)),
    ...manner,
  }));
  return changed ?? broadcast;
}

/** Ends where the broadcast was planned anew meanwhile: whoever did that gathers for the new plan. */
async function gatherAll(
  services: BroadcastServices,
  { slug, when, plan }: Broadcast,
  audience: Audience,
  tell: (gathered: number) => void,
): Promise<void> {
  let after: string | undefined;
  let total = 0;
  for (let place = 0; ; place++) {
    const number = batchNumber({ plan }, place);
    const key = { slug, number };
    const gathered =
      (await services.broadcasts.gathered(key)) ??
      (await services.broadcasts.gather(key, await nextBatch(services, audience, when, after)));
    // Before anybody is mailed: the mail may lead to where it can be read.
    const first = firstDue(gathered.readers);
    const current = await changeBroadcast(services.broadcasts, slug, (one) =>
      one.plan === plan ? publicationTime(one, first) : one,
    );
    if (current?.plan !== plan) return;
    await services.broadcasts.saveBatch({
      kind: "page",
      slug,
      number,
      version: 0,
      waiting: gathered.readers,
    });
    total += gathered.readers.reduce((sum, { ids }) => sum + ids.length, 0);
    tell(total);
    if (gathered.next === undefined) return;
    after = gathered.next;
  }
}

async function nextBatch(
  { allPeople, content, settings }: BroadcastServices,
  audience: Audience,
  when: When,
  after: string | undefined,
): Promise<Gathered> {
  const readers: Subscriber[] = [];
  for await (const person of allPeople.people(after)) {
    if (!isInAudience(audience, person, content.courses)) continue;
    readers.push(person.subscriber);
    if (readers.length === BATCH_SIZE)
      return { readers: groupedByMoment(readers, when, settings.defaultZone), next: person.subscriber.id };
  }
  return { readers: groupedByMoment(readers, when, settings.defaultZone) };
}

/** Nothing of it leaves until it is resumed; what is being sent this second still does. */
export const pauseBroadcast = (broadcasts: Broadcasts, slug: string): Promise<Broadcast | undefined> =>
  changeBroadcast(broadcasts, slug, (current) =>
    current.status === "sending" ? { ...current, status: "paused" } : current,
  );

export const resumeBroadcast = (broadcasts: Broadcasts, slug: string): Promise<Broadcast | undefined> =>
  changeBroadcast(broadcasts, slug, (current) =>
    current.status === "paused" ? { ...current, status: "sending" } : current,
  );

/** Nothing of it leaves any more. Where nobody was mailed, it can be planned anew. */
export const cancelBroadcast = (broadcasts: Broadcasts, slug: string): Promise<Broadcast | undefined> =>
  changeBroadcast(broadcasts, slug, (current) =>
    current.status === "cancelled" ? current : { ...current, status: "cancelled" },
  );

/** The broadcast as it is then; undefined if there is none. Throws `changed-too-often`. */
function changeBroadcast(
  broadcasts: Broadcasts,
  slug: string,
  apply: (current: Broadcast) => Broadcast,
): Promise<Broadcast | undefined> {
  return retryConflict(`broadcast of ${slug}`, async () => {
    const current = await broadcasts.broadcast(slug);
    const changed = current && apply(current);
    if (!changed || changed === current) return current;
    return (await broadcasts.saveBroadcast(changed)) ?? CONFLICT;
  });
}
