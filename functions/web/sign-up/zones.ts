import { todaysName } from "../../domain/course/zones.ts";
import { say, type Words } from "../../domain/words/words.ts";

/** Zones of one region as a list to choose from: `Europe` with `Berlin`, `Isle of Man`, … */
interface ZoneGroup {
  region: string;
  /** `was`: the old name by which a browser may know the zone. */
  zones: { name: string; was: string; label: string; chosen: boolean }[];
}

/**
 * All IANA zones that this runtime knows, by region and under today's name (`Asia/Kolkata`), however old the runtime's
 * list is. The chosen one is always among them.
 */
export function zoneGroups(words: Words, chosen: string): ZoneGroup[] {
  const names = new Map(
    ["UTC", ...Intl.supportedValuesOf("timeZone"), chosen].map((name) => [todaysName(name), name]),
  );
  const now = todaysName(chosen);
  const groups = new Map<string, ZoneGroup["zones"]>();
  for (const name of [...names.keys()].filter((zone) => zone !== "").sort()) {
    const [place, city] = split(name);
    const region = regionInWords(words, place);
    const zones = groups.get(region) ?? [];
    const was = names.get(name) ?? name;
    zones.push({
      name,
      was: was === name ? "" : was,
      label: city.replaceAll("_", " "),
      chosen: name === now,
    });
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
