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
import { bundleFunctions } from "../../../infra/bundle.ts";
import { STAGES } from "../../../infra/stages.ts";
import { synthesize } from "../../../infra/synthesis.ts";
import { type Cloud, startCloud } from "../../../local/aws/cloud.ts";
import { TableInMemory } from "../../../local/aws/table-in-memory.ts";
import { BUGS, type Change, planting } from "../../simulation/planted.ts";
import { clockServer } from "../../support/clock-server.ts";
import type { AnswersToPair, Ask, Questions } from "./ask.ts";
import { distanceFromChance, findableDelay, type Pair, tellApart } from "./classifier.ts";

/**
 * Whether answers about an address tell who reads: each is asked for as often about readers as about nobody, over HTTP, of the
 * deployed bundles at their real pace, and a classifier guesses. `npm run tell-apart`; `--pairs 200` for a quick look.
 *
 * It holds on a busy machine: both of a pair are asked at the same moment, pairs of all questions and of the control take turns
 * by chance, and the guesses go by order, not by time. How much later an answer about a reader would have to be, to be told
 * apart in that noise, is printed beside each: where that is more than a look into the table takes, nothing was shown.
 */
const PAIRS = 2_000;
/** Of the guesses, from one half; in a quick look what is within three standard errors of it, too. */
const mostFromChance = (pairs: number): number => Math.max(0.05, (3 * 0.5) / Math.sqrt(pairs / 2));
/** More would wait for each other on two cores, beyond the floor. */
const PAIRS_SIDE_BY_SIDE = 8;
const DELAYS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
/** In ms: what an answer took longer about a reader when it looked them up (37 instead of 7.5). */
const MUST_FIND = 30;
/** A stage that SES lets send this many mails a day: no sign-up is dropped. */
const QUOTA = 10_000_000;
const COURSE = STAGES.local.courses[0] as string;

/** The control: what an errand does is done before the answer, and the answer leaves when it is ready. */
const DONE_BEFORE_THE_ANSWER: Change[] = [
  ...(BUGS["an answer that leaves when it is ready"] ?? []),
  {
    file: "functions/web/sign-up/sign-up.ts",
    find: "await services.errands.leave(makeErrand(services, { ...read, course, ...time }, asked));",
    replace: "await runErrand(services, makeErrand(services, { ...read, course, ...time }, asked));",
  },
  {
    file: "functions/web/sign-up/sign-up.ts",
    find: 'import { elsewhere, messagePage, pageAnswer } from "../page.ts";',
    replace: `import { runErrand } from "../../consent/errands/run-errand.ts";
      import { elsewhere, messagePage, pageAnswer } from "../page.ts";`,
  },
];

/** What is asked about a person, or about nobody; the addresses and links of both have as many letters. */
const QUESTIONS = ["sign up", "a fresh link", "confirm again", "change address", "leave by mail"] as const;
type Question = (typeof QUESTIONS)[number];

interface Asked {
  origin: string;
  services: Services;
  now: number;
  address: string;
  id: string;
}

const asksAbout: Record<Question, (asked: Asked) => Promise<Ask>> = {
  "sign up": async ({ origin, services, now, address }) => {
    const form = formToken(await services.keyring.keys(), now - 10 * SECOND);
    return toForm(origin, "/sign-up", { form, "leave-empty": "", course: COURSE, email: address });
  },
  "a fresh link": async ({ origin, services, now, id }) => {
    const keys = await services.keyring.keys();
    return toForm(origin, `/fresh-link/${readerToken(keys, { subscriber: id, expiresAt: now - DAY })}`, {});
  },
  "confirm again": async ({ origin, services, now, id }) => {
    const keys = await services.keyring.keys();
    const expiresAt = now - CONFIRM_LINK_LIFE / 7;
    return toForm(origin, `/new-link/${confirmToken(keys, { subscriber: id, expiresAt })}`, {});
  },
  "change address": async ({ origin, services, now, address }) => {
    const asker = services.random(10);
    // All askers look alike where their own page shows them masked.
    const own = { origin, services, now, address: `r${randomName()}@askers.example`, id: asker };
    await makePerson(own, "change address");
    const token = personalToken(await services.keyring.keys(), { subscriber: asker, expiresAt: now + DAY });
    return toForm(origin, `/change-address/${token}`, { email: address });
  },
  "leave by mail": async ({ services, id }) => {
    const token = unsubscribeToken(await services.keyring.keys(), { subscriber: id, list: EVERYTHING });
    return { mailTo: `unsubscribe+${token}@${services.settings.mailDomain}` };
  },
};

