import { writeFileSync } from "node:fs";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import type { Watching } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { countStats } from "./count.ts";
import { tablesText } from "./tables.ts";

export const FLAGS = {
  ...STAGE_FLAG,
  weeks: { value: "N", says: "so many weeks back, this one among them; 12 otherwise" },
  json: { says: "as JSON" },
  html: { value: "FILE", says: "as one page with plots, which needs no script" },
} as const;
type StatsFlags = Given<typeof FLAGS>;

const DEFAULT_WEEKS = 12;
const MOST_WEEKS = 260;

/** The counts as a table or JSON, or where the page is. */
export async function runStats(
  { services, allPeople, place }: Pick<Deployment, "services" | "allPeople" | "place">,
  flags: StatsFlags,
  { tell, heading }: Pick<Watching, "tell"> & { heading?: (text: string) => string },
): Promise<string> {
  const weeks = readWeeks(flags);
  const file = readFileFlag(flags);
  const { courses } = services.content;
  const stats = await countStats(allPeople, courses, { weeks, now: services.clock.now() }, (people) =>
    tell("people", people),
  );
  if (flags.json) return JSON.stringify(stats, undefined, 2);
  if (file === undefined) return tablesText(stats, heading);
  // The plots' library is read where there is a page: it takes a third of a second.
  const { statsPage } = await import("./page.ts");
  try {
    writeFileSync(file, statsPage(stats, place), { mode: 0o600 });
  } catch (error) {
    throw new ArgumentError(`${file} cannot be written: ${(error as Error).message}. Name another file.`);
  }
  return `The page is ${file}. Open it in a browser; nobody is named in it.`;
}

function readWeeks({ weeks }: StatsFlags): number {
  if (weeks === undefined) return DEFAULT_WEEKS;
  const count = /^\d{1,3}$/.test(weeks) ? Number(weeks) : 0;
  if (count < 1 || count > MOST_WEEKS)
    throw new ArgumentError(`--weeks ${weeks}? It is a number from 1 to ${MOST_WEEKS}.`);
  return count;
}

function readFileFlag({ html, json }: StatsFlags): string | undefined {
  if (html !== undefined && json)
    throw new ArgumentError("--json and --html are two forms of the same: give one of them.");
  // A slip must not cost a file that is something else.
  if (html !== undefined && !/\.html?$/i.test(html))
    throw new ArgumentError(`--html ${html}? It writes a page: name a file that ends in .html.`);
  return html;
}
