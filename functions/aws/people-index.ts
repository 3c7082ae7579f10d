import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { listDeskPartitions, WAITS } from "../domain/desk-place.ts";
import type { PeopleIndex, PeopleWanted } from "../ports.ts";
import { subscriberOfKey } from "./keys.ts";
import { lean } from "./lean-client.ts";
import { available } from "./table.ts";

/** Rows that are looked at in one call where not all match. */
const LOOKED_AT = 1_000;

interface Row {
  subscriber: string;
  order: string;
}

/** People by the owner's index (`domain/desk-place.ts`), newest first: hints, a moment old. */
export function openPeopleIndex(
  TableName: string,
  client = lean(new DynamoDBClient({ cacheMiddleware: true })),
): PeopleIndex {
  async function readSome(desk: string, wanted: PeopleWanted, most: number): Promise<Row[]> {
    const rows: Row[] = [];
    const asked = toQuery(desk, wanted);
    let start: Record<string, unknown> | undefined;
    do {
      const query = new QueryCommand({
        ...{ TableName, IndexName: "desk", ScanIndexForward: false },
        ...asked,
        Limit: asked.FilterExpression === undefined ? most : LOOKED_AT,
        ExclusiveStartKey: start && marshall(start),
      });
      const { Items = [], LastEvaluatedKey } = await available(client.send(query));
      rows.push(...Items.map((item) => toRow(unmarshall(item))));
      start = LastEvaluatedKey && unmarshall(LastEvaluatedKey);
    } while (start && rows.length < most);
    return rows.slice(0, most);
  }

  return {
    async page(wanted, limit) {
      const places = [...listDeskPartitions("people"), WAITS];
      const found = await Promise.all(places.map((desk) => readSome(desk, wanted, limit + 1)));
      const rows = found.flat().sort((one, other) => (one.order < other.order ? 1 : -1));
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        ids: shown.map(({ subscriber }) => subscriber),
        ...(rows.length > limit && last && { before: last.order }),
      };
    },
  };
}

function toQuery(desk: string, { status, tag, before }: PeopleWanted) {
  const filters = desk === WAITS ? ["kind = :kind"] : [];
  if (status !== undefined) filters.push("#status = :status");
  if (tag !== undefined) filters.push("contains(tags, :tag)");
  return {
    KeyConditionExpression: before === undefined ? "desk = :desk" : "desk = :desk AND deskOrder < :before",
    FilterExpression: filters.join(" AND ") || undefined,
    ...(status !== undefined && { ExpressionAttributeNames: { "#status": "status" } }),
    ExpressionAttributeValues: marshall(
      {
        ":desk": desk,
        ":kind": desk === WAITS ? "subscriber" : undefined,
        ":status": status,
        ":tag": tag,
        ":before": before,
      },
      { removeUndefinedValues: true },
    ),
  };
}

const toRow = ({ pk, deskOrder }: Record<string, unknown>): Row => ({
  subscriber: subscriberOfKey(String(pk)),
  order: String(deskOrder),
});
