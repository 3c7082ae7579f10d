import { join } from "node:path";
import type { OwnerOrder } from "../../cli/owner-order.ts";
import { STAGES } from "../../infra/stages.ts";
import { type Cloud, startCloud } from "../aws/cloud.ts";
import type { ArrivingMail } from "../aws/ses-receipt.ts";
import { TableInMemory } from "../aws/table-in-memory.ts";
import { Counts } from "./counts.ts";
import { withoutPerson } from "./duplicates.ts";
import { type Edition, type Editions, withSettings } from "./editions.ts";
import { type FaultName, Mischief } from "./fault-injector.ts";
import { Mailboxes } from "./mailboxes.ts";
import { Observer } from "./observer.ts";
import { Oracle, type Watched } from "./oracle.ts";
import { Ramp, type RampTerms } from "./ramp.ts";
import { Chance } from "./random.ts";
import type { Asking, Stopping } from "./reply-requests.ts";
import { type Invocation, OneThread } from "./runtime.ts";
import { onDate } from "./timetable.ts";
import { ToldEvents } from "./told-events.ts";
import { Trace } from "./trace.ts";
import type { TimeSpan } from "./window.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** By THREATS.md. */
const FOREIGN_A_DAY = 20;
/** Mails a day that SES grants. */
export const QUOTA = 50_000;
/** As a function of the runtime is named; its folder is `owner`. */
const CONSOLE = "Owner";

interface WorldOptions {
  editions: Editions;
  seed: number;
  startAt: number;
  endAt: number;
  faults: ReadonlySet<FaultName>;
  rate: number;
  intensity: number;
  warmUp?: RampTerms | undefined;
  /** The stage tells what happens to its readers. */
  tells: boolean;
  told?: ConstructorParameters<typeof Trace>[1];
}

