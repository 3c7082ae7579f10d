import { ALL_FAULTS } from "./mischief.ts";
import type { Outcome, Plan } from "./simulate.ts";
import type { Line } from "./trace.ts";

export interface Cost {
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
}

/** How a run is told, while it happens and when it is over. */
export interface Report {
  begin(plan: Plan): void;
  told?: (line: Line) => void;
  progress?: (week: number, of: number) => void;
  end(plan: Plan, outcome: Outcome, cost: Cost): void;
}

type Print = (text: string) => void;

/** More broken promises than these are told by their number. */
const MOST_TOLD = 10;
const MOST_STORY = 80;

/** One JSON line an event, for scripts. The last line has every count. */
export function asJson(print: Print): Report {
  return {
    begin: () => undefined,
    told: (line) => print(JSON.stringify(line)),
    end: (plan, outcome, cost) =>
      print(JSON.stringify({ event: "summary", ...summaryOf(plan, outcome), ...cost })),
  };
}

/** What a run came to. */
function summaryOf(plan: Plan, { counts, digest, broken }: Outcome) {
  const { subscribers, weeks, seed } = plan;
  return {
    seed,
    subscribers,
    weeks,
    broken: broken.length,
    violations: counts.violations,
    events: counts.events,
    faults: counts.faults,
    kills: counts.kills,
    digest,
  };
}

/** Tables for people; after a broken promise, the story of the one to whom it was made. */
export function asTables(print: Print, progress: Print): Report {
  return {
    begin: ({ subscribers, weeks, seed }) =>
      print(`${subscribers} readers for ${weeks} weeks of virtual time, seed ${seed}`),
    progress: (week, of) => progress(`week ${week} of ${of}`),
    end(plan, outcome, cost) {
      const { counts, broken, story } = outcome;
      progress("");
      table(print, "What happened", counts.events);
      table(print, "What was made to go wrong", counts.faults);
      if (Object.keys(counts.kills).length > 0)
        print(`\nFunctions were killed at ${Object.keys(counts.kills).length} different steps.`);
      table(print, "What must not happen", counts.violations);
      const { seconds, cpuSeconds, peakMegabytes } = cost;
      print(
        `\n${seconds.toFixed(0)} s (${cpuSeconds.toFixed(0)} s of processor), ${peakMegabytes.toFixed(0)} MB at most. Trace ${outcome.digest.slice(0, 16)}.`,
      );
      if (broken.length === 0) return print(`Every promise was kept. Seed ${plan.seed}.\n`);
      for (const { violation, who, how } of broken.slice(0, MOST_TOLD))
        print(`\n${violation}: ${who}: ${how}`);
      if (broken.length > MOST_TOLD) print(`… and ${broken.length - MOST_TOLD} more`);
      print(`\nAll that happened to ${broken[0]?.who}:`);
      for (const line of story.slice(-MOST_STORY)) print(`  ${sentence(line)}`);
      print(`\nTo see it again: ${commandFor(plan)}\n`);
    },
  };
}

function table(print: Print, title: string, rows: Record<string, number>): void {
  const names = Object.keys(rows);
  if (names.length === 0) return;
  const width = Math.max(...names.map((name) => name.length));
  print(`\n${title}`);
  for (const name of names) print(`  ${name.padEnd(width)}  ${String(rows[name]).padStart(8)}`);
}

function sentence({ at, who: _who, event, ...fields }: Line): string {
  const rest = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  return [`${at}  ${event}`, ...rest].join(", ");
}

/** What replays a run. */
export function commandFor({ subscribers, weeks, seed, faults, rate }: Plan): string {
  const list = faults.size === ALL_FAULTS.length ? "all" : [...faults].join(",") || "none";
  const granted = rate === undefined || rate === 14 ? "" : ` --rate ${rate}`;
  return `npm run simulate -- --subscribers ${subscribers} --weeks ${weeks} --seed ${seed} --faults ${list}${granted}`;
}
