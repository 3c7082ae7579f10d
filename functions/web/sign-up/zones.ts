import { say, type Words } from "../../domain/words/words.ts";

/** Zones of one region as a list to choose from: `Europe` with `Berlin`, `Isle of Man`, … */
interface ZoneGroup {
  region: string;
  zones: { name: string; label: string; chosen: boolean }[];
}

/**
 * All IANA zones that this runtime knows, by region. The chosen one is always among them, also when it is an
 * old name (`Asia/Calcutta`) that the runtime's list leaves out.
 */
export function zoneGroups(words: Words, chosen: string): ZoneGroup[] {
  const names = new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), chosen]);
  const groups = new Map<string, ZoneGroup["zones"]>();
  for (const name of [...names].filter((zone) => zone !== "").sort()) {
    const [place, city] = split(name);
    const region = regionInWords(words, place);
    const zones = groups.get(region) ?? [];
    zones.push({ name, label: city.replaceAll("_", " "), chosen: name === chosen });
    groups.set(region, zones);
  }
  return [...groups].map(([region, zones]) => ({ region, zones }));
}

const REGIONS = [
  "Africa",
  "America",
  "Antarctica",
  "Asia",
  "Atlantic",
  "Australia",
  "Europe",
  "Indian",
  "Pacific",
  "elsewhere",
] as const;

/** Cities keep their name in the database of zones; a region that only old names have does, too. */
function regionInWords(words: Words, region: string): string {
  const known = REGIONS.find((one) => one === region);
  return known ? say(words, `zones.${known}`) : region;
}

function split(name: string): [region: string, city: string] {
  const slash = name.indexOf("/");
  return slash < 0 ? ["elsewhere", name] : [name.slice(0, slash), name.slice(slash + 1)];
}
