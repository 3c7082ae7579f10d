import { lastWeek, type WeekReport } from "../../functions/domain/report.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { requireOwnerIndex } from "../desk-index.ts";
import { HUMAN_KINDS } from "../replies/list-replies.ts";
import type { OwnerIndex } from "../table/owner-index.ts";
import { type LeavesNext, listNext } from "./leaves-next.ts";
import { findLatestReport, type MonthCost, reckonStage } from "./month-cost.ts";
import { listWaiting, type WaitingThing } from "./waiting-things.ts";

/** What an owner looks at in the morning. */
export interface Today {
  /** The gravest first, then what has waited longest. */
  waiting: WaitingThing[];
  /** More waits than is listed. */
  hasMore: boolean;
  /** From Monday on, on the clock of the stage's default zone… */
  week: WeekSoFar;
  /** …and the whole of the one before. */
  lastWeek: WeekSoFar;
  /** The report of last Monday, if it was counted: all of the week's figures, and its cost. */
  report?: WeekReport;
  /** What a month costs at the size that this is. */
  month: MonthCost;
  next: LeavesNext[];
}

export interface WeekSoFar {
  from: Instant;
  /** People, by when they first signed up… */
  signedUp: number;
  /** …and how many of these read now. */
  active: number;
  /** Replies that a person wrote. */
  replies: number;
}

/** All of it at once; for less than a tenth of a cent, however many readers there are. */
export async function readToday(deployment: Deployment): Promise<Today> {
  const { settings, clock } = deployment.services;
  const index = await requireOwnerIndex(deployment);
  const now = clock.now();
  const { from, until } = lastWeek(settings.defaultZone, now);
  const [{ waiting, hasMore }, week, before, report, month, next] = await Promise.all([
    listWaiting(deployment, index),
    countWeek(index, until, now + 1),
    countWeek(index, from, until),
    findLatestReport(deployment),
    reckonStage(deployment),
    listNext(deployment),
  ]);
  return { waiting, hasMore, week, lastWeek: before, ...(report && { report }), month, next };
}

async function countWeek(index: OwnerIndex, from: Instant, until: Instant): Promise<WeekSoFar> {
  const [signedUp, active, replies] = await Promise.all([
    index.count("people", { from, until }),
    index.count("people", { from, until, equals: { status: "active" } }),
    index.count("replies", { from, until, oneOf: { attribute: "replyKind", values: HUMAN_KINDS } }),
  ]);
  return { from, signedUp, active, replies };
}
