import { createInterface } from "node:readline/promises";
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { ArgumentError } from "../cli/arguments.ts";
import { type RunningCloud, runningCloud } from "../cli/running-cloud.ts";
import { endTold } from "../cli/terminal.ts";
import { readConfig } from "../functions/aws/config.ts";
import { openInbox } from "../functions/aws/inbox.ts";
import { clock, openServices } from "../functions/aws/runtime.ts";
import type { Content } from "../functions/domain/content.ts";
import type { Clock, Services } from "../functions/ports.ts";
import type { StageSettings } from "../infra/stage-schema.ts";
import { functionSettings, STAGES, type StageName, stageStackName } from "../infra/stages.ts";
import { openAllPeople } from "./table/all-people.ts";
import { type IndexFilling, openIndexFilling } from "./table/index-filling.ts";
import { type OwnerIndex, openOwnerIndex } from "./table/owner-index.ts";
import type { AllPeople } from "./table/people.ts";
import { whyUnreached } from "./trouble.ts";

/** A deployment, as a command reaches it: the same on this machine as in an account. */
export interface Deployment {
  stage: StageName;
  /** For people: "this machine", or "stage production, account 111111111111 in eu-west-1". */
  place: string;
  services: Services;
  allPeople: AllPeople;
  /** Asked by way of `requireOwnerIndex`, which sees that it is filled. */
  ownerIndex: OwnerIndex;
  indexFilling: IndexFilling;
  /** The stack's outputs that begin with `Deployed`, without it. */
  outputs: Record<string, string>;
  /** The DNS records that the deploy printed, as `name type value`; none on this machine. */
  dnsRecords: string[];
  /** Reads the stage's clock again: this machine's may have been moved on. */
  renewClock(): Promise<void>;
}

/** The flag of every verb that reaches a deployment. */
export const STAGE_FLAG = {
  stage: { value: "NAME", says: `${Object.keys(STAGES).join(", ")}; this machine's otherwise` },
} as const;

/** The flags of every verb that changes something there. */
export const REACH_FLAGS = {
  ...STAGE_FLAG,
  yes: { says: "change things without asking" },
} as const;

/** Beginnings of the outputs' names. */
const DEPLOYED = "Deployed";
const DNS = "Dns";
/** For commands that write no mail: they need no content. */
const NO_CONTENT = { courses: [], languages: {} } as Content;

/** The settings of a stage. Throws an ArgumentError that names those that there are. */
export function requireStage(stage: string): StageSettings {
  if (Object.hasOwn(STAGES, stage)) return STAGES[stage as StageName];
  const all = Object.keys(STAGES).join(", ");
  throw new ArgumentError(`There is no stage "${stage}"; coursepost.config.ts has ${all}.`);
}

/**
 * Reaches a stage: `local` is the cloud that `npm start` runs on this machine, any other is in the account of the
 * usual AWS credentials. Throws an ArgumentError that says what to do if it is not there.
 * @param findRunning what runs on this machine; the latest `npm start` unless told
 */
export async function connect(
  stage = "local",
  content: Content = NO_CONTENT,
  findRunning: () => RunningCloud | undefined = runningCloud,
): Promise<Deployment> {
  const settings = requireStage(stage);
  // This process ends long before the SDK ends its support of a Node version.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const {
    outputs,
    dnsRecords,
    place,
    clock: time,
    renewClock,
  } = stage === "local" ? await here(findRunning()) : await inAccount(settings);
  const environment = { ...toEnvironment(outputs), SETTINGS: JSON.stringify(functionSettings(settings)) };
  const config = readConfig(environment);
  const services = { ...openServices(content, openInbox, config, time), log: QUIET };
  const table = {
    allPeople: openAllPeople(config.table, time),
    ownerIndex: openOwnerIndex(config.table),
    indexFilling: openIndexFilling(config.table, time),
  };
  return { stage: settings.stage as StageName, place, services, ...table, outputs, dnsRecords, renewClock };
}

/** Asks before something is changed. The answer is yes only if a person types it. */
export async function isAllowed(
  what: string,
  { place }: Deployment,
  yes: boolean | undefined,
): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY)
    throw new ArgumentError(`${what} on ${place}? There is nobody to ask here: add --yes if you mean it.`);
  endTold();
  const asks = createInterface({ input: process.stdin, output: process.stderr });
  // While it asks, it takes Ctrl-C for itself.
  asks.once("SIGINT", () => {
    process.stderr.write("\n");
    process.emit("SIGINT");
  });
  try {
    const answer = await asks.question(`${what} on ${place}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asks.close();
  }
}

interface Reached {
  outputs: Record<string, string>;
  dnsRecords: string[];
  place: string;
  clock: Clock;
  renewClock(): Promise<void>;
}

async function here(running: RunningCloud | undefined): Promise<Reached> {
  if (!running)
    throw new ArgumentError(
      'Nothing runs on this machine. Start it with "npm start" in another window, or choose a stage with --stage.',
    );
  // The SDK's clients read these when they are made.
  Object.assign(process.env, running.environment);
  let ahead = 0;
  const renewClock = async () => {
    const virtual = Number(await (await fetch(running.clockUrl)).text());
    ahead = virtual - clock.now();
  };
  await renewClock();
  return {
    outputs: running.outputs,
    dnsRecords: [],
    place: "this machine",
    clock: { now: () => clock.now() + ahead, sleep: clock.sleep },
    renewClock,
  };
}

async function inAccount(stage: StageSettings): Promise<Reached> {
  process.env.AWS_REGION = stage.region;
  const stackName = stageStackName(stage);
  const answer = await new CloudFormationClient({})
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      throw new ArgumentError(unreachable(stackName, stage, error));
    });
  const stack = answer.Stacks?.[0];
  const all = (stack?.Outputs ?? []).map(
    ({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue] as const,
  );
  const outputs = Object.fromEntries(
    all
      .filter(([name]) => name.startsWith(DEPLOYED))
      .map(([name, value]) => [name.slice(DEPLOYED.length), value]),
  );
  const dnsRecords = all.filter(([name]) => name.startsWith(DNS)).map(([, value]) => value);
  const account = stack?.StackId?.split(":")[4] ?? "unknown";
  const place = `stage ${stage.stage}, account ${account} in ${stage.region}`;
  return { outputs, dnsRecords, place, clock, renewClock: async () => {} };
}

/** Why the stack cannot be read, and what to do. */
function unreachable(
  stackName: string,
  stage: Pick<StageSettings, "stage" | "region">,
  error: unknown,
): string {
  const { name, message } = error as Error;
  if (error instanceof CloudFormationServiceException && /does not exist/.test(message))
    return `There is no stack ${stackName} in ${stage.region}. Deploy it with: npm run deploy -- -c stage=${stage.stage}`;
  if (/^AccessDenied/.test(name))
    return `These credentials may not read the stack ${stackName} in ${stage.region}: they need cloudformation:DescribeStacks. ${message}`;
  return (
    whyUnreached(error) ?? `The stack ${stackName} in ${stage.region} cannot be read: ${name}: ${message}`
  );
}

/** `TableName` as a function's environment has it: `TABLE_NAME`. */
const toEnvironment = (outputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      value,
    ]),
  );

/** What the functions would log is for CloudWatch; a command says itself what it did. */
const QUIET: Services["log"] = { info: () => {}, warn: () => {}, count: () => {}, measure: () => {} };
