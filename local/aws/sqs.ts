import { createHash, randomUUID } from "node:crypto";
import type { SQSEvent } from "aws-lambda";
import type { Timer, VirtualClock } from "./clock.ts";
import {
  type CloudPlace,
  ServiceError,
  type WireRequest,
  type WireResponse,
  type WireService,
} from "./request.ts";
import { Snapshot } from "./snapshot.ts";

export interface QueueProperties {
  /** Seconds; 30 if left out. */
  visibilityTimeout?: number;
  /** Seconds; 0 if left out. */
  delay?: number;
  /** Seconds; 4 days if left out. */
  retention?: number;
  /** After this many receives without a delete a message goes to the dead-letter queue. */
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
}

/** Lambda's poller of a queue. */
export interface EventSourceMapping {
  queue: string;
  /** 10 if left out. */
  batchSize?: number;
  /** Seconds that a batch may wait to be filled; 0 if left out. */
  batchingWindow?: number;
  reportBatchItemFailures?: boolean;
  /** Invocations at a time; 5 if left out, as Lambda starts with five pollers. */
  concurrency?: number;
  /** Rejects when the function failed. The result is what the handler returned. */
  invoke: (event: SQSEvent) => Promise<unknown>;
}

/**
 * How late (ms) each copy of a message arrives. A standard queue promises "at least once" and no order: a message
 * may have two copies, and one may overtake another.
 */
export type Arrivals = (queue: string, body: string) => readonly number[];
const ON_TIME: readonly number[] = [0];

interface QueuedMessage {
  id: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt?: number;
  /** The newest receive's; earlier ones delete nothing any more. */
  handle?: string;
}

interface Queue extends Required<Pick<QueueProperties, "visibilityTimeout" | "delay" | "retention">> {
  name: string;
  redrive?: QueueProperties["redrive"];
  messages: QueuedMessage[];
  pollers: Poller[];
}

interface Poller {
  mapping: EventSourceMapping;
  running: number;
  timer?: Timer;
}

const SECOND = 1000;
const LONGEST_MESSAGE = 1_048_576;

/** SQS standard queues with Lambda's event source mappings, in virtual time. Receives do not wait for messages. */
export class Sqs implements WireService {
  readonly #clock: VirtualClock;
  readonly #place: CloudPlace;
  readonly #endpoint: () => string;
  readonly #queues = new Map<string, Queue>();
  readonly #snapshot: Snapshot<Record<string, QueuedMessage[]>>;
  readonly #uuid: () => string;
  readonly #arrivals: Arrivals;

  /** `endpoint`: where the wire listens, for the queues' URLs. `arrivals`: once, at once, if left out. */
  constructor(options: {
    clock: VirtualClock;
    place: CloudPlace;
    endpoint: () => string;
    folder?: string;
    uuid?: () => string;
    arrivals?: Arrivals;
  }) {
    this.#clock = options.clock;
    this.#place = options.place;
    this.#endpoint = options.endpoint;
    this.#uuid = options.uuid ?? randomUUID;
    this.#arrivals = options.arrivals ?? (() => ON_TIME);
    this.#snapshot = new Snapshot(options.folder, "sqs");
  }

