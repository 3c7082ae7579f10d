import type { Fault } from "../aws/faults.ts";
import type { WireRequest } from "../aws/request.ts";
import { refusal } from "../aws/ses-refusals.ts";
import { findDispatch } from "../aws/ses-request.ts";
import type { Counts } from "./counts.ts";
import type { Observer } from "./observer.ts";
import type { Chance } from "./random.ts";
import { SPEAKER, type Step } from "./runtime.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Everything that can be made to go wrong, by its name for `--faults`. */
export const FAULTS = {
  kills: "a function is killed at one of its steps: before a call, or after it was done",
  "ses-throttles": "SES says that it is asked too fast",
  "ses-late": "SES's answer is on its way for up to 20 s",
  "ses-lost-answers": "SES takes the mail, and its answer is lost",
  "ses-rejects": "SES refuses a mail for good",
  "ses-pauses": "SES pauses the account for up to an hour",
  "ses-outages": "SES answers that it is out of service, for up to an hour and a half",
  "ses-quota": "the day's quota is used up for hours",
  "queue-duplicates": "a message of a queue arrives twice",
  "queue-disorder": "a message of a queue overtakes others",
  "store-throttles": "DynamoDB says that it is asked too often, now and then for seconds on end",
  "store-lost-answers": "DynamoDB writes, and its answer is lost",
  "events-late": "an event of SES comes up to two hours late",
  "events-twice": "an event of SES comes twice",
  "events-disorder": "events of SES overtake each other",
  "events-lost": "an event of SES never comes",
  "bus-refuses": "EventBridge refuses some of the events of a call, or all of them",
  "bus-lost-answers": "EventBridge takes events, and its answer is lost",
  "bus-away": "EventBridge is away for up to three hours",
  "clock-skew": "the clocks of two instances differ by up to 2 s",
  deploy: "a deploy in mid-course inserts, removes, renames and reorders lessons",
} as const;
export type FaultName = keyof typeof FAULTS;
export const ALL_FAULTS = Object.keys(FAULTS) as FaultName[];

/** Functions whose steps are cut, and the owner's console. Who presses a button that says nothing presses it again. */
const KILLED = /^(Lane|Nudge|Receive|Feedback|Web|Unsubscribe|Owner|Events)/;
const KILL = 0.0012;
/** A step that was not killed at yet is cut much sooner, so that every step has its turn; one step at a time. */
const FIRST_KILL = 0.05;
const BETWEEN_FIRST_KILLS = 40 * MINUTE;

interface MischiefOptions {
  chance: Chance;
  faults: ReadonlySet<FaultName>;
  counts: Counts;
  sight: Observer;
  now: () => number;
  /** How many times as often as usual; kills at steps that had their turn included. */
  intensity: number;
  /** No more of it from then on: what is to come must then come. */
  until: number;
}

/** Faults by chance, each counted, and each told to those who must know what it excuses. */
export class Mischief {
  readonly #options: MischiefOptions;
  readonly #kills: Chance;
  readonly #wire: Chance;
  readonly #queues: Chance;
  readonly #skews: Chance;
  #sesIsAwayUntil = 0;
  readonly #killedAt = new Map<string, number>();
  #stormUntil = 0;
  #nextStorm = 0;
  readonly #bus: Chance;
  #busIsAwayUntil = 0;
  #nextBusOutage = 0;

  constructor(options: MischiefOptions) {
    const { chance, now } = options;
    this.#options = options;
    this.#kills = chance.of("kills");
    this.#wire = chance.of("wire");
    this.#queues = chance.of("queues");
    this.#skews = chance.of("skews");
    this.#bus = chance.of("bus");
    this.#nextBusOutage = now() + this.#bus.between(HOUR, 4 * DAY);
    this.#nextStorm = now() + this.#wire.between(HOUR, 3 * DAY);
  }

  has(name: FaultName): boolean {
    return this.#options.faults.has(name) && this.#options.now() < this.#options.until;
  }

