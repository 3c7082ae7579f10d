import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Person } from "../domain/audience.ts";
import type { DispatchId, LedgerEntry } from "../domain/dispatch.ts";
import type { Enrolment } from "../domain/enrolment.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { OperationalError } from "../errors.ts";
import type { Census, Clock, Suppression } from "../ports.ts";
import { fromHolderItem, fromItem } from "./items.ts";
import { dispatchKey, enrolmentPrefix, holderKey, suppressionKey } from "./keys.ts";

type Item = Record<string, unknown>;

/** DynamoDB takes so many keys in one batch. */
const BATCH = 100;
const MOST_TRIES = 10;

/** Which items a scan is for. */
type Those = Pick<ScanCommandInput, "FilterExpression" | "ExpressionAttributeValues">;
const PEOPLE: Those = {
  FilterExpression: "sk = :subscriber OR begins_with(sk, :enrolment)",
  ExpressionAttributeValues: { ":subscriber": "subscriber", ":enrolment": enrolmentPrefix },
};
const SUPPRESSIONS: Those = {
  FilterExpression: "begins_with(pk, :suppression)",
  ExpressionAttributeValues: { ":suppression": suppressionKey("").pk },
};

/**
 * Reads everybody. It is the owner's console that does, with the owner's right to scan: no function has it, and
 * none needs it.
 */
export function openCensus(name: string, clock: Clock, client = new DynamoDBClient({})): Census {
  const documents = DynamoDBDocumentClient.from(client);

  async function* items(those: Those, start?: Item): AsyncGenerator<Item> {
    let from = start;
    do {
      const scan = { TableName: name, ConsistentRead: true, ExclusiveStartKey: from, ...those };
      const page = await documents.send(new ScanCommand(scan));
      yield* page.Items ?? [];
      from = page.LastEvaluatedKey;
    } while (from);
  }

  return {
    async *people(after): AsyncGenerator<Person> {
      let enrolments: Enrolment[] = [];
      const start = after === undefined ? undefined : holderKey({ subscriber: after });
      // A scan gives a person's items in the order of their sort keys: the subscriber comes after their enrolments.
      for await (const item of items(PEOPLE, start as Item | undefined)) {
        const now = clock.now();
        if (item.sk !== "subscriber") {
          const enrolment = fromHolderItem<Enrolment>(item, now);
          if (enrolment) enrolments.push(enrolment);
          continue;
        }
        const subscriber = fromHolderItem<Subscriber>(item, now);
        const own = enrolments.filter((enrolment) => enrolment.subscriber === subscriber?.id);
        enrolments = [];
        if (subscriber) yield { subscriber, enrolments: own };
      }
    },

    async *suppressions() {
      for await (const item of items(SUPPRESSIONS)) {
        const found = fromItem<Suppression>(item, clock.now());
        if (found) yield found;
      }
    },

    async ledgerEntries(dispatches) {
      const found = new Map<DispatchId, LedgerEntry>();
      for (let from = 0; from < dispatches.length; from += BATCH) {
        let keys: Item[] = dispatches.slice(from, from + BATCH).map((id) => ({ ...dispatchKey(id) }));
        for (let tried = 0; keys.length > 0; tried++) {
          if (tried === MOST_TRIES) throw new OperationalError("store-unavailable", "a batch stays unread");
          const answer = await documents.send(
            new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
          );
          for (const item of answer.Responses?.[name] ?? []) {
            const entry = fromItem<LedgerEntry>(item, clock.now());
            if (entry) found.set(entry.dispatch, entry);
          }
          keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
        }
      }
      return found;
    },
  };
}
