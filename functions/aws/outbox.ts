import { DynamoDBClient, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { ReaderEvent } from "../domain/events/reader-event.ts";
import type { Outbox } from "../ports.ts";
import { lean } from "./lean-client.ts";
import { available, unlessConditionFails } from "./table.ts";

/** Items in a page: with a few events each, a fifth of the megabyte at which DynamoDB ends one. */
const PAGE = 50;

type Row = { pk: string; sk: string; outboxOrder: string; untold?: ReaderEvent[] };

export function openOutbox(
  table: string,
  client = lean(new DynamoDBClient({ cacheMiddleware: true })),
): Outbox {
  return {
    async page(partition, after) {
      const query = new QueryCommand({
        TableName: table,
        IndexName: "outbox",
        KeyConditionExpression: "#outbox = :outbox",
        ExpressionAttributeNames: { "#outbox": "outbox" },
        ExpressionAttributeValues: marshall({ ":outbox": partition }),
        Limit: PAGE,
        ExclusiveStartKey: after === undefined ? undefined : marshall(after),
      });
      const { Items = [], LastEvaluatedKey } = await available(client.send(query));
      const items = Items.map((item) => unmarshall(item) as Row).map(
        ({ pk, sk, outboxOrder, untold = [] }) => ({ key: { pk, sk }, place: outboxOrder, untold }),
      );
      return { items, ...(LastEvaluatedKey && { after: unmarshall(LastEvaluatedKey) }) };
    },
    async takeOff({ key, place }) {
      const taking = new UpdateItemCommand({
        TableName: table,
        Key: marshall(key),
        UpdateExpression: "REMOVE untold, outbox, outboxOrder",
        ConditionExpression: "outboxOrder = :place",
        ExpressionAttributeValues: marshall({ ":place": place }),
      });
      await unlessConditionFails(client.send(taking));
    },
  };
}
