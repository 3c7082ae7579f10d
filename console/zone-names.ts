import { ArgumentError, distance } from "../cli/arguments.ts";
import { canonicalZone } from "../functions/domain/course/zones.ts";

const NAMES = [...Intl.supportedValuesOf("timeZone"), "UTC"];
/** `Europe`, `America`, `America/Argentina`: whatever stands before a slash. */
const REGIONS = [
  ...new Set(
    NAMES.flatMap((name) => {
      const parts = name.split("/");
      return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/"));
    }),
  ),
];
const MAIN_REGIONS = REGIONS.filter((region) => !region.includes("/")).map((region) => `${region}/*`);
/** So many letters may be wrong in a name that is meant. */
const MOST_WRONG = 3;

/**
 * The zone or the region that somebody typed, by the names that readers are kept with: `Europe/Zurich` for
 * `europe/zurich`, `America/Los_Angeles` for `US/Pacific`, `Europe/*`. Throws an ArgumentError with a name that is near.
 */
export function readZonePattern(flag: string, typed: string): string {
  const region = /^(.+)\/\*$/.exec(typed.trim())?.[1]?.toLowerCase();
  const found =
    region === undefined
      ? canonicalZone(typed)
      : REGIONS.find((one) => one.toLowerCase() === region)?.concat("/*");
  if (found !== undefined) return found;
  const near = nearestName(typed, region);
  throw new ArgumentError(
    `--${flag} zone=${typed}? There is no such zone.${near ? ` Did you mean zone=${near}?` : ""} It is a name like Europe/Zurich, or a region: ${MAIN_REGIONS.join(", ")}.`,
  );
}

/** By the city alone, else by the fewest letters that differ. */
function nearestName(typed: string, region: string | undefined): string | undefined {
  const names = region === undefined ? NAMES : REGIONS;
  const wanted = (region ?? typed).trim().toLowerCase().replace(/ +/g, "_");
  const city = (name: string) => name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  const ranked = names
    .map((name) => ({
      name,
      off: Math.min(distance(name.toLowerCase(), wanted), offInCity(city(name), city(wanted))),
    }))
    .sort((one, other) => one.off - other.off);
  const [best] = ranked;
  if (!best || best.off > MOST_WRONG) return undefined;
  return region === undefined ? best.name : `${best.name}/*`;
}

/** A short name is near to every other one. */
const offInCity = (city: string, wanted: string): number =>
  wanted.length < 4 ? Number.POSITIVE_INFINITY : distance(city, wanted);
