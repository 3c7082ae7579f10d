import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Content } from "../domain/content.ts";
import { forLog } from "../errors.ts";
import type { Services } from "../ports.ts";

/** What puts a message off that its verb wants to see again later. */
export interface Putsoff {
  /** Hides a message for so long (ms). */
  putOff(receipt: string, ms: number): Promise<void>;
}

/**
 * A queue whose verb says when a message is to come again: those of a batch are worked on side by side, and none waits for
 * another's. What fails otherwise comes again when the queue shows it.
 * @param verb returns how long the message is to wait (ms), or undefined if it is done with
 */
export function serveRetried<T, S extends Services & Putsoff>(
  content: Content,
  parse: (body: string) => T,
  verb: (services: S, message: T, attempts: number) => Promise<number | undefined>,
  open: (content: Content) => S,
) {
  let opened: S | undefined;
  const work = async (services: S, record: SQSRecord): Promise<boolean> => {
    try {
      const attempts = Number(record.attributes.ApproximateReceiveCount);
      const wait = await verb(services, parse(record.body), attempts);
      if (wait === undefined) return true;
      await services.putOff(record.receiptHandle, wait);
    } catch (error) {
      services.log.warn("failed", { message: record.messageId, ...forLog(error) });
    }
    return false;
  };
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    opened ??= open(content);
    const services = opened;
    const done = await Promise.all(event.Records.map((record) => work(services, record)));
    const failed = event.Records.filter((_, place) => !done[place]);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