/** The deployed system on this machine, in one thread and in virtual time, with everybody who watches it. */
export class World {
  readonly origin = "https://course.simulated.example";
  readonly mailDomain = STAGES.local.mailDomain;
  readonly editions: Editions;
  readonly counts = new Counts();
  readonly table = new TableInMemory();
  readonly chance: Chance;
  readonly mailboxes = new Mailboxes();
  readonly trace: Trace;
  readonly sight: Observer;
  readonly oracle: Oracle;
  readonly mischief: Mischief;
  readonly told: ToldEvents;
  cloud!: Cloud;
  #runtime!: OneThread;
  readonly #options: WorldOptions;
  /** What is to be done when the course has dealt with a mail, by the mail's key. */
  readonly #deliveries = new Map<string, (span: TimeSpan) => void>();
  /** Told of mails that readers write to the course. */
  onMailed: (from: string, to: string, raw: string) => void = () => undefined;
  /** Told of SES's events that `feedback` has dealt with. */
  onHeard: (event: HeardEvent) => void = () => undefined;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.editions = options.editions;
    this.chance = new Chance(`seed ${options.seed}`);
    const now = () => this.now();
    this.trace = new Trace(now, options.told);
    this.sight = new Observer(now, this.mailboxes);
    const skew = options.faults.has("clock-skew") ? 2 * SECOND : 0;
    const { counts, trace, sight, mailboxes, editions } = this;
    this.oracle = new Oracle({
      now,
      editions,
      counts,
      trace,
      sight,
      mailboxes,
      skew,
      rate: () => options.rate,
    });
    this.told = new ToldEvents({
      breaks: (violation, address, how) => this.oracle.breaks(violation, address, how),
      addressOf: (person) => this.sight.findMailbox(`S#${person}`) ?? person,
    });
    this.mischief = new Mischief({
      chance: this.chance.of("mischief"),
      faults: options.faults,
      counts,
      sight,
      now,
      until: options.endAt,
      intensity: options.intensity,
    });
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.#start();
    return world;
  }

  now(): number {
    return this.cloud?.now() ?? this.#options.startAt;
  }

  at(moment: number, what: () => void) {
    this.cloud.clock.at(moment, "a person", what);
  }

  /** Lets time pass for someone who waits. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now() + ms, resolve));
  }

  /** A browser's request. */
  async ask(
    method: string,
    url: string,
    headers: Record<string, string>,
    form?: Record<string, string>,
  ): Promise<{ status: number; body: string }> {
    const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
    const body = Buffer.from(form ? new URLSearchParams(form).toString() : "");
    const answer = await this.cloud.gateway.answer({ method, url, headers: { ...headers, ...type }, body });
    return { status: answer.statusCode ?? 200, body: answer.body ?? "" };
  }

  /** A mail to the course; false if it is refused. `heard` is told when the course is done with it, and since when it was at it. */
  deliver(
    from: string,
    to: string,
    raw: string,
    heard: (span: TimeSpan) => void,
    verdicts: ArrivingMail["verdicts"] = {},
  ): boolean {
    const receipt = this.cloud.receive({ source: from, recipients: [to], raw: Buffer.from(raw), verdicts });
    if (!receipt.accepted) this.trace.tell(from, "refused", { reply: receipt.reply });
    else for (const key of receipt.keys) this.#deliveries.set(key, heard);
    return receipt.accepted;
  }

  /** Told when the course has dealt with an answer that is written on a page, by its words: no two are alike. */
  onWritten(words: string, heard: (span: TimeSpan) => void) {
    this.#deliveries.set(words, heard);
  }

  /** A removed answer is in the table no more. */
  checkRemoved({ address }: Watched, words: string) {
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    if (items.some(({ ownWords }) => ownWords?.S === words))
      this.oracle.breaks("kept-after-removing", address, "an answer that was removed");
  }

  /** The course takes nobody any more: the last day on which it begins is over, by the owner's clock. */
  isClosed(moment: number): boolean {
    const { closes, starts, begins } = this.oracle.edition().calendar;
    const last = starts.at(-1);
    const clock = { zone: STAGES.local.defaultZone, time: begins.time };
    return closes && last !== undefined && onDate(last, clock) <= moment;
  }

  /** What stands in a reader's partition of what was written on their page. */
  countWritten({ address }: Watched): number {
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    return items.filter(({ isFromPage }) => isFromPage?.BOOL === true).length;
  }

  /** A stop has been answered: from now on nothing of the person's may be claimed. */
  checkStopped(address: string) {
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const open = items.filter(
      ({ sk, status }) => String(sk?.S).startsWith("enrolment#") && isOpen(status?.S),
    );
    for (const { sk, status } of open)
      this.oracle.breaks("mailed-after-leaving", address, `${sk?.S} is still ${status?.S} after the stop`);
  }

  /** Somebody else has asked for something in a reader's name, who did nothing meanwhile: all is as they left it. */
  checkUntouched({ address, promises }: Watched, how: string) {
    this.checkMoves({ address, promises });
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const enrolment = items.find(({ sk }) => String(sk?.S).startsWith("enrolment#"));
    const pace = storedPace(enrolment?.cadence?.M);
    const status = enrolment?.status?.S;
    if (status !== "active" || pace !== promises.wishes.pace)
      this.oracle.breaks("somebody-elses-word", address, `after ${how} it is ${status}, ${pace}`);
  }

  /** Their change of address was answered: the table has the address that they chose. */
  checkAddress({ address }: Watched) {
    const [chosen, kept] = [
      this.mailboxes.current(address),
      this.sight.findMailbox(this.sight.findPerson(address) ?? ""),
    ];
    if (kept !== chosen) this.oracle.breaks("request-not-done", address, `it is ${kept}, not ${chosen}`);
  }

  /** Of what comes from elsewhere, so many a day are kept of one reader's; two of the limit's days may meet. */
  checkRoom(address: string) {
    const since = this.now() - DAY;
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const foreign = items.filter(
      ({ replyKind, receivedAt }) => replyKind?.S === "foreign-sender" && Number(receivedAt?.N) > since,
    );
    if (foreign.length > 2 * FOREIGN_A_DAY)
      this.oracle.breaks("kept-above-a-limit", address, `${foreign.length} mails from elsewhere in a day`);
  }

  /** Nothing of somebody who was erased is in the table, a day later. */
  checkErased(address: string, person: string) {
    const kept = this.table.partition(person).map(({ sk }) => String(sk?.S));
    if (kept.length > 0) this.oracle.breaks("kept-after-erasing", address, kept.join(", "));
  }

  /** A request was heard: what it asks for stands on the enrolment, if they are in the course still. */
  checkDone({ address, promises }: Watched, does: Asking["does"]) {
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const enrolment = items.find(({ sk }) => String(sk?.S).startsWith("enrolment#"));
    const status = enrolment?.status?.S;
    if (!isOpen(status) || promises.account !== "in") return;
    const pace = storedPace(enrolment?.cadence?.M);
    const mayNext = status === "active" || promises.waitsForStart();
    const stands = { pause: status === "paused", resume: status === "active", next: mayNext };
    for (const what of does) {
      const isDone = what in stands ? stands[what as keyof typeof stands] : pace === promises.wishes.pace;
      if (!isDone) this.oracle.breaks("request-not-done", address, `${what}: it is ${status}, ${pace}`);
    }
  }

  /** A reply that asks to leave was heard: no more than it says was left, and no less. */
  checkLeft({ address, promises }: Watched, leaves: Stopping["leaves"]) {
    if (leaves === "everything") this.checkStopped(address);
    if (promises.account !== "in") return;
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const isIn = items.some(({ sk, status }) => String(sk?.S).startsWith("enrolment#") && isOpen(status?.S));
    if (isIn && leaves !== "newsletter")
      this.oracle.breaks("request-not-done", address, `leaving ${leaves}: they are in the course still`);
    if (!isIn && leaves === "newsletter" && promises.course === "active")
      this.oracle.breaks("request-not-done", address, "leaving the newsletter: they have left the course");
  }

  /** What became of a move stands there only if its reader said so, whoever had a link or wrote in their name. */
  checkMoves({ address, promises }: Pick<Watched, "address" | "promises">) {
    const items = this.table.partition(this.sight.findPerson(address) ?? "");
    const stored = items.flatMap(({ moves }) =>
      Object.entries((moves?.M ?? {}) as Record<string, { S?: string }>),
    );
    for (const [lesson, outcome] of stored)
      if (!promises.moves.has(`${this.editions.originalOf(lesson)} ${outcome.S}`))
        this.oracle.breaks("somebody-elses-word", address, `they did not say of ${lesson}: ${outcome.S}`);
  }

  /** The owner's console does something; rejects if it was cut off. */
  async order(order: OwnerOrder): Promise<void> {
    await this.#runtime.invoke(CONSOLE, order);
  }

  /** New code for every function, while others are at work. */
  deploy(edition: Edition) {
    this.oracle.deployed(edition);
    this.trace.tell("owner", "deploys");
    this.#runtime.redeploy();
  }

  /** A function's folder is named as its construct in the template is. */
  #bundleCode(name: string): string {
    return join(this.oracle.edition().functionsDir, name.replace(/Function.*$/, "").toLowerCase());
  }

  async advanceUntil(moment: number): Promise<void> {
    await this.cloud.advanceTo(moment);
  }

  async close(): Promise<void> {
    await this.cloud.stop();
  }

  async #start(): Promise<void> {
    const { editions, startAt, rate, warmUp } = this.#options;
    const { outdir } = editions.synthesis;
    const template = withSettings(editions.synthesis.template, warmUp && { warmUp });
    const chance = this.chance.of("cloud");
    const latency = this.chance.of("latency");
    const { mischief } = this;
    this.cloud = await startCloud({
      template,
      outdir,
      region: STAGES.local.region,
      startAt,
      limits: { maxSendRate: rate, max24HourSend: QUOTA },
      machinery: {
        lambda: (clock, wire, dns) => {
          this.#runtime = new OneThread({
            clock,
            wire,
            dns,
            chance: chance.of("functions"),
            codeOf: (name) => this.#bundleCode(name),
            skew: mischief.skew,
            kills: mischief.kills,
            latency: () => latency.between(1, 6),
            observe: (step, response) => this.sight.observe(step, response),
            ended: (invocation) => this.#ended(invocation),
          });
          return this.#runtime;
        },
        table: this.table,
        webOrigin: this.origin,
        uuid: () => chance.uuid(),
        pick: (below) => chance.below(below),
        arrivals: (queue, body) => mischief.arrivals(queue, body),
      },
    });
    this.#runtime.deployBeside(CONSOLE, "Lane", { timeoutSeconds: HOUR / SECOND });
    this.cloud.faults.otherwise = mischief.fault;
    this.cloud.ses.onAccepted((mail) => this.oracle.sends(mail));
    if (this.#options.tells) this.#watchEvents();
    if (warmUp) this.#watchRamp(warmUp);
    this.sight.onDoubt = (address, dispatch, cause) =>
      this.trace.tell(address, "in doubt", { dispatch: dispatch && withoutPerson(dispatch), cause });
    this.sight.onParked = (address, dispatch) => this.oracle.parks(address, dispatch);
    this.sight.onHeld = () => this.#isHeld();
    this.sight.onConfirmationsHeld = () => {
      this.counts.count("confirmations-held");
      this.trace.tell("owner", "confirmations are held");
    };
    this.sight.onOverbooked = (how) => this.oracle.breaks("booked-above-rate", "governor", how);
  }

  /** What happens to readers, and what is told of it. */
  #watchEvents() {
    const { cloud, told, mischief } = this;
    cloud.events.refuses = mischief.refusesEvent;
    cloud.events.onTaken(({ detail }) => told.takes(detail));
    cloud.ses.onAccepted((mail) => told.sends(mail));
    cloud.wire.watch((request, answer) => told.writes(request, answer));
  }

  /** Each mail that SES takes is one of a day of the ramp, whatever the governor has counted. */
  #watchRamp(terms: RampTerms) {
    const ramp = new Ramp(terms, {
      above: (how) => this.oracle.breaks("sent-above-ramp", "governor", how),
      mayWait: (ms) => this.sight.outage(ms),
    });
    this.cloud.ses.onAccepted(({ at }) => ramp.sends(at));
  }

  /** Too many complaints in a day: the owner looks into it for half an hour, and lets mail go again. */
  #isHeld() {
    const lasts = 30 * MINUTE;
    const isByReaders = this.oracle.mayHold(this.now());
    if (!isByReaders)
      this.oracle.breaks("held-by-a-stranger", "owner", "all mail is held, and readers gave no reason");
    this.counts.count("held-by-breaker");
    this.trace.tell("owner", "mail is held by the breaker");
    if (isByReaders) this.sight.outage(lasts + 3 * MINUTE);
    this.at(this.now() + lasts, () => {
      // As the console's `sending resume` does it.
      this.table.call("UpdateItem", {
        TableName: this.cloud.tableName,
        Key: { pk: { S: "governor" }, sk: { S: "-" } },
        UpdateExpression: "SET resumedAt = :now, version = version + :one REMOVE held",
        ExpressionAttributeValues: { ":now": { N: String(this.now()) }, ":one": { N: "1" } },
      });
    });
  }

  /** What an invocation over a queue has dealt with, and what comes again. */
  #ended({ name, event, result, since, isCut, instance }: Invocation) {
    const records = (event as { Records?: { messageId: string; body: string }[] }).Records ?? [];
    const failed = new Set(
      (result as { batchItemFailures?: { itemIdentifier: string }[] } | null)?.batchItemFailures?.map(
        ({ itemIdentifier }) => itemIdentifier,
      ),
    );
    const comesAgain = (messageId: string) => isCut || failed.has(messageId);
    for (const { body } of records.filter(({ messageId }) => comesAgain(messageId)))
      if (name.startsWith("Nudge")) this.sight.ranInVain(body, instance, since);
    for (const { body } of records.filter(({ messageId }) => !comesAgain(messageId))) {
      if (name.startsWith("Feedback")) this.#heardEvent(body);
      if (name.startsWith("Receive")) this.#heardMail(body, since);
      if (name.startsWith("Nudge")) this.sight.ran(body);
    }
  }

  #heardEvent(body: string) {
    const event = readMessage(body) as HeardEvent | undefined;
    if (!event?.mail) return;
    this.sight.heard(event.mail.messageId);
    this.told.hears(event);
    this.onHeard(event);
  }

  #heardMail(body: string, since: number) {
    const message = readMessage(body) as
      | { receipt?: { action?: { objectKey?: string } }; words?: string }
      | undefined;
    const key = message?.receipt?.action?.objectKey ?? message?.words ?? "";
    this.#deliveries.get(key)?.({ from: since, to: this.now() });
    this.#deliveries.delete(key);
  }
}

/** As a form names it: what stands beside the pace says more than the pace. */
function storedPace(cadence: unknown): string | undefined {
  const { pace, weeks, days } = (cadence ?? {}) as Record<string, { S?: string; L?: { N?: string }[] }>;
  if (days?.L)
    return `days-${days.L.map(({ N }) => N)
      .sort()
      .join("")}`;
  return weeks ? "every-two-weeks" : pace?.S;
}

const isOpen = (status: unknown): boolean => status === "active" || status === "paused";

interface HeardEvent {
  eventType: string;
  mail: { messageId: string; destination: string[]; tags?: Record<string, string[]> };
  bounce?: { bounceType: string; bounceSubType: string };
}

/** What SNS carries, with its envelope or without. */
function readMessage(body: string): unknown {
  try {
    const outer = JSON.parse(body) as { Type?: string; Message?: string };
    return outer.Type === "Notification" ? JSON.parse(outer.Message ?? "") : outer;
  } catch {
    return undefined;
  }
}