  skew = (): number => (this.#options.faults.has("clock-skew") ? this.#skews.between(-SECOND, SECOND) : 0);

  kills = (step: Step): boolean => {
    if (!this.has("kills") || !KILLED.test(step.function)) return false;
    const { counts, sight, now, intensity } = this.#options;
    const drawn = this.#kills.fraction();
    // Nearly every step ends here, before anybody asks which one it is.
    if (drawn >= Math.max(FIRST_KILL, KILL * intensity)) return false;
    const name = callName(step);
    const hasRested = now() - (this.#killedAt.get(step.function) ?? 0) > BETWEEN_FIRST_KILLS;
    const isNew = counts.kills[name] === undefined && hasRested;
    if (drawn >= (isNew ? FIRST_KILL : KILL * intensity)) return false;
    this.#killedAt.set(step.function, now());
    counts.kills[name] = (counts.kills[name] ?? 0) + 1;
    counts.fault("kills");
    sight.killed(step.instance, name);
    return true;
  };

  /** What a request meets on the wire. */
  fault = (request: WireRequest): Fault | undefined => {
    // The simulation's own requests belong to no reader.
    if (request.headers[SPEAKER] === undefined) return undefined;
    if (request.service === "ses" && request.action === "SendRawEmail") return this.#sesFault(request);
    if (request.service === "events") return this.#busFault();
    return request.service === "dynamodb" ? this.#storeFault(request) : undefined;
  };

  /** The code with which EventBridge refuses one event of a call, if it does. */
  refusesEvent = (): string | undefined =>
    this.#drawn(this.#bus, "bus-refuses", 0.05) ? "ThrottlingException" : undefined;

  #busFault(): Fault | undefined {
    if (this.#busIsAway())
      return { kind: "reject", code: "InternalException", message: "Internal error", status: 500 };
    if (this.#drawn(this.#bus, "bus-refuses", 0.03)) return { kind: "throttle" };
    if (this.#drawn(this.#bus, "bus-lost-answers", 0.03)) return { kind: "lose-answer", how: "reset" };
    return undefined;
  }

  #busIsAway(): boolean {
    const { now, counts } = this.#options;
    if (!this.has("bus-away")) return false;
    if (now() >= this.#nextBusOutage) {
      counts.fault("bus-away");
      this.#busIsAwayUntil = now() + this.#bus.between(10 * MINUTE, 3 * HOUR);
      this.#nextBusOutage = now() + this.#bus.between(12 * HOUR, 4 * DAY);
    }
    return now() < this.#busIsAwayUntil;
  }

  #sesFault(request: WireRequest): Fault | undefined {
    const dispatch = findDispatch(request.body);
    const { sight } = this.#options;
    const strike = (fault: Fault, about: { isDoubt?: boolean; isRejection?: boolean } = {}): Fault => {
      sight.struck(request, dispatch, about);
      return fault;
    };
    if (this.#options.now() < this.#sesIsAwayUntil)
      return strike({
        kind: "reject",
        code: "ServiceUnavailable",
        message: "Service Unavailable",
        status: 503,
      });
    if (this.#happens("ses-throttles", 0.004)) return strike({ kind: "throttle" });
    if (this.#happens("ses-late", 0.004)) {
      const ms = this.#wire.between(SECOND / 2, 20 * SECOND);
      return strike({ kind: "delay-answer", ms }, { isDoubt: ms > 9 * SECOND });
    }
    if (this.#happens("ses-lost-answers", 0.004)) {
      const how = this.#wire.one(["reset", "silence"] as const);
      return strike({ kind: "lose-answer", how }, { isDoubt: true });
    }
    if (this.#happens("ses-rejects", 0.0004)) {
      const { code, message } = refusal("header twice");
      return strike({ kind: "reject", code, message }, { isRejection: true });
    }
    return undefined;
  }

  /** What fails in the last of it is tried again after its claim's death and a quarter of an hour. */
  sendsSesAway(ms: number): void {
    const { counts, sight, now } = this.#options;
    this.#sesIsAwayUntil = now() + ms;
    counts.fault("ses-outages");
    sight.outage(ms + 20 * MINUTE);
  }

  #storeFault(request: WireRequest): Fault | undefined {
    const { sight } = this.#options;
    if (this.#inStorm() || this.#happens("store-throttles", 0.001)) {
      sight.struck(request, undefined);
      return { kind: "throttle" };
    }
    const isWrite = /^(Put|Update|Delete|BatchWrite)/.test(request.action);
    if (isWrite && this.#happens("store-lost-answers", 0.003)) {
      sight.struck(request, undefined);
      return { kind: "lose-answer", how: "reset" };
    }
    return undefined;
  }

  /** Seconds in which most requests are refused: longer than the SDK's own patience. */
  #inStorm(): boolean {
    const { now, counts, sight } = this.#options;
    if (!this.has("store-throttles")) return false;
    if (now() >= this.#nextStorm) {
      this.#stormUntil = now() + this.#wire.between(SECOND, 10 * SECOND);
      this.#nextStorm = now() + this.#wire.between(12 * HOUR, 5 * DAY);
      sight.outage(this.#stormUntil - now() + 80 * SECOND);
    }
    if (now() >= this.#stormUntil || !this.#wire.happens(0.8)) return false;
    counts.fault("store-throttles");
    return true;
  }

  /** How late each copy of a queue's message comes. */
  arrivals = (queue: string, body: string): readonly number[] => {
    if (!/Queue/.test(queue) || /DeadLetters/.test(queue)) return [0];
    const late = this.#lateness(queue, body);
    if (late === undefined) return [];
    if (late > 0) this.#options.sight.keptBack(body, late);
    const isTwice = /Feedback/.test(queue)
      ? this.#queued("events-twice", 0.01)
      : this.#queued("queue-duplicates", 0.02);
    if (!isTwice) return [late];
    const most = this.#queues.one([50, 2 * SECOND, 5 * MINUTE]);
    return [late, late + this.#queues.between(10, most)];
  };

  #lateness(queue: string, body: string): number | undefined {
    if (!/Feedback/.test(queue))
      return this.#queued("queue-disorder", 0.03) ? this.#queues.between(0, 2 * MINUTE) : 0;
    // Only what tells that a mail left or arrived is ever lost for good: a bounce that is never told cannot be heard.
    const isLosable = /\\"eventType\\":\\"(Send|Delivery)\\"|"eventType":"(Send|Delivery)"/.test(body);
    if (isLosable && this.#queued("events-lost", 0.004)) return undefined;
    if (this.#queued("events-late", 0.004)) return this.#queues.between(MINUTE, 2 * HOUR);
    return this.#queued("events-disorder", 0.02) ? this.#queues.between(0, 10 * SECOND) : 0;
  }

  #queued(name: FaultName, probability: number): boolean {
    return this.#drawn(this.#queues, name, probability);
  }

  #happens(name: FaultName, probability: number): boolean {
    return this.#drawn(this.#wire, name, probability);
  }

  #drawn(chance: Chance, name: FaultName, probability: number): boolean {
    if (!this.has(name) || !chance.happens(probability * this.#options.intensity)) return false;
    this.#options.counts.fault(name);
    return true;
  }
}

/** `Lane before PutItem enrolment`: which kind of step this is, for any instance. */
function callName({ function: name, when, request }: Step): string {
  const verb = name.replace(/Function.*$/, "");
  const target = request.headers["x-amz-target"]?.split(".").at(-1);
  if (target === undefined) {
    const action = /Action=(\w+)/.exec(request.body.toString("latin1", 0, 200))?.[1];
    return `${verb} ${when} ${action ?? `${request.method} of an object`}`;
  }
  const text = request.body.toString("latin1");
  const what = /"sk":\{"S":"([a-z-]+)/.exec(text)?.[1] ?? "";
  const of = /"pk":\{"S":"([a-z]+)/.exec(text)?.[1] ?? "";
  const claims = /"claim":\{/.test(text) && target === "PutItem" ? " with a claim" : "";
  return `${verb} ${when} ${target} ${what === "-" ? of : what}${claims}`.trim();
}
