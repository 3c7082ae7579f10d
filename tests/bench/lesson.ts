import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { loadContent } from "../../authoring/compile/compile.ts";
import { openServices } from "../../functions/aws/runtime.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { findPerson, writeMail } from "../../functions/deliver/outgoing-mail.ts";
import { type Enrolment, inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import { startDynalite } from "../support/engines.ts";
import { testSettings } from "../support/settings.ts";
import { runInAnotherProcess } from "./other-process.ts";

/** The CPU of one lesson, in the process that sends it: engine and SES are in another. */
interface LessonCost {
  lessons: number;
  cpuMs: number;
  letterMs: number;
}

const READERS = 300;
const SIDE_BY_SIDE = 10;
const TABLE = "bench";

/** Medians over `runs` processes. */
export async function costOfALesson(runs: number): Promise<LessonCost> {
  const engine = await startDynalite(TABLE);
  const sink = await startSink();
  const endpoint = await engine.client.config.endpoint?.();
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${endpoint?.port}`,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(sink.address() as { port: number }).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const costs: LessonCost[] = [];
  for (let run = 0; run < runs; run++)
    costs.push(await runInAnotherProcess<LessonCost>(import.meta.filename, [], environment));
  sink.closeAllConnections();
  sink.close();
  await engine.stop();
  costs.sort((one, other) => one.cpuMs - other.cpuMs);
  return costs[Math.floor(costs.length / 2)] as LessonCost;
}

/** Takes every mail and gives the one secret that is asked for. */
function startSink(): Promise<Server> {
  let mails = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const isSecret = `${request.headers["x-amz-target"]}`.startsWith("secretsmanager");
      response.end(isSecret ? JSON.stringify({ SecretString: SECRET }) : acceptance(mails++));
    });
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const SECRET = JSON.stringify({ version: 1, root: "r".repeat(64) });
const acceptance = (mail: number): string =>
  `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m-${mail}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>`;

/** What the other process does: readers are made, then their first lessons sent, and only that is counted. */
async function measure(): Promise<LessonCost> {
  const content = await loadContent(fileURLToPath(new URL("../..", import.meta.url)));
  const course = content.courses[0];
  if (!course) throw new Error("There is no course to send a lesson of");
  const services = openServices(content, undefined, {
    table: TABLE,
    keyringSecret: "bench",
    nudgeQueueUrl: "http://127.0.0.1/nudges",
    replyQueueUrl: "http://127.0.0.1/replies",
    inboxBucket: "bench",
    dnsServers: [],
    alarmTopic: "",
    configurationSet: "bench",
    webOrigin: "https://web.example",
    messageIdDomain: "eu-west-1.amazonses.com",
    deadLetterUrls: [],
    dmarcBucket: undefined,
    eventBus: undefined,
    webhooks: [],
    webhookQueueUrl: undefined,
    settings: testSettings(content, { stage: "bench" }),
  });
  services.log.info = () => {};
  const enrolments = await readers(services, course.slug);
  const [warm, ...measured] = enrolments as [Enrolment, ...Enrolment[]];
  await sendTo(services, [warm]);
  const letterMs = (await cpuOf(() => lettersTo(services, measured))) / measured.length;
  const cpuMs = (await cpuOf(() => sendTo(services, measured))) / measured.length;
  return { lessons: measured.length, cpuMs, letterMs };
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function readers(services: Services, course: string): Promise<Enrolment[]> {
  const { store, clock, random } = services;
  const now = clock.now();
  const consent = {
    event: "confirmed" as const,
    at: now,
    list: course,
    text: "bench",
    source: "bench",
    actor: "self" as const,
  };
  const cadence = { zone: "Europe/Berlin", weekday: 2 as const, time: "07:30", pace: "weekly" as const };
  const enrolments: Enrolment[] = [];
  for (let place = 0; place < READERS; place++) {
    const id = random(10);
    const signUp = {
      address: `reader-${place}@x.example`,
      addressHash: id,
      firstName: "Reader",
      zone: cadence.zone,
      course,
      newsletter: false,
      consent,
    };
    await store.save(withConfirmation(newSubscriber(id, signUp, now), consent));
    const begun = withActivation(inertEnrolment(id, course, cadence, now), now);
    const saved = await store.save({ ...begun, agenda: { lesson: { dueAt: now, doubts: 0 } } });
    if (saved) enrolments.push(saved);
  }
  return enrolments;
}

async function sendTo(services: Services, enrolments: Enrolment[]): Promise<void> {
  const slots = { take: async () => ({ at: services.clock.now() }) };
  await sideBySide(enrolments, async ({ subscriber, course }) => {
    const outcome = await deliver(services, { subscriber, course }, slots, services.clock.now() + MINUTE);
    if (outcome !== "sent") throw new Error(`A lesson was not sent but ${outcome}`);
  });
}

async function lettersTo(services: Services, enrolments: Enrolment[]): Promise<void> {
  await sideBySide(enrolments, async (enrolment) => {
    const { subscriber, course, run } = enrolment;
    const slug = services.content.courses[0]?.lessons[0]?.slug ?? "";
    const dispatch = { subscriber, list: course, run, kind: "lesson" as const, slug };
    await writeMail(services, enrolment, "lesson", dispatch, await findPerson(services, enrolment));
  });
}

async function sideBySide<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await measure()));
