import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { ROOT } from "../../../cli/root.ts";
import { connect } from "../../../console/connect.ts";
import { refreshGovernor } from "../../../functions/deliver/governor.ts";
import type { Consent } from "../../../functions/domain/people/subscriber.ts";
import { newSubscriber, withConfirmation } from "../../../functions/domain/people/subscriber.ts";
import { DAY, SECOND } from "../../../functions/domain/time.ts";
import {
  addressHash,
  CONFIRM_LINK_LIFE,
  confirmToken,
  EVERYTHING,
  formToken,
  personalToken,
  readerToken,
  unsubscribeToken,
} from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { ANSWER_FLOOR } from "../../../functions/web/even-answers.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { STAGES } from "../../../infra/stages.ts";
import { synthesize } from "../../../infra/synthesis.ts";
import { type Cloud, startCloud } from "../../../local/aws/cloud.ts";
import { TableInMemory } from "../../../local/aws/table-in-memory.ts";
import { BUGS, planting } from "../../simulation/planted.ts";
import { clockServer } from "../../support/clock-server.ts";
import type { Ask, Questions } from "./ask.ts";
import { distanceFromChance, type Pair, type Seen, tellApart } from "./classifier.ts";

/**
 * Whether answers about an address tell who reads: each is asked for as often about readers as about nobody, over HTTP, of the
 * deployed bundles at their real pace, and a classifier guesses. `npm run tell-apart`; `--pairs 200` for a quick look.
 */
const PAIRS = 2_000;
const CONTROL_PAIRS = 2_000;
const HELD_UP_MS = 1.5 * ANSWER_FLOOR;
const MOST_HELD_UP = 0.02;
/** Of the guesses, from one half. */
const MOST_FROM_CHANCE = 0.05;
/** More would wait for each other on two cores, beyond the floor. */
const SIDE_BY_SIDE = 6;
/** A stage that SES lets send this many mails a day: no sign-up is dropped. */
const QUOTA = 10_000_000;
const COURSE = STAGES.local.courses[0] as string;

/** What is asked about a person, or about nobody; the addresses and links of both have as many letters. */
const QUESTIONS = ["sign up", "a fresh link", "confirm again", "change address", "leave by mail"] as const;
type Question = (typeof QUESTIONS)[number];

interface Asked {
  services: Services;
  now: number;
  address: string;
  id: string;
}

const asksAbout: Record<Question, (asked: Asked) => Promise<Ask>> = {
  "sign up": async ({ services, now, address }) => {
    const form = formToken(await services.keyring.keys(), now - 10 * SECOND);
    return toForm("/sign-up", { form, "leave-empty": "", course: COURSE, email: address });
  },
  "a fresh link": async ({ services, now, id }) => {
    const keys = await services.keyring.keys();
    return toForm(`/fresh-link/${readerToken(keys, { subscriber: id, expiresAt: now - DAY })}`, {});
  },
  "confirm again": async ({ services, now, id }) => {
    const keys = await services.keyring.keys();
    const expiresAt = now - CONFIRM_LINK_LIFE / 7;
    return toForm(`/new-link/${confirmToken(keys, { subscriber: id, expiresAt })}`, {});
  },
  "change address": async ({ services, now, address }) => {
    const asker = services.random(10);
    // All askers look alike where their own page shows them masked.
    const own = { services, now, address: `r${randomName()}@askers.example`, id: asker };
    await makePerson(own, "change address");
    const token = personalToken(await services.keyring.keys(), { subscriber: asker, expiresAt: now + DAY });
    return toForm(`/change-address/${token}`, { email: address });
  },
  "leave by mail": async ({ services, id }) => {
    const token = unsubscribeToken(await services.keyring.keys(), { subscriber: id, list: EVERYTHING });
    return { mailTo: `unsubscribe+${token}@${services.settings.mailDomain}` };
  },
};

const toForm = (path: string, fields: Record<string, string>): Ask => ({
  form: { path, fields, ip: [10, randomInt(256), randomInt(256), randomInt(256)].join(".") },
});

const randomName = (): string => randomBytes(8).toString("hex");

/** A person as the question needs one: who confirms again has not confirmed yet. */
async function makePerson({ services, now, address, id }: Asked, question: Question): Promise<void> {
  const hash = addressHash(await services.keyring.keys(), address);
  const consent: Consent = { event: "requested", at: now, list: COURSE, text: "", source: "", actor: "self" };
  const signUp = {
    address,
    addressHash: hash,
    zone: "Europe/Berlin",
    course: COURSE,
    newsletter: false,
    consent,
  };
  const waiting = newSubscriber(id, signUp, now);
  const person =
    question === "confirm again" ? waiting : withConfirmation(waiting, { ...consent, event: "confirmed" });
  await services.store.bindAddress(hash, id);
  await services.store.save({ ...person, agenda: {} });
}

/** In ms, of a call to DynamoDB: without it, paths that ask more of the table would hardly take longer. */
const TABLE_TAKES = 8;

function slowTable(): TableInMemory {
  const table = new TableInMemory();
  const handle = table.handle.bind(table);
  return Object.assign(table, {
    handle: async (request: Parameters<typeof handle>[0]) => {
      await new Promise((wake) => setTimeout(wake, TABLE_TAKES));
      return handle(request);
    },
  });
}

interface Stand {
  cloud: Cloud;
  services: Services;
  stop(): Promise<void>;
}

