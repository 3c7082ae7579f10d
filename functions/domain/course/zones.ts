import { isZone } from "./schedule.ts";

/**
 * Names that the database of zones has given up, and those that stand in their place since (its file `backward`):
 * browsers, tools and this runtime still use the old ones.
 */
const RENAMED: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** What is copied along with a name. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/**
 * The one name of a zone, whatever the case and the age of the name that was given: `europe/zurich`, `US/Pacific`,
 * `America/New York`. Undefined for what is no zone.
 */
export function canonicalZone(typed: string): string | undefined {
  const name = typed
    .replace(UNSEEN, "")
    .trim()
    .replace(/\s*\/\s*/g, "/")
    .replace(/\s+/g, "_");
  if (!isZone(name)) return undefined;
  const own = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  return todaysName(own);
}

/** The name that stands in the place of one that was given up; any other is today's. A runtime can be older than a name. */
export function todaysName(zone: string): string {
  const renamed = RENAMED[zone];
  return renamed !== undefined && isZone(renamed) ? renamed : zone;
}
