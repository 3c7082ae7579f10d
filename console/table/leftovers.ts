import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { personKey, subscriberOfKey } from "../../functions/aws/keys.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import { makeRehearsalId } from "../../functions/domain/people/rehearsal.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** What of rehearsals stands in the table, for the owner's console: it reads the whole table. */
export interface Leftovers {
  /** Readers of rehearsals that began before a moment and were never taken away. */
  readers(before: Instant): Promise<string[]>;
  /** The keys of all items in which one of the marks stands. */
  holding(marks: readonly string[]): Promise<string[]>;
}

/** The beginning of the keys of all readers of rehearsals. */
const REHEARSALS = personKey(makeRehearsalId(() => ""));

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
      for await (const item of scanItems(client, { TableName, ConsistentRead: true })) {
        const text = JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value));
        if (marks.some((mark) => text.includes(mark))) found.push(`${item.pk} ${item.sk}`);
      }
      return found;
    },
  };
}