/** What `npm start` runs, its functions at their real pace. */
async function openStand(plugins: Plugin[]): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), "coursepost-who-reads-"));
  const functionsDir = join(folder, "functions");
  await bundleFunctions({ outdir: functionsDir, plugins });
  const { template, outdir } = synthesize(STAGES.local, { outdir: join(folder, "assembly"), functionsDir });
  const cloud = await startCloud({
    ...{ template, outdir, region: STAGES.local.region, startAt: Date.now() },
    ...{ table: slowTable(), limits: { max24HourSend: QUOTA } },
    functions: { pace: "real", mostInstances: SIDE_BY_SIDE },
  });
  const clock = await clockServer(() => Date.now());
  const { services } = await connect("local", undefined, () => ({
    ...{ ...cloud.deployment, pid: process.pid, clockUrl: clock.url },
  }));
  await refreshGovernor(services);
  const stop = async () => {
    clock.close();
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { cloud, services, stop };
}

async function askPairs({ cloud, services }: Stand, question: Question, pairs: number): Promise<Pair[]> {
  const now = Date.now();
  const about = async (isKnown: boolean) => {
    const id = services.random(10);
    const asked = { services, now, address: `${randomName()}@${randomName()}.example`, id };
    if (isKnown) await makePerson(asked, question);
    return { isKnown, ask: await asksAbout[question](asked), order: Math.random() };
  };
  const all = [];
  for (let pair = 0; pair < pairs; pair++) all.push(await about(true), await about(false));
  const shuffled = all.sort((one, other) => one.order - other.order);
  // The first answers are those of instances that are just beginning.
  const warmUp = [];
  for (let ask = 0; ask < 2 * SIDE_BY_SIDE; ask++) warmUp.push((await about(ask % 2 === 0)).ask);
  const asks = [...warmUp, ...shuffled.map(({ ask }) => ask)];
  const { webOrigin: origin, smtpPort } = cloud;
  const seen = (await askInAnotherProcess({ origin, smtpPort, sideBySide: SIDE_BY_SIDE, asks })).slice(
    warmUp.length,
  );
  const of = (wanted: boolean) => seen.filter((_, place) => shuffled[place]?.isKnown === wanted);
  const unknown = of(false);
  return of(true).map((known, place) => ({ known, unknown: unknown[place] as Seen }));
}

function askInAnotherProcess(questions: Questions): Promise<Seen[]> {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "ask.ts")], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stdin.end(JSON.stringify(questions));
  return new Promise((done, fail) => {
    child.on("exit", (code) =>
      code === 0
        ? done(JSON.parse(output) as Seen[])
        : fail(new Error(`The asking process ended with ${code}`)),
    );
  });
}

interface Finding {
  question: Question;
  pairs: Pair[];
  shares: Record<string, number>;
}

async function examine(plugins: Plugin[], questions: readonly Question[], pairs: number): Promise<Finding[]> {
  const stand = await openStand(plugins);
  try {
    const findings: Finding[] = [];
    for (const question of questions) {
      const asked = await askPairs(stand, question, pairs);
      const finding = { question, pairs: asked, shares: tellApart(asked) };
      findings.push(finding);
      console.log(inOneLine(finding));
    }
    return findings;
  } finally {
    await stand.stop();
  }
}

const inOneLine = (finding: Finding): string => {
  const { question, pairs, shares } = finding;
  return [
    `  ${question.padEnd(16)}${String(pairs.length).padStart(6)} pairs `,
    ...Object.entries(shares).map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`),
    `${(100 * shareHeldUp(finding)).toFixed(1)} % held up`,
    `(${quantiles(pairs.map(({ known }) => known.ms))} ms, of nobody ${quantiles(pairs.map(({ unknown }) => unknown.ms))})`,
  ].join("  ");
};

/** A twentieth is faster than the first, half than the second, and a twentieth slower than the third. */
function quantiles(values: number[]): string {
  const inOrder = [...values].sort((one, other) => one - other);
  return [0.05, 0.5, 0.95]
    .map((share) => inOrder[Math.floor(share * inOrder.length)]?.toFixed(1))
    .join(" / ");
}

/** What the machine has held up beyond the floor tells of the machine. */
const shareHeldUp = ({ pairs }: Finding): number =>
  pairs.flatMap(({ known, unknown }) => [known, unknown]).filter(({ ms }) => ms > HELD_UP_MS).length /
  (2 * pairs.length);

const isTold = ({ shares }: Finding): boolean => distanceFromChance(shares) > MOST_FROM_CHANCE;

async function main(): Promise<void> {
  const given = process.argv.indexOf("--pairs");
  const pairs = given < 0 ? PAIRS : Number(process.argv[given + 1]);
  console.log("Right guesses of who reads, by what is seen of an answer (chance is 50 %)");
  const findings = await examine([], QUESTIONS, pairs);
  console.log("Control: answers that leave when they are ready");
  const planted = planting(BUGS["an answer that leaves when it is ready"] ?? []);
  const control = await examine([planted], ["sign up"], Math.min(pairs, CONTROL_PAIRS));
  const told = findings.filter(isTold).map(({ question }) => question);
  if (told.length > 0) console.error(`It can be told who reads, by: ${told.join(", ")}`);
  if (!control.every(isTold)) console.error("The control is not found, so nothing was shown.");
  const busy = findings.filter((finding) => shareHeldUp(finding) > MOST_HELD_UP);
  if (busy.length > 0)
    console.error(
      "This machine is too busy: answers were held up beyond the floor. Run it again when it is quiet.",
    );
  process.exitCode = told.length > 0 || !control.every(isTold) ? 1 : 0;
}

await main();
