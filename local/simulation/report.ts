import { type SeedTally, sumCounts } from "./counts.ts";
import { ALL_FAULTS } from "./fault-injector.ts";
import type { Plan, SimulationOutcome } from "./simulate.ts";
import { ALL_STRANGERS } from "./strangers/kinds.ts";
import type { TraceLine } from "./trace.ts";

export interface Cost {
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
}

/** What is told of a run. */
export interface Result extends Pick<SimulationOutcome, "broken" | "story" | "digest"> {
  counts: SeedTally;
}

/** How runs are told, while they happen and when they are over. */
export interface Reporter {
  begin(plan: Plan): void;
  told?: (line: TraceLine) => void;
  progress(text: string): void;
  end(plan: Plan, result: Result, cost: Cost): void;
  /** After several. */
  sum(plans: readonly Plan[], results: readonly Result[], cost: Cost): void;
}

type Print = (text: string) => void;

/** More broken promises than these are told by their number. */
const MOST_TOLD = 10;
const MOST_STORY = 80;

/** One JSON line an event, for scripts. The last line has every count. */
export function asJson(print: Print): Reporter {
  return {
    begin: () => undefined,
    told: (line) => print(JSON.stringify(line)),
    progress: () => undefined,
    end: ({ subscribers, weeks, seed }, { counts, digest, broken }, cost) => {
      const summary = { seed, subscribers, weeks, broken: broken.length, ...counts, digest, ...cost };
      print(JSON.stringify({ event: "summary", ...summary }));
    },
    sum: (plans, results, cost) => {
      const [{ subscribers, weeks }] = plans as [Plan];
      const broken = countBroken(results);
      const summary = { seeds: plans.map(({ seed }) => seed), subscribers, weeks, broken };
      const tally = sumCounts(results.map(({ counts }) => counts));
      print(JSON.stringify({ event: "summary", ...summary, ...tally, ...cost }));
    },
  };
}

const countBroken = (results: readonly Result[]): number =>
  results.reduce((sum, { broken }) => sum + broken.length, 0);

/** Tables for people; after a broken promise, the story of the one to whom it was made. */
export function asTables(print: Print, progress: Print): Reporter {
  return {
    begin: ({ subscribers, listed = 0, newsletter = 0, weeks, seed }) =>
      print(
        `${subscribers} readers and ${listed + newsletter} of the newsletter alone for ${weeks} weeks of virtual time, seed ${seed}`,
      ),
    progress,
    end(plan, { counts, broken, story, digest }, cost) {
      progress("");
      tables(print, counts);
      print(`\n${costs(cost)} Trace ${digest.slice(0, 16)}.`);
      if (broken.length === 0) return print(`Every promise was kept. Seed ${plan.seed}.\n`);
      for (const { violation, who, how } of broken.slice(0, MOST_TOLD))
        print(`\n${violation}: ${who}: ${how}`);
      if (broken.length > MOST_TOLD) print(`… and ${broken.length - MOST_TOLD} more`);
      print(`\nAll that happened to ${broken[0]?.who}:`);
      for (const line of story.slice(-MOST_STORY)) print(`  ${sentence(line)}`);
      print(`\nTo see it again: ${replayCommand(plan)}\n`);
    },
    sum(plans, results, cost) {
      print(`${plans.length} seeds together`);
      tables(print, sumCounts(results.map(({ counts }) => counts)));
      const broken = countBroken(results);
      print(`\n${costs(cost)}`);
      print(broken === 0 ? "Every promise was kept.\n" : `${broken} promises were broken.\n`);
    },
  };
}

function tables(print: Print, { events, strangers, faults, kills, violations }: SeedTally): void {
  table(print, "What happened", events);
  table(print, "What strangers did", strangers);
  table(print, "What was made to go wrong", faults);
  const steps = Object.keys(kills).length;
  if (steps > 0) print(`\nFunctions were killed at ${steps} different steps.`);
  table(print, "What must not happen", violations);
}

const costs = ({ seconds, cpuSeconds, peakMegabytes }: Cost): string =>
  `${seconds.toFixed(0)} s (${cpuSeconds.toFixed(0)} s of processor), ${peakMegabytes.toFixed(0)} MB at most.`;

function table(print: Print, title: string, rows: Record<string, number>): void {
  const names = Object.keys(rows);
  if (names.length === 0) return;
  const width = Math.max(...names.map((name) => name.length));
  print(`\n${title}`);
  for (const name of names) print(`  ${name.padEnd(width)}  ${String(rows[name]).padStart(8)}`);
}

function sentence({ at, who: _who, event, ...fields }: TraceLine): string {
  const rest = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  return [`${at}  ${event}`, ...rest].join(", ");
}

/** What replays a run. */
function replayCommand(plan: Plan): string {
  const {
    course,
    subscribers,
    listed,
    newsletter = 0,
    perDay,
    weeks,
    seed,
    faults,
    rate,
    strangers,
    warmUp,
    tells,
  } = plan;
  const list = faults.size === ALL_FAULTS.length ? "all" : [...faults].join(",") || "none";
  const granted = rate === undefined || rate === 14 ? "" : ` --rate ${rate}`;
  const ramp = warmUp ? ` --warm-up ${warmUp.from}` : "";
  const more = `${listed ? ` --listed ${listed}` : ""} --newsletter ${newsletter}${perDay ? ` --per-day ${perDay}` : ""}`;
  const telling = tells ? " --tells" : "";
  const of = course === undefined ? "" : ` --course ${course}`;
  const among =
    strangers.size === ALL_STRANGERS.length ? "" : ` --strangers ${[...strangers].join(",") || "none"}`;
  return `npm run simulate --${of} --subscribers ${subscribers}${more} --weeks ${weeks} --seed ${seed} --faults ${list}${granted}${ramp}${among}${telling}`;
}
