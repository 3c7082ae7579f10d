import { ArgumentError, readArguments, usage } from "../../cli/arguments.ts";
import { runningCloud } from "../../cli/running-cloud.ts";
import { random } from "../../functions/aws/random.ts";
import { REHEARSAL_PARTS, rehearsalAddress } from "../../functions/domain/people/rehearsal.ts";
import { RUN_BYTES } from "../../functions/links/links.ts";
import { STAGES } from "../../infra/stages.ts";
import { connect, type Deployment, STAGE_FLAG } from "../connect.ts";
import { openDns } from "../doctor/dns.ts";
import { examine } from "../doctor/doctor.ts";
import { openLeftovers } from "../table/leftovers.ts";
import { keepReport } from "./kept-report.ts";
import { openMailbox } from "./mailbox.ts";
import { startOwnCloud } from "./own-cloud.ts";
import { LAST_STEP, type RehearsalStage, STEPS } from "./rehearsal.ts";
import { A_GB_OF_TABLE, endInWords, inDollars, rehearsalCost, stepInWords } from "./report.ts";
import { runRehearsal } from "./run.ts";

const NAME = "npm run rehearse";
const FLAGS = {
  stage: STAGE_FLAG.stage,
  json: { says: "one JSON object and nothing else, for scripts: npm run -s rehearse -- --json" },
  "dry-run": { says: "say what it would do, and do nothing" },
  help: { says: "this" },
} as const;

/** What a whole rehearsal sends and receives. */
const MAILS = { out: 11, in: 8 };

/** What keeps mail from leaving or arriving; not what compares versions or looks back. */
const EXAMINED = [
  ...["Settings", "Keys", "Account", "Identity", "DKIM", "MAIL FROM", "Breaker", "Receipt rules"],
  ...["MX (replies)", "MAIL FROM MX", "SPF", "DMARC", "Web domain"],
];

/** Who calls it. */
export interface RehearsalSurroundings {
  print(line: string): Promise<void>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** What a plan says of them. */
type PlannedStages = Readonly<Record<string, { mailDomain: string; courses: readonly string[] }>>;

/**
 * Rehearses a stage, and prints what held: 0 if all did, 1 if not. Without a stage it is this machine's: what `npm start`
 * runs, or one that is started for it. Throws an ArgumentError for what cannot be followed.
 * @param stages of the settings
 */
export async function rehearse(
  given: string[],
  { print, signal }: RehearsalSurroundings,
  stages: PlannedStages = STAGES,
): Promise<number> {
  const { stage = "local", json, help, ...flags } = readArguments(NAME, FLAGS, given);
  if (help) return print(usage(NAME, FLAGS)).then(() => 0);
  if (flags["dry-run"]) return print(planInWords(stage, stages)).then(() => 0);
  const own = stage === "local" && !runningCloud() ? await startOwnCloud() : undefined;
  try {
    const reached = reachStage(await connect(stage), signal);
    const run = random(RUN_BYTES);
    if (!json) await print(beginningInWords(reached.deployment, run));
    const report = await runRehearsal(reached, run, async (step) => {
      if (!json) await print(stepInWords(step));
    });
    keepReport({ at: reached.clock.now(), report });
    await print(json ? JSON.stringify(report, undefined, 2) : `\n${endInWords(report)}`);
    return report.isHeld ? 0 : 1;
  } finally {
    await own?.stop();
  }
}

function reachStage(deployment: Deployment, signal: AbortSignal): RehearsalStage {
  const { outputs, services, stage } = deployment;
  requireCourse(stage, services.settings.courses);
  if (!outputs.RehearsalBucket)
    throw new ArgumentError(
      `What is deployed knows no rehearsals. Deploy what stands here: npm run deploy -- -c stage=${stage}`,
    );
  const dns = openDns();
  const here = stage === "local" ? (runningCloud()?.txtRecords ?? {}) : undefined;
  return {
    ...{ deployment, signal, clock: services.clock },
    mailbox: openMailbox(outputs.RehearsalBucket),
    leftovers: openLeftovers(outputs.TableName ?? ""),
    http: fetch,
    txt: here ? async (name) => [here[name] ?? []].flat() : dns.txt,
    examine: () => examine(deployment, dns, ...EXAMINED),
  };
}

/** Its reader goes through a course. */
function requireCourse(stage: string, courses: readonly string[]): void {
  if (courses.length === 0)
    throw new ArgumentError(
      `Stage ${stage} has no course, and a rehearsal's reader goes through one. Add one to its courses in coursepost.config.ts, or try the newsletter by hand: sign up at its page, then "coursepost issue test SLUG".`,
    );
}

function beginningInWords({ place, services }: Deployment, run: string): string {
  const { mailDomain } = services.settings;
  return [
    `The stage proves itself: ${place}, rehearsal ${run}.`,
    `Its reader is ${rehearsalAddress("reader", run, mailDomain)}. Some ${MAILS.out} mails, ${inDollars(rehearsalCost(MAILS))}; three minutes.`,
    "",
  ].join("\n");
}

function planInWords(stage: string, stages: PlannedStages): string {
  const settings = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (!settings)
    throw new ArgumentError(
      `There is no stage "${stage}"; coursepost.config.ts has ${Object.keys(stages).join(", ")}.`,
    );
  const { mailDomain, courses } = settings;
  requireCourse(stage, courses);
  const addresses = REHEARSAL_PARTS.map((part) => rehearsalAddress(part, "RUN", mailDomain));
  return [
    `What a rehearsal of stage ${stage} would do, until the first step that does not hold:`,
    ...[...STEPS, LAST_STEP].map(({ says }, at) => `${String(at + 1).padStart(4)}  ${says}`),
    "",
    `Its readers would be ${addresses.join(", ")}; nobody else is mailed.`,
    `Some ${MAILS.out} mails out and ${MAILS.in} in: ${inDollars(rehearsalCost(MAILS))} by list prices, and two readings of the whole table, $${A_GB_OF_TABLE.toFixed(2)} a gigabyte.`,
    "Nothing was done.",
  ].join("\n");
}
