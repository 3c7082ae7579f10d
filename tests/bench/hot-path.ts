import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SESClient } from "@aws-sdk/client-ses";
import { loadContent } from "../../authoring/compile/compile.ts";
import { ROOT } from "../../cli/root.ts";
import { openMailer, sesClient } from "../../functions/aws/mailer.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { findPerson, writeMail } from "../../functions/deliver/outgoing-mail.ts";
import { type Enrolment, inertEnrolment } from "../../functions/domain/course/enrolment.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import type { Holder } from "../../functions/domain/sending/holder.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import { composeLesson } from "../../functions/mail/compose/lesson.ts";
import { mimeMessage } from "../../functions/mail/mime/mime.ts";
import type { Mailer, Services } from "../../functions/ports.ts";
import { makeComposition, settings } from "../mail/composition.ts";
import { idOf } from "../support/sending-world.ts";
import { runInAnotherProcess } from "./other-process.ts";

/** One lesson for one reader, as words and addresses: what the rivals are given. */
export interface Words {
  from: string;
  to: { name: string; address: string };
  replyTo: string;
  subject: string;
  place: string;
  title: string;
  /** HTML. */
  body: string;
  text: string;
  pullQuote: string;
  move: string;
  question: string;
  next: string;
  readerUrl: string;
  unsubscribeUrl: string;
  postalAddress: string;
}

interface PipelineCost {
  name: string;
  /** In the process that sends; SES's answer comes from another. */
  cpuMs: number;
  bytes: number;
}

const RIVALS = join(ROOT, "tests/bench/rivals");
const IN_FLIGHT = 32;
const LESSON = 3;
/** Readers of a lesson differ in when they want the next: this many cadences take turns. */
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "America/Sao_Paulo", "UTC"];

const OURS = "Coursepost";
const LETTERS = "the letter alone";
const SDK = "client-ses alone, as we set it up";
const PLAIN_SDK = "client-ses alone, as it comes";
const THEIRS = ["MJML a mail + nodemailer", "email-templates", "react-email + nodemailer"];
/** How many mails are measured, after as many that are not: each pipeline runs for about as long. */
const MAILS: Record<string, number> = { [OURS]: 3_000, [SDK]: 3_000, [PLAIN_SDK]: 3_000, [LETTERS]: 6_000 };
const FEW = 200;

/**
 * The CPU of a mail from the due key to SES's answer, of ours and of what a person would build instead: the same
 * lesson, the same sink, each in a process of its own, in turn, so that a machine that is busy for a while is busy for
 * all of them; medians of the rounds. Theirs send by the SDK's client of SES as it comes.
 */
