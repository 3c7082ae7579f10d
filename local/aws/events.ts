import { randomUUID } from "node:crypto";
import type { VirtualClock } from "./clock.ts";
import {
  type CloudPlace,
  ServiceError,
  type WireRequest,
  type WireResponse,
  type WireService,
} from "./request.ts";

/** A target of a rule, as a template names it. */
export interface RuleTarget {
  Arn: string;
  InputTransformer?: InputTransformer;
}

/** `{"detail":"$.detail"}` and `{"name":"x","event":<detail>}`. */
interface InputTransformer {
  InputPathsMap: Record<string, string>;
  InputTemplate: string;
}

interface Rule {
  /** Fields of the event and the values that each may have. */
  pattern: Record<string, string[]>;
  queue: string;
  input?: InputTransformer | undefined;
}

/** An event as rules see it. */
export interface BusEvent {
  version: "0";
  id: string;
  "detail-type": string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}

interface PutEntry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  /** Seconds since the epoch. */
  Time?: number;
}

type PutAnswer = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

interface EventBusesOptions {
  clock: VirtualClock;
  place: CloudPlace;
  uuid?: (() => string) | undefined;
  deliver(queue: string, body: string): void;
}

const MOST_ENTRIES = 10;
const MOST_BYTES = 262_144;
/** Maximum events that are kept to be looked at. */
const MOST_KEPT = 1_000;
const SECOND = 1_000;

/** EventBridge: buses, rules that match fields of an event, and queues as their targets. */
export class EventBuses implements WireService {
  readonly #options: EventBusesOptions;
  readonly #buses = new Map<string, Rule[]>();
  readonly #listeners: ((event: BusEvent) => void)[] = [];
  #latest: BusEvent[] = [];
  /** Asked about each entry: a code makes EventBridge refuse that one. */
  refuses: (entry: { detail: string }) => string | undefined = () => undefined;

  constructor(options: EventBusesOptions) {
    this.#options = options;
  }

  createBus(name: string): void {
    this.#buses.set(name, []);
  }

  hasBus(): boolean {
    return this.#buses.size > 0;
  }

  addRule(bus: string, rule: Rule): void {
    this.#rules(bus).push(rule);
  }

  /** The events that were taken last, newest last. */
  latest(): readonly BusEvent[] {
    return this.#latest;
  }

  onTaken(listener: (event: BusEvent) => void): void {
    this.#listeners.push(listener);
  }

  handle({ action, body }: WireRequest): WireResponse {
    if (action !== "PutEvents")
      throw new ServiceError("UnknownOperationException", `${action} is not emulated`);
    const { Entries = [] } = JSON.parse(body.toString()) as { Entries?: PutEntry[] };
    refuseTooMuch(Entries);
    const answers = Entries.map((entry) => this.#put(entry));
    const FailedEntryCount = answers.filter((answer) => "ErrorCode" in answer).length;
    const headers = { "content-type": "application/x-amz-json-1.1" };
    return { status: 200, headers, body: JSON.stringify({ FailedEntryCount, Entries: answers }) };
  }

  #put(entry: PutEntry): PutAnswer {
    const { Source = "", DetailType = "", Detail = "", EventBusName = "default", Time } = entry;
    const name = EventBusName.split("/").at(-1) ?? "";
    const ErrorCode = this.refuses({ detail: Detail }) ?? this.#mistake(entry, name);
    if (ErrorCode !== undefined) return { ErrorCode, ErrorMessage: `The entry is refused: ${ErrorCode}` };
    const { clock, place, uuid = randomUUID } = this.#options;
    const event: BusEvent = {
      version: "0",
      id: uuid(),
      "detail-type": DetailType,
      source: Source,
      account: place.account,
      time: `${new Date((Time ?? clock.now() / SECOND) * SECOND).toISOString().slice(0, 19)}Z`,
      region: place.region,
      resources: [],
      detail: JSON.parse(Detail),
    };
    this.#take(name, event);
    return { EventId: event.id };
  }

  #mistake({ Source, DetailType, Detail = "" }: PutEntry, bus: string): string | undefined {
    if (!Source || !DetailType || !this.#buses.has(bus)) return "InvalidArgument";
    try {
      return typeof JSON.parse(Detail) === "object" ? undefined : "MalformedDetail";
    } catch {
      return "MalformedDetail";
    }
  }

  #take(bus: string, event: BusEvent): void {
    this.#latest = [...this.#latest, event].slice(-MOST_KEPT);
    for (const listener of this.#listeners) listener(event);
    for (const { pattern, queue, input } of this.#rules(bus))
      if (matches(pattern, event)) this.#options.deliver(queue, transformed(event, input));
  }

  #rules(bus: string): Rule[] {
    const rules = this.#buses.get(bus);
    if (!rules) throw new Error(`No event bus ${bus}`);
    return rules;
  }
}

function refuseTooMuch(entries: readonly PutEntry[]): void {
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
    );
  const bytes = entries.reduce(
    (sum, { Source = "", DetailType = "", Detail = "" }) =>
      sum + 14 + Buffer.byteLength(Source + DetailType + Detail),
    0,
  );
  if (bytes > MOST_BYTES)
    throw new ServiceError(
      "ValidationException",
      "Total size of the entries in the request is over the limit.",
    );
}

const matches = (pattern: Rule["pattern"], event: BusEvent): boolean =>
  Object.entries(pattern).every(([field, values]) => values.includes(String(event[field as keyof BusEvent])));

/** The template with each `<name>` replaced by what its path leads to, as JSON. */
function transformed(event: BusEvent, input: InputTransformer | undefined): string {
  if (!input) return JSON.stringify(event);
  return input.InputTemplate.replace(/<([\w.]+)>/g, (_, name: string) => {
    const path = input.InputPathsMap[name]?.replace(/^\$\.?/, "").split(".") ?? [];
    const found = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], event);
    return JSON.stringify(found ?? null);
  });
}
