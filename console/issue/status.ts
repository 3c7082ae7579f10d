import { type Broadcast, issueDispatch } from "../../functions/domain/broadcast.ts";
import type { DeliveryState } from "../../functions/domain/dispatch.ts";
import { iso } from "../../functions/domain/time.ts";
import type { Census, Services } from "../../functions/ports.ts";

/** How far a broadcast has come with the readers of a zone, or with all. */
export interface Count {
  readers: number;
  /** Accepted by SES; the next three are among them. */
  sent: number;
  delivered: number;
  bounced: number;
  complained: number;
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
  waiting: 0,
  notMailed: 0,
};

/** Counts a broadcast by zone, out of its pages and the ledger. In bounded memory. */
export async function countBroadcast(
  { broadcasts }: Pick<Services, "broadcasts">,
  census: Census,
  slug: string,
): Promise<Map<string, Count>> {
  const zones = new Map<string, Count>();
  const add = (zone: string, more: Partial<Count>) => {
    const count = { ...(zones.get(zone) ?? NONE) };
    for (const [name, by] of Object.entries(more)) count[name as keyof Count] += by;
    zones.set(zone, count);
  };
  for (let number = 0; ; number++) {
    const key = { slug, number };
    const gathered = await broadcasts.gathered(key);
    if (!gathered) return zones;
    const page = await broadcasts.page(key);
    const waiting = new Set((page?.isCancelled ? [] : page?.waiting)?.flatMap(({ ids }) => ids));
    for (const { zone, ids } of gathered.readers) {
      const entries = await census.ledgerEntries(ids.map((id) => issueDispatch(id, slug)));
      const inState = (...states: DeliveryState[]) =>
        [...entries.values()].filter(({ state }) => states.includes(state)).length;
      const still = ids.filter((id) => waiting.has(id) && !entries.has(issueDispatch(id, slug))).length;
      add(zone, {
        readers: ids.length,
        sent: entries.size,
        delivered: inState("delivered", "complained"),
        bounced: inState("bounced", "rejected"),
        complained: inState("complained"),
        waiting: still,
        notMailed: ids.length - entries.size - still,
      });
    }
  }
}

const WIDTH = 40;

/** The count as an owner reads it: a bar, a line of sums, and a line a zone. */
export function statusText(broadcast: Broadcast, zones: ReadonlyMap<string, Count>): string {
  const all = [...zones.values()].reduce(
    (sum, count) =>
      Object.fromEntries(
        Object.entries(sum).map(([name, by]) => [name, by + count[name as keyof Count]]),
      ) as unknown as Count,
    NONE,
  );
  const done = all.readers === 0 ? 0 : (all.readers - all.waiting) / all.readers;
  const filled = Math.floor(done * WIDTH);
  const { slug, status, startedAt, audience, when, gathered } = broadcast;
  const isDone = status === "sending" && gathered && all.waiting === 0;
  const sends = when.local ? `${when.local} on each reader's clock, from ${iso(when.from)}` : iso(when.from);
  return [
    `Issue        ${slug}: ${isDone ? "sent" : status}${gathered ? "" : "; its audience is not gathered to the end: run send again"}`,
    `Started      ${iso(startedAt)}`,
    `Leaves       ${sends}`,
    `Audience     ${audience}`,
    `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${Math.floor(done * 100)} %`,
    "",
    row("", { ...HEAD }),
    row("all", all),
    ...[...zones].sort(([one], [other]) => (one < other ? -1 : 1)).map(([zone, count]) => row(zone, count)),
  ].join("\n");
}

const HEAD = {
  readers: "readers",
  sent: "sent",
  delivered: "delivered",
  bounced: "bounced",
  complained: "spam",
  waiting: "waiting",
  notMailed: "not mailed",
};

const row = (name: string, count: Record<keyof Count, string | number>): string =>
  [name.padEnd(22), ...Object.keys(HEAD).map((column) => String(count[column as keyof Count]).padStart(11))]
    .join("")
    .trimEnd();
