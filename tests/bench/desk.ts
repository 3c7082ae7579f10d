import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Deployment } from "../../console/connect.ts";
import type { Screen, Shown } from "../../console/desk/screen.ts";
import { SCREENS } from "../../console/desk/screens.ts";
import { listReplies } from "../../console/replies/list-replies.ts";
import { countStanding } from "../../console/stats/standing.ts";
import { findReaders } from "../../console/subscribers/find-readers.ts";
import { readToday } from "../../console/today/read-today.ts";
import { toHolderItem, toReflectionItem } from "../../functions/aws/items.ts";
import type { Agenda } from "../../functions/domain/sending/agenda.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import { PRICES } from "../../functions/report/prices.ts";
import { deploymentOf } from "../support/console.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { type Engine, startDynalite, startDynoxide, startTableInMemory } from "../support/engines.ts";
import { anEnrolment, aReader, aReply } from "../support/person-records.ts";
import { startWorld } from "../support/services.ts";

/*
 * The owner's questions over 50,000 readers and 40,000 replies. Each call to the table waits as long as DynamoDB takes,
 * 3 to 6 ms, besides what the engine needs of this machine; the engine says how many read units it cost.
 */

const READERS = 50_000;
const REPLIES = 40_000;
const NOW = Date.UTC(2026, 10, 24, 8);
const RUNS = 3;
/** What DynamoDB takes to answer, in turn: no randomness, so that runs compare. */
const LATENCIES_MS = [3, 4, 5, 6];
const LESSONS = Array.from({ length: 12 }, (_, place) => `lesson-${place + 1}`);
const NAMES = ["Anna", "Ben", "Carla", "Deniz", "Eva", "Farid", "Greta", "Hiro"];

export const DESK_ENGINES = {
  dynalite: startDynalite,
  dynoxide: startDynoxide,
  memory: startTableInMemory,
} as const;

export interface DeskFigure {
  question: string;
  /** Of the runs, the median. */
  seconds: number;
  /** Of this process: with dynalite's and the table in memory's own. */
  processor: number;
  calls: number;
  /** Undefined for an engine that does not say what it read. */
  usd: number | undefined;
}

export async function measureDesk(
  engine: keyof typeof DESK_ENGINES,
  tell: (what: string) => void,
): Promise<DeskFigure[]> {
  let started: Engine | undefined;
  const world = await startWorld(plainContent(aCourse(...LESSONS)), NOW, async (table) => {
    started = await DESK_ENGINES[engine](table);
    return started;
  });
  // Of an empty table, in a moment: what is written afterwards has its place.
  await world.indexFilling.fill();
  await write(world.table, tell);
  const counted = watch(world.table);
  const deployment = deploymentOf(world);
  const questions: [string, () => Promise<unknown>][] = [
    ["find by a part of a name that one reader has", () => findReaders(deployment, { part: "ulrik" })],
    ["find by a part of an address", () => findReaders(deployment, { part: "reader49999@" })],
    ["find by a name that thousands have, first page", () => findReaders(deployment, { part: "carla" })],
    [
      "readers at a lesson, first page",
      () => findReaders(deployment, { course: "course", lesson: "lesson-3" }),
    ],
    ["replies, first page", () => listReplies(deployment, {})],
    [
      "replies to one lesson that ask, first page",
      () => listReplies(deployment, { lesson: "lesson-3", kind: "question" }),
    ],
    ["today", () => readToday(deployment)],
    [
      "who stands at each lesson",
      () => countStanding(deployment.ownerIndex, deployment.services.content.courses),
    ],
  ];
  const figures: DeskFigure[] = [];
  for (const [question, ask] of questions) figures.push(await measure(question, ask, counted));
  for (const screen of BY_WHAT_GOES_ON) {
    figures.push(await measure(`the desk's ${screen.name}`, () => show(screen, deployment), counted, 1));
    if (screen.path !== "course") await settle(screen, deployment);
  }
  await world.stop();
  return figures;
}

/** Health and Course set something going that takes the processor from what comes after; Course the most. */
const BY_WHAT_GOES_ON = [
  ...SCREENS.filter(({ path }) => path !== "course" && path !== "health"),
  ...SCREENS.filter(({ path }) => path === "health"),
  ...SCREENS.filter(({ path }) => path === "course"),
];

/** Until what goes on by itself is through. */
async function settle(screen: Screen, deployment: Deployment): Promise<void> {
  while ((await show(screen, deployment))?.body.markup.includes(" data-live"))
    await new Promise((wake) => setTimeout(wake, 500));
}

