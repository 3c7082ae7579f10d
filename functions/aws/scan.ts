import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from "@aws-sdk/lib-dynamodb";
import { available, type Item } from "./table.ts";

/**
 * All items of a table that pass the filter, a page at a time, so in bounded memory. A partition's items come one
 * after the other, by sort key. It reads the whole table: half a read unit for each 4 KB that are kept, a whole one
 * with `ConsistentRead`.
 * @throws `store-unavailable`
 */
export async function* scanItems(client: DynamoDBClient, scan: ScanCommandInput): AsyncGenerator<Item> {
  const documents = DynamoDBDocumentClient.from(client);
  let start = scan.ExclusiveStartKey;
  do {
    const page = await available(documents.send(new ScanCommand({ ...scan, ExclusiveStartKey: start })));
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}
