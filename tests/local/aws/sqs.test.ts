import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventSourceMapping } from "../../../local/aws/sqs.ts";
import { openStation, type Station } from "../station.ts";

const SECOND = 1000;
let station: Station;
let url: string;

beforeEach(async () => {
  station = await openStation();
  station.sqs.createQueue("dead");
  station.sqs.createQueue("nudges", {
    visibilityTimeout: 60,
    redrive: { deadLetterQueue: "dead", maxReceiveCount: 3 },
  });
  const answer = await station.clients.sqs.send(new GetQueueUrlCommand({ QueueName: "nudges" }));
  url = answer.QueueUrl ?? "";
});
afterEach(() => station.close());

const send = (MessageBody: string, DelaySeconds?: number) =>
  station.clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, DelaySeconds }));

async function receive(MaxNumberOfMessages = 10) {
  const command = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages });
  return (await station.clients.sqs.send(command)).Messages ?? [];
}

describe("a queue", () => {
  it("has a URL on the emulator's own host", () => {
    expect(url).toBe(`${station.wire.endpoint()}/111111111111/nudges`);
  });

  it("gives back what it was sent, with the checksum that the SDK checks", async () => {
    await send("grüße ✓");
    const [message] = await receive();
    expect(message).toMatchObject({ Body: "grüße ✓", Attributes: { ApproximateReceiveCount: "1" } });
  });

  it("hides a message while somebody works on it, and gives it out again when they did not finish", async () => {
    await send("work");
    expect(await receive()).toHaveLength(1);
    expect(await receive()).toHaveLength(0);
    await station.pass(60 * SECOND);
    const [again] = await receive();
    expect(again?.Attributes?.ApproximateReceiveCount).toBe("2");
  });

  it("forgets a message that was deleted by its newest receipt, and not by an older one", async () => {
    await send("work");
    const [first] = await receive();
    await station.pass(60 * SECOND);
    const [second] = await receive();
    const remove = (message = first) =>
      station.clients.sqs.send(
        new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }),
      );
    await remove(first);
    expect(station.sqs.bodies("nudges")).toEqual(["work"]);
    await remove(second);
    expect(station.sqs.bodies("nudges")).toEqual([]);
  });

  it("delays a message by whole seconds, 900 at the most", async () => {
    await send("later", 900);
    await station.pass(899 * SECOND);
    expect(await receive()).toHaveLength(0);
    await station.pass(SECOND);
    expect(await receive()).toHaveLength(1);
    await expect(send("too late", 901)).rejects.toThrow(/DelaySeconds/);
  });

  it("takes and deletes in batches, telling of each entry", async () => {
    const Entries = [
      { Id: "a", MessageBody: "one" },
      { Id: "b", MessageBody: "two", DelaySeconds: 901 },
    ];
    const sent = await station.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect([sent.Successful?.[0]?.Id, sent.Failed?.[0]?.Id]).toEqual(["a", "b"]);
    const gone = (await receive()).map(({ ReceiptHandle }) => ({ Id: "a", ReceiptHandle }));
    await station.clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: gone }));
    expect(station.sqs.bodies("nudges")).toEqual([]);
  });

  it("lets a worker give a message back at once", async () => {
    await send("work");
    const [message] = await receive();
    const ReceiptHandle = message?.ReceiptHandle;
    await station.clients.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect(await receive()).toHaveLength(1);
  });

  it("counts what waits, what is worked on and what is delayed", async () => {
    await send("work");
    await receive();
    await send("waits");
    await send("later", 10);
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
    const { Attributes } = await station.clients.sqs.send(command);
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
      QueueArn: "arn:aws:sqs:eu-west-1:111111111111:nudges",
    });
  });

  it("says that it does not exist", async () => {
    const command = new GetQueueUrlCommand({ QueueName: "nothing" });
    await expect(station.clients.sqs.send(command)).rejects.toMatchObject({ name: "QueueDoesNotExist" });
  });
});

describe("Lambda's poller of a queue", () => {
  let events: { at: number; bodies: string[] }[];

  function map(answer: (event: SQSEvent) => unknown, mapping: Partial<EventSourceMapping> = {}) {
    events = [];
    const start = station.clock.now();
    const invoke = async (event: SQSEvent) => {
      events.push({ at: station.clock.now() - start, bodies: event.Records.map(({ body }) => body) });
      return answer(event);
    };
    station.sqs.map({ queue: "nudges", reportBatchItemFailures: true, invoke, ...mapping });
  }

  it("invokes with what waits, and forgets it when the function did not complain", async () => {
    map(() => undefined);
    await send("one");
    await send("two");
    await station.pass(0);
    expect(events).toEqual([{ at: 0, bodies: ["one", "two"] }]);
    expect(station.sqs.bodies("nudges")).toEqual([]);
  });

  it("takes no more than a batch at a time", async () => {
    map(() => ({ batchItemFailures: [] }), { batchSize: 2 });
    for (const body of ["one", "two", "three"]) await send(body);
    await station.pass(0);
    expect(events.map(({ bodies }) => bodies)).toEqual([["one", "two"], ["three"]]);
  });

  it("waits for its window, or until the batch is full", async () => {
    map(() => undefined, { batchSize: 2, batchingWindow: 5 });
    await send("one");
    await station.pass(5 * SECOND);
    await send("two");
    await send("three");
    await station.pass(0);
    expect(events).toEqual([
      { at: 5000, bodies: ["one"] },
      { at: 5000, bodies: ["two", "three"] },
    ]);
  });

  it("invokes a second time for the failed ones alone, when their visibility timeout ends", async () => {
    map(({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    await send("good");
    await send("bad");
    await station.pass(60 * SECOND);
    expect(events).toEqual([
      { at: 0, bodies: ["good", "bad"] },
      { at: 60_000, bodies: ["bad"] },
    ]);
  });

  it.each([
    ["an exception", () => Promise.reject(new Error("crashed"))],
    [
      "an answer that names a message of another batch",
      () => ({ batchItemFailures: [{ itemIdentifier: "x" }] }),
    ],
    ["an answer that cannot be understood", () => ({ batchItemFailures: "all" })],
  ])("keeps the whole batch after %s", async (_, answer) => {
    map(answer);
    await send("one");
    await station.pass(0);
    expect(station.sqs.bodies("nudges")).toEqual(["one"]);
  });

  it("moves a message to the dead letters after its last chance, and loses nothing", async () => {
    map(() => Promise.reject(new Error("crashed")));
    await send("poison");
    await station.pass(600 * SECOND);
    expect(events).toHaveLength(3);
    expect([station.sqs.bodies("nudges"), station.sqs.bodies("dead")]).toEqual([[], ["poison"]]);
  });

  it("runs no more invocations at a time than it may", async () => {
    const finish: (() => void)[] = [];
    map(() => new Promise<void>((resolve) => finish.push(resolve)), { batchSize: 1, concurrency: 2 });
    for (const body of ["one", "two", "three"]) await send(body);
    await station.pass(SECOND);
    expect(events).toHaveLength(2);
    finish[0]?.();
    await station.pass(SECOND);
    expect(events).toHaveLength(3);
  });

  it("shows a function the record of a Lambda event", async () => {
    let seen: SQSEvent | undefined;
    map((event) => {
      seen = event;
    });
    await send("one");
    await station.pass(0);
    expect(seen?.Records[0]).toMatchObject({
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-west-1:111111111111:nudges",
      awsRegion: "eu-west-1",
      body: "one",
    });
  });
});
