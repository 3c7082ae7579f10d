import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { ReaderEvent } from "../../functions/domain/events/reader-event.ts";

/** SQS hands out at most this many messages at once, and lets a request wait for twenty seconds. */
const BATCH = 10;
const LONGEST_WAIT = 20;

/** The queue that holds copies of the last hour's events. */
export interface LatestEvents {
  /** Takes some out of it, once there are any; none after `seconds`. */
  take(seconds: number, signal: AbortSignal): Promise<ReaderEvent[]>;
}

export const openLatestEvents = (url: string, client = new SQSClient({})): LatestEvents => ({
  async take(seconds, abortSignal) {
    const receiving = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: BATCH,
      WaitTimeSeconds: Math.min(LONGEST_WAIT, seconds),
    });
    const { Messages = [] } = await client.send(receiving, { abortSignal });
    if (Messages.length === 0) return [];
    const Entries = Messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    return Messages.map(({ Body = "{}" }) => (JSON.parse(Body) as { detail: ReaderEvent }).detail);
  },
});
