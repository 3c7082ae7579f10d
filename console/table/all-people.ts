import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, type ScanCommandInput } from "@aws-sdk/lib-dynamodb";
import { fromHolderItem, fromItem, fromReflectionItem } from "../../functions/aws/items.ts";
import {
  addressKey,
  dispatchKey,
  enrolmentPrefix,
  holderKey,
  type ItemKey,
  readHash,
  reflectionKey,
  suppressionKey,
} from "../../functions/aws/keys.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import { available, type Item } from "../../functions/aws/table.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { isRehearsal } from "../../functions/domain/people/rehearsal.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { LedgerEntry } from "../../functions/domain/sending/dispatch.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { Clock, Suppression } from "../../functions/ports.ts";
import type { AllPeople, Person, PersonStanding } from "./people.ts";
import { scanPersonRecords } from "./person-records.ts";

/** DynamoDB takes at most this many keys in one batch. */
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
export function openAllPeople(name: string, clock: Clock, client = new DynamoDBClient({})): AllPeople {
  const documents = DynamoDBDocumentClient.from(client);

  const items = (those: Those, start?: ItemKey): AsyncIterable<Item> =>
    scanItems(client, {
      TableName: name,
      ConsistentRead: true,
      ExclusiveStartKey: start && { ...start },
      ...those,
    });

  const readItems = openBatchReads(documents, name);

  async function subscribers(ids: readonly string[]): Promise<Subscriber[]> {
    const items = await readItems(ids.map((id) => holderKey({ subscriber: id })));
    const found = items.map((item) => fromHolderItem<Subscriber>(item, clock.now()));
    return found.filter((one) => one !== undefined).filter(({ erasedAt }) => erasedAt === undefined);
  }

  return {
    async *people(after): AsyncGenerator<Person> {
      let enrolments: Enrolment[] = [];
      const start = after === undefined ? undefined : holderKey({ subscriber: after });
      // A scan gives a person's items in the order of their sort keys: the subscriber comes after their enrolments.
      for await (const item of items(PEOPLE, start)) {
        const now = clock.now();
        if (item.sk !== "subscriber") {
          const enrolment = fromHolderItem<Enrolment>(item, now);
          if (enrolment) enrolments.push(enrolment);
          continue;
        }
        const subscriber = fromHolderItem<Subscriber>(item, now);
        const own = enrolments.filter((enrolment) => enrolment.subscriber === subscriber?.id);
        enrolments = [];
        if (subscriber && !isRehearsal(subscriber.id)) yield { subscriber, enrolments: own };
      }
    },

    subscribers,

    async replies(named) {
      const items = await readItems(named.map(({ subscriber, id }) => reflectionKey(subscriber, id)));
      const found = items.map((item) => fromReflectionItem(item, clock.now()));
      return found.filter((reply) => reply !== undefined);
    },

    async *suppressions() {
      for await (const item of items(SUPPRESSIONS)) {
        const found = fromItem<Suppression>(item, clock.now());
        if (found) yield found;
      }
    },

    async ledgerEntries(dispatches) {
      const items = await readItems(dispatches.map(dispatchKey));
      const entries = items.map((item) => fromItem<LedgerEntry>(item, clock.now()));
      return new Map(entries.filter((entry) => entry !== undefined).map((entry) => [entry.dispatch, entry]));
    },

    standings: (hashes) => readStandings(hashes, { readItems, subscribers, now: clock.now() }),

    personRecords: () => scanPersonRecords(client, name, clock),
  };
}

/** Reads the items at some keys, as far as there are any: in batches, until DynamoDB has left nothing over. */
const openBatchReads =
  (documents: DynamoDBDocumentClient, name: string) =>
  async (keys: readonly ItemKey[]): Promise<Item[]> => {
    const found: Item[] = [];
    for (let from = 0; from < keys.length; from += BATCH) {
      let left: Item[] = keys.slice(from, from + BATCH).map((key) => ({ ...key }));
      for (let tried = 0; left.length > 0; tried++) {
        if (tried === MOST_TRIES) throw new OperationalError("store-unavailable", "a batch stays unread");
        const request = { RequestItems: { [name]: { Keys: left, ConsistentRead: true } } };
        const answer = await available(documents.send(new BatchGetCommand(request)));
        found.push(...(answer.Responses?.[name] ?? []));
        left = answer.UnprocessedKeys?.[name]?.Keys ?? [];
      }
    }
    return found;
  };

interface StandingReads extends Pick<AllPeople, "subscribers"> {
  readItems: ReturnType<typeof openBatchReads>;
  now: Instant;
}

async function readStandings(
  hashes: readonly string[],
  { readItems, subscribers, now }: StandingReads,
): Promise<Map<string, PersonStanding>> {
  const standings = new Map<string, PersonStanding>();
  const add = (hash: string, more: PersonStanding) =>
    void standings.set(hash, { ...standings.get(hash), ...more });
  for (const item of await readItems(hashes.map(suppressionKey))) {
    const suppression = fromItem<Suppression>(item, now);
    if (suppression) add(suppression.addressHash, { suppression });
  }
  // By the address's own item: someone may have had another address before.
  const owners = new Map(
    (await readItems(hashes.map(addressKey))).map((item) => [
      readHash(item.pk as string),
      fromItem<{ subscriber: string }>(item, now)?.subscriber,
    ]),
  );
  const ids = [...new Set([...owners.values()].filter((id) => id !== undefined))];
  const people = await subscribers(ids);
  for (const [hash, id] of owners) {
    const subscriber = people.find((one) => one.id === id);
    if (subscriber) add(hash, { subscriber });
  }
  return standings;
}
