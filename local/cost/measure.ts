import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { random } from "../../functions/aws/random.ts";
import { openStore } from "../../functions/aws/store.ts";
import { openTable } from "../../functions/aws/table.ts";
import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import type { StageSettings } from "../../infra/stage-schema.ts";
import { assemble, startAssembled } from "../assemble.ts";
import type { Cloud } from "../aws/cloud.ts";
import type { TableProperties } from "../aws/dynamodb.ts";
import { type Metered, meter } from "../aws/meter.ts";

/** What one lesson costs in units, and what an hour costs in which nothing is due. */
export interface MeasuredUse {
  readers: number;
  lesson: Metered;
  idleHour: Metered;
  /** Events that were put on the stage's bus. */
  told: number;
}

/** A Wednesday morning; the readers' lesson is due a day later. */
const START = Date.UTC(2026, 2, 4, 9);
const DUE = START + DAY;
const RATE = 50;

/**
 * Runs the real bundles on the one-machine cloud: a number of confirmed readers in the middle of the course get one lesson,
 * with SES's Send and Delivery events. What lanes and schedules cost anyway is taken off by an idle hour before.
 * @param settings of the stage, where other ones are measured
 */
export async function measureLesson(
  readers: number,
  settings: Partial<StageSettings> = {},
): Promise<MeasuredUse> {
  const assembled = await assemble(undefined, { settings });
  const limits = { maxSendRate: RATE, max24HourSend: -1 };
  const cloud = await startAssembled(assembled, { startAt: START, limits, skipIdleMinutes: false });
  try {
    const counts = meter(cloud, findIndexes(assembled.synthesis.template));
    await writeReaders(cloud, readers);
    await cloud.advanceTo(DUE - 2 * HOUR);
    counts.read();
    await cloud.advanceTo(DUE - HOUR);
    const idleHour = counts.read();
    await cloud.advanceTo(DUE - 1);
    counts.read();
    await cloud.advanceTo(DUE - 1 + HOUR);
    const lesson = less(counts.read(), idleHour);
    if (lesson.sesMessages !== readers)
      throw new Error(`${lesson.sesMessages} lessons were sent to ${readers} readers: nothing was measured`);
    return { readers, lesson, idleHour, told: cloud.events.latest().length };
  } finally {
    await cloud.stop();
    await assembled.remove();
  }
}

async function writeReaders(cloud: Cloud, readers: number): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: cloud.wire.endpoint(),
    region: cloud.deployment.environment.AWS_REGION ?? "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const clock = { now: cloud.now, sleep: async () => {} };
  const store = openStore(openTable(cloud.tableName, client), clock, random);
  for (let place = 0; place < readers; place++) {
    const id = random(10);
    const consent = {
      event: "confirmed" as const,
      at: START,
      list: COURSE,
      text: "I want the course by mail, once a week.",
      source: "203.0.113.7, the landing page",
      actor: "self" as const,
    };
    const asks = {
      address: `reader.number.${place}@mail.example`,
      addressHash: `${id}${id}${id}${id}`,
      firstName: "Alexandra",
      zone: "Europe/Berlin",
      course: COURSE,
      newsletter: false,
      consent,
    };
    await store.save(withConfirmation(newSubscriber(id, asks, START), consent));
    const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
    const begun = withActivation(inertEnrolment(id, COURSE, cadence, START), START);
    const agenda = { lesson: { dueAt: DUE, doubts: 0 } };
    await store.save({ ...begun, done: [...DONE], lastLessonAt: START - 7 * DAY, agenda });
  }
  client.destroy();
  await cloud.advanceBy(MINUTE);
}

const COURSE = "managing-up-leading-down";
/** The first half of the course is done: items are as large as they are on average. */
const DONE = [
  "where-your-boss-came-from",
  "what-they-expect-now",
  "headwinds-inside",
  "who-is-in",
  "a-better-number",
];

/** Of the one table of the stack. */
function findIndexes(template: unknown): Parameters<typeof meter>[1] {
  const { Resources } = template as {
    Resources: Record<string, { Type: string; Properties: TableProperties }>;
  };
  const table = Object.values(Resources).find(({ Type }) => Type === "AWS::DynamoDB::Table");
  return (table?.Properties.GlobalSecondaryIndexes ?? []) as unknown as Parameters<typeof meter>[1];
}

/** Counts without what would have been counted anyway; never less than nothing. */
function less(counted: Metered, anyway: Metered): Metered {
  const difference = (one: number, other: number) => Math.max(0, one - other);
  const each = (ones: Record<string, number>, others: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(ones).map(([name, count]) => [name, difference(count, others[name] ?? 0)]),
    );
  const numbers = Object.entries(counted)
    .filter(([, count]) => typeof count === "number")
    .map(([name, count]) => [name, difference(count as number, anyway[name as keyof Metered] as number)]);
  return {
    ...(Object.fromEntries(numbers) as Omit<Metered, "invocations" | "indexWriteUnits">),
    invocations: each(counted.invocations, anyway.invocations),
    indexWriteUnits: each(counted.indexWriteUnits, anyway.indexWriteUnits),
  };
}
