import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { fromHolderItem } from "../../functions/aws/items.ts";
import type { Holder } from "../../functions/domain/sending/holder.ts";
import type { Instant } from "../../functions/domain/time.ts";

type Item = Record<string, unknown>;

/** Every subscriber, or every enrolment, or both. Eventually consistent: whoever acts on one reads it again. */
export type Holders = AsyncIterable<Holder>;

/**
 * All holders of a table, page by page: for the rare questions that no index answers. It reads the whole table, so
 * it costs half a read unit for each 4 KB that are kept.
 */
export async function* scanHolders(
  tableName: string,
  now: Instant,
  kind?: Holder["kind"],
  client = new DynamoDBClient({}),
): Holders {
  const documents = DynamoDBDocumentClient.from(client);
  let start: Item | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: kind ? "#kind = :kind" : "attribute_exists(agenda)",
        ...(kind && {
          ExpressionAttributeNames: { "#kind": "kind" },
          ExpressionAttributeValues: { ":kind": kind },
        }),
        ExclusiveStartKey: start,
      }),
    );
    for (const item of page.Items ?? []) {
      const holder = fromHolderItem<Holder>(item, now);
      if (holder) yield holder;
    }
    start = page.LastEvaluatedKey;
  } while (start);
}
