import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

/** SQS hands out so many messages at once. */
const BATCH = 10;
/** A message that was taken and not moved is visible again after this (seconds). */
const HIDDEN_FOR = 60;

/** Messages that a queue has given up, and the way back. */
export interface DeadLetters {
  /** About how many there are. */
  waiting(): Promise<number>;
  /**
   * Puts at most `most` of them back into their queue, and returns how many. Each is sent before it is deleted, so
   * a crash in between leaves one in both; the functions are idempotent.
   */
  putBack(most: number, tell: (moved: number) => void): Promise<number>;
}

export function openDeadLetters(from: string, to: string, client = new SQSClient({})): DeadLetters {
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
        for (const { Body, ReceiptHandle } of Messages) {
          await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
          await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
          moved += 1;
        }
        tell(moved);
      }
      return moved;
    },
  };
}