export async function costOfPipelines(rounds: number): Promise<PipelineCost[]> {
  if (!existsSync(join(RIVALS, "node_modules")))
    execFileSync("npm", ["ci", "--prefix", RIVALS, "--ignore-scripts", "--no-audit", "--no-fund"]);
  const sink = await startSink();
  const address = `http://127.0.0.1:${(sink.address() as { port: number }).port}`;
  const names = [OURS, LETTERS, SDK, PLAIN_SDK, ...THEIRS];
  const seen = new Map(names.map((name): [string, PipelineCost[]] => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) seen.get(name)?.push(await measureElsewhere(name, address));
  sink.closeAllConnections();
  sink.close();
  return [...seen.values()].map(medianOf);
}

function medianOf(costs: PipelineCost[]): PipelineCost {
  costs.sort((one, other) => one.cpuMs - other.cpuMs);
  return costs[Math.floor(costs.length / 2)] as PipelineCost;
}

/** How much of what a mail costs us is the SDK's own. */
export function shareOfSdk(costs: PipelineCost[]): number {
  const of = (name: string) => costs.find((cost) => cost.name === name)?.cpuMs ?? Number.NaN;
  return of(SDK) / of(OURS);
}

const ACCEPTED =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>';

function startSink(): Promise<Server> {
  const server = createServer((request, response) =>
    request.resume().on("end", () => response.end(ACCEPTED)),
  );
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

function measureElsewhere(name: string, sink: string): Promise<PipelineCost> {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  return runInAnotherProcess(import.meta.filename, [name, sink], env);
}

/** Sends the mail with this number; returns its size. */
type Send = (place: number) => Promise<number>;

/** What the other process does. */
async function measure(name: string, sink: string): Promise<PipelineCost> {
  const send = await openPipeline(name, sink);
  const mails = MAILS[name] ?? FEW;
  const bytes = await send(0);
  await sideBySide(mails, send);
  const before = process.cpuUsage();
  await sideBySide(mails, send);
  const { user, system } = process.cpuUsage(before);
  return { name, cpuMs: (user + system) / 1_000 / mails, bytes };
}

async function openPipeline(name: string, sink: string): Promise<Send> {
  const at = {
    region: "eu-west-1",
    endpoint: sink,
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  };
  const isOurs = [OURS, SDK, LETTERS].includes(name);
  const client = isOurs ? sesClient(at) : new SESClient({ ...at, maxAttempts: 1 });
  const mailer = openMailer("bench", client);
  const content = await loadContent(ROOT);
  const slug = content.courses[0]?.lessons[LESSON]?.slug ?? "";
  const mail = makeComposition(content, "lesson", slug);
  const give = async (raw: Uint8Array, to: string, tags = {}) => {
    const answer = await mailer.send({ dispatch: "d", from: "lessons@course.example", to, raw, tags });
    if (answer.outcome !== "accepted") throw new Error(`The sink did not take a mail: ${answer.outcome}`);
    return raw.length;
  };
  if (name === SDK || name === PLAIN_SDK) {
    const raw = mimeMessage(composeLesson(mail));
    return (place) => give(raw, addressOf(place), { dispatch: idOf(place) });
  }
  if (name === OURS || name === LETTERS) return ours(name, servicesFor(content, mailer), slug);
  const { PIPELINES } = (await import(`${RIVALS}/pipelines.ts`)) as {
    PIPELINES: Record<string, (words: Words) => Promise<Uint8Array>>;
  };
  const make = PIPELINES[name];
  if (!make) throw new Error(`There is no pipeline "${name}"`);
  const words = wordsOf(mail);
  return async (place) => give(await make(personal(words, place)), addressOf(place));
}

const addressOf = (place: number): string => `reader-${place}@x.example`;

/** Our own verbs, over a store that answers at once: the ledger is not what is measured here. */
function ours(name: string, services: Services, slug: string): Send {
  const slots = { take: async () => ({ at: services.clock.now() }) };
  const enrolmentOf = enrolments(services.content);
  return async (place) => {
    const holder = enrolmentOf(idOf(place), place);
    const key = { subscriber: holder.subscriber, course: holder.course };
    if (name === LETTERS) {
      const { course: list, run, subscriber } = holder;
      const dispatch = { subscriber, list, run, kind: "lesson" as const, slug };
      const person = await findPerson(services, holder);
      const letter = await writeMail(services, holder, "lesson", dispatch, person);
      return typeof letter === "string" ? 0 : letter.raw.length;
    }
    const outcome = await deliver(services, key, slots, services.clock.now() + MINUTE);
    if (outcome !== "sent") throw new Error(`A lesson was not sent but ${outcome}`);
    return 0;
  };
}

/** As the table's items would be read: plain objects, with nothing reckoned. */
function enrolments({ courses: [course] }: Services["content"]): (id: string, place: number) => Enrolment {
  const done = course?.lessons.slice(0, LESSON).map(({ slug }) => slug) ?? [];
  const agenda = { lesson: { dueAt: 0, doubts: 0 } };
  const inZones = ZONES.map((zone): Enrolment => {
    const cadence = { zone, weekday: 2, time: "07:30", pace: "weekly" } as const;
    const inert = inertEnrolment("x", course?.slug ?? "", cadence, 0);
    return { ...inert, status: "active", done, lastLessonAt: 0, version: 1, agenda };
  });
  return (id, place) => ({ ...(inZones[place % ZONES.length] as Enrolment), subscriber: id });
}

function subscribers(): (id: string) => Subscriber {
  const consent = {
    event: "confirmed" as const,
    at: 0,
    list: "bench",
    text: "bench",
    source: "bench",
    actor: "self" as const,
  };
  const asks = { address: "x", addressHash: "x", firstName: "Dana", zone: "UTC", course: "c" };
  const somebody = withConfirmation(newSubscriber("x", { ...asks, newsletter: false, consent }, 0), consent);
  return (id) => ({ ...somebody, id, address: `${id}@x.example`, addressHash: id });
}

function servicesFor(content: Services["content"], mailer: Mailer): Services {
  const enrolmentOf = enrolments(content);
  const findSubscriber = subscribers();
  const store = {
    holder: async ({ subscriber }: { subscriber: string }) =>
      enrolmentOf(subscriber, subscriber.charCodeAt(0)),
    subscriber: async (id: string) => findSubscriber(id),
    save: async (holder: Holder) => ({ ...holder, version: holder.version + 1 }),
    change: async (holder: Holder, apply: (current: Holder) => Holder) => apply(holder),
    recordSent: async () => true,
  } as unknown as Services["store"];
  const keys = { signing: [{ id: 1, secret: new Uint8Array(32) }], addressHash: new Uint8Array(32) };
  const services = {
    settings: { ...settings, courses: content.courses.map(({ slug }) => slug) },
    webOrigin: "https://learn.course.example",
    messageIdDomain: "email.amazonses.com",
    content,
    store,
    mailer,
    keyring: { keys: async () => keys, findKeys: async () => keys },
    clock: { now: () => Date.now(), sleep: async () => {} },
    random: (bytes: number) => "a".repeat(bytes * 2),
    log: { info() {}, warn() {}, count() {}, measure() {} },
  } as unknown as Services;
  return services;
}

function wordsOf(mail: ReturnType<typeof makeComposition>): Words {
  const lesson = mail.course.lessons[LESSON];
  if (!lesson) throw new Error("The course has no such lesson");
  return {
    from: `"${mail.course.senderName}" <lessons@course.example>`,
    to: { name: "Dana", address: "dana@printer.example" },
    replyTo: mail.links.replyAddress,
    subject: lesson.subject,
    place: `Lesson ${LESSON + 1} of ${mail.course.lessons.length}`,
    title: lesson.title,
    body: lesson.body.html,
    text: composeLesson(mail).text,
    pullQuote: lesson.pullQuote,
    move: lesson.move,
    question: lesson.question,
    next: "Tuesday, 07:30: the next lesson",
    readerUrl: mail.links.readerUrl,
    unsubscribeUrl: mail.links.unsubscribeUrl,
    postalAddress: settings.postalAddress,
  };
}

function personal(words: Words, place: number): Words {
  const token = idOf(place).repeat(3);
  const address = addressOf(place);
  return {
    ...words,
    to: { name: "Dana", address },
    replyTo: `reply+${token}@course.example`,
    readerUrl: `https://learn.course.example/reader/${token}`,
    unsubscribeUrl: `https://learn.course.example/unsubscribe/${token}`,
  };
}

async function sideBySide(mails: number, send: Send): Promise<void> {
  let next = 1;
  const worker = async () => {
    while (next <= mails) await send(next++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

const [, started, name, sink] = process.argv;
if (started === fileURLToPath(import.meta.url) && name && sink)
  console.log(JSON.stringify(await measure(name, sink)));
