import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { fromHolderItem } from "../../functions/aws/items.ts";
import { scanItems } from "../../functions/aws/scan.ts";
import { isRehearsal } from "../../functions/domain/people/rehearsal.ts";
import { type Holder, toHolderKey } from "../../functions/domain/sending/holder.ts";
import type { Instant } from "../../functions/domain/time.ts";

/** Every subscriber, or every enrolment, or both, but no rehearsal's. Eventually consistent: a caller that acts on one reads it again. */
export type Holders = AsyncIterable<Holder>;

/** All holders of a table, or those of one kind: for the rare questions that no index answers. */
export async function* scanHolders(
  table: string,
  now: Instant,
  kind?: Holder["kind"],
  client = new DynamoDBClient({}),
): Holders {
  const ofKind = {
    FilterExpression: "#kind = :kind",
    ExpressionAttributeNames: { "#kind": "kind" },
    ExpressionAttributeValues: { ":kind": kind },
  };
  const filter = kind ? ofKind : { FilterExpression: "attribute_exists(agenda)" };
  for await (const item of scanItems(client, { TableName: table, ...filter })) {
    const holder = fromHolderItem<Holder>(item, now);
    if (holder && !isRehearsal(toHolderKey(holder).subscriber)) yield holder;
  }
}
