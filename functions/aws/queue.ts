import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { SECOND } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type { Errands, Log, Nudge, WrittenAnswers } from "../ports.ts";

/** SQS delays a message by 15 minutes at most. */
const LONGEST_DELAY_SECONDS = 900;

/** Nudges go over SQS. One that cannot be sent is only logged: the index finds its holder within a minute. */
export function openNudge(queueUrl: string, log: Log, client = new SQSClient({})): Nudge {
  return {
    async send(holder, afterMs) {
      const delay = Math.min(LONGEST_DELAY_SECONDS, Math.ceil(Math.max(0, afterMs) / SECOND));
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(holder),
            DelaySeconds: delay,
          }),
        );
      } catch (cause) {
        log.warn("nudge-lost", { why: (cause as Error).name });
      }
    },
  };
}

/** Errands go over the same queue: whoever runs one sends at once what it made due. */
export function openErrands(queueUrl: string, client = new SQSClient({})): Errands {
  return {
    async leave(errand) {
      await putIntoQueue(client, queueUrl, errand).catch((cause) => {
        throw new OperationalError("errand-not-left", errand.does, cause);
      });
    },
  };
}

/** Answers from a page go over the queue of replies by mail: one function reads what readers write. */
export function openWritten(queueUrl: string, client = new SQSClient({})): WrittenAnswers {
  return {
    async handOver(answer) {
      await putIntoQueue(client, queueUrl, answer).catch((cause) => {
        throw new OperationalError("answer-not-taken", answer.inReplyTo, cause);
      });
    },
  };
}

async function putIntoQueue(client: SQSClient, queueUrl: string, message: object): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: toBody(message) }));
}

/** SQS refuses a message in which these two stand, and people type what they like. In JSON each has another form. */
const toBody = (message: object): string =>
  JSON.stringify(message).replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