/** A screen as it is opened for the first time. */
const show = (screen: Screen, deployment: Deployment): Promise<Shown | undefined> =>
  screen.show({
    reach: async () => deployment,
    session: { formToken: "", below: "", drafts: new Map() },
    rest: [],
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    here: "/",
  });

interface Counted {
  calls: number;
  units: number;
  isTold: boolean;
}

async function measure(
  question: string,
  ask: () => Promise<unknown>,
  counted: Counted,
  runs = RUNS,
): Promise<DeskFigure> {
  const took: { seconds: number; processor: number }[] = [];
  for (let run = 0; run < runs; run++) {
    Object.assign(counted, { calls: 0, units: 0, isTold: false });
    const [begun, before] = [performance.now(), process.cpuUsage()];
    await ask();
    const { user, system } = process.cpuUsage(before);
    took.push({ seconds: (performance.now() - begun) / 1_000, processor: (user + system) / 1_000_000 });
  }
  took.sort((one, other) => one.seconds - other.seconds);
  const median = took[Math.floor(took.length / 2)] ?? { seconds: Number.NaN, processor: Number.NaN };
  const usd = counted.isTold ? (counted.units / 1_000_000) * PRICES.million.readUnits : undefined;
  return { question, ...median, calls: counted.calls, usd };
}

/** Makes each call wait, and counts what it read. */
function watch(client: DynamoDBClient): Counted {
  const counted: Counted = { calls: 0, units: 0, isTold: false };
  client.middlewareStack.add(
    (next) => async (request) => {
      const wait = LATENCIES_MS[counted.calls++ % LATENCIES_MS.length];
      Object.assign(request.input, { ReturnConsumedCapacity: "TOTAL" });
      await new Promise((wake) => setTimeout(wake, wait));
      const answer = await next(request);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) {
        counted.units += CapacityUnits;
        counted.isTold = true;
      }
      return answer;
    },
    { step: "initialize", name: "watch" },
  );
  return counted;
}

interface Capacity {
  CapacityUnits?: number;
}

/** Readers who joined over a year, and replies of the last months; one in ten asks, and all but the latest were dealt with. */
async function write(client: DynamoDBClient, tell: (what: string) => void): Promise<void> {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    batch = [];
    if (requests.length > 0)
      await documents.send(new BatchWriteCommand({ RequestItems: { table: requests } }));
  };
  const put = async (item: Record<string, unknown>) => {
    batch.push(item);
    if (batch.length === 25) await flush();
  };
  for (let place = 0; place < READERS; place++) {
    const id = idOf(place);
    const joined = NOW - 365 * DAY + place * 10 * MINUTE;
    const firstName = place === 31_234 ? "Ulrike" : (NAMES[place % NAMES.length] as string);
    await put(
      toHolderItem(
        aReader(id, joined, { firstName, address: `reader${place}@mail.example`, agenda: {} }),
        "x",
      ),
    );
    const done = LESSONS.slice(0, place % 13);
    const agenda: Agenda = place % 2 ? {} : { lesson: { dueAt: NOW + place, doubts: 0 } };
    await put(toHolderItem(anEnrolment(id, joined, { done, agenda }), "x"));
    if (place % 10_000 === 0) tell(`${place} readers written`);
  }
  for (let place = 0; place < REPLIES; place++) {
    const subscriber = idOf(place % READERS);
    const slug = LESSONS[place % 12] as string;
    const dispatch = dispatchId({ subscriber, list: "course", run: 1, kind: "lesson", slug });
    const at = NOW - (REPLIES - place) * 3 * MINUTE;
    const sent = { dispatch, messageId: `m${place}`, sentAt: at, state: "delivered", stateAt: at } as const;
    const isOpen = place >= REPLIES - 400;
    const reply = aReply(sent, at, place % 10 === 0 ? "question" : "reflection");
    await put(
      toReflectionItem({
        ...reply,
        id: `r${place}`,
        ownWords: WORDS,
        ...(!isOpen && { answeredAt: at + DAY }),
      }),
    );
    if (place % 10_000 === 0) tell(`${place} replies written`);
  }
  await flush();
}

const WORDS = "We quoted on day six, and the customer had ordered elsewhere. ".repeat(6);

const idOf = (place: number): string =>
  [...place.toString(26)]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
    .join("")
    .padStart(16, "r");
