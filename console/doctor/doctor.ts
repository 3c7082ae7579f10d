import { SESClient } from "@aws-sdk/client-ses";
import { SNSClient } from "@aws-sdk/client-sns";
import { readArguments, usage } from "../../cli/arguments.ts";
import { STAGES } from "../../infra/stages.ts";
import { connect, type Deployment, REACH_FLAGS } from "../connect.ts";
import type { Check, Dns, DoctorFinding, Patient } from "./check.ts";
import { DEPLOYED } from "./deployed.ts";
import { DMARC_REPORTS } from "./dmarc-reports.ts";
import { DNS, openDns } from "./dns.ts";
import { RECEIVING } from "./receiving.ts";
import { SENDING } from "./sending.ts";

const NAME = "npm run doctor";
const FLAGS = {
  stage: REACH_FLAGS.stage,
  json: { says: "the same as JSON" },
  help: { says: "this" },
} as const;

const CHECKS: Check[] = [...DEPLOYED, ...SENDING, ...DNS, DMARC_REPORTS, ...RECEIVING];

export interface Examined extends DoctorFinding {
  name: string;
}

/** Examines a stage and prints what it finds: 1 if something stops mail, else 0. */
export async function doctor(given: string[]): Promise<{ exitCode: number; out: string }> {
  const { stage, json, help } = readArguments(NAME, FLAGS, given);
  if (help) return { exitCode: 0, out: usage(NAME, FLAGS) };
  const deployment = await connect(stage);
  const findings = await examine(deployment, openDns());
  const out = json
    ? JSON.stringify({ stage: deployment.stage, place: deployment.place, findings }, undefined, 2)
    : printFindings(deployment.place, findings);
  return { exitCode: findings.some(({ state }) => state === "stops") ? 1 : 0, out };
}

/**
 * Runs the checks that make sense there, one after the other: a doctor must not use the rate up.
 * @param only the names of those to run; all otherwise
 */
export async function examine(deployment: Deployment, dns: Dns, ...only: string[]): Promise<Examined[]> {
  const isHere = deployment.stage === "local";
  const account = isHere ? undefined : { ses: new SESClient({}), sns: new SNSClient({}), dns };
  const patient: Patient = { deployment, settings: STAGES[deployment.stage], account };
  const examined: Examined[] = [];
  const chosen = CHECKS.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const check of chosen) examined.push({ name: check.name, ...(await runCheck(check, patient)) });
  return examined;
}

/** What cannot be looked at is a finding too, and keeps no other check from its own. */
async function runCheck({ inAccount, run }: Check, patient: Patient): Promise<DoctorFinding> {
  if (inAccount && !patient.account) return { state: "skipped", says: "there is no account on this machine" };
  try {
    return await run(patient);
  } catch (error) {
    return { state: "stops", ...describeRefusedLook(error as Error) };
  }
}

/** What AWS's refusals of a look are about: what you may, who you are, how often you ask; each is mended elsewhere. */
const REFUSED: [name: RegExp, says: string, doThis: string][] = [
  [
    /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/,
    "your credentials may not look at it, which says nothing about the stage itself",
    "use credentials that may read SES, SNS, SQS and the table: those you deploy with",
  ],
  [
    /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|CredentialsProviderError)/,
    "AWS does not know your credentials, or they have run out",
    "sign in, or set AWS_PROFILE, and run the doctor again",
  ],
  [/^(Throttling|RequestLimitExceeded|TooManyRequests)/, "AWS is asked too often", "run the doctor again"],
];

function describeRefusedLook({ name, message }: Error): Pick<DoctorFinding, "says" | "doThis"> {
  const known = REFUSED.find(([names]) => names.test(name));
  return {
    says: `this could not be looked at: ${known ? `${known[1]} (${name}: ${message})` : `${name}: ${message}`}`,
    doThis: known?.[2] ?? "look whether this machine reaches AWS and the DNS",
  };
}

const MARKS: Record<DoctorFinding["state"], string> = {
  pass: "ok",
  look: "LOOK",
  stops: "STOPS",
  skipped: "-",
};

function printFindings(place: string, findings: Examined[]): string {
  const rows = findings.flatMap(({ name, state, says, doThis }) => [
    `${MARKS[state].padEnd(6)}${name.padEnd(14)}${says}`,
    ...(doThis ?? "")
      .split("\n")
      .flatMap((line, at) => (line ? [`${" ".repeat(20)}${at === 0 ? "> " : "  "}${line}`] : [])),
  ]);
  const count = (state: DoctorFinding["state"]) =>
    findings.filter((finding) => finding.state === state).length;
  return [
    `Where   ${place}`,
    "",
    ...rows,
    "",
    `${count("pass")} are well, ${count("look")} to look at, ${count("stops")} that stop mail, ${count("skipped")} left out here`,
  ].join("\n");
}
