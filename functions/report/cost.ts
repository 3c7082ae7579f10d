import type { WeekCost } from "../domain/report.ts";
import { PRICES } from "./prices-2026-11.ts";

/** What a million mails cost beside SES, and a month without mail: by `npm run cost`, which compares. */
export const AROUND_A_MILLION = 6.94;
export const IDLE_MONTH = 0.88;
/** Alarms of the stack. Ten of an account are free, and not counted on here. */
export const ALARMS = 30;
const WEEKS_A_MONTH = 52 / 12;
const MILLION = 1_000_000;

/** What a week cost by list prices. SES's is that of new accounts; what comes in and the web's requests are cents. */
export function reckonCost(mails: number): WeekCost {
  const { date, region, million, alarmAMonth } = PRICES;
  return {
    sending: (mails / MILLION) * million.sesMessages.essentials,
    around: (mails / MILLION) * AROUND_A_MILLION,
    standing: (IDLE_MONTH + ALARMS * alarmAMonth) / WEEKS_A_MONTH,
    prices: { date, region },
  };
}