const toForm = (origin: string, path: string, fields: Record<string, string>): Ask => ({
  form: { origin, path, fields, ip: [10, randomInt(256), randomInt(256), randomInt(256)].join(".") },
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
    functions: { pace: "real", mostInstances: 2 * PAIRS_SIDE_BY_SIDE },
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

/** What is asked in one run: of the course as it is, or of the one that tells. */
interface Asking {
  name: string;
  question: Question;
  stand: Stand;
  isControl: boolean;
}

/** Two about the same, in the order in which they are asked. */
interface Turn {
  asking: Asking;
  isKnownFirst: boolean;
  asks: [Ask, Ask];
}

async function makeTurn(asking: Asking): Promise<Turn> {
  const { stand, question } = asking;
  const { services, cloud } = stand;
  const about = async (isKnown: boolean) => {
    const id = services.random(10);
    const address = `${randomName()}@${randomName()}.example`;
    const asked = { origin: cloud.webOrigin, services, now: Date.now(), address, id };
    if (isKnown) await makePerson(asked, question);
    return asksAbout[question](asked);
  };
  const isKnownFirst = randomInt(2) === 0;
  return { asking, isKnownFirst, asks: [await about(isKnownFirst), await about(!isKnownFirst)] };
}

function shuffled<One>(all: readonly One[]): One[] {
  const drawn = all.map((one) => ({ one, place: Math.random() }));
  return drawn.sort((one, other) => one.place - other.place).map(({ one }) => one);
}

/** The pairs of each asking; all take turns by chance, so that the machine is as busy for each. */
async function askAll(askings: readonly Asking[], pairs: number): Promise<Map<Asking, Pair[]>> {
  const makeTurns = async (many: number): Promise<Turn[]> => {
    const turns = [];
    for (let turn = 0; turn < many; turn++) for (const asking of askings) turns.push(await makeTurn(asking));
    return shuffled(turns);
  };
  // The first answers are those of instances that are just beginning.
  const warmUp = await makeTurns(2 * PAIRS_SIDE_BY_SIDE);
  const turns = [...warmUp, ...(await makeTurns(pairs))];
  const seen = await askInAnotherProcess({
    smtpPort: (askings[0] as Asking).stand.cloud.smtpPort,
    pairsSideBySide: PAIRS_SIDE_BY_SIDE,
    pairs: turns.map(({ asks }) => asks),
  });
  const found = new Map<Asking, Pair[]>(askings.map((asking) => [asking, []]));
  for (const [place, { asking, isKnownFirst }] of turns.entries()) {
    const [first, second] = seen[place] as AnswersToPair;
    const pair = isKnownFirst ? { known: first, unknown: second } : { known: second, unknown: first };
    if (place >= warmUp.length) found.get(asking)?.push(pair);
  }
  return found;
}

function askInAnotherProcess(questions: Questions): Promise<AnswersToPair[]> {
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
        ? done(JSON.parse(output) as AnswersToPair[])
        : fail(new Error(`The asking process ended with ${code}`)),
    );
  });
}

interface Finding {
  asking: Asking;
  pairs: Pair[];
  shares: Record<string, number>;
  /** In ms; undefined: none that is tried. */
  findable: number | undefined;
}

function examine(asking: Asking, pairs: Pair[]): Finding {
  const findable = findableDelay(pairs, DELAYS, mostFromChance(pairs.length));
  return { asking, pairs, shares: tellApart(pairs), findable };
}

const inOneLine = ({ asking, pairs, shares, findable }: Finding): string =>
  [
    `  ${asking.name.padEnd(34)}${String(pairs.length).padStart(6)} pairs `,
    ...Object.entries(shares).map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`),
    ...(asking.isControl ? [] : [`${findable ?? "no"} ms later would be told`]),
    `(${quantiles(pairs.map(({ known }) => known.ms))} ms, of nobody ${quantiles(pairs.map(({ unknown }) => unknown.ms))})`,
  ].join("  ");

/** A twentieth is faster than the first, half than the second, and a twentieth slower than the third. */
function quantiles(values: number[]): string {
  const inOrder = [...values].sort((one, other) => one - other);
  return [0.05, 0.5, 0.95]
    .map((share) => inOrder[Math.floor(share * inOrder.length)]?.toFixed(1))
    .join(" / ");
}

const isTold = ({ shares, pairs }: Finding): boolean =>
  distanceFromChance(shares) > mostFromChance(pairs.length);

/** Why the run shows nothing, or shows that it can be told; empty where all is well. */
function listProblems(findings: readonly Finding[]): string[] {
  const [controls, others] = [true, false].map((wanted) =>
    findings.filter(({ asking }) => asking.isControl === wanted),
  ) as [Finding[], Finding[]];
  const loud = others.filter(({ findable }) => findable === undefined || findable > MUST_FIND);
  return [
    ...others.filter(isTold).map(({ asking }) => `It can be told who reads, by: ${asking.name}.`),
    ...(controls.every(isTold) ? [] : ["The control is not found, so nothing was shown."]),
    ...loud.map(
      ({ asking }) => `The machine is too busy to show anything of: ${asking.name}. Ask for more --pairs.`,
    ),
  ];
}

async function main(): Promise<void> {
  const given = process.argv.indexOf("--pairs");
  const pairs = given < 0 ? PAIRS : Number(process.argv[given + 1]);
  const stands = [await openStand([]), await openStand([planting(DONE_BEFORE_THE_ANSWER)])];
  const [stand, telling] = stands as [Stand, Stand];
  try {
    const askings: Asking[] = [
      ...QUESTIONS.map((question) => ({ name: question, question, stand, isControl: false })),
      { name: "control: done before the answer", question: "sign up", stand: telling, isControl: true },
    ];
    const findings = [...(await askAll(askings, pairs))].map(([asking, seen]) => examine(asking, seen));
    console.log("Right guesses of who reads, by what is seen of an answer (chance is 50 %)");
    for (const finding of findings) console.log(inOneLine(finding));
    const problems = listProblems(findings);
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    for (const one of stands) await one.stop();
  }
}

await main();
