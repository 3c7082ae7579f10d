import { dayAndTime } from "../../cli/time-in-words.ts";
import {
  type Broadcast,
  batchNumber,
  issueDispatch,
  type Portion,
} from "../../functions/domain/newsletter/broadcast.ts";
import type { DeliveryState, EntryNote } from "../../functions/domain/sending/dispatch.ts";
import { HOUR, type Instant, iso } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import { momentShown } from "../shown.ts";
import type { AllPeople } from "../table/people.ts";

/** How far a broadcast has come with the readers of a zone, or with all. */
interface Count {
  readers: number;
  /** Accepted by SES; the next three are among them. */
  sent: number;
  delivered: number;
  bounced: number;
  complained: number;
  /** Left by the link, the address or a reply of this very mail. */
  left: number;
  replied: number;
  waiting: number;
  /** Not mailed and not waiting: they left, stopped, or stand in doubt on their own agenda. */
  notMailed: number;
}

const NONE: Count = {
  readers: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  left: 0,
  replied: 0,
  waiting: 0,
  notMailed: 0,
};

/** How far a broadcast has come: by zone, and how many left in which hour (UTC). */
export interface SendProgress {
  zones: ReadonlyMap<string, Count>;
  hours: ReadonlyMap<Instant, number>;
}

const localHour = (at: Instant): Instant => Math.floor(at / HOUR) * HOUR;

/** Counts a broadcast by zone and hour, out of its batches and the ledger. In bounded memory. */
export async function countBroadcast(
  { broadcasts }: Pick<Services, "broadcasts">,
  allPeople: AllPeople,
  { slug, plan }: Pick<Broadcast, "slug" | "plan">,
): Promise<SendProgress> {
  const zones = new Map<string, Count>();
  const hours = new Map<Instant, number>();
  const add = (zone: string, more: Partial<Count>) => {
    const count = { ...(zones.get(zone) ?? NONE) };
    for (const [name, by] of Object.entries(more)) count[name as keyof Count] += by;
    zones.set(zone, count);
  };
  for (let place = 0; ; place++) {
    const key = { slug, number: batchNumber({ plan }, place) };
    const gathered = await broadcasts.gathered(key);
    if (!gathered) return { zones, hours };
    const batch = await broadcasts.batch(key);
    const waiting = new Set((batch?.isCancelled ? [] : batch?.waiting)?.flatMap(({ ids }) => ids));
    for (const { zone, ids } of gathered.readers) {
      const entries = await allPeople.ledgerEntries(ids.map((id) => issueDispatch(id, slug)));
      const inState = (...states: DeliveryState[]) =>
        [...entries.values()].filter(({ state }) => states.includes(state)).length;
      const countNoted = (note: EntryNote) => [...entries.values()].filter((entry) => entry[note]).length;
      for (const { sentAt } of entries.values())
        hours.set(localHour(sentAt), (hours.get(localHour(sentAt)) ?? 0) + 1);
      const still = ids.filter((id) => waiting.has(id) && !entries.has(issueDispatch(id, slug))).length;
      add(zone, {
        readers: ids.length,
        sent: entries.size,
        delivered: inState("delivered", "complained"),
        bounced: inState("bounced", "rejected"),
        complained: inState("complained"),
        left: countNoted("leftAt"),
        replied: countNoted("repliedAt"),
        waiting: still,
        notMailed: ids.length - entries.size - still,
      });
    }
  }
}

const WIDTH = 40;

/** Where an issue stands on its way. */
export type BroadcastStage = "scheduled" | "sending" | "paused" | "sent" | "cancelled";

/** @param isWaiting some of its readers are neither mailed nor done with */
export function broadcastStage(broadcast: Broadcast, isWaiting: boolean, now: Instant): BroadcastStage {
  const { status, gathered, publishedAt = now } = broadcast;
  if (status !== "sending") return status;
  if (gathered && !isWaiting) return "sent";
  return publishedAt > now ? "scheduled" : "sending";
}

/**
 * The count as an owner reads it: a bar, a line of sums, and a line a zone.
 * @param zone on whose clock moments are shown
 */