  /** Makes a queue, with the messages that an earlier run left in it. */
  createQueue(name: string, properties: QueueProperties = {}): void {
    this.#queues.set(name, {
      name,
      visibilityTimeout: properties.visibilityTimeout ?? 30,
      delay: properties.delay ?? 0,
      retention: properties.retention ?? 345_600,
      redrive: properties.redrive,
      messages: this.#snapshot.read()?.[name] ?? [],
      pollers: [],
    });
  }

  url(name: string): string {
    return `${this.#endpoint()}/${this.#place.account}/${name}`;
  }

  arn(name: string): string {
    return `arn:aws:sqs:${this.#place.region}:${this.#place.account}:${name}`;
  }

  /** How long (ms) a message stays hidden that was received and not deleted. */
  hiddenMs(name: string): number {
    return this.#queue(name).visibilityTimeout * SECOND;
  }

  queueNames(): string[] {
    return [...this.#queues.keys()];
  }

  /** The queues that another one names as its dead-letter queue. */
  deadLetterQueues(): string[] {
    const named = [...this.#queues.values()].map(({ redrive }) => redrive?.deadLetterQueue);
    return this.queueNames().filter((name) => named.includes(name));
  }

  /** What its owner does to dead letters once the cause is mended: back to the queue that they came from. */
  putBack(deadLetterQueue: string): number {
    const dead = this.#queue(deadLetterQueue);
    const source = [...this.#queues.values()].find(
      ({ redrive }) => redrive?.deadLetterQueue === deadLetterQueue,
    );
    const messages = dead.messages.splice(0);
    for (const { body } of messages) this.send(source?.name ?? deadLetterQueue, body);
    return messages.length;
  }

  /** Messages in a queue by their bodies, also those that are delayed or being worked on. */
  bodies(name: string): string[] {
    return this.#queue(name).messages.map(({ body }) => body);
  }

  /** Puts a message in a queue; the delay is in seconds. Returns its id. */
  send(name: string, body: string, delay?: number): string {
    const queue = this.#queue(name);
    const now = this.#clock.now();
    const visibleAt = now + (delay ?? queue.delay) * SECOND;
    const id = this.#uuid();
    for (const late of this.#arrivals(name, body))
      queue.messages.push({ id, body, sentAt: now, visibleAt: visibleAt + late, receives: 0 });
    this.#poll(queue);
    return id;
  }

  map(mapping: EventSourceMapping): void {
    const queue = this.#queue(mapping.queue);
    queue.pollers.push({ mapping, running: 0 });
    this.#poll(queue);
  }

  save(): void {
    const kept = [...this.#queues.values()].map(({ name, messages }) => [name, messages]);
    this.#snapshot.write(Object.fromEntries(kept));
  }

  handle(request: WireRequest): WireResponse {
    const input = JSON.parse(request.body.toString()) as SqsInput;
    const output = this.#act(request.action, input);
    const headers = { "content-type": "application/x-amz-json-1.0" };
    return { status: 200, headers, body: JSON.stringify(output ?? {}) };
  }

  #act(action: string, input: SqsInput): object | undefined {
    if (action === "GetQueueUrl") return { QueueUrl: this.url(this.#queue(input.QueueName ?? "").name) };
    const queue = this.#queue(input.QueueUrl?.split("/").at(-1) ?? "");
    switch (action) {
      case "SendMessage":
        return this.sendOne(queue, input);
      case "SendMessageBatch":
        return batch(input, (entry) => this.sendOne(queue, entry));
      case "ReceiveMessage":
        return this.receiveSome(queue, input);
      case "DeleteMessage":
        return this.#delete(queue, input.ReceiptHandle);
      case "DeleteMessageBatch":
        return batch(input, (entry) => this.#delete(queue, entry.ReceiptHandle) ?? {});
      case "ChangeMessageVisibility":
        return this.#changeVisibility(queue, input);
      case "GetQueueAttributes":
        return { Attributes: this.#attributes(queue) };
      default:
        throw new ServiceError("UnsupportedOperation", `${action} is not emulated`);
    }
  }

  sendOne(queue: Queue, { MessageBody = "", DelaySeconds }: BatchEntry): object {
    if (MessageBody === "")
      throw new ServiceError("MissingParameter", "The request must contain MessageBody.");
    if (Buffer.byteLength(MessageBody) > LONGEST_MESSAGE)
      throw new ServiceError(
        "InvalidParameterValue",
        "One or more parameters are invalid: message too long.",
      );
    if (DelaySeconds !== undefined && !(DelaySeconds >= 0 && DelaySeconds <= 900))
      throw new ServiceError(
        "InvalidParameterValue",
        `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      );
    const MessageId = this.send(queue.name, MessageBody, DelaySeconds);
    return { MessageId, MD5OfMessageBody: md5(MessageBody) };
  }

  receiveSome(queue: Queue, { MaxNumberOfMessages = 1, VisibilityTimeout }: SqsInput): object {
    const messages = this.#receive(queue, MaxNumberOfMessages, VisibilityTimeout);
    this.#poll(queue);
    const Messages = messages.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.handle,
      Body: message.body,
      MD5OfBody: md5(message.body),
      Attributes: this.#systemAttributes(message),
    }));
    return Messages.length === 0 ? {} : { Messages };
  }

  #delete(queue: Queue, handle: string | undefined): undefined {
    queue.messages = queue.messages.filter((message) => handle === undefined || message.handle !== handle);
  }

  #changeVisibility(queue: Queue, { ReceiptHandle, VisibilityTimeout = 0 }: SqsInput): undefined {
    const message = queue.messages.find(({ handle }) => handle !== undefined && handle === ReceiptHandle);
    if (message === undefined)
      throw new ServiceError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
    message.visibleAt = this.#clock.now() + VisibilityTimeout * SECOND;
    this.#poll(queue);
  }

  #attributes(queue: Queue): Record<string, string> {
    const now = this.#clock.now();
    const count = (which: (message: QueuedMessage) => boolean) => String(queue.messages.filter(which).length);
    return {
      QueueArn: this.arn(queue.name),
      VisibilityTimeout: String(queue.visibilityTimeout),
      DelaySeconds: String(queue.delay),
      MessageRetentionPeriod: String(queue.retention),
      ApproximateNumberOfMessages: count(({ visibleAt }) => visibleAt <= now),
      ApproximateNumberOfMessagesNotVisible: count(({ visibleAt, handle }) => visibleAt > now && !!handle),
      ApproximateNumberOfMessagesDelayed: count(({ visibleAt, handle }) => visibleAt > now && !handle),
      ...(queue.redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: this.arn(queue.redrive.deadLetterQueue),
          maxReceiveCount: queue.redrive.maxReceiveCount,
        }),
      }),
    };
  }

  #systemAttributes(message: QueuedMessage) {
    return {
      ApproximateReceiveCount: String(message.receives),
      SentTimestamp: String(message.sentAt),
      SenderId: this.#place.account,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    };
  }

  /** Takes what is visible, oldest first, and hides it. What was received too often goes to the dead letters. */
  #receive(queue: Queue, most: number, visibilityTimeout = queue.visibilityTimeout): QueuedMessage[] {
    const now = this.#clock.now();
    queue.messages = queue.messages.filter(({ sentAt }) => sentAt + queue.retention * SECOND > now);
    const taken: QueuedMessage[] = [];
    for (const message of queue.messages.filter(({ visibleAt }) => visibleAt <= now)) {
      if (taken.length === most) break;
      if (this.#buries(queue, message)) continue;
      message.receives++;
      message.firstReceivedAt ??= now;
      message.handle = this.#uuid();
      message.visibleAt = now + visibilityTimeout * SECOND;
      taken.push(message);
    }
    return taken;
  }

  #buries(queue: Queue, message: QueuedMessage): boolean {
    if (queue.redrive === undefined || message.receives < queue.redrive.maxReceiveCount) return false;
    const dead = this.#queue(queue.redrive.deadLetterQueue);
    queue.messages = queue.messages.filter((each) => each !== message);
    dead.messages.push({ ...message, handle: undefined, visibleAt: this.#clock.now() });
    this.#poll(dead);
    return true;
  }

  /** Sets each poller's timer for the moment when it will next find something. */
  #poll(queue: Queue): void {
    for (const poller of queue.pollers) {
      poller.timer?.cancel();
      const at = this.#nextBatchTime(queue, poller.mapping);
      if (at === undefined || poller.running >= (poller.mapping.concurrency ?? 5)) continue;
      poller.timer = this.#clock.at(at, `queue ${queue.name}`, () => this.#invoke(queue, poller));
    }
  }

  /** A batch leaves when it is full, or when its first message has waited for the window. */
  #nextBatchTime({ messages }: Queue, { batchSize = 10, batchingWindow = 0 }: EventSourceMapping) {
    const times = messages.map(({ visibleAt }) => visibleAt).sort((a, b) => a - b);
    const [first] = times;
    if (first === undefined) return undefined;
    return Math.min(first + batchingWindow * SECOND, times[batchSize - 1] ?? Number.POSITIVE_INFINITY);
  }

  #invoke(queue: Queue, poller: Poller): void {
    const messages = this.#receive(queue, poller.mapping.batchSize ?? 10);
    if (messages.length > 0) {
      poller.running++;
      void this.#invocation(queue, poller, messages);
    }
    this.#poll(queue);
  }

  async #invocation(queue: Queue, poller: Poller, messages: QueuedMessage[]): Promise<void> {
    const failed = await poller.mapping.invoke(this.#event(queue, messages)).then(
      (result) => readFailures(result, messages, poller.mapping),
      () => messages,
    );
    poller.running--;
    // What failed stays hidden until its visibility timeout ends, as with Lambda.
    const done = new Set(messages.filter((message) => !failed.includes(message)));
    queue.messages = queue.messages.filter((message) => !done.has(message));
    this.#poll(queue);
  }

  #event(queue: Queue, messages: QueuedMessage[]): SQSEvent {
    const Records = messages.map((message) => ({
      messageId: message.id,
      receiptHandle: message.handle ?? "",
      body: message.body,
      attributes: this.#systemAttributes(message),
      messageAttributes: {},
      md5OfBody: md5(message.body),
      eventSource: "aws:sqs",
      eventSourceARN: this.arn(queue.name),
      awsRegion: this.#place.region,
    }));
    return { Records };
  }

  #queue(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined)
      throw new ServiceError("QueueDoesNotExist", "The specified queue does not exist.", 400);
    return queue;
  }
}

interface BatchEntry {
  Id?: string;
  MessageBody?: string;
  DelaySeconds?: number;
  ReceiptHandle?: string;
}

interface SqsInput extends BatchEntry {
  QueueName?: string;
  QueueUrl?: string;
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  Entries?: BatchEntry[];
}

function batch({ Entries = [] }: SqsInput, one: (entry: BatchEntry) => object): object {
  if (Entries.length === 0)
    throw new ServiceError("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (Entries.length > 10)
    throw new ServiceError("TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10.");
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of Entries) {
    try {
      Successful.push({ Id: entry.Id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

/**
 * Which messages a handler's result leaves in the queue. Lambda takes an empty result for success, and an answer
 * that it cannot understand, or that names a message not in the batch, for a failure of the whole batch.
 */
function readFailures(
  result: unknown,
  messages: QueuedMessage[],
  mapping: EventSourceMapping,
): QueuedMessage[] {
  if (!mapping.reportBatchItemFailures) return [];
  const failures = (result as { batchItemFailures?: { itemIdentifier?: string }[] | null } | null | undefined)
    ?.batchItemFailures;
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return messages;
  const failed = failures.map(({ itemIdentifier }) => messages.find(({ id }) => id === itemIdentifier));
  return failed.includes(undefined) ? messages : failed.filter((message) => message !== undefined);
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
