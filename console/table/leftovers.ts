import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { personKey, subscriberOfKey } from "../../functions/aws/keys.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import { makeRehearsalId } from "../../functions/domain/people/rehearsal.ts";
import { OWNER_ID } from "../../functions/domain/sending/owner.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** What of rehearsals stands in the table, for the owner's console: it reads the whole table. */
export interface Leftovers {
  /** Readers of rehearsals that began before a moment and were never taken away. */
  readers(before: Instant): Promise<string[]>;
  /**
   * The keys of all items in which one of the marks stands: of other people's items their keys and addresses are looked at,
   * of all others everything.
   */
  holding(marks: readonly string[]): Promise<string[]>;
}

/** The beginning of the keys of all readers of rehearsals. */
const REHEARSALS = personKey(makeRehearsalId(() => ""));
/**
 * What of the table comes here whole. Other people's items are nearly all of it, and they are about those people: only where
 * an address has been taken by somebody else would a rehearsal's stand in one. DynamoDB reads them, and sends none.
 */
const NOT_OTHER_PEOPLES = "NOT begins_with(pk, :person) OR begins_with(pk, :rehearsal) OR pk = :owner";

export function openLeftovers(TableName: string, client = new DynamoDBClient({})): Leftovers {
  return {
    async readers(before) {
      const found = new Map<string, Instant>();
      const items = scanItems(client, {
        TableName,
        FilterExpression: "begins_with(pk, :rehearsal)",
        ExpressionAttributeValues: { ":rehearsal": REHEARSALS },
      });
      for await (const { pk, createdAt = 0 } of items) {
        const id = subscriberOfKey(pk as string);
        found.set(id, Math.max(found.get(id) ?? 0, createdAt as Instant));
      }
      return [...found].filter(([, createdAt]) => createdAt < before).map(([id]) => id);
    },
    async holding(marks) {
      const found: string[] = [];
      const those = marks.map((_, at) => `contains(#address, :m${at}) OR #hash = :m${at}`);
      const values = marks.map((mark, at) => [`:m${at}`, mark] as const);
      const items = scanItems(client, {
        TableName,
        ConsistentRead: true,
        FilterExpression: [NOT_OTHER_PEOPLES, ...those].join(" OR "),
        ExpressionAttributeNames: { "#address": "address", "#hash": "addressHash" },
        ExpressionAttributeValues: {
          ...{ ":person": personKey(""), ":rehearsal": REHEARSALS, ":owner": personKey(OWNER_ID) },
          ...Object.fromEntries(values),
        },
      });
      for await (const item of items) {
        const text = JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value));
        if (marks.some((mark) => text.includes(mark))) found.push(`${item.pk} ${item.sk}`);
      }
      return found;
    },
  };
}
