import { lastMonday, lastWeek, type WeekReport } from "../../functions/domain/report.ts";
import { addUp, type CostLine, type Month, reckonMonth, weeklyLessons } from "../../functions/report/cost.ts";
import type { Deployment } from "../connect.ts";
import { requireOwnerIndex } from "../desk-index.ts";

/** What a month costs by list prices, at a size. */
export interface MonthCost extends Pick<Month, "mails" | "readers"> {
  lines: CostLine[];
  /** US dollars; with what AWS gives each account free. */
  usd: number;
  usdWithFree: number;
}

type Stage = Pick<Deployment, "services" | "ownerIndex" | "indexFilling" | "stage">;

const WEEKS_A_MONTH = 52 / 12;

/** A month with a weekly lesson for so many readers; at the size that the stage has, unless told. */
export async function reckonStage(deployment: Stage, readers?: number): Promise<MonthCost> {
  const { settings } = deployment.services;
  const size = readers === undefined ? await readSize(deployment) : weeklyLessons(readers);
  const lines = reckonMonth({ ...size, settings });
  return { ...size, lines, usd: addUp(lines), usdWithFree: addUp(lines, "usdWithFree") };
}

/** By last Monday's report, which has counted all readers; before the first of them they are few, and counted here. */
async function readSize(deployment: Stage): Promise<Pick<Month, "mails" | "readers">> {
  const report = await findLatestReport(deployment);
  if (report) return { readers: report.now.active, mails: report.mails * WEEKS_A_MONTH };
  const index = await requireOwnerIndex(deployment);
  return weeklyLessons(await index.count("people", { equals: { status: "active" } }));
}

/** Of last Monday, or of the one before while the new one is counted. */
export async function findLatestReport({
  services,
}: Pick<Deployment, "services">): Promise<WeekReport | undefined> {
  const { settings, clock, store } = services;
  const { monday } = lastWeek(settings.defaultZone, clock.now());
  const [report, older] = await Promise.all([store.report(monday), store.report(lastMonday(monday))]);
  return report ?? older;
}

/** One line: what it comes to. */
export const monthInWords = ({ usd, usdWithFree, readers }: MonthCost): string =>
  `A month with ${readers.toLocaleString("en")} active ${readers === 1 ? "reader" : "readers"} costs about $${usd.toFixed(2)} by list prices, $${usdWithFree.toFixed(2)} with AWS's free tiers.`;
