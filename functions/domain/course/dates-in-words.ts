import type { Instant } from "../time.ts";
import { say, type Words } from "../words/words.ts";
import type { Cadence } from "./cadence.ts";
import { localDay, toReadersTime } from "./schedule.ts";

/** `Tuesday, 07:30` as a reader of the given zone would say it. */
export function slotInWords(words: Words, cadence: Cadence, moment: Instant): string {
  const local = toReadersTime(cadence, moment);
  const weekday = words.weekdays[local.dayOfWeek - 1] ?? "";
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return say(words, "moment.slot", { weekday, time });
}

/** `24 February 2027 and 24 November 2027`: the days of several moments, the earliest first. */
export function datesInWords(words: Words, cadence: Cadence, moments: readonly Instant[]): string {
  const days = moments.map((moment) => dateInWords(words, cadence, moment));
  return new Intl.ListFormat(words.language, { type: "conjunction" }).format(days);
}

/** `24 November 2026` on the clock of the given zone. */
export function dateInWords(words: Words, cadence: Cadence, moment: Instant): string {
  const { day, month, year } = localDay(cadence, moment);
  return words.date
    .replace("{day}", String(day))
    .replace("{month}", words.months[month - 1] ?? "")
    .replace("{year}", String(year));
}
