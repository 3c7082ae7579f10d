import { earliest } from "../../functions/domain/sending/agenda.ts";
import { type Holder, mayAct, toHolderKey } from "../../functions/domain/sending/holder.ts";
import { listShards, shardPriority } from "../../functions/domain/sending/shard.ts";
import { DAY, type Instant } from "../../functions/domain/time.ts";
import type { DueKey } from "../../functions/ports.ts";
import type { Deployment } from "../connect.ts";

/** A mail, or an act of a course, that comes soon. */
export interface LeavesNext {
  at: Instant;
  /** As the agenda names it: `lesson`, `answer`, `resume`, or `issue` for a whole one. */
  what: string;
  /** The course, where it is of one; the slug of an issue. */
  list?: string;
  /** Whose; absent for an issue, which is for many. */
  subscriber?: string;
}

const SHOWN = 6;
const LOOKS_AHEAD = 30 * DAY;

/** What leaves next, the earliest first: out of the heads of the index that sends, and the issues that are scheduled. */
export async function listNext({ services }: Pick<Deployment, "services">): Promise<LeavesNext[]> {
  const { store, broadcasts, clock } = services;
  const now = clock.now();
  const shards = listShards(0, 1).filter((shard) => shardPriority(shard) !== "bulk");
  const [heads, issues] = await Promise.all([
    Promise.all(shards.map((shard) => store.due(shard, now + LOOKS_AHEAD))),
    broadcasts.broadcasts(),
  ]);
  const first = heads.flat().sort(byMoment).slice(0, SHOWN);
  const mails = await Promise.all(first.map(async (key) => describe(await store.holder(key.holder), key)));
  const scheduled = issues
    .filter(({ status, when }) => status === "sending" && when.from > now)
    .map(({ slug, when }): LeavesNext => ({ at: when.from, what: "issue", list: slug }));
  return [...mails.flat(), ...scheduled].sort((one, other) => one.at - other.at).slice(0, SHOWN);
}

const byMoment = (one: DueKey, other: DueKey): number => one.dueAt - other.dueAt;

/** Nothing, where it has left since the index was read. */
function describe(holder: Holder | undefined, { dueAt }: DueKey): LeavesNext[] {
  const next = holder && earliest(holder.agenda, (key) => mayAct(holder, key));
  if (!holder || !next) return [];
  const [what = ""] = next.key.split("_");
  const { subscriber } = toHolderKey(holder);
  const list = holder.kind === "enrolment" ? holder.course : undefined;
  return [{ at: dueAt, what, subscriber, ...(list !== undefined && { list }) }];
}