export function statusText(
  broadcast: Broadcast,
  { zones, hours }: SendProgress,
  { now, zone }: { now: Instant; zone: string },
): string {
  const all = sumCounts(zones);
  const done = all.readers === 0 ? 0 : (all.readers - all.waiting) / all.readers;
  const filled = Math.floor(done * WIDTH);
  const { slug, startedAt, audience, when, gathered, isPrivate, perDay, portion } = broadcast;
  const from = momentShown(when.from, zone);
  const sends = when.local ? `${when.local} on each reader's clock, from ${from}` : from;
  return [
    `Issue        ${slug}: ${broadcastStage(broadcast, all.waiting > 0, now)}${gathered ? "" : "; its audience is not gathered to the end: run send again"}`,
    `Started      ${momentShown(startedAt, zone)}`,
    `Leaves       ${sends}`,
    `Audience     ${audience}`,
    ...(isPrivate ? ["Archive      private"] : []),
    ...(perDay === undefined ? [] : [`Portions     ${portionInWords(perDay, portion, { now, zone })}`]),
    `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${Math.floor(done * 100)} %`,
    "",
    row("", { ...HEAD }),
    row("all", all),
    ...[...zones].sort(([one], [other]) => (one < other ? -1 : 1)).map(([zone, count]) => row(zone, count)),
    ...timeTable(hours, zone),
  ].join("\n");
}

function portionInWords(
  perDay: number,
  portion: Portion | undefined,
  { now, zone }: { now: Instant; zone: string },
): string {
  const isOpen = portion !== undefined && portion.until > now;
  const left = isOpen ? `; ${portion.left} more until ${momentShown(portion.until, zone)}` : "";
  return `${perDay} in 24 hours${left}`;
}

export const sumCounts = (zones: SendProgress["zones"]): Count =>
  [...zones.values()].reduce(
    (sum, count) =>
      Object.fromEntries(
        Object.entries(sum).map(([name, by]) => [name, by + count[name as keyof Count]]),
      ) as unknown as Count,
    NONE,
  );

/** The same for programs. */
export function statusJson(broadcast: Broadcast, { zones, hours }: SendProgress, now: Instant): string {
  const { slug, startedAt, audience, when, gathered, publishedAt, isPrivate = false, perDay } = broadcast;
  const all = sumCounts(zones);
  const moments = {
    startedAt: iso(startedAt),
    leavesFrom: iso(when.from),
    leavesAtLocal: when.local,
    publishedAt: publishedAt === undefined ? undefined : iso(publishedAt),
  };
  const sentByHour = Object.fromEntries(inOrder(hours).map(([hour, sent]) => [iso(hour), sent]));
  const counts = { all, zones: Object.fromEntries(zones), sentByHour };
  return JSON.stringify(
    {
      slug,
      status: broadcastStage(broadcast, all.waiting > 0, now),
      gathered,
      audience,
      isPrivate,
      perDay,
      ...moments,
      ...counts,
    },
    null,
    2,
  );
}

const inOrder = (counts: SendProgress["hours"]) => [...counts].sort(([one], [other]) => one - other);

/** More hours than these are told by the day. */
const MOST_HOURS = 48;

/** How many left when, on the clock of a zone: a line an hour, or a day where they were many, with a bar. */
function timeTable(hours: SendProgress["hours"], zone: string): string[] {
  const ordered = inOrder(hours);
  const [first = 0] = ordered[0] ?? [];
  const [last = 0] = ordered.at(-1) ?? [];
  const isLong = last - first >= MOST_HOURS * HOUR;
  const sums = new Map<string, number>();
  for (const [hour, sent] of ordered) {
    const { day, time } = dayAndTime(hour, zone);
    const name = isLong ? day : `${day} ${time}`;
    sums.set(name, (sums.get(name) ?? 0) + sent);
  }
  const most = Math.max(0, ...sums.values());
  const bar = (sent: number) => "#".repeat(Math.max(1, Math.round((sent / most) * WIDTH)));
  const lines = [...sums].map(
    ([name, sent]) => `${name.padEnd(22)}${String(sent).padStart(11)}  ${bar(sent)}`,
  );
  const head = isLong ? "day" : "hour";
  return lines.length === 0 ? [] : ["", `${`${head} (${zone})`.padEnd(22)}${"sent".padStart(11)}`, ...lines];
}

const HEAD = {
  readers: "readers",
  sent: "sent",
  delivered: "delivered",
  bounced: "bounced",
  complained: "spam",
  left: "left",
  replied: "replied",
  waiting: "waiting",
  notMailed: "not mailed",
};

const row = (name: string, count: Record<keyof Count, string | number>): string =>
  [name.padEnd(22), ...Object.keys(HEAD).map((column) => String(count[column as keyof Count]).padStart(11))]
    .join("")
    .trimEnd();
