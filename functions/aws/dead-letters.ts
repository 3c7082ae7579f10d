import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Instant } from "../domain/time.ts";

/** SQS hands out at most this many messages at once. */
const BATCH = 10;
/** A message that was taken and not moved is visible again after this (seconds). */
const HIDDEN_FOR = 60;

interface DeadLetter {
  id: string;
  sentAt: Instant;
  /** How often it was handed out. */
  received: number;
  body: string;
}

/** Messages that a queue has given up, and the way back. */
export interface DeadLetters {
  /** About how many there are. */
  waiting(): Promise<number>;
  /** The first hundred of them, which stay where they are. */
  look(): Promise<DeadLetter[]>;
  /**
   * Puts at most `most` of them back into their queue, and returns how many. Each is sent before it is deleted, so
   * a crash in between leaves one in both; the functions are idempotent.
   */
  putBack(most: number, tell: (moved: number) => void): Promise<number>;
}

const MOST_LOOKED_AT = 100;

const toDeadLetter = ({ MessageId = "", Attributes = {}, Body = "" }: Message): DeadLetter => ({
  id: MessageId,
  sentAt: Number(Attributes.SentTimestamp ?? 0),
  received: Number(Attributes.ApproximateReceiveCount ?? 0),
  body: Body,
});

interface Reach {
  client?: SQSClient;
  /** The messages that go back for one that was set aside; the same one, unless told. None: it is done with. */
  restore?: (body: string) => string[];
}

/** @param from URL of the queue of what was set aside @param to URL of the queue that it goes back to */
export function openDeadLetters(
  from: string,
  to: string,
  { client = new SQSClient({}), restore = (body) => [body] }: Reach = {},
): DeadLetters {
  return {
    async waiting() {
      const answer = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: from,
          AttributeNames: ["ApproximateNumberOfMessages"],
        }),
      );
      return Number(answer.Attributes?.ApproximateNumberOfMessages ?? 0);
    },
    async look() {
      const seen = new Map<string, DeadLetter>();
      const handles: (string | undefined)[] = [];
      for (let news = 1; news > 0 && seen.size < MOST_LOOKED_AT; ) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: from,
            MaxNumberOfMessages: BATCH,
            MessageSystemAttributeNames: ["SentTimestamp", "ApproximateReceiveCount"],
            VisibilityTimeout: HIDDEN_FOR,
          }),
        );
        const before = seen.size;
        for (const message of Messages) {
          seen.set(message.MessageId ?? "", toDeadLetter(message));
          handles.push(message.ReceiptHandle);
        }
        news = seen.size - before;
      }
      for (const ReceiptHandle of handles)
        await client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: from, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      return [...seen.values()].sort((one, other) => one.sentAt - other.sentAt);
    },
    async putBack(most, tell) {
      let moved = 0;
      while (moved < most) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: from,
            MaxNumberOfMessages: Math.min(BATCH, most - moved),
            VisibilityTimeout: HIDDEN_FOR,
          }),
        );
        if (Messages.length === 0) return moved;
        for (const { Body = "", ReceiptHandle } of Messages) {
          for (const MessageBody of restore(Body))
            await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody }));
          await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
          moved += 1;
        }
        tell(moved);
      }
      return moved;
    },
  };
}
